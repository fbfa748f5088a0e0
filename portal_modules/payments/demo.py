"""The payments of the demo world: what paid the invoices of the past, and what waits for somebody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from django.db import connection

from portal_modules.billing.models import Invoice
from portal_modules.core.addresses import whole_address
from portal_modules.core.amounts import rounded
from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import DemoWorld, Shown, Words, by_language, staff_address
from portal_modules.core.models import Company, Sequence
from portal_modules.customers.demo import first_customer
from portal_modules.notifications.actions import telling_nobody

from .actions import (
    PAYMENT_SERIES,
    declare_payment,
    record_payment,
    refund_payment,
    reject_declared,
    start_review,
)
from .choices import CreditUse
from .demo_bank import load_bank_file
from .demo_ways import open_ways
from .models import BankFile, DeclaredPayment, Payment, PaymentPolicy, PaymentProvider

# One payment for each part that is settled, some days around its due date; nothing is left to chance.
_PAYMENTS: Final = """
with paid as (
  select part.id, part.number, part.due_on, part.invoice_id,
         least(part.amount, greatest(0, i.paid_total + part.amount
           - sum(part.amount) over (partition by i.id order by part.number))) as share
    from billing_instalment part
    join billing_invoice i on i.id = part.invoice_id
   where i.company_id = %(company)s and i.paid_total > 0 and not i.is_imported
)
insert into payments_payment (id, company_id, customer_id, number, serial, received_on, amount, fees, currency, method,
                              provider_charge, bank_line, payer_name, note, recorded_at)
select md5('demo payment ' || i.id || part.number)::uuid, i.company_id, i.customer_id,
       'P-' || lpad((row_number() over days)::text, 6, '0'), row_number() over days, day.received, part.share, 0,
       i.currency, (%(methods)s::text[])[1 + (i.serial %% array_length(%(methods)s::text[], 1))::int],
       '', '', i.name_as_issued, '', now()
  from paid part
  join billing_invoice i on i.id = part.invoice_id
  cross join lateral (select greatest(i.issued_on, least(%(today)s::date,
         part.due_on + (((i.serial * 7 + part.number) %% 9)::int - 4))) as received) day
 where part.share > 0
window days as (order by day.received, i.serial, part.number)
"""
_USES: Final = """
insert into payments_allocation (id, company_id, customer_id, payment_id, invoice_id, instalment_id, amount, currency,
                                 allocated_on, reason, made_at)
select md5('demo use ' || i.id || part.number)::uuid, p.company_id, p.customer_id, p.id, i.id, part.id, p.amount,
       p.currency, p.received_on, '', now()
  from billing_instalment part
  join billing_invoice i on i.id = part.invoice_id
  join payments_payment p on p.id = md5('demo payment ' || i.id || part.number)::uuid
 where i.company_id = %(company)s
"""

_METHODS: Final = {
    "BR": ["boleto", "pix", "boleto", "transfer", "pix"],
    "PT": ["multibanco", "card", "transfer", "mb_way"],
    "ES": ["card", "transfer", "bizum"],
    "CL": ["transfer", "webpay", "transfer", "servipag"],
}
_INSTRUCTIONS: Words = (
    "Escreva o número da fatura na descrição da transferência e envie o comprovante em “Já paguei”.",
    "Escriba el número de la factura en la glosa de la transferencia y envíe el comprobante en “Ya pagué”.",
    "Write the number of the invoice into the transfer, and send the proof under “I have paid”.",
)
_SAID: Final = {
    "pt": ("Pago a mais", "Não encontramos este valor no extrato", "Transferência pelo aplicativo"),
    "es": ("Pagó de más", "No encontramos este monto en la cartola", "Transferencia desde la aplicación"),
    "en": ("Paid too much", "We do not find this amount in the account", "Transfer with the app"),
}


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """The terms, what was paid, and a few things that somebody has to look at."""
    uses = CreditUse.ASKED
    PaymentPolicy.objects.create(
        company=company, credit_use=uses, **by_language("instructions", _INSTRUCTIONS)
    )
    open_ways(company)
    facts: dict[str, Any] = {
        "company": company.pk,
        "today": world.today,
        "methods": _METHODS.get(company.country, ["transfer"]),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAYMENTS, facts)
        many = cursor.rowcount
        cursor.execute(_USES, facts)
    if not many:
        return
    Sequence.objects.update_or_create(company=company, name=PAYMENT_SERIES, defaults={"last": many})
    staff = world.working_as(StaffRole.FINANCE, StaffRole.MANAGER)
    with telling_nobody():
        _lately(company, world, staff)
    load_bank_file(company, by=staff)


def _lately(company: Company, world: DemoWorld, staff: Any) -> None:
    """A surplus that is credit, a refund, and what customers told of: new, looked at, not accepted."""
    owed = list(
        Invoice.objects.open()
        .filter(at_agency=False, disputed="", promise=None)
        .select_related("customer__company")
        .order_by("-issued_on", "number")[:6]
    )
    surplus, not_found, how = _SAID.get(company.language, _SAID["en"])
    if not owed:
        return
    first = owed[0]
    step = rounded(first.total / 10, company.currency)
    beyond = record_payment(
        first.customer,
        by=staff,
        amount=step * 3,
        currency=company.currency,
        method="transfer",
        on=world.today - timedelta(days=3),
        payer_name=first.customer.name,
        note=surplus,
    )
    refund_payment(beyond, by=staff, amount=step, reason=surplus)
    told = [
        declare_payment(
            invoice.customer,
            by=None,
            author_name=invoice.customer.name,
            amount=Decimal(invoice.open_now),
            currency=invoice.currency,
            paid_on=world.today - timedelta(days=number),
            method="transfer",
            invoices=[invoice],
            note=how,
        )
        for number, invoice in enumerate(owed[1:4])
    ]
    if len(told) > 1:
        start_review(told[1], by=staff)
    if len(told) > 2:  # noqa: PLR2004 (the third of three)
        reject_declared(told[2], by=staff, reason=not_found)


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The registers, a payment and a declared one of the first customer, and one way to pay."""
    shown.urls["register_payments"] = staff_address("payments_payment_modeladmin_index")
    shown.urls["register_declared_payments"] = staff_address("payments_declaredpayment_modeladmin_index")
    file = BankFile.objects.order_by("created_at").first()
    if file is not None:
        shown.urls["bank_file"] = staff_address("payments_bankfile_modeladmin_inspect", file.pk)
    if way := PaymentProvider.objects.order_by("pk").first():
        shown.urls["way_to_pay"] = staff_address("payments_way", way.pk)
    customer = first_customer(world)
    if payment := Payment.objects.filter(customer=customer).order_by("-received_on").first():
        shown.urls["my_payment"] = whole_address(company, company.language, "payments:payment", payment.pk)
    if told := DeclaredPayment.objects.filter(customer=customer).first():
        shown.urls["my_declared"] = whole_address(company, company.language, "payments:declared", told.pk)
