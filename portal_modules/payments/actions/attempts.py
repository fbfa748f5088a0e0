"""Attempts to pay online: begun, found again, remembered with their page, ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from portal_modules.billing.actions import billing_day, late_fee_policy, owed_on
from portal_modules.billing.choices import InvoiceState
from portal_modules.billing.models import Instalment, Invoice
from portal_modules.core.access import ActorKind
from portal_modules.core.events import events
from portal_modules.customers.models import Customer
from portal_modules.users.models import User

from .. import events as names
from .. import exceptions
from ..choices import AttemptState, Surplus
from ..models import PaymentAttempt, PaymentAttemptItem, PaymentPolicy, PaymentProvider
from ..opening import adapter_of, has_adapter
from ..providers.base import Opened
from .ledger import lock_invoices
from .settling import move_attempt

MOST_INVOICES = 50


@dataclass(frozen=True, slots=True)
class AskedPart:
    """What of an invoice somebody wants to pay: `amount` None is all that is open of it, or of its part.

    More than that becomes the customer's credit, where the company keeps credit.
    """

    invoice: UUID
    amount: Decimal | None = None
    instalment: int | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The attempt that pays what was asked; or those that stand in its way, and have to be closed first."""

    attempt: PaymentAttempt | None = None
    is_new: bool = False
    in_the_way: Sequence[PaymentAttempt] = field(default=())


def begin_attempt(
    customer: Customer,
    *,
    provider: PaymentProvider,
    method: str,
    parts: Sequence[AskedPart],
    language: str,
    by: User | None,
    actor: ActorKind = ActorKind.CONTACT,
    is_automatic: bool = False,
) -> Begun:
    """Set out to pay. Who asks for the same again, in whatever window, gets the same attempt.

    Raises what is refused: nothing open, too little, too much, several currencies, a provider that is off.
    """
    _check_provider(provider, method)
    if not parts:
        raise exceptions.NothingChosen
    if len({part.invoice for part in parts}) > MOST_INVOICES:
        raise exceptions.TooManyInvoices
    try:
        with transaction.atomic():
            invoices = _lock(customer, parts)
            items, currency = _items(customer, parts, invoices)
            if method not in adapter_of(provider).methods(currency, customer.company.country):
                raise exceptions.OnlineIsOff
            there = _on_the_way(invoices)
            if there:
                return _same_or_in_the_way(there, items, provider, method)
            attempt = _write(
                customer,
                items,
                provider=provider,
                method=method,
                currency=currency,
                language=language[:8],
                begun_by=by,
                actor_kind=actor,
                is_automatic=is_automatic,
            )
    except IntegrityError as error:
        # Somebody else began at the same moment, though the invoices are locked: only a fault of ours gets here.
        raise exceptions.AttemptOnItsWay from error
    return Begun(attempt, is_new=True)


def remember_page(attempt: PaymentAttempt, opened: Opened) -> PaymentAttempt:
    """Keep which session the provider made of an attempt; once, because the same key makes the same session."""
    row: PaymentAttempt = PaymentAttempt.objects.select_for_update(no_key=True).get(pk=attempt.pk)
    if not row.provider_session:
        row.provider_session, row.url = opened.session, opened.url
        row.save(update_fields=["provider_session", "url", "changed_at"])
    return row


def mark_pending(attempt: PaymentAttempt, *, charge: str = "") -> None:
    """The payer has done their part, and the money is still to come. What is further stays as it is."""
    with suppress(exceptions.AlreadyDecided):
        move_attempt(attempt, AttemptState.PENDING, **({"provider_payment": charge} if charge else {}))


def end_attempt(attempt: PaymentAttempt, state: AttemptState, *, failure: str = "") -> None:
    """Nothing came of it. What is paid, or over already, stays as it is."""
    with suppress(exceptions.AlreadyDecided):
        move_attempt(attempt, state, failure=failure)


def _check_provider(provider: PaymentProvider, method: str) -> None:
    if not (provider.is_on and has_adapter(provider) and method in provider.methods):
        raise exceptions.OnlineIsOff


def _lock(customer: Customer, parts: Iterable[AskedPart]) -> dict[UUID, Invoice]:
    wanted = {part.invoice for part in parts}
    mine = Invoice.objects.filter(pk__in=wanted, customer=customer).values_list("pk", flat=True)
    if set(mine) != wanted:
        raise exceptions.AnotherCustomer
    return lock_invoices(sorted(wanted))


def _items(
    customer: Customer, parts: Sequence[AskedPart], invoices: dict[UUID, Invoice]
) -> tuple[list[PaymentAttemptItem], str]:
    currencies = {invoice.currency for invoice in invoices.values()}
    if len(currencies) > 1:
        raise exceptions.AnotherCurrency
    instalments = _instalments(parts)
    policy = PaymentPolicy.objects.first() or PaymentPolicy()
    items, asked = [], {pk: Decimal(0) for pk in invoices}
    for part in parts:
        invoice = invoices[part.invoice]
        if invoice.state != InvoiceState.ISSUED or invoice.open_now <= 0 or invoice.at_agency:
            raise exceptions.NothingOpen
        instalment = instalments.get(part.instalment) if part.instalment else None
        if part.instalment and (instalment is None or instalment.invoice_id != invoice.pk):
            raise exceptions.AnotherInvoice
        left = instalment.amount - instalment.settled if instalment else invoice.open_now
        amount = left if part.amount is None else part.amount
        if amount <= 0 or left <= 0:
            raise exceptions.NothingOpen if left <= 0 else exceptions.AmountNotPositive
        if amount > left and policy.surplus == Surplus.REFUSED:
            raise exceptions.SurplusRefused
        if instalment is None and amount < policy.least_of(left):
            raise exceptions.LessThanLeast
        asked[invoice.pk] += min(amount, left)
        if asked[invoice.pk] > invoice.open_now:
            raise exceptions.MoreThanOpen
        fees, discount = _fees_and_discount(invoice, instalment, is_all=amount >= left)
        discount = discount if amount == left else Decimal(0)  # who pays more than is owed leaves nothing out
        items.append(
            PaymentAttemptItem(
                company=customer.company,
                customer=customer,
                invoice=invoice,
                instalment=instalment,
                amount=amount - discount,
                fees=fees,
                discount=discount,
            )
        )
    return items, currencies.pop()


def _fees_and_discount(
    invoice: Invoice, instalment: Instalment | None, *, is_all: bool
) -> tuple[Decimal, Decimal]:
    """What waiting has cost and what paying early saves, for who pays all that is open. A part goes on waiting."""
    if not is_all:
        return Decimal(0), Decimal(0)
    today = billing_day(invoice.company)
    parts = [instalment] if instalment else list(invoice.instalments.all())
    owed = owed_on(invoice, parts, late_fee_policy(), today, invoice.company.country)
    discount = invoice.discount_on(today) if instalment is None else Decimal(0)
    # An invoice of which nothing would be left to pay is not paid online.
    return owed.fine + owed.interest, discount if discount < invoice.open_now else Decimal(0)


def _instalments(parts: Iterable[AskedPart]) -> dict[int, Instalment]:
    wanted = [part.instalment for part in parts if part.instalment]
    return {row.pk: row for row in Instalment.objects.filter(pk__in=wanted)} if wanted else {}


def _on_the_way(invoices: dict[UUID, Invoice]) -> list[PaymentAttempt]:
    taken = PaymentAttemptItem.objects.filter(invoice__in=list(invoices), is_open=True)
    rows = PaymentAttempt.objects.filter(pk__in=taken.values("attempt")).order_by("pk")
    return list(rows.select_related("provider__company").prefetch_related("items"))


def _same_or_in_the_way(
    there: list[PaymentAttempt], items: list[PaymentAttemptItem], provider: PaymentProvider, method: str
) -> Begun:
    if any(attempt.state == AttemptState.PENDING for attempt in there):
        raise exceptions.AttemptOnItsWay
    first = there[0]
    is_same = (
        len(there) == 1
        and first.provider_id == provider.pk
        and first.method == method
        and _facts(first.items.all()) == _facts(items)
    )
    return Begun(first) if is_same else Begun(in_the_way=there)


def _facts(items: Iterable[PaymentAttemptItem]) -> set[tuple[object, ...]]:
    return {(each.invoice_id, each.instalment_id, each.amount, each.fees, each.discount) for each in items}


def _write(customer: Customer, items: list[PaymentAttemptItem], **facts: object) -> PaymentAttempt:
    pk = uuid4()
    total = sum((each.amount + each.fees for each in items), Decimal(0))
    attempt: PaymentAttempt = PaymentAttempt.objects.create(
        id=pk,
        company=customer.company,
        customer=customer,
        amount=total,
        idempotency_key=f"balcao-{pk}",
        **facts,
    )
    for each in items:
        each.attempt = attempt
        each.save()
    _announce(attempt)
    return attempt


def _announce(row: PaymentAttempt) -> None:
    events.announce(
        names.ATTEMPT_CHANGED,
        company_id=row.company_id,
        customer_id=row.customer_id,
        attempt_id=row.pk,
    )
