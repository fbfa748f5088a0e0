"""What the database itself keeps of money, whatever somebody writes to it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from portal_modules.billing.actions import credit_invoice
from portal_modules.billing.models import Credit, Instalment, Invoice, InvoiceLine
from portal_modules.core.scope import company_scope
from tests.world.companies import World

from .billed import issued

pytestmark = pytest.mark.django_db

FORBIDDEN = [
    "update billing_invoice set total = total + 1, subtotal = subtotal + 1",
    "update billing_invoice set due_on = due_on + 1",
    "update billing_invoice set customer_id = (select max(id) from customers_customer)",
    "update billing_invoice set number = '7'",
    "update billing_invoice set issued_on = issued_on - 1",
    "update billing_invoice set name_as_issued = 'Somebody else'",
    "update billing_invoice set currency = 'USD'",
    "update billing_invoice set state = 'draft', number = null, serial = null, issued_on = null",
    "delete from billing_invoice",
    "update billing_invoiceline set amount = amount - 1",
    "delete from billing_invoiceline",
    "update billing_instalment set due_on = due_on + 1",
    "delete from billing_instalment",
    "update billing_credit set amount = 1",
    "delete from billing_credit",
]


@pytest.mark.row("F17")
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_itself_keeps_what_was_issued(world: World, statement: str) -> None:
    invoice = issued(world.home)
    with company_scope(world.home.company):
        credit_invoice(invoice, by=None, amount=Decimal(2), reason="x")
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert Invoice.objects.get().total == Decimal(100)
        assert (InvoiceLine.objects.count(), Instalment.objects.count(), Credit.objects.count()) == (1, 1, 1)


DISAGREEING = [
    "update billing_invoice set paid_total = 5",
    "update billing_invoice set credited_total = 101",
    "update billing_instalment set settled = 5",
    "update billing_instalment set settled = 500",
    "update billing_invoice set paid_total = 0.001",
    "insert into billing_invoiceline (company_id, customer_id, invoice_id, position, text, quantity, unit, unit_price, "
    "tax_rate, tax_amount, amount, withheld) select company_id, customer_id, id, 2, 'x', 1, '', 5, 0, 0, 5, 0 "
    "from billing_invoice",
]


@pytest.mark.parametrize("statement", DISAGREEING)
def test_money_that_does_not_agree_is_refused_at_the_end_of_the_transaction(
    world: World, statement: str
) -> None:
    issued(world.home)
    with company_scope(world.home.company):
        connection.check_constraints()
        with pytest.raises(Error), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement)
                # A line of an issued invoice is looked at with its invoice.
                cursor.execute("update billing_invoice set state = state")
            connection.check_constraints()
