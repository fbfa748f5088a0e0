"""What a company of the demo has billed so far: made by rule, from a random source with a seed, written in bulk."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from portal_modules.core.amounts import digits_of, rounded
from portal_modules.core.models import Company
from portal_modules.customers.models import Customer
from portal_modules.notifications.actions import telling_nobody

from ..actions import (
    Claim,
    cancel_invoice,
    credit_invoice,
    dispute_invoice,
    draft_invoice,
    give_to_agency,
    note_call,
    promise_payment,
)
from ..actions.drafting import Sums, lines_of, sums_of
from ..actions.slips import demo_line
from ..choices import InvoiceState
from ..days import overdue_from
from ..models import BankAccount, BankSlip, Instalment, Invoice, InvoiceLine
from ..papers.bank_lines import read_line
from .facts import Business

_MONTH = 30
_PAID_LATE = 0.12
_PAYS_AFTER = 40
_LONG_AGO = 130


class Past:
    """The invoices of one company, collected and then written with a few statements."""

    def __init__(
        self, company: Company, business: Business, account: BankAccount, today: date, rng: Random, staff: Any
    ) -> None:
        self.company, self.business, self.account = company, business, account
        self.today, self.rng, self.staff = today, rng, staff
        self.planned: list[tuple[date, Customer]] = []
        self.invoices: list[Invoice] = []
        self.lines: list[InvoiceLine] = []
        self.parts: list[Instalment] = []

    @property
    def last_serial(self) -> int:
        """How many there are."""
        return len(self.invoices)

    def bill(self, customer: Customer) -> None:
        """Say when a customer was billed: some each month, the last a few days ago."""
        for month in range(self.business.months):
            for number in range(self.business.a_month):
                days = month * _MONTH + number * 9 + self.rng.randint(0, 6)
                self.planned.append((self.today - timedelta(days=days), customer))

    def write(self) -> None:
        """One after the other in the order of their days, so that the numbers follow."""
        for serial, (day, customer) in enumerate(
            sorted(self.planned, key=lambda each: (each[0], each[1].pk)), 1
        ):
            self._one(serial, day, customer)
        Invoice.objects.bulk_create(self.invoices, batch_size=500)
        InvoiceLine.objects.bulk_create(self.lines, batch_size=1000)
        Instalment.objects.bulk_create(self.parts, batch_size=1000)
        if self.business.has_slips:
            BankSlip.objects.bulk_create([self._slip(part) for part in self.parts], batch_size=500)

    def tell_the_rest(self) -> None:
        """What was done by hand: one credited, one cancelled, one promised, one disputed, one at the agency."""
        with telling_nobody():
            owed = list(
                Invoice.objects.open().select_related("customer", "company").order_by("issued_on", "number")
            )
            late = [invoice for invoice in owed if (invoice.overdue_from or self.today) <= self.today]
            coming = [invoice for invoice in owed if invoice not in late]
            if len(coming) > 1:
                tenth = rounded(coming[0].total / 10, coming[0].currency)
                credit_invoice(coming[0], by=self.staff, amount=tenth, reason=self._said("credit"))
            if len(coming) > 2:  # noqa: PLR2004 (enough that some stay)
                cancel_invoice(coming[-1], by=self.staff, reason=self._said("cancel"))
            self._collect(late)
            for customer in {invoice.customer for invoice in owed[:1]}:
                draft_invoice(
                    customer,
                    by=self.staff,
                    claims=self._claims(),
                    due_on=self.today + timedelta(days=self.business.days_to_pay),
                    bank_account=self.account,
                )

    def _collect(self, late: list[Invoice]) -> None:
        if late and (self.today - (late[0].issued_on or self.today)).days > _LONG_AGO:
            give_to_agency(late.pop(0), by=self.staff)
        if late:
            invoice = late.pop(0)
            note_call(invoice.customer, by=self.staff, text=self._said("call"), invoice=invoice)
            promise_payment(invoice, by=self.staff, on=self.today + timedelta(days=4))
        if late:
            dispute_invoice(late.pop(0), by=self.staff, reason=self._said("dispute"))

    def _said(self, what: str) -> str:
        return _SAID[self.company.language][what]

    def _claims(self) -> list[Claim]:
        business, scale = self.business, -digits_of(self.company.currency)
        things = self.rng.sample(business.things, k=min(len(business.things), self.rng.randint(1, 3)))
        claims = []
        for thing in things:
            price = Decimal(self.rng.randrange(thing.low, thing.high, 10 if scale else 1)).scaleb(scale)
            many = Decimal(self.rng.randint(1, thing.most))
            kept_back = rounded(price * many * Decimal(business.withholding) / 100, self.company.currency)
            claims.append(
                Claim(
                    thing.text,
                    price,
                    many,
                    thing.unit,
                    tax_rate=Decimal(business.tax_rate),
                    withheld=kept_back,
                )
            )
        return claims

    def _one(self, serial: int, day: date, customer: Customer) -> None:
        sums = sums_of(self._claims(), self.company.currency)
        due_on = day + timedelta(days=self.business.days_to_pay)
        invoice = Invoice(
            company=self.company,
            customer=customer,
            serial=serial,
            number=f"{serial:06d}",
            state=InvoiceState.ISSUED,
            currency=self.company.currency,
            tax_country=customer.country,
            tax_id=customer.tax_id,
            name_as_issued=customer.name,
            language=customer.language,
            issued_on=day,
            due_on=due_on,
            bank_account=self.account,
            **sums.columns(),
        )
        if self.business.closes_periods:
            invoice.period_to = day - timedelta(days=1)
            invoice.period_from = day - timedelta(days=_MONTH)
        parts = self._parts(invoice, due_on)
        self._settle(invoice, parts)
        self._keep(invoice, sums, parts)

    def _parts(self, invoice: Invoice, due_on: date) -> list[Instalment]:
        """Every ninth is paid in three parts."""
        many = 3 if (invoice.serial or 0) % 9 == 0 else 1
        share = rounded(invoice.total / many, invoice.currency)
        amounts = [share] * (many - 1) + [invoice.total - share * (many - 1)]
        return [
            Instalment(
                company=self.company,
                customer_id=invoice.customer_id,
                invoice=invoice,
                number=number,
                due_on=due_on + timedelta(days=_MONTH * (number - 1)),
                amount=amount,
            )
            for number, amount in enumerate(amounts, 1)
        ]

    def _settle(self, invoice: Invoice, parts: list[Instalment]) -> None:
        """Most are paid some weeks after their day; some are not."""
        is_forgotten = self.rng.random() < _PAID_LATE
        for part in parts:
            if (self.today - part.due_on).days > self.rng.randint(-6, _PAYS_AFTER // 2) and not is_forgotten:
                part.settled = part.amount
        # From the first part on, without a gap.
        still_open = next((part for part in parts if not part.settled), None)
        for part in parts:
            if still_open is not None and part.number > still_open.number:
                part.settled = Decimal(0)
        invoice.paid_total = sum((part.settled for part in parts), Decimal(0))
        if still_open is not None:
            invoice.next_due_on = still_open.due_on
            invoice.overdue_from = overdue_from(still_open.due_on, self.company.country)

    def _keep(self, invoice: Invoice, sums: Sums, parts: list[Instalment]) -> None:
        self.invoices.append(invoice)
        self.lines += lines_of(invoice, sums)
        self.parts += parts

    def _slip(self, part: Instalment) -> BankSlip:
        line = demo_line(part.invoice, part)
        return BankSlip(
            company=self.company,
            customer_id=part.customer_id,
            invoice=part.invoice,
            instalment=part,
            bank_account=self.account,
            bank=line[:3],
            line=line,
            barcode=read_line(line, self.today).barcode,
            our_number=f"{part.invoice.serial:08d}-{part.number}",
            due_on=part.due_on,
            amount=part.amount,
            currency=part.invoice.currency,
            registered_on=part.invoice.issued_on or self.today,
            provider="demo",
            state="paid" if part.settled else "registered",
        )


_SAID = {
    "pt": {
        "credit": "Acerto combinado por telefone",
        "cancel": "Emitida em duplicidade",
        "call": "Pediu prazo até o fim da semana.",
        "dispute": "Diz que o equipamento foi devolvido antes do fim do período.",
    },
    "es": {
        "credit": "Ajuste acordado por teléfono",
        "cancel": "Emitida dos veces",
        "call": "Pidió plazo hasta el fin de la semana.",
        "dispute": "Dice que el servicio no se prestó todo el mes.",
    },
    "en": {
        "credit": "Agreed on the phone",
        "cancel": "Issued twice",
        "call": "Asked for time until the end of the week.",
        "dispute": "Says that the service was not given for the whole month.",
    },
}
