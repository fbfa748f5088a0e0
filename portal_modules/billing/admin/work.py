"""What staff do with an invoice, as buttons on its page, and with many of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import BulkForm, BulkVerb, Verb, VerbForm, VerbInspectView, tag
from portal_modules.core.amounts import AmountField
from portal_modules.core.companies import card_in_scope
from portal_modules.core.exceptions import Refusal
from portal_modules.core.inputs import DayInput

from ..actions import (
    cancel_invoice,
    check_cancel,
    check_issue,
    credit_invoice,
    dispute_invoice,
    give_to_agency,
    issue_invoice,
    keep_slip,
    note_call,
    promise_payment,
    settle_dispute,
    take_from_agency,
)
from ..choices import InvoiceState, Standing
from ..days import billing_day
from ..models import BankAccount, Invoice

COLLECT: Final = "billing.collect"
STANDING_TONES = {
    Standing.DRAFT: "new",
    Standing.PENDING: "busy",
    Standing.OVERDUE: "waiting",
    Standing.PAID: "done",
    Standing.CANCELLED: "off",
}


def today() -> Any:
    """The company's day."""
    return billing_day(card_in_scope().company)


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, today if nothing else is written."""
    more.setdefault("initial", today)
    return forms.DateField(label=label, widget=DayInput(), **more)


class IssueForm(VerbForm):
    """On which day."""

    on = day_field(_("Issued on"))


class CancelForm(VerbForm):
    """Why."""

    reason = forms.CharField(label=_("Why"), max_length=300)


class CreditForm(VerbForm):
    """How much less is owed, and why."""

    amount = AmountField(label=_("Amount"))
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The customer reads it."))
    on = day_field(_("Day of the credit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount: Any = self.fields["amount"]
        amount.currency, amount.initial = self.row.currency, self.row.open_now


class DisputeForm(VerbForm):
    """What the customer says is wrong."""

    reason = forms.CharField(
        label=_("What is wrong with it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class PromiseForm(VerbForm):
    """Until when."""

    on = day_field(
        _("Payment promised for"), required=False, help_text=_("Left empty, the promise is taken back.")
    )


class CallForm(VerbForm):
    """What was said, and whether something was promised."""

    text = forms.CharField(
        label=_("What was said"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    promised_on = day_field(_("Payment promised for"), required=False, initial=None)


class SlipForm(VerbForm):
    """A boleto that the bank has registered."""

    line = forms.CharField(
        label=_("Line of the boleto"), max_length=80, help_text=_("47 digits, as the bank gave them.")
    )
    our_number = forms.CharField(label=_("Number at the bank"), max_length=30, required=False)
    account = forms.ModelChoiceField(label=_("Bank account"), queryset=None, required=False)  # type: ignore[var-annotated]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        account: Any = self.fields["account"]
        account.queryset = BankAccount.objects.filter(is_active=True)
        account.initial = self.row.bank_account_id


def _is_draft(invoice: Invoice) -> bool:
    return invoice.state == InvoiceState.DRAFT


def _is_owed(invoice: Invoice) -> bool:
    return invoice.open_now > 0


def _is_untouched(invoice: Invoice) -> bool:
    return invoice.state == InvoiceState.ISSUED and not invoice.paid_total and not invoice.credited_total


def _issue(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    issue_invoice(invoice, by=by, on=data["on"])


def _cancel(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    cancel_invoice(invoice, by=by, reason=data["reason"])


def _credit(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    credit_invoice(invoice, by=by, amount=data["amount"], reason=data["reason"], on=data["on"])


def _dispute(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    dispute_invoice(invoice, by=by, reason=data["reason"])


def _settle_dispute(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    settle_dispute(invoice, by=by)


def _promise(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    promise_payment(invoice, by=by, on=data["on"])


def _call(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    note_call(invoice.customer, by=by, text=data["text"], invoice=invoice, promised_on=data["promised_on"])


def _to_agency(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    give_to_agency(invoice, by=by)


def _from_agency(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    take_from_agency(invoice, by=by)


def _slip(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    keep_slip(invoice, by=by, line=data["line"], our_number=data["our_number"], account=data["account"])


class InvoiceInspectView(VerbInspectView):
    """One invoice, with what can be done with it."""

    body_template = "billing/staff/invoice.html"
    verbs = (
        Verb(
            "issue",
            _("Issue it"),
            _issue,
            _is_draft,
            form=IssueForm,
            done=_("It is issued. The customer is told."),
        ),
        Verb(
            "credit", _("Give a credit"), _credit, _is_owed, form=CreditForm, done=_("The credit is given.")
        ),
        Verb(
            "call",
            _("Note a call"),
            _call,
            _is_owed,
            form=CallForm,
            done=_("The call is noted."),
            right=COLLECT,
        ),
        Verb(
            "promise",
            _("Payment promised"),
            _promise,
            _is_owed,
            form=PromiseForm,
            done=_("It is noted."),
            right=COLLECT,
        ),
        Verb(
            "dispute",
            _("Mark as disputed"),
            _dispute,
            lambda invoice: _is_owed(invoice) and not invoice.disputed,
            form=DisputeForm,
            done=_("Nobody is reminded of it now."),
            right=COLLECT,
        ),
        Verb(
            "settle_dispute",
            _("Dispute is settled"),
            _settle_dispute,
            lambda invoice: bool(invoice.disputed),
            done=_("It is collected again."),
            right=COLLECT,
        ),
        Verb(
            "to_agency",
            _("Give to the agency"),
            _to_agency,
            lambda invoice: _is_owed(invoice) and not invoice.at_agency,
            done=_("Neither the invoice nor its boleto is handed out any more."),
        ),
        Verb(
            "from_agency",
            _("Take back from the agency"),
            _from_agency,
            lambda invoice: invoice.at_agency,
            done=_("The customer can take it again."),
        ),
        Verb(
            "slip",
            _("Add a boleto"),
            _slip,
            lambda invoice: _is_owed(invoice) and invoice.currency == "BRL",
            form=SlipForm,
            done=_("The boleto is kept."),
        ),
        Verb(
            "cancel",
            _("Cancel the invoice"),
            _cancel,
            _is_untouched,
            form=CancelForm,
            done=_("It is cancelled. Its number stays used."),
        ),
    )

    def _state(self) -> Any:
        """How it stands today, which says more than that it is issued."""
        standing = self.instance.standing(today())
        return tag(standing.label, STANDING_TONES[standing])

    def get_head(self) -> dict[str, Any]:
        """Lines, parts and what stands beside them."""
        invoice = self.instance
        return {
            "invoice": invoice,
            "lines": invoice.lines.all(),
            "parts": invoice.instalments.all(),
            "credits": invoice.credits.all(),
            "slips": invoice.slips.all(),
            "notes": invoice.fiscal_documents.all(),
            "calls": invoice.call_notes.all()[:20],
            "reminders": invoice.reminders.select_related("step")[:20],
            "draft_url": reverse("billing_edit_draft", args=[invoice.pk]) if _is_draft(invoice) else "",
        }


class BulkCancelForm(BulkForm):
    """Why, once for all."""

    reason = forms.CharField(label=_("Why"), max_length=300)


def _sentence(check: Any) -> Any:
    try:
        check()
    except Refusal as refusal:
        return refusal.sentence
    return None


def _issue_today(invoice: Invoice, data: dict[str, Any], by: Any) -> None:
    issue_invoice(invoice, by=by)


def _why_not_issue(invoice: Invoice, data: Mapping[str, Any]) -> Any:
    return _sentence(lambda: check_issue(invoice, on=today()))


def _why_not_cancel(invoice: Invoice, data: Mapping[str, Any]) -> Any:
    return _sentence(lambda: check_cancel(invoice, reason=data.get("reason", "x") or "x", on=today()))


BULK_VERBS = (
    BulkVerb(
        "issue",
        _("Issue them"),
        _issue_today,
        why_not=_why_not_issue,
        related=("company", "customer"),
        is_told=True,
    ),
    BulkVerb(
        "cancel",
        _("Cancel them"),
        _cancel,
        BulkCancelForm,
        _why_not_cancel,
        related=("company",),
    ),
)
