"""Bank accounts of a company, and the boletos that its bank has registered."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, ClassVar

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import money_shown
from portal_modules.core.choices import Currency
from portal_modules.core.models import CompanyManager, CompanyOwned
from portal_modules.customers.models import RecordChild

from ..choices import Rounding, SlipProvider, SlipState
from ..querysets import SlipQuerySet

if TYPE_CHECKING:
    from .invoices import Instalment, Invoice


@pghistory.track()
class BankAccount(CompanyOwned):
    """An account that customers pay into, with what is printed about it."""

    name = models.CharField(
        _("name"), max_length=80, help_text=_("For you: such as “Main account” or “Boletos at Itaú”.")
    )
    bank_code = models.CharField(
        _("code of the bank"), max_length=3, blank=True, help_text=_("Three digits; only in Brazil.")
    )
    bank_name = models.CharField(_("bank"), max_length=80, blank=True)
    branch = models.CharField(_("branch"), max_length=20, blank=True)
    number = models.CharField(_("account number or IBAN"), max_length=40, blank=True)
    holder = models.CharField(_("holder"), max_length=160, blank=True)
    holder_tax_id = models.CharField(_("tax id of the holder"), max_length=20, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    pix_key = models.CharField(_("Pix key"), max_length=77, blank=True)
    pix_city = models.CharField(
        _("city for Pix"), max_length=60, blank=True, help_text=_("A Pix code has to name one.")
    )
    recalculates_at_payment = models.BooleanField(
        _("the bank adds fine and interest itself"),
        default=True,
        help_text=_(
            "Then an overdue boleto keeps its line, and our amount is only shown beside it. Otherwise a "
            "customer is offered a new one, or another way to pay."
        ),
    )
    instructions = models.TextField(
        _("how to pay"), max_length=1000, blank=True, help_text=_("Printed on invoices and boletos.")
    )
    provider = models.CharField(
        _("boletos are registered by"),
        max_length=10,
        choices=SlipProvider,
        blank=True,
        default=SlipProvider.NONE,
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="billing_account_of_company"),
            models.UniqueConstraint(
                fields=["company", "name"],
                name="billing_one_account_per_name",
                violation_error_message=_("There is an account of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class BankSlip(RecordChild):
    """One boleto that a bank has registered. Its line is the bank's and never altered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invoice: Invoice = models.ForeignKey(  # type: ignore[assignment]  # named before its class is there
        "billing.Invoice", on_delete=models.PROTECT, verbose_name=_("invoice"), related_name="slips"
    )
    instalment: Instalment | None = models.ForeignKey(  # type: ignore[assignment]  # the same
        "billing.Instalment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("instalment"),
        related_name="slips",
    )
    bank_account = models.ForeignKey(
        BankAccount,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("bank account"),
        related_name="+",
    )
    bank = models.CharField(_("code of the bank"), max_length=3)
    line = models.CharField(_("line"), max_length=48, help_text=_("47 digits, without points and blanks."))
    barcode = models.CharField(_("barcode"), max_length=44)
    our_number = models.CharField(_("number at the bank"), max_length=30, blank=True)
    due_on = models.DateField(_("due on"))
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=4)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.REAL)
    registered_on = models.DateField(_("registered on"))
    provider = models.CharField(
        _("registered by"), max_length=10, choices=SlipProvider, blank=True, default=SlipProvider.NONE
    )
    state = models.CharField(_("state"), max_length=10, choices=SlipState, default=SlipState.REGISTERED)
    created_at = models.DateTimeField(_("at"), auto_now_add=True)

    objects: ClassVar[Any] = CompanyManager(SlipQuerySet)

    class Meta:
        verbose_name = _("boleto")
        verbose_name_plural = _("boletos")
        ordering = ["-due_on", "-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["company", "id"], name="billing_slip_of_company"),
            models.UniqueConstraint(
                fields=["company", "barcode"],
                name="billing_one_slip_per_barcode",
                violation_error_message=_("There is a boleto with this barcode already."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="billing_slip_above_zero"),
        ]
        indexes = [
            # The boletos of an invoice.
            models.Index(fields=["invoice", "-due_on"], name="billing_slips_of"),
            # What the bank takes money for: the desk looks there for what is owed no more.
            models.Index(
                fields=["company", "due_on"],
                condition=Q(state=SlipState.REGISTERED),
                name="billing_slips_at_the_bank",
            ),
        ]

    def __str__(self) -> str:
        return self.our_number or self.line

    @property
    def amount_shown(self) -> str:
        """What it is for, with its currency."""
        return money_shown(self.amount, self.currency)


class LateFeePolicy(CompanyOwned):
    """What a company charges when something is paid late: a term of its contracts. One for each company."""

    is_charged = models.BooleanField(_("charge fine and interest"), default=True)
    fine_percent = models.DecimalField(_("fine, percent"), max_digits=6, decimal_places=3, default=2)
    interest_percent = models.DecimalField(
        _("interest, percent a month"), max_digits=6, decimal_places=3, default=1
    )
    rounding = models.CharField(
        _("rounding"), max_length=16, choices=Rounding, default=Rounding.EXACT_HALF_UP
    )
    from_original_due_date = models.BooleanField(
        _("count from the due date itself"),
        default=True,
        help_text=_("Otherwise from the bank day that it moved to."),
    )
    blocks_after_days = models.PositiveSmallIntegerField(
        _("no boleto after"), default=120, help_text=_("Days that an invoice is overdue.")
    )

    class Meta:
        verbose_name = _("rule for late payment")
        verbose_name_plural = _("rules for late payment")
        constraints = [
            models.UniqueConstraint(fields=["company"], name="billing_one_policy_per_company"),
            models.CheckConstraint(
                condition=Q(
                    fine_percent__gte=0,
                    fine_percent__lte=100,
                    interest_percent__gte=0,
                    interest_percent__lte=100,
                ),
                name="billing_late_fees_in_bounds",
                violation_error_message=_("A percentage is from 0 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
