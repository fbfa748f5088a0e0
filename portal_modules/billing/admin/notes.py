"""Fiscal notes in the back office, and the addresses that are told of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import display
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal_modules.core.actions import log
from portal_modules.core.admin import (
    CompanyModelForm,
    OnlyFilter,
    Register,
    RegisterLink,
    Verb,
    VerbForm,
    VerbInspectView,
    beginnings,
    found_by,
)
from portal_modules.core.finding import patterns

from ..actions import cancel_note, link_note
from ..choices import NoteState
from ..forms.rows import FewColumnsForm
from ..models import FiscalAddress, FiscalDocument, Invoice


class LinkForm(VerbForm):
    """Which of the customer's invoices."""

    number = forms.CharField(
        label=_("Number of the invoice"),
        max_length=40,
        required=False,
        help_text=_("Left empty, it has none."),
    )

    def clean(self) -> dict[str, Any]:
        """The invoice of that number, of the same customer."""
        data = super().clean() or {}
        number = str(data.get("number", ""))
        invoice = (
            Invoice.objects.filter(customer=self.row.customer_id, number=number).first() if number else None
        )
        if number and invoice is None:
            self.add_error("number", _("This customer has no invoice of this number."))
        return {**data, "invoice": invoice}


def _link(note: FiscalDocument, data: dict[str, Any], by: Any) -> None:
    link_note(note, data["invoice"], by=by)


def _cancel(note: FiscalDocument, data: dict[str, Any], by: Any) -> None:
    cancel_note(note, by=by)


class NoteInspectView(VerbInspectView):
    """One note, with its buttons."""

    verbs = (
        Verb("link", _("Say which invoice"), _link, form=LinkForm, done=_("It is kept.")),
        Verb(
            "cancel",
            _("It was cancelled"),
            _cancel,
            lambda note: note.state == NoteState.AUTHORISED,
            done=_("The customer sees that it does not hold any more."),
        ),
    )


class NoteRegister(Register):
    """The fiscal notes of customers. They are taken in, never written here."""

    model = FiscalDocument
    base_form_class = FewColumnsForm
    inspect_view_class = NoteInspectView
    can_create = False
    menu_icon = "doc-full-inverse"
    menu_order = 222
    view_right = "billing.view"
    edit_right = "billing.edit"
    list_display = ["number_of_series", "customer", "kind", "amount_shown", "state"]
    list_columns = ["issued_on", "key_shown", "operation", "cfop", "issuer", "invoice"]
    list_export = ["number", "series", "customer", "kind", "issued_on", "key", "amount", "currency", "state"]
    list_filter = ["state", "kind", "issued_on", ("customer", OnlyFilter), ("invoice", OnlyFilter)]
    list_group = ["kind", "state"]
    list_tones = {"state": {"authorised": "done", "cancelled": "off"}}
    list_links = [RegisterLink(_("Take files in"), "billing_take_notes", "upload", "billing.edit")]
    search_fields = ["number", "customer__name", "issuer", "operation"]
    search_numbers = ("key", "customer__tax_id")
    list_select_related = ["customer"]
    list_related_if_shown = ["invoice"]
    empty_words = _("Take in their XML files: one by one, or many in a ZIP.")
    history_words = {
        "billing.take_in_note": _("Took it in"),
        "billing.cancel_note": _("Noted that it was cancelled"),
        "billing.link_note": _("Said which invoice it belongs to"),
    }
    inspect_view_fields = [
        "number_of_series",
        "customer",
        "kind",
        "issued_on",
        "issuer",
        "issuer_tax_id",
        "key_shown",
        "operation",
        "cfop",
        "amount_shown",
        "invoice",
        "created_at",
    ]
    panels = [FieldPanel("operation")]

    def found(self, text: str) -> Q:
        """By an index; a key is found however it is grouped."""
        return found_by("billing_find_notes", *patterns(text), beginnings(text))

    @display(description=_("number"), ordering="number")
    def number_of_series(self, note: FiscalDocument) -> str:
        """Number and series."""
        return note.number_of_series

    @display(description=_("access key"), ordering="key")
    def key_shown(self, note: FiscalDocument) -> str:
        """In groups of four."""
        return note.key_shown

    @display(description=_("amount"), ordering="amount")
    def amount_shown(self, note: FiscalDocument) -> str:
        """With its currency."""
        return note.amount_shown


class FiscalAddressForm(CompanyModelForm):
    """An address of a customer."""

    def save(self, commit: bool = True) -> FiscalAddress:
        """Keep it, and write down who did."""
        address: FiscalAddress = super().save(commit)
        log("billing.keep_fiscal_address", address, by=self.for_user)
        return address


class FiscalAddressRegister(Register):
    """Who is told of fiscal notes."""

    model = FiscalAddress
    base_form_class = FiscalAddressForm
    menu_icon = "mail"
    menu_order = 228
    view_right = "billing.view"
    edit_right = "billing.edit"
    can_delete = True
    list_display = ["email", "customer", "created_at"]
    list_export = ["email", "customer", "created_at"]
    list_filter = [("customer", OnlyFilter), "created_at"]
    search_fields = ["email", "customer__name"]
    list_select_related = ["customer"]
    empty_words = _("Addresses that get the number, the value and a link of each new fiscal note.")
    inspect_view_fields = ["email", "customer", "created_at"]
    panels = [FieldPanel("customer"), FieldPanel("email")]
