"""The audit finds what was planted behind the triggers, and nothing where all is well."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from portal_modules.billing import specimens
from portal_modules.billing.actions import (
    Part,
    close_month,
    credit_invoice,
    give_credit,
    keep_slip,
    take_in_note,
)
from portal_modules.billing.actions.slips import demo_line
from portal_modules.billing.audit import CHECKS
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from tests.world.companies import World
from tests.world.owner import as_owner

from .billed import drafted, issued
from .test_taking_in import specimen

pytestmark = pytest.mark.django_db

ONE = "(select id from billing_invoice where number = '000001')"
OTHER = "(select max(id) from customers_customer where company_id = c.company_id and id <> c.customer_id)"

# What is planted, and the names of the checks that have to find it.
PLANTED: list[tuple[str, set[str]]] = [
    (
        f"update billing_invoiceline set amount = amount + 1 where invoice_id = {ONE}",
        {"lines", "line amount"},
    ),
    (f"update billing_invoice set subtotal = subtotal + 1 where id = {ONE}", {"lines", "total"}),
    (f"update billing_invoice set total = total + 1 where id = {ONE}", {"total", "instalments"}),
    (
        f"update billing_instalment set amount = amount + 1 where invoice_id = {ONE} and number = 2",
        {"instalments"},
    ),
    (
        f"update billing_instalment set settled = settled + 1 where invoice_id = {ONE} and number = 1",
        {"settled"},
    ),
    (f"update billing_invoice set paid_total = 10 where id = {ONE}", {"settled"}),
    (
        f"update billing_invoice set paid_total = total where id = {ONE}",
        {"settled", "open amount"},
    ),
    (f"update billing_credit set amount = amount + 1000 where invoice_id = {ONE}", {"credits"}),
    (f"update billing_invoice set credited_total = 0 where id = {ONE}", {"credits", "settled"}),
    (f"update billing_credit set currency = 'USD' where invoice_id = {ONE}", {"currency"}),
    (f"update billing_bankslip set currency = 'EUR' where invoice_id = {ONE}", {"currency"}),
    (f"update billing_instalment c set customer_id = {OTHER} where invoice_id = {ONE}", {"customer"}),
    (f"update billing_credit c set customer_id = {OTHER} where invoice_id = {ONE}", {"customer"}),
    (f"update billing_fiscaldocument c set customer_id = {OTHER} where invoice_id = {ONE}", {"customer"}),
    ("update billing_invoice set serial = 90, number = 'X90' where number = '000002'", {"numbers"}),
    ("update core_sequence set last = last + 1 where name = 'billing.invoice'", {"numbers"}),
    ("update core_sequence set last = 1 where name = 'billing.credit'", {"credit numbers"}),
    (
        "insert into billing_closedmonth (company_id, month, closed_at) select company_id, "
        f"date_trunc('month', issued_on)::date, frozen_at - interval '1 day' from billing_invoice where id = {ONE}",
        {"closed months"},
    ),
    (f"update billing_credit set amount = amount + 0.001 where invoice_id = {ONE}", {"digits", "credits"}),
    (f"update billing_bankslip set amount = amount + 1 where invoice_id = {ONE}", {"boletos"}),
    (
        f"update billing_bankslip set invoice_id = (select id from billing_invoice where number = '000002') "
        f"where invoice_id = {ONE}",
        {"boleto of another"},
    ),
    ("update billing_tally set billed = billed + 1", {"sums"}),
    ("delete from billing_tally", {"sums"}),
    (f"update billing_invoice set next_due_on = next_due_on + 1 where id = {ONE}", {"due dates"}),
    (f"update billing_invoice set overdue_from = null where id = {ONE}", {"due dates"}),
    (f"update billing_invoice set state = 'cancelled' where id = {ONE}", {"states"}),
    (f"update billing_invoice set number = null where id = {ONE}", {"states", "numbers"}),
]


def books(world: World) -> None:
    """Something of everything, in order."""
    about = specimen(world)
    today = billing_day(world.other.company)
    parts = [Part(today + timedelta(days=30 * number), Decimal(50)) for number in (1, 2)]
    first = issued(world.other, "dora", parts=parts)
    second = issued(world.other, "dora")
    drafted(world.other, "dora")
    with company_scope(world.other.company):
        customer = world.other.customers["dora"]
        type(customer).objects.create(name="Somebody else", country="BR")
        close_month(world.other.company, today.replace(day=1) - timedelta(days=1), by=None)
        credit_invoice(first, by=None, amount=Decimal(5), reason="x")
        give_credit(customer, by=None, amount=Decimal(3), currency="BRL", reason="x")
        for invoice in (first, second):
            for part in invoice.instalments.all():
                keep_slip(invoice, by=None, line=demo_line(invoice, part))
        take_in_note(specimens.nfe(about), by=None, invoice=first)


def audited(world: World) -> str:
    """What the command prints; an error where it found something."""
    out = StringIO()
    try:
        call_command("audit_money", company=world.other.company.alias, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}\n{error}"
    return out.getvalue()


def test_it_finds_nothing_where_all_is_well(world: World) -> None:
    books(world)
    assert "All money agrees" in audited(world)
    with company_scope(world.other.company):
        assert Invoice.objects.count() == 3


@pytest.mark.parametrize(("statement", "names"), PLANTED, ids=[row[0][:70] for row in PLANTED])
def test_it_finds_what_was_planted(world: World, statement: str, names: set[str]) -> None:
    books(world)
    connection.check_constraints()
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            take_the_guards_away(cursor)
            cursor.execute(statement)
            assert cursor.rowcount >= 1
        said = audited(world)
        transaction.set_rollback(True)
    for name in names:
        assert f": {name}: " in said, said
    assert "kinds of faults were found" in said


def test_every_check_is_planted() -> None:
    assert {name for _statement, names in PLANTED for name in names} == {check.name for check in CHECKS}


def test_an_unknown_company_is_named(world: World) -> None:
    with pytest.raises(CommandError, match="nobody"):
        call_command("audit_money", company="nobody")


def take_the_guards_away(cursor: object) -> None:
    """As a superuser would who moves data by hand: no trigger, no check."""
    assert hasattr(cursor, "execute")
    cursor.execute(
        """do $$ declare found record; begin
             for found in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                          where c.relkind = 'r' and n.nspname = 'public' and c.relname ~ '^(billing|payments)_' loop
               execute format('alter table %I disable trigger user', found.relname);
             end loop;
             for found in select con.conname, c.relname from pg_constraint con join pg_class c on c.oid = con.conrelid
                          where con.contype in ('c', 'f') and c.relname ~ '^(billing|payments)_' loop
               execute format('alter table %I drop constraint %I', found.relname, found.conname);
             end loop; end $$"""
    )
