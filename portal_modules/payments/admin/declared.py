"""Declared payments: the proof beside the invoices that it may be for, and one button to confirm."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.admin import OnlyFilter, Register, Verb, VerbForm, VerbInspectView
from portal_modules.core.amounts import AmountField
from portal_modules.core.inputs import DayInput

from ..actions import confirm_declared, reject_declared, start_review
from ..choices import DECLARED_TRANSITIONS, DeclaredState
from ..models import DeclaredPayment, Payment

MOST = 20


class OtherwiseForm(VerbForm):
    """What the bank says where it differs, and which invoices it pays."""

    invoices = forms.ModelMultipleChoiceField(  # type: ignore[var-annotated]
        label=_("Invoices"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first that is due is paid first. Without any, all of it is credit."),
    )
    amount = AmountField(label=_("Amount received"))
    fees = AmountField(
        label=_("Of it, fine and interest"),
        required=False,
        may_be_zero=True,
        help_text=_("Left empty: what waiting had cost by that day, as far as more came than was open."),
    )
    on = forms.DateField(label=_("Received on"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        owed = Invoice.objects.open().filter(customer_id=self.row.customer_id, currency=self.row.currency)
        fields["invoices"].queryset = owed.order_by("next_due_on", "number")
        fields["invoices"].label_from_instance = lambda each: f"{each.number_shown} · {each.open_shown}"
        fields["invoices"].initial = list(self.row.items.values_list("invoice", flat=True))
        fields["amount"].currency, fields["amount"].initial = self.row.currency, self.row.amount
        fields["fees"].currency = self.row.currency
        fields["on"].initial = self.row.paid_on


class RejectForm(VerbForm):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The customer reads it."))


def _leads(state: DeclaredState) -> Any:
    return lambda declared: state in DECLARED_TRANSITIONS[DeclaredState(declared.state)]


def _review(declared: DeclaredPayment, data: dict[str, Any], by: Any) -> None:
    start_review(declared, by=by)


def _confirm(declared: DeclaredPayment, data: dict[str, Any], by: Any) -> None:
    confirm_declared(declared, by=by)


def _otherwise(declared: DeclaredPayment, data: dict[str, Any], by: Any) -> None:
    facts = {name: data[name] for name in ("amount", "on", "fees")}
    confirm_declared(declared, by=by, invoices=list(data["invoices"]), **facts)


def _reject(declared: DeclaredPayment, data: dict[str, Any], by: Any) -> None:
    reject_declared(declared, by=by, reason=data["reason"])


class DeclaredInspectView(VerbInspectView):
    """One of them, with its proof and what it may be for."""

    body_template = "payments/staff/declared.html"
    verbs = (
        Verb(
            "confirm",
            _("Confirm: the money is there"),
            _confirm,
            _leads(DeclaredState.CONFIRMED),
            done=_("It is booked. The customer gets the receipt."),
        ),
        Verb(
            "review",
            _("Look at it"),
            _review,
            _leads(DeclaredState.UNDER_REVIEW),
            done=_("The customer sees that you look at it."),
        ),
        Verb(
            "otherwise",
            _("Confirm with changes"),
            _otherwise,
            _leads(DeclaredState.CONFIRMED),
            form=OtherwiseForm,
            done=_("It is booked. The customer gets the receipt."),
        ),
        Verb(
            "reject",
            _("Not accepted"),
            _reject,
            _leads(DeclaredState.REJECTED),
            form=RejectForm,
            done=_("The customer is told why."),
        ),
    )

    def get_head(self) -> dict[str, Any]:
        """The invoices that were named, others that are open, and payments alike that were booked."""
        declared = self.instance
        named = [item.invoice for item in declared.items.select_related("invoice")]
        owed = Invoice.objects.open().filter(customer=declared.customer_id, currency=declared.currency)
        alike = Payment.objects.filter(
            customer=declared.customer_id, amount=declared.amount, currency=declared.currency
        )
        return {
            "declared": declared,
            "named": named,
            "others": owed.exclude(pk__in=[each.pk for each in named]).order_by("next_due_on")[:MOST],
            "alike": alike.exclude(declared=declared).order_by("-received_on")[:5],
            "payment": Payment.objects.filter(declared=declared).first(),
        }


class DeclaredRegister(Register):
    """What customers say that they have paid."""

    can_create = can_edit = False
    model = DeclaredPayment
    inspect_view_class = DeclaredInspectView
    menu_icon = "upload"
    menu_order = 232
    view_right = "payments.view"
    edit_right = "payments.edit"
    list_display = ["number", "customer", "paid_on", "amount_shown", "state"]
    list_columns = ["method", "bank", "reference", "note", "created_at", "declared_by_name"]
    list_export = ["number", "customer", "paid_on", "amount", "currency", "method", "bank", "state", "reason"]
    list_filter = ["state", "method", "paid_on", ("customer", OnlyFilter)]
    list_group = ["state", "method"]
    list_tones = {"state": {"received": "waiting", "review": "busy", "confirmed": "done", "rejected": "off"}}
    search_fields = ["number", "customer__name", "reference", "note"]
    search_numbers = ("customer__tax_id",)
    list_select_related = ["customer"]
    empty_words = _("When a customer says “I have paid”, it stands here.")
    history_words = {
        "payments.declare": _("Told of it"),
        "payments.review": _("Began to look at it"),
        "payments.decide": _("Decided"),
    }
    inspect_view_fields = [
        "number",
        "customer",
        "paid_on",
        "amount_shown",
        "method",
        "bank",
        "reference",
        "note",
        "declared_by_name",
        "created_at",
        "state",
        "reason",
    ]

    @display(description=_("amount"), ordering="amount")
    def amount_shown(self, declared: DeclaredPayment) -> str:
        """With its currency."""
        return declared.amount_shown
