"""Writing an invoice, as long as nobody outside has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.amounts import fits, most_of, rounded
from portal_modules.core.companies import card_in_scope
from portal_modules.customers.models import Customer

from .. import exceptions
from ..choices import InvoiceState
from ..models import BankAccount, Instalment, Invoice, InvoiceLine

MOST_LINES: Final = 200
MOST_PARTS: Final = 120
_LARGEST_QUANTITY: Final = Decimal(9_999_999)


@dataclass(frozen=True, slots=True)
class Claim:
    """One line to be: what for, how much. Without a tax amount it follows from the rate."""

    text: str
    unit_price: Decimal
    quantity: Decimal = Decimal(1)
    unit: str = ""
    tax_rate: Decimal = Decimal(0)
    tax_amount: Decimal | None = None
    withheld: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment to be."""

    due_on: date
    amount: Decimal


class Reckoned(NamedTuple):
    """A line with its amounts, by the columns of `InvoiceLine`."""

    position: int
    text: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    tax_rate: Decimal
    tax_amount: Decimal
    amount: Decimal
    withheld: Decimal


@dataclass(frozen=True, slots=True)
class Sums:
    """What lines come to."""

    subtotal: Decimal = Decimal(0)
    tax_total: Decimal = Decimal(0)
    withheld_total: Decimal = Decimal(0)
    lines: tuple[Reckoned, ...] = ()

    @property
    def total(self) -> Decimal:
        """With taxes, without what is withheld."""
        return self.subtotal + self.tax_total - self.withheld_total

    def columns(self) -> dict[str, Decimal]:
        """Their columns of the invoice."""
        return {
            "subtotal": self.subtotal,
            "tax_total": self.tax_total,
            "withheld_total": self.withheld_total,
            "total": self.total,
        }


def sums_of(claims: Sequence[Claim], currency: str) -> Sums:
    """The lines with their amounts, and what they come to. Raises what is wrong with one of them."""
    if len(claims) > MOST_LINES:
        raise exceptions.AmountOutOfBounds
    lines = []
    subtotal = tax_total = withheld_total = Decimal(0)
    for position, claim in enumerate(claims, 1):
        line = _line(position, claim, currency)
        lines.append(line)
        subtotal += line.amount
        tax_total += line.tax_amount
        withheld_total += line.withheld
    sums = Sums(subtotal, tax_total, withheld_total, tuple(lines))
    if sums.total < 0:
        raise exceptions.NegativeTotal
    if sums.total > most_of(currency):
        raise exceptions.AmountOutOfBounds
    return sums


@transaction.atomic
def draft_invoice(
    customer: Customer,
    *,
    by: Any | None,
    claims: Sequence[Claim],
    due_on: date | None = None,
    parts: Sequence[Part] = (),
    currency: str = "",
    about: Any | None = None,
    **facts: Any,
) -> Invoice:
    """Write an invoice that nobody outside sees yet. `about` is a record of the same customer.

    `facts` are further columns: `period_from`, `period_to`, `purchase_order`, `reference`, `notes`, `bank_account`,
    `discount_percent`, `discount_amount`, `discount_until`, `language`.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    if about is not None and about.customer_id != customer.pk:
        raise exceptions.InvoiceOfAnotherCustomer
    invoice = Invoice(
        company_id=customer.company_id,
        customer=customer,
        currency=currency or customer.company.currency,
        about_type=about.record_type() if about is not None else "",
        about_id=about.pk if about is not None else None,
    )
    sums = _take(invoice, claims, due_on, parts, facts)
    invoice.save(force_insert=True)
    _write_parts(invoice, sums, parts)
    log("billing.draft", invoice, by=by, total=str(invoice.total), currency=invoice.currency)
    return invoice


@transaction.atomic
def change_draft(
    invoice: Invoice,
    *,
    by: Any | None,
    claims: Sequence[Claim],
    due_on: date | None = None,
    parts: Sequence[Part] = (),
    **facts: Any,
) -> Invoice:
    """Write a draft anew: its lines, its parts and what stands on it. The customer and the currency stay."""
    invoice = locked(invoice)
    if invoice.state != InvoiceState.DRAFT:
        raise exceptions.NotADraft
    before = invoice.total
    sums = _take(invoice, claims, due_on, parts, facts)
    invoice.save()
    invoice.lines.all().delete()
    invoice.instalments.all().delete()
    _write_parts(invoice, sums, parts)
    log("billing.change_draft", invoice, by=by, before=str(before), after=str(invoice.total))
    return invoice


@transaction.atomic
def discard_draft(invoice: Invoice, *, by: Any | None) -> None:
    """Throw a draft away: it has no number, so no gap stays."""
    invoice = locked(invoice)
    if invoice.state != InvoiceState.DRAFT:
        raise exceptions.NotADraft
    log("billing.discard", invoice, by=by, total=str(invoice.total))
    invoice.lines.all().delete()
    invoice.instalments.all().delete()
    invoice.delete()


def locked(invoice: Invoice) -> Invoice:
    """The row as it is now, kept until the transaction ends."""
    found: Invoice = (
        Invoice.objects.select_for_update(no_key=True).select_related("company").get(pk=invoice.pk)
    )
    return found


def check_parts(parts: Sequence[Part], total: Decimal, currency: str) -> None:
    """Raise what is wrong with instalments: they are the total, and each is due after the one before."""
    if len(parts) > MOST_PARTS or any(part.amount <= 0 for part in parts):
        raise exceptions.InstalmentsDiffer
    if not all(fits(part.amount, currency) for part in parts):
        raise exceptions.DigitsOfCurrency
    if sum((part.amount for part in parts), Decimal(0)) != total:
        raise exceptions.InstalmentsDiffer
    days = [part.due_on for part in parts]
    if sorted(set(days)) != days:
        raise exceptions.InstalmentsOutOfOrder


def _take(
    invoice: Invoice,
    claims: Sequence[Claim],
    due_on: date | None,
    parts: Sequence[Part],
    facts: dict[str, Any],
) -> Sums:
    sums = sums_of(claims, invoice.currency)
    if parts:
        check_parts(parts, sums.total, invoice.currency)
    invoice.due_on = parts[0].due_on if parts else due_on
    for name, value in {**sums.columns(), **facts}.items():
        setattr(invoice, name, value)
    _check_facts(invoice)
    return sums


def _check_facts(invoice: Invoice) -> None:
    account: BankAccount | None = invoice.bank_account
    if account is not None and account.currency != invoice.currency:
        raise exceptions.AccountOfAnotherCurrency
    has_discount = bool(invoice.discount_percent or invoice.discount_amount)
    if has_discount != bool(invoice.discount_until) or (invoice.discount_percent and invoice.discount_amount):
        raise exceptions.OneDiscount
    if not fits(Decimal(invoice.discount_amount), invoice.currency):
        raise exceptions.DigitsOfCurrency
    if invoice.discount_amount > invoice.total:
        raise exceptions.MoreThanOpen
    if invoice.period_from and invoice.period_to and invoice.period_to < invoice.period_from:
        raise exceptions.PeriodOutOfOrder


def _line(position: int, claim: Claim, currency: str) -> Reckoned:
    if not (
        0 < claim.quantity <= _LARGEST_QUANTITY
        and claim.unit_price >= 0
        and 0 <= claim.tax_rate <= 100
        and claim.withheld >= 0
        and (claim.tax_amount is None or claim.tax_amount >= 0)
    ):
        raise exceptions.LineOutOfBounds
    amount = rounded(claim.quantity * claim.unit_price, currency)
    tax = rounded(amount * claim.tax_rate / 100, currency) if claim.tax_amount is None else claim.tax_amount
    if not (fits(tax, currency) and fits(claim.withheld, currency)):
        raise exceptions.DigitsOfCurrency
    if amount > most_of(currency) or claim.unit_price > most_of(currency):
        raise exceptions.AmountOutOfBounds
    return Reckoned(
        position=position,
        text=claim.text,
        quantity=claim.quantity,
        unit=claim.unit,
        unit_price=claim.unit_price,
        tax_rate=claim.tax_rate,
        tax_amount=tax,
        amount=amount,
        withheld=claim.withheld,
    )


def _write_parts(invoice: Invoice, sums: Sums, parts: Sequence[Part]) -> None:
    InvoiceLine.objects.bulk_create(lines_of(invoice, sums))
    write_instalments(invoice, parts)


def lines_of(invoice: Invoice, sums: Sums) -> list[InvoiceLine]:
    """The rows of its lines, not written yet."""
    whose = {"company_id": invoice.company_id, "customer_id": invoice.customer_id}
    return [InvoiceLine(invoice=invoice, **whose, **line._asdict()) for line in sums.lines]


def write_instalments(invoice: Invoice, parts: Sequence[Part]) -> None:
    """The rows of its parts, numbered from 1."""
    Instalment.objects.bulk_create(
        Instalment(
            company_id=invoice.company_id,
            customer_id=invoice.customer_id,
            invoice=invoice,
            number=number,
            due_on=part.due_on,
            amount=part.amount,
        )
        for number, part in enumerate(parts, 1)
    )


def days_to_pay(customer: Customer) -> int:
    """The days that a new invoice of a customer is usually given."""
    return int(card_in_scope().setting("billing.days_to_pay", *customer.setting_levels))
