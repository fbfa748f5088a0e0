"""The register of payments, and what staff do with one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin import display
from django.contrib.admin.filters import SimpleListFilter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Invoice
from portal_modules.core.admin import OnlyFilter, Register, RegisterLink, Verb, VerbForm, VerbInspectView
from portal_modules.core.amounts import AmountField

from ..actions import (
    allocate,
    allocate_oldest_first,
    ask_refund,
    fees_there,
    parted,
    refund_all,
    refund_payment,
    take_back,
    there,
)
from ..choices import RefundKind
from ..models import Allocation, Payment, Refund
from ..opening import has_adapter
from ..refund_tasks import ask_again, give_up, send_refund


class UseForm(VerbForm):
    """For which open invoice of the customer, and how much."""

    invoice = forms.ModelChoiceField(label=_("Invoice"), queryset=None)  # type: ignore[var-annotated]
    amount = AmountField(
        label=_("Amount"), required=False, help_text=_("Left empty, as much as is left and open.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        owed = Invoice.objects.open().filter(customer_id=self.row.customer_id, currency=self.row.currency)
        fields["invoice"].queryset = owed.order_by("next_due_on", "number")
        fields["invoice"].label_from_instance = lambda each: f"{each.number_shown} · {each.open_shown}"
        fields["amount"].currency = self.row.currency


class TakeBackForm(VerbForm):
    """Which use, and why."""

    use = forms.ModelChoiceField(label=_("What it paid"), queryset=None)  # type: ignore[var-annotated]
    amount = AmountField(label=_("Amount"), required=False, help_text=_("Left empty, all of it."))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        held = Allocation.objects.holding().filter(payment=self.row).select_related("invoice")
        fields["use"].queryset = held
        fields["use"].label_from_instance = lambda each: f"{each.invoice.number_shown} · {each.amount_shown}"
        fields["amount"].currency = self.row.currency


class RefundForm(VerbForm):
    """How much, and why; what pays invoices is taken back from them first."""

    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("The customer reads it. What is not left of the payment is owed again."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount: Any = self.fields["amount"]
        amount.currency, amount.initial = self.row.currency, _whole(self.row) or None


class MistakeForm(VerbForm):
    """Why."""

    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("What it paid is owed again. The customer is not told.")
    )


def _whole(payment: Payment) -> Decimal:
    return there(payment) + fees_there(payment)


def _use(payment: Payment, data: dict[str, Any], by: Any) -> None:
    allocate(payment, data["invoice"], data["amount"], by=by)


def _use_oldest(payment: Payment, data: dict[str, Any], by: Any) -> None:
    allocate_oldest_first(payment, by=by)


def _take_back(payment: Payment, data: dict[str, Any], by: Any) -> None:
    take_back(data["use"], by=by, reason=data["reason"], amount=data["amount"])


def _refund(payment: Payment, data: dict[str, Any], by: Any) -> None:
    refund_payment(payment, by=by, reason=data["reason"], **parted(payment, data["amount"]))


def _refund_there(payment: Payment, data: dict[str, Any], by: Any) -> None:
    refund = ask_refund(payment, by=by, amount=data["amount"], reason=data["reason"])
    send_refund.enqueue(payment.company_id, str(refund.pk))


def _ask_again(payment: Payment, data: dict[str, Any], by: Any) -> None:
    for refund in _silent(payment):
        ask_again.enqueue(payment.company_id, str(refund.pk))


def _give_up(payment: Payment, data: dict[str, Any], by: Any) -> None:
    for refund in _silent(payment):
        give_up.enqueue(payment.company_id, str(refund.pk), by.pk)


def _silent(payment: Payment) -> Any:
    return Refund.objects.silent(timezone.now()).filter(payment=payment)


def _is_silent(payment: Payment) -> bool:
    return bool(_silent(payment).exists())


def _mistake(payment: Payment, data: dict[str, Any], by: Any) -> None:
    refund_all(payment, by=by, reason=data["reason"], kind=RefundKind.MISTAKE)


def _is_left(payment: Payment) -> bool:
    return payment.unallocated > 0


def _is_used(payment: Payment) -> bool:
    return bool(Allocation.objects.holding().filter(payment=payment).exists())


def _is_there(payment: Payment) -> bool:
    return _whole(payment) > 0


def _can_go_back_there(payment: Payment) -> bool:
    provider = payment.provider
    return (
        provider is not None
        and bool(payment.provider_charge)
        and has_adapter(provider)
        and _is_there(payment)
    )


class PaymentInspectView(VerbInspectView):
    """One payment, with what can be done with it."""

    body_template = "payments/staff/payment.html"
    verbs = (
        Verb(
            "use",
            _("Use it for an invoice"),
            _use,
            _is_left,
            form=UseForm,
            done=_("It is used for the invoice."),
        ),
        Verb(
            "use_oldest",
            _("Use it for the oldest invoices"),
            _use_oldest,
            _is_left,
            done=_("It is used, the oldest invoice first."),
        ),
        Verb(
            "take_back",
            _("Take it back from an invoice"),
            _take_back,
            _is_used,
            form=TakeBackForm,
            done=_("The invoice is owed again."),
        ),
        Verb(
            "ask_again",
            _("Ask for the refund again"),
            _ask_again,
            _is_silent,
            done=_("The provider is asked. What it says stands here in a moment, and the customer is told."),
        ),
        Verb(
            "give_up",
            _("Give the refund up"),
            _give_up,
            _is_silent,
            done=_("The provider is asked once more. If it knows nothing of the refund, it is booked back."),
        ),
        Verb(
            "refund_there",
            _("Refund through the provider"),
            _refund_there,
            _can_go_back_there,
            form=RefundForm,
            done=_("The provider is asked. What it says stands here in a moment, and the customer is told."),
        ),
        Verb(
            "refund",
            _("Refund by hand"),
            _refund,
            _is_there,
            form=RefundForm,
            done=_("The refund is booked. The customer is told."),
        ),
        Verb(
            "mistake",
            _("It was booked by mistake"),
            _mistake,
            lambda payment: payment.provider_id is None and _is_there(payment),
            form=MistakeForm,
            done=_("It is booked out."),
        ),
    )

    def get_head(self) -> dict[str, Any]:
        """What it paid, and what went back."""
        uses = Allocation.objects.filter(payment=self.instance).select_related("invoice", "made_by")
        return {
            "payment": self.instance,
            "held": self.instance.left_shown
            if self.instance.surplus_held and _is_left(self.instance)
            else "",
            "silent": _silent(self.instance),
            "uses": uses.order_by("made_at", "pk"),
            "refunds": self.instance.refunds.prefetch_related("steps"),
            "disputes": self.instance.disputes.all(),
        }


class HeldFilter(SimpleListFilter):
    """What came beyond what was owed, where the company takes no surplus."""

    title = _("surplus")
    parameter_name = "surplus"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """One question."""
        return [("held", _("To give back or use"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Those that wait for somebody."""
        return queryset.held() if self.value() == "held" else queryset


class FailedRefundFilter(SimpleListFilter):
    """What was to go back and did not."""

    title = _("refund")
    parameter_name = "refund"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        """Two ways to be stuck."""
        return [("failed", _("Failed")), ("silent", _("Without an answer of the provider"))]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Those that somebody has to look at."""
        match self.value():
            case "failed":
                return queryset.refund_failed()
            case "silent":
                return queryset.refund_silent(timezone.now())
        return queryset


class PaymentRegister(Register):
    """What came. Nothing of it is changed: what was wrong is taken back."""

    can_create = can_edit = False
    model = Payment
    inspect_view_class = PaymentInspectView
    menu_icon = "tick-inverse"
    menu_order = 230
    view_right = "payments.view"
    edit_right = "payments.edit"
    list_display = ["number", "customer", "received_on", "amount_shown", "method"]
    list_columns = ["left_shown", "provider", "payer_name", "bank_line", "note"]
    list_export = [
        "number",
        "customer",
        "received_on",
        "amount",
        "currency",
        "method",
        "payer_name",
        "provider_charge",
        "bank_line",
        "note",
    ]
    list_filter = [
        "method",
        "currency",
        HeldFilter,
        FailedRefundFilter,
        "received_on",
        ("customer", OnlyFilter),
    ]
    list_group = ["method", "currency"]
    list_links = [
        RegisterLink(_("Record a payment"), "payments_record", "plus", "payments.edit"),
        RegisterLink(_("Ways to be paid online"), "payments_ways", "link-external", "payments.configure"),
        RegisterLink(_("Terms of payment"), "payments_policy", "cog", "payments.configure"),
    ]
    search_fields = ["number", "customer__name", "payer_name", "note", "provider_charge"]
    search_numbers = ("customer__tax_id",)
    list_select_related = ["customer"]
    list_related_if_shown = ["provider"]
    empty_words = _("Record the first one, or confirm what a customer told of.")
    history_words = {
        "payments.record": _("Booked it"),
        "payments.refund": _("Refunded"),
        "payments.refund_confirmed": _("The refund went through"),
        "payments.refund_failed": _("The refund failed"),
        "payments.dispute": _("Its payer disputed it"),
        "payments.dispute_won": _("The dispute was won"),
        "payments.dispute_lost": _("The dispute was lost"),
    }
    inspect_view_fields = [
        "number",
        "customer",
        "received_on",
        "amount_shown",
        "left_shown",
        "fees",
        "method",
        "provider",
        "provider_charge",
        "bank_line",
        "payer_name",
        "note",
        "recorded_at",
    ]

    @display(description=_("amount"), ordering="amount")
    def amount_shown(self, payment: Payment) -> str:
        """With its currency."""
        return payment.amount_shown

    @display(description=_("left as credit"))
    def left_shown(self, payment: Payment) -> str:
        """What is neither used nor given back."""
        return payment.left_shown
