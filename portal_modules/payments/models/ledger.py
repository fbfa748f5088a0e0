"""The ledger: money that came, what it paid, and what went back. None of it is ever changed."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.billing.models import Credit, Instalment, Invoice
from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyManager
from portal_modules.customers.models import Customer, CustomerOwned, CustomerRecord, RecordChild

from ..choices import DisputeState, PaymentMethod, RefundKind, RefundState
from ..querysets import AllocationQuerySet, PaymentQuerySet, RefundQuerySet
from .attempts import PaymentAttempt
from .columns import money
from .declared import DeclaredPayment
from .providers import PaymentProvider


def _kept(name: str) -> pgtrigger.Protect:
    return pgtrigger.Protect(name=name, operation=pgtrigger.Update | pgtrigger.Delete)


class Payment(CustomerRecord):
    """Money that came from a customer. What of it is not used for an invoice is the customer's credit."""

    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="payments"
    )
    number = models.CharField(_("number"), max_length=40)
    serial = models.PositiveBigIntegerField(editable=False)
    received_on = models.DateField(_("received on"))
    amount = money(_("amount"))
    # What of it was fine and interest: it pays no invoice, and is nobody's credit.
    fees = money(_("fine and interest"), default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    method = models.CharField(_("method"), max_length=16, choices=PaymentMethod)
    provider = models.ForeignKey(
        PaymentProvider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("provider"),
        related_name="payments",
    )
    # The provider's name of the money: the same charge is booked once.
    provider_charge = models.CharField(_("charge at the provider"), max_length=255, blank=True)
    attempt = models.ForeignKey(
        PaymentAttempt, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    declared = models.ForeignKey(
        DeclaredPayment, on_delete=models.PROTECT, null=True, blank=True, related_name="payments"
    )
    # Which line of which bank file: the same line is booked once.
    bank_line = models.CharField(_("line of the bank"), max_length=200, blank=True)
    # The company took no surplus when it came: what is left of it is no credit, and waits for somebody of the staff.
    surplus_held = models.BooleanField(_("surplus is held"), default=False, db_default=False)
    payer_name = models.CharField(_("paid by"), max_length=160, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_at = models.DateTimeField(_("booked on"), auto_now_add=True)

    record_icon = "invoice"

    objects: ClassVar[Any] = CompanyManager(PaymentQuerySet)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["-received_on", "-serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="payments_payment_of_customer"
            ),
            models.UniqueConstraint(fields=["company", "id"], name="payments_payment_of_company"),
            models.UniqueConstraint(fields=["company", "number"], name="payments_one_per_number"),
            models.UniqueConstraint(fields=["company", "serial"], name="payments_one_per_serial"),
            models.UniqueConstraint(
                fields=["provider", "provider_charge"],
                condition=~Q(provider_charge=""),
                name="payments_one_per_charge",
                violation_error_message=_("This charge of the provider is booked already."),
            ),
            models.UniqueConstraint(
                fields=["company", "bank_line"],
                condition=~Q(bank_line=""),
                name="payments_one_per_bank_line",
                violation_error_message=_("This line of the bank is booked already."),
            ),
            models.UniqueConstraint(
                fields=["declared"],
                condition=Q(declared__isnull=False),
                name="payments_one_per_declared",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, fees__gte=0, amount__gte=F("fees")), name="payments_above_zero"
            ),
        ]
        indexes = [
            # The register, newest first.
            models.Index(fields=["company", "-received_on", "-serial"], name="payments_newest"),
            # The customer's list, and the sums of their credit.
            models.Index(
                fields=["customer", "-received_on", "-serial"],
                include=["currency", "amount", "fees"],
                name="payments_of_customer",
            ),
        ]
        triggers = [_kept("keep_payments")]

    def __str__(self) -> str:
        return f"{self.number} · {self.amount_shown}"

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)

    @property
    def unallocated(self) -> Decimal:
        """What of it is neither used nor given back. Asks the database, unless the queryset has asked before."""
        found = self.__dict__.get("left")
        if found is None:
            found = Payment.objects.with_left().values_list("left", flat=True).get(pk=self.pk)
        return Decimal(found)

    @property
    def left_shown(self) -> str:
        """The same, with its currency."""
        return money_shown(self.unallocated, self.currency)

    def record_title(self) -> str:
        """That it is a payment, and how it came."""
        return gettext("Payment by %(method)s") % {"method": self.get_method_display()}

    def record_number(self) -> str:
        """Its number."""
        return str(self.number)

    def record_state(self) -> str:
        """That it has come: what is still on its way is no payment yet."""
        return gettext("Received")

    def record_date(self) -> date:
        """When it came."""
        return self.received_on

    def record_amount(self) -> tuple[Decimal, str]:
        """How much."""
        return self.amount, self.currency

    def record_sections(self) -> tuple[str, ...]:
        """Whoever sees no invoices sees nothing of what pays them."""
        return ("payments", "billing")

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("payments:payment", args=[self.pk])


class Allocation(CustomerOwned):
    """An amount of a payment, or of a free credit, that pays an invoice.

    One that was wrong is followed by a row below zero that names it; their sum is what holds.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, verbose_name=_("customer"), related_name="allocations"
    )
    payment = models.ForeignKey(
        Payment, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    credit = models.ForeignKey(
        Credit, on_delete=models.PROTECT, null=True, blank=True, related_name="allocations"
    )
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="allocations")
    instalment = models.ForeignKey(Instalment, on_delete=models.PROTECT, related_name="+")
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    allocated_on = models.DateField(_("used on"))
    takes_back = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    reason = models.CharField(_("why"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(AllocationQuerySet)

    class Meta:
        verbose_name = _("use of a payment")
        verbose_name_plural = _("uses of payments")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "customer", "id"], name="payments_allocation_of_customer"
            ),
            models.CheckConstraint(
                condition=Q(payment__isnull=False, credit=None) | Q(payment=None, credit__isnull=False),
                name="payments_allocation_of_one",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, takes_back=None) | Q(amount__lt=0, takes_back__isnull=False),
                name="payments_below_zero_takes_back",
            ),
        ]
        indexes = [
            # What pays an invoice; what a payment and a credit pay; a customer's balance.
            models.Index(fields=["invoice"], include=["amount"], name="payments_uses_for"),
            models.Index(fields=["payment"], include=["amount"], name="payments_uses_of"),
            models.Index(
                fields=["credit"],
                include=["amount"],
                condition=Q(credit__isnull=False),
                name="payments_uses_of_credit",
            ),
        ]
        triggers = [_kept("keep_allocations")]

    def __str__(self) -> str:
        return self.amount_shown

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)


class Refund(RecordChild):
    """Money of a payment that goes back. `RefundStep` says how far it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    kind = models.CharField(_("kind"), max_length=8, choices=RefundKind, default=RefundKind.REFUND)
    amount = money(_("amount"))
    # Fine and interest that went back with it: they were nobody's credit, so they are not in the amount.
    fees = money(_("fine and interest"), default=Decimal(0), db_default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    refunded_on = models.DateField(_("refunded on"))
    reason = models.CharField(_("reason"), max_length=300)
    provider_refund = models.CharField(_("refund at the provider"), max_length=255, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    made_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(RefundQuerySet)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "customer", "id"], name="payments_refund_of_customer"),
            models.UniqueConstraint(
                fields=["company", "provider_refund"],
                condition=~Q(provider_refund=""),
                name="payments_one_refund_once",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, fees__gte=0) | Q(amount=0, fees__gt=0),
                name="payments_refund_above_zero",
            ),
        ]
        # What went back of a payment.
        indexes = [models.Index(fields=["payment"], include=["amount"], name="payments_refunds_of")]
        triggers = [_kept("keep_refunds")]

    def __str__(self) -> str:
        return self.amount_shown

    @property
    def whole(self) -> Decimal:
        """All that went back, fine and interest too."""
        return Decimal(self.amount + self.fees)

    @property
    def amount_shown(self) -> str:
        """The same, with its currency."""
        return money_shown(self.whole, self.currency)

    @property
    def state(self) -> RefundState:
        """How far it is: what its last step says."""
        return max(
            (RefundState(step.state) for step in self.steps.all()), key=_last, default=RefundState.ASKED
        )

    @property
    def state_shown(self) -> str:
        """The same, in words."""
        return str(self.state.label)


def _last(state: RefundState) -> int:
    return (RefundState.ASKED, RefundState.SENT, RefundState.CONFIRMED, RefundState.FAILED).index(state)


class RefundStep(RecordChild):
    """What became of a refund. One that was confirmed may still fail, when its bank sends it back."""

    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=9, choices=RefundState)
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a refund")
        verbose_name_plural = _("steps of refunds")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["refund", "state"], name="payments_one_step_per_state"),
            models.CheckConstraint(
                condition=~Q(state=RefundState.ASKED), name="payments_refund_begins_asked"
            ),
        ]
        triggers = [_kept("keep_refund_steps")]

    def __str__(self) -> str:
        return f"{self.refund_id}: {self.state}"


@pghistory.track()
class Dispute(RecordChild):
    """A payment that its payer denies at the provider, who decides."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider_dispute = models.CharField(_("dispute at the provider"), max_length=255)
    state = models.CharField(_("state"), max_length=4, choices=DisputeState, default=DisputeState.OPEN)
    amount = money(_("amount"))
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    reason = models.CharField(_("reason"), max_length=120, blank=True)
    answer_by = models.DateTimeField(_("to be answered by"), null=True, blank=True)
    # What was booked out when it was lost.
    refund = models.OneToOneField(
        Refund, on_delete=models.PROTECT, null=True, blank=True, related_name="dispute"
    )
    opened_at = models.DateTimeField(_("opened on"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        ordering = ["-opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "provider_dispute"], name="payments_one_dispute_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payments_dispute_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_dispute}: {self.get_state_display()}"

    @property
    def amount_shown(self) -> str:
        """How much, with its currency."""
        return money_shown(self.amount, self.currency)
