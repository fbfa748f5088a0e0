"""The register of invoices."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel

from portal_modules.core.admin import OnlyFilter, Register, RegisterLink, beginnings, found_by, short_day, tag
from portal_modules.core.finding import patterns

from ..forms.rows import FewColumnsForm
from ..models import Invoice
from .narrowing import AgeFilter, StandingFilter
from .work import BULK_VERBS, STANDING_TONES, InvoiceInspectView, today


class InvoiceRegister(Register):
    """What customers were billed. A draft is written on a page of its own; what was issued stays."""

    model = Invoice
    base_form_class = FewColumnsForm
    inspect_view_class = InvoiceInspectView
    can_create = False
    menu_icon = "doc-full"
    menu_order = 220
    view_right = "billing.view"
    edit_right = "billing.edit"
    bulk_verbs = BULK_VERBS
    list_display = ["number_shown", "customer", "due_shown", "open_shown", "standing_shown"]
    list_columns = [
        "total_shown",
        "issued_on",
        "name_as_issued",
        "tax_id_shown",
        "reference",
        "purchase_order",
        "at_agency",
        "promise",
    ]
    list_export = [
        "number_shown",
        "customer",
        "tax_id_shown",
        "issued_on",
        "due_on",
        "purchase_order",
        "currency",
        "total",
        "open_amount",
        "standing_shown",
    ]
    list_filter = [
        StandingFilter,
        "state",
        AgeFilter,
        "currency",
        "at_agency",
        "issued_on",
        "due_on",
        ("customer", OnlyFilter),
    ]
    list_group = ["state", "currency"]
    list_tones = {"state": {"draft": "new", "issued": "busy", "cancelled": "off"}}
    list_links = [
        RegisterLink(_("New invoice"), "billing_new_draft", "plus", "billing.edit"),
        RegisterLink(_("To collect today"), "billing_collect", "tasks", "billing.collect"),
        RegisterLink(_("Ageing"), "billing_ageing", "history", "billing.view"),
        RegisterLink(_("Ready texts"), "billing_texts", "copy", "billing.view"),
        RegisterLink(_("Closed months"), "billing_months", "lock", "billing.configure"),
        RegisterLink(_("Late payment"), "billing_policy", "cog", "billing.configure"),
    ]
    search_fields = ["number", "name_as_issued", "reference", "purchase_order", "customer__name"]
    search_numbers = ("tax_id",)
    list_select_related = ["customer", "company"]
    empty_words = _("Write the first one, or import those of another program.")
    history_words = {
        "billing.draft": _("Wrote the draft"),
        "billing.change_draft": _("Changed the draft"),
        "billing.issue": _("Issued it"),
        "billing.cancel": _("Cancelled it"),
        "billing.credit": _("Gave a credit"),
        "billing.dispute": _("Marked it as disputed"),
        "billing.settle_dispute": _("Settled the dispute"),
        "billing.promise": _("Noted a promise"),
        "billing.note_call": _("Noted a call"),
        "billing.give_to_agency": _("Gave it to the agency"),
        "billing.take_from_agency": _("Took it back from the agency"),
        "billing.edit": _("Changed the notes"),
        "billing.write_order": _("Wrote the order number"),
        "billing.deliver": _("A mail about it was delivered"),
        "billing.view": _("The customer looked at it"),
        "billing.download": _("The customer downloaded it"),
        "payments.allocate": _("A payment was used for it"),
        "payments.take_back": _("A payment was taken back from it"),
        "billing.hand_out": _("Handed it out to somebody with a link"),
    }
    inspect_view_fields = [
        "number_shown",
        "customer",
        "name_as_issued",
        "tax_id_shown",
        "issued_on",
        "due_on",
        "total_shown",
        "open_shown",
        "standing_shown",
        "reference",
        "purchase_order",
        "period_from",
        "period_to",
        "bank_account",
        "promise",
        "disputed",
        "at_agency",
        "cancelled_on",
        "cancel_reason",
        "notes",
    ]
    panels = [FieldPanel("notes")]

    def found(self, text: str) -> Q:
        """By an index: there may be a million."""
        return found_by("billing_find_invoices", *patterns(text), beginnings(text))

    @display(description=_("number"), ordering="number")
    def number_shown(self, invoice: Invoice) -> str:
        """The number as it is written."""
        return invoice.number_shown

    @display(description=_("due on"), ordering="next_due_on")
    def due_shown(self, invoice: Invoice) -> Any:
        """The day, and by how much it is late."""
        day = invoice.next_due_on or invoice.due_on
        late = invoice.days_late(today())
        if day is None:
            return ""
        if not late:
            return short_day(day)
        words = ngettext("%(days)s day late", "%(days)s days late", late) % {"days": late}
        return format_html("{} {}", short_day(day), tag(words, "waiting"))

    @display(description=_("open"), ordering="open_amount")
    def open_shown(self, invoice: Invoice) -> str:
        """What is owed of it."""
        return invoice.open_shown

    @display(description=_("total"), ordering="total")
    def total_shown(self, invoice: Invoice) -> str:
        """What it claims."""
        return invoice.total_shown

    @display(description=_("how it stands"))
    def standing_shown(self, invoice: Invoice) -> Any:
        """Pending, overdue or paid, as of today."""
        standing = invoice.standing(today())
        return tag(standing.label, STANDING_TONES[standing])

    @display(description=_("tax id"), ordering="tax_id")
    def tax_id_shown(self, invoice: Invoice) -> str:
        """The one that it was issued to, as it is written."""
        return invoice.tax_id_shown
