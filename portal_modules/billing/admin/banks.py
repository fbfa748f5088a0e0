"""Bank accounts and boletos in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.contrib.admin.filters import SimpleListFilter
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal_modules.core.actions import log
from portal_modules.core.admin import (
    BulkVerb,
    CompanyModelForm,
    OnlyFilter,
    Register,
    Verb,
    VerbInspectView,
)

from ..actions import withdraw_slip
from ..choices import SlipState
from ..exceptions import AlreadySo
from ..forms.rows import FewColumnsForm
from ..models import BankAccount, BankSlip


class BankAccountForm(CompanyModelForm):
    """An account is kept with its history; its currency stays once invoices name it."""

    instance: BankAccount

    def clean_bank_code(self) -> str:
        """Three digits, or nothing."""
        code = str(self.cleaned_data.get("bank_code", ""))
        if code and not (code.isascii() and code.isdigit() and len(code) == 3):  # noqa: PLR2004
            raise ValidationError(_("The code of a bank has three digits."))
        return code

    def save(self, commit: bool = True) -> BankAccount:
        """Keep it, and write down who did."""
        is_new = self.instance._state.adding
        account: BankAccount = super().save(commit)
        log("billing.add_account" if is_new else "billing.change_account", account, by=self.for_user)
        return account


class BankAccountRegister(Register):
    """Where customers pay into."""

    model = BankAccount
    base_form_class = BankAccountForm
    menu_icon = "site"
    menu_order = 226
    view_right = "billing.view"
    edit_right = "billing.configure"
    list_display = ["name", "bank_name", "number", "currency", "is_active"]
    list_export = ["name", "bank_code", "bank_name", "branch", "number", "currency", "pix_key", "is_active"]
    list_filter = ["is_active", "currency"]
    search_fields = ["name", "bank_name", "number"]
    empty_words = _("Without an account, invoices say nothing about how to pay.")
    history_words = {
        "billing.add_account": _("Added the account"),
        "billing.change_account": _("Changed the account"),
    }
    inspect_view_fields = [
        "name",
        "bank_code",
        "bank_name",
        "branch",
        "number",
        "holder",
        "currency",
        "pix_key",
        "pix_city",
        "recalculates_at_payment",
        "instructions",
        "is_active",
    ]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("bank_code"), FieldPanel("bank_name")]),
        FieldRowPanel([FieldPanel("branch"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("holder"), FieldPanel("holder_tax_id")]),
        FieldPanel("currency"),
        FieldRowPanel([FieldPanel("pix_key"), FieldPanel("pix_city")]),
        FieldPanel("recalculates_at_payment"),
        FieldPanel("instructions_pt"),
        FieldPanel("instructions_es"),
        FieldPanel("instructions_en"),
        FieldPanel("is_active"),
    ]


def _withdraw(slip: BankSlip, data: Any, by: Any) -> None:
    withdraw_slip(slip, by=by)


def _why_not_withdraw(slip: BankSlip, _data: Any) -> Any:
    return None if _is_usable(slip) else AlreadySo.sentence


def _is_usable(slip: BankSlip) -> bool:
    return slip.state == SlipState.REGISTERED


class SlipInspectView(VerbInspectView):
    """One boleto, with its buttons."""

    verbs = (Verb("withdraw", _("Withdraw it"), _withdraw, _is_usable, done=_("It is withdrawn.")),)


class OwedFilter(SimpleListFilter):
    """What the bank would still take money for, and nobody owes."""

    title = _("owed")
    parameter_name = "owed"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """One question."""
        return [("no", _("No more: to withdraw at the bank"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Those that wait for somebody."""
        return queryset.to_withdraw() if self.value() == "no" else queryset


class SlipRegister(Register):
    """What banks have registered. Boletos come with an invoice's page or an import."""

    model = BankSlip
    base_form_class = FewColumnsForm
    inspect_view_class = SlipInspectView
    can_create = False
    menu_icon = "list-ol"
    menu_order = 224
    view_right = "billing.view"
    edit_right = "billing.edit"
    bulk_verbs = (
        BulkVerb(
            "withdraw",
            _("Withdraw them"),
            _withdraw,
            why_not=_why_not_withdraw,
        ),
    )
    list_display = ["our_number", "customer", "due_on", "amount_shown", "state"]
    list_columns = ["line", "bank", "registered_on", "invoice"]
    list_export = ["our_number", "customer", "invoice", "line", "due_on", "amount", "registered_on", "state"]
    list_filter = [OwedFilter, "state", "bank", "due_on", "registered_on", ("customer", OnlyFilter)]
    list_group = ["state", "bank"]
    list_tones = {"state": {"registered": "busy", "paid": "done", "replaced": "off", "cancelled": "off"}}
    search_fields = ["our_number", "customer__name", "invoice__number"]
    search_numbers = ("line", "barcode", "customer__tax_id")
    list_select_related = ["customer", "invoice", "invoice__customer"]
    empty_words = _("They are added on the page of an invoice, or imported.")
    history_words = {"billing.keep_slip": _("Kept it"), "billing.withdraw_slip": _("Withdrew it")}
    inspect_view_fields = [
        "our_number",
        "customer",
        "invoice",
        "instalment",
        "bank",
        "line",
        "barcode",
        "due_on",
        "amount_shown",
        "registered_on",
        "bank_account",
    ]
    panels = [FieldPanel("our_number")]

    @display(description=_("amount"), ordering="amount")
    def amount_shown(self, slip: BankSlip) -> str:
        """With its currency."""
        return slip.amount_shown
