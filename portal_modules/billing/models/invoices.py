"""Invoices: what a customer owes, line by line and part by part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import money_shown, rounded
from portal_modules.core.choices import Country, Currency
from portal_modules.core.languages import LANGUAGE_CHOICES
from portal_modules.core.models import CompanyManager
from portal_modules.core.tax_ids import format_tax_id
from portal_modules.customers.models import CustomerRecord

from ..choices import InvoiceState, Standing
from ..days import billing_day
from ..querysets import InvoiceQuerySet, OfInvoiceQuerySet
from .banks import BankAccount
from .keys import HeldChild, held_company, held_customer, held_invoice


def money(label: Any, **more: Any) -> Any:
    """A column of money, `numeric(18,4)`; the database checks the digits of the row's currency."""
    return models.DecimalField(label, max_digits=18, decimal_places=4, **more)


def _changed_often() -> tuple[Any, ...]:
    """As usual, but one statement writes the history of all rows that another one, of an import, has made."""
    made = pghistory.InsertEvent(level=pgtrigger.Statement)
    return made, pghistory.UpdateEvent(), pghistory.DeleteEvent()


@pghistory.track(*_changed_often(), exclude=["open_amount"])
class Invoice(CustomerRecord):
    """One claim for payment to one customer. From its issue on only what settles it changes.

    It is no fiscal document: that is a `FiscalDocument`, which may point at it.
    """

    # The index of the customer's list begins with it; a second one would tempt PostgreSQL to sort all of them.
    customer = held_customer(related_name="invoices", db_index=False)
    company = held_company()
    number = models.CharField(_("number"), max_length=40, null=True, editable=False)
    # Its place in the company's own series, which has no gap; what was imported has none.
    serial = models.PositiveBigIntegerField(null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=InvoiceState, default=InvoiceState.DRAFT, editable=False
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    # To whom it was issued, as it was then.
    tax_country = models.CharField(_("country of the tax id"), max_length=2, choices=Country, blank=True)
    tax_id = models.CharField(_("issued to (tax id)"), max_length=20, blank=True)
    name_as_issued = models.CharField(_("issued to"), max_length=200, blank=True)
    address_as_issued = models.TextField(_("address"), max_length=1000, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # Of what is still open: the first day it is due on, and the first on which it is overdue (bank days).
    next_due_on = models.DateField(_("next due on"), null=True, editable=False)
    overdue_from = models.DateField(_("overdue from"), null=True, editable=False)
    period_from = models.DateField(_("closing period, from"), null=True, blank=True)
    period_to = models.DateField(_("closing period, to"), null=True, blank=True)
    purchase_order = models.CharField(_("purchase order of the customer"), max_length=60, blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    # What it was made for, such as a process.
    about_type = models.CharField(max_length=80, blank=True, editable=False)
    about_id = models.UUIDField(null=True, editable=False)
    bank_account = models.ForeignKey(
        BankAccount,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("bank account"),
        related_name="+",
    )
    subtotal = money(_("subtotal"), default=Decimal(0), editable=False)
    tax_total = money(_("taxes"), default=Decimal(0), editable=False)
    withheld_total = money(_("withheld"), default=Decimal(0), editable=False)
    total = money(_("total"), default=Decimal(0), editable=False)
    paid_total = money(_("paid"), default=Decimal(0), editable=False)
    credited_total = money(_("credited"), default=Decimal(0), editable=False)
    open_amount = models.GeneratedField(
        expression=models.Case(
            models.When(
                state=InvoiceState.ISSUED,
                then=F("total") - F("paid_total") - F("credited_total"),
            ),
            default=Decimal(0),
            output_field=models.DecimalField(max_digits=18, decimal_places=4),
        ),
        output_field=models.DecimalField(_("open"), max_digits=18, decimal_places=4),
        db_persist=True,
    )
    discount_percent = models.DecimalField(
        _("discount for early payment, percent"), max_digits=7, decimal_places=4, default=0
    )
    discount_amount = money(_("discount for early payment, amount"), default=Decimal(0))
    discount_until = models.DateField(_("discount until"), null=True, blank=True)
    at_agency = models.BooleanField(_("with a collection agency"), default=False, editable=False)
    disputed = models.TextField(_("disputed because"), max_length=1000, blank=True, editable=False)
    promise = models.DateField(_("payment promised for"), null=True, blank=True, editable=False)
    notes = models.TextField(_("notes to the customer"), max_length=2000, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, editable=False)
    cancel_reason = models.CharField(_("cancelled because"), max_length=300, blank=True, editable=False)
    is_imported = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)
    # Written by the database when it gets its number.
    frozen_at = models.DateTimeField(null=True, editable=False)

    record_icon = "invoice"

    objects: ClassVar[Any] = CompanyManager(InvoiceQuerySet)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_on", "-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "customer", "id"], name="billing_invoice_of_customer"),
            models.UniqueConstraint(fields=["company", "id"], name="billing_invoice_of_company"),
            models.UniqueConstraint(
                fields=["company", "number"],
                name="billing_one_invoice_per_number",
                violation_error_message=_("There is an invoice with this number already."),
            ),
            models.UniqueConstraint(fields=["company", "serial"], name="billing_one_invoice_per_serial"),
            models.CheckConstraint(
                condition=Q(state=InvoiceState.DRAFT, number=None, issued_on=None, serial=None)
                | ~Q(state=InvoiceState.DRAFT)
                & Q(number__gt="", issued_on__isnull=False, due_on__isnull=False),
                name="billing_issued_has_number_and_days",
            ),
            models.CheckConstraint(
                condition=Q(total=F("subtotal") + F("tax_total") - F("withheld_total")),
                name="billing_total_of_its_parts",
            ),
            models.CheckConstraint(
                condition=Q(
                    subtotal__gte=0,
                    tax_total__gte=0,
                    withheld_total__gte=0,
                    total__gte=0,
                    paid_total__gte=0,
                    credited_total__gte=0,
                ),
                name="billing_no_amount_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("paid_total") + F("credited_total")),
                name="billing_not_settled_twice",
                violation_error_message=_("This is more than what is open."),
            ),
            models.CheckConstraint(
                condition=~Q(state=InvoiceState.CANCELLED) | Q(paid_total=0, cancelled_on__isnull=False),
                name="billing_cancelled_is_unpaid",
            ),
            models.CheckConstraint(
                condition=Q(discount_percent__gte=0, discount_percent__lt=100, discount_amount__gte=0)
                & (Q(discount_percent=0) | Q(discount_amount=0)),
                name="billing_one_discount",
                violation_error_message=_("The discount is a percentage or an amount, not both."),
            ),
            models.CheckConstraint(
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_to__gte=F("period_from")),
                name="billing_period_in_order",
                violation_error_message=_("The period ends before it begins."),
            ),
        ]
        indexes = [
            # The register, newest first.
            models.Index(
                fields=["company", "-issued_on", "-number", "-id"],
                include=["state", "currency", "total"],
                name="billing_newest",
            ),
            # The customer's list, and the sums of what it was narrowed to, from the index alone.
            models.Index(
                fields=["company", "customer", "-issued_on", "-number", "-id"],
                include=["state", "currency", "total", "open_amount", "overdue_from", "tax_id"],
                name="billing_newest_of_customer",
            ),
            # What is owed: the desk's numbers, ageing, reminders, the collector's list.
            models.Index(
                fields=["company", "overdue_from"],
                include=["customer", "currency", "open_amount", "next_due_on"],
                condition=Q(state=InvoiceState.ISSUED, open_amount__gt=0),
                name="billing_owed",
            ),
            # What is owed by one customer.
            models.Index(
                fields=["customer", "next_due_on"],
                condition=Q(state=InvoiceState.ISSUED, open_amount__gt=0),
                name="billing_owed_by",
            ),
            # The invoices about a record.
            models.Index(
                fields=["company", "about_type", "about_id"],
                condition=Q(about_id__isnull=False),
                name="billing_about",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_shown} · {self.name_as_issued or self.customer}"

    @property
    def number_shown(self) -> str:
        """The number as it is written; a draft has none."""
        return self.number or gettext("Draft")

    @property
    def tax_id_shown(self) -> str:
        """The tax id that it was issued to, as it is written in its country."""
        return (
            format_tax_id(self.tax_country, self.tax_id) if self.tax_country and self.tax_id else self.tax_id
        )

    @property
    def total_shown(self) -> str:
        """What it claims, with its currency."""
        return money_shown(self.total, self.currency)

    @property
    def open_shown(self) -> str:
        """What is owed of it, with its currency."""
        return money_shown(self.open_now, self.currency)

    @property
    def standing_shown(self) -> str:
        """How it stands today, in words."""
        return str(self.standing().label)

    def standing(self, on: date | None = None) -> Standing:
        """How it stands on a day, today without one."""
        if self.state == InvoiceState.DRAFT:
            return Standing.DRAFT
        if self.state == InvoiceState.CANCELLED:
            return Standing.CANCELLED
        if self.open_now == 0:
            return Standing.PAID
        on = on or billing_day(self.company)
        is_late = self.overdue_from is not None and self.overdue_from <= on
        return Standing.OVERDUE if is_late else Standing.PENDING

    @property
    def open_now(self) -> Decimal:
        """What is owed of it by its own columns, also before the database has computed `open_amount`."""
        if self.state != InvoiceState.ISSUED:
            return Decimal(0)
        return self.total - self.paid_total - self.credited_total

    @property
    def is_partly_paid(self) -> bool:
        """Has something been settled, and something not?"""
        return self.state == InvoiceState.ISSUED and 0 < self.open_now < self.total

    def days_late(self, on: date) -> int:
        """The days since it was due, 0 as long as it is not overdue. They count from the due date itself."""
        if self.next_due_on is None or self.standing(on) != Standing.OVERDUE:
            return 0
        return (on - self.next_due_on).days

    def discount_on(self, day: date) -> Decimal:
        """What whoever pays all of it on that day leaves out."""
        if self.discount_until is None or day > self.discount_until or self.open_now != self.total:
            return Decimal(0)
        wanted = self.discount_amount or self.total * self.discount_percent / 100
        return min(rounded(wanted, self.currency), self.total)

    def record_title(self) -> str:
        """What it is for: its reference, or that it is an invoice."""
        return self.reference or gettext("Invoice %(number)s") % {"number": self.number_shown}

    def record_number(self) -> str:
        """Its number."""
        return self.number_shown

    def record_state(self) -> str:
        """How it stands today."""
        return str(self.standing().label)

    def record_date(self) -> date:
        """When it was issued; a draft's is when it was made."""
        return self.issued_on or self.created_at.date()

    def record_amount(self) -> tuple[Decimal, str]:
        """What it claims."""
        return self.total, self.currency

    def next_action(self) -> str:
        """To pay, as long as something is open."""
        return gettext("Pay") if self.open_now > 0 else ""

    def record_url(self) -> str:
        """Its page in the customer's area."""
        return reverse("billing:invoice", args=[self.pk])


class InvoiceLine(HeldChild):
    """One thing that an invoice claims money for."""

    invoice = held_invoice("lines")
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("what for"), max_length=500)
    quantity = models.DecimalField(_("quantity"), max_digits=14, decimal_places=4, default=1)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    unit_price = money(_("unit price"))
    tax_rate = models.DecimalField(_("tax rate, percent"), max_digits=7, decimal_places=4, default=0)
    tax_amount = money(_("tax"), default=Decimal(0))
    # Quantity × unit price, without tax.
    amount = money(_("amount"))
    withheld = money(_("withheld"), default=Decimal(0))

    objects: ClassVar[Any] = CompanyManager(OfInvoiceQuerySet)

    class Meta:
        verbose_name = _("line of an invoice")
        verbose_name_plural = _("lines of invoices")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="billing_one_line_per_position"),
            models.CheckConstraint(
                condition=Q(
                    quantity__gt=0,
                    unit_price__gte=0,
                    tax_rate__gte=0,
                    tax_rate__lte=100,
                    tax_amount__gte=0,
                    amount__gte=0,
                    withheld__gte=0,
                ),
                name="billing_line_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Instalment(HeldChild):
    """One part of an invoice with a day of its own. An invoice without parts has one."""

    invoice = held_invoice("instalments")
    number = models.PositiveSmallIntegerField(_("number"))
    due_on = models.DateField(_("due on"))
    amount = money(_("amount"))
    settled = money(_("settled"), default=Decimal(0))
    open = models.GeneratedField(
        expression=F("amount") - F("settled"),
        output_field=models.DecimalField(_("open"), max_digits=18, decimal_places=4),
        db_persist=True,
    )

    objects: ClassVar[Any] = CompanyManager(OfInvoiceQuerySet)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["company", "customer", "id"], name="billing_part_of_customer"),
            models.UniqueConstraint(fields=["invoice", "number"], name="billing_one_part_per_number"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, settled__gte=0, settled__lte=F("amount")),
                name="billing_part_settled_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.due_on}"
