"""The audit finds what was planted in payments behind the triggers, and nothing where all is well."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction

from portal_modules.billing.actions import give_credit
from portal_modules.core.scope import company_scope
from portal_modules.payments.actions import allocate, refund_payment, take_back, use_credit
from portal_modules.payments.audit import CHECKS
from portal_modules.payments.models import Allocation
from tests.billing.billed import issued
from tests.billing.test_audit import take_the_guards_away
from tests.payments.paid import attempt, pay, provider
from tests.world.companies import World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

ONE = "(select id from payments_payment where number = 'P-000001')"

# What is planted, and the name of the check that has to find it.
PLANTED: list[tuple[str, str]] = [
    (f"update payments_payment set amount = 1 where id = {ONE}", "payments"),
    ("update billing_credit set amount = 1 where invoice_id is null", "credits used"),
    ("update billing_invoice set paid_total = paid_total + 1 where number = '000001'", "paid"),
    (
        "update billing_instalment set settled = 0 where invoice_id = "
        "(select id from billing_invoice where number = '000001')",
        "paid parts",
    ),
    ("update payments_allocation set currency = 'USD' where payment_id is not null", "whose money"),
    ("update payments_allocation set amount = -90 where takes_back_id is not null", "taken back"),
    (
        "update payments_payment set provider_charge = 'ch_1', provider_id = "
        "(select min(id::text)::uuid from payments_paymentprovider)",
        "booked twice",
    ),
    (f"update payments_payment set serial = 77 where id = {ONE}", "payment numbers"),
    (
        "insert into billing_closedmonth (company_id, month, closed_at) select company_id, "
        "date_trunc('month', received_on)::date, recorded_at - interval '1 day' from payments_payment "
        f"where id = {ONE}",
        "closed months of payments",
    ),
    (f"update payments_payment set amount = amount + 0.001 where id = {ONE}", "digits of payments"),
    ("update payments_paymentattempt set state = 'succeeded'", "attempts"),
]


def books(world: World) -> None:
    """Something of everything, in order."""
    side = world.other
    first, second, third = (issued(side, "dora") for _each in range(3))
    pay(side, "80.00", first, who="dora")
    surplus = pay(side, "50.00", who="dora")
    with company_scope(side.company):
        customer = side.customers["dora"]
        give_credit(customer, by=None, amount=Decimal(20), currency="BRL", reason="x")
        use_credit(second, by=None, amount=Decimal(60))
        use = Allocation.objects.filter(payment=surplus).first()
        take_back(use, by=None, reason="x", amount=Decimal(15))
        allocate(surplus, first, Decimal(5), by=None)
        refund_payment(surplus, by=None, amount=Decimal(5), reason="x")
    attempt(side, provider(side), third, who="dora")


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


@pytest.mark.parametrize(("statement", "name"), PLANTED, ids=[row[1] for row in PLANTED])
def test_it_finds_what_was_planted(world: World, statement: str, name: str) -> None:
    books(world)
    connection.check_constraints()
    with transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            take_the_guards_away(cursor)
            cursor.execute("drop index payments_one_per_charge")
            cursor.execute(statement)
            assert cursor.rowcount >= 1
        said = audited(world)
        transaction.set_rollback(True)
    assert f": {name}: " in said, said


def test_every_check_is_planted() -> None:
    assert {name for _statement, name in PLANTED} == {check.name for check in CHECKS}
