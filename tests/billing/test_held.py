"""What the database holds of invoices that come by the thousand: all rows of a statement are asked at once."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from portal_modules.billing.actions import close_month
from portal_modules.billing.days import billing_day
from portal_modules.billing.models import Instalment, Invoice, InvoiceLine
from portal_modules.core.scope import company_scope
from tests.billing.billed import issued
from tests.world.companies import CompanyWorld, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)
MANY = 3


def taken_in(side: CompanyWorld, *, on: date = DAY, wrong: dict[str, dict[str, Any]] | None = None) -> None:
    """Some invoices of 123.00, of which 23.00 is paid, as an import writes them. Of the last one something is wrong."""
    customer = side.customers["alice"]
    ids = [uuid.uuid4() for _number in range(MANY)]

    def rows(model: type[Any], **values: Any) -> list[Any]:
        known = {"company_id": side.company.pk, "customer_id": customer.pk}
        made = []
        for number, pk in enumerate(ids, start=1):
            own = {"id": pk, "number": f"A{number}"} if model is Invoice else {"invoice_id": pk}
            last = (wrong or {}).get(model.__name__, {}) if number == MANY else {}
            made.append(model(**{**known, **own, **values, **last}))
        return made

    money = {"subtotal": 100, "tax_total": 25, "withheld_total": 2, "total": 123, "paid_total": 23}
    Invoice.objects.bulk_create(
        rows(Invoice, state="issued", currency="EUR", issued_on=on, due_on=on, is_imported=True, **money)
    )
    InvoiceLine.objects.bulk_create(
        rows(InvoiceLine, position=1, text="x", unit_price=100, amount=100, tax_amount=25, withheld=2)
    )
    Instalment.objects.bulk_create(rows(Instalment, number=1, due_on=on, amount=123, settled=23))


def notes() -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("select count(*) from billing_unproven")
        return int(cursor.fetchone()[0])


def test_what_agrees_is_held_and_leaves_no_note_behind(world: World) -> None:
    with company_scope(world.home.company):
        connection.check_constraints()
        taken_in(world.home)
        assert notes() == 1
        connection.check_constraints()
        assert notes() == 0
        assert Invoice.objects.count() == MANY


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"InvoiceLine": {"amount": 99}}, "its lines are not its total"),
        ({"InvoiceLine": {"tax_amount": 24}}, "its lines are not its total"),
        ({"InvoiceLine": {"withheld": 1}}, "its lines are not its total"),
        (
            {"InvoiceLine": {"amount": Decimal("100.004"), "tax_amount": Decimal("24.996")}},
            "its lines are not its total",
        ),
        ({"Instalment": {"amount": 122}}, "its instalments are not its total"),
        ({"Instalment": {"settled": 22}}, "what is settled of its instalments is not what was paid"),
        ({"Invoice": {"paid_total": 0}}, "what is settled of its instalments is not what was paid"),
    ],
)
def test_one_that_disagrees_undoes_them_all(world: World, wrong: dict[str, Any], why: str) -> None:
    with (
        company_scope(world.home.company),
        pytest.raises(IntegrityError, match=why),
        transaction.atomic(),
    ):
        taken_in(world.home, wrong=wrong)
        connection.check_constraints()
    with company_scope(world.home.company):
        assert not Invoice.objects.exists()


def test_nobody_takes_a_note_away(world: World) -> None:
    with company_scope(world.home.company), pytest.raises(DatabaseError, match="permission denied"):
        taken_in(world.home)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("delete from billing_unproven")


@pytest.mark.parametrize("model", [InvoiceLine, Instalment])
def test_no_line_and_no_part_comes_to_an_invoice_later(world: World, model: type[Any]) -> None:
    invoice = issued(world.home)
    values: dict[str, Any] = (
        {"position": 9, "text": "x", "unit_price": 0, "amount": 0}
        if model is InvoiceLine
        else {"number": 9, "due_on": DAY, "amount": 1}
    )
    _make_older(invoice)
    with (
        company_scope(world.home.company),
        pytest.raises(IntegrityError, match="stays as it is"),
        transaction.atomic(),
    ):
        model.objects.create(invoice=invoice, **values)


def test_a_part_names_no_other_customer_than_its_invoice(world: World) -> None:
    with (
        company_scope(world.home.company),
        pytest.raises(IntegrityError, match="same_customer"),
        transaction.atomic(),
    ):
        taken_in(world.home, wrong={"InvoiceLine": {"customer_id": world.home.customers["charlie"].pk}})
        connection.check_constraints()


def test_an_invoice_names_no_customer_of_another_company(world: World) -> None:
    with (
        company_scope(world.home.company),
        pytest.raises(IntegrityError, match="same_company"),
        transaction.atomic(),
    ):
        foreign = world.other.customers["dora"].pk
        taken_in(
            world.home,
            wrong={name: {"customer_id": foreign} for name in ("Invoice", "InvoiceLine", "Instalment")},
        )
        connection.check_constraints()


def test_a_closed_month_refuses_them_all(world: World) -> None:
    with company_scope(world.home.company):
        last = billing_day(world.home.company).replace(day=1)
        close_month(world.home.company, _before(last), by=None)
        with pytest.raises(IntegrityError, match="are closed"), transaction.atomic():
            taken_in(world.home, wrong={"Invoice": {"issued_on": _before(last), "due_on": last}})
        assert not Invoice.objects.exists()


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _make_older(invoice: Invoice) -> None:
    """As it is in any later transaction than that of its issue."""
    with company_scope(invoice.company):
        connection.check_constraints()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("alter table billing_invoice disable trigger freeze_invoice")
        cursor.execute("update billing_invoice set frozen_at = '2026-01-01' where id = %s", [invoice.pk])
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute("alter table billing_invoice enable trigger freeze_invoice")
