"""The customer's finance page: sums, months, the table of billings, and taking it along."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from portal_modules.billing.actions import give_credit, settle
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from tests.billing.claiming import claim, claim_many, today_of
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

pytestmark = pytest.mark.django_db

FINANCE = at("my/billing/")


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def paid(side: CompanyWorld, who: str, amount: str, **facts: Any) -> Invoice:
    invoice = claim(side, who, amount, **facts)
    with company_scope(side.company):
        settle(invoice, paid=invoice.total)
    return invoice


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_nothing_yet(alice: Browser) -> None:
    page = text_of(alice.get(FINANCE))
    assert "No invoices yet" in page
    assert "<table" not in page


@pytest.mark.row("E06")
@pytest.mark.row("E07")
@pytest.mark.row("E09")
@pytest.mark.row("E10")
def test_what_is_billed_open_overdue_and_credited(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "100.10")
    claim(world.home, "alice", "40.02", due_in=-20)
    paid(world.home, "alice", "7.03")
    claim(world.home, "charlie", "5000")
    with company_scope(world.home.company):
        give_credit(
            world.home.customers["alice"], amount=Decimal("12.34"), currency="EUR", reason="Thanks", by=None
        )
    page = text_of(alice.get(FINANCE))
    assert "1 invoice is overdue" in page
    for amount in ("€147.15", "€140.12", "€40.02", "€12.34", "€7.03"):
        assert amount in page
    assert "5,000" not in page
    for state in ("Pending", "Overdue", "Paid"):
        assert f"</svg>{state}</span>" in page


@pytest.mark.row("E08")
@pytest.mark.row("E02")
def test_a_row_for_each_billing_with_its_period_and_what_can_be_done(world: World, alice: Browser) -> None:
    today = today_of(world.home)
    invoice = claim(
        world.home,
        "alice",
        "30",
        period_from=today - timedelta(days=40),
        period_to=today - timedelta(days=11),
    )
    page = text_of(alice.get(FINANCE))
    assert str(invoice.number) in page
    assert f'<time datetime="{(today - timedelta(days=40)).isoformat()}">' in page
    assert f'popovertarget="do-{invoice.pk.hex}"' in page
    assert f'href="{at(f"my/billing/invoices/{invoice.pk}/")}"' in page
    assert "Total of the 1 invoice of this list" in page


@pytest.mark.row("E01")
def test_invoices_stand_under_the_tax_id_that_they_were_issued_to(world: World, alice: Browser) -> None:
    customer = world.home.customers["alice"]
    claim(world.home, "alice", "11")
    before = customer.tax_id
    with company_scope(world.home.company):
        customer.tax_id = "509442013"
        customer.save(update_fields=["tax_id"])
    claim(world.home, "alice", "22")
    page = text_of(alice.get(FINANCE))
    assert "509 442 013" in page
    assert page.count('class="bills__group"') == 2
    assert "€22.00, €22.00 of it open" in page
    only = text_of(alice.get(FINANCE, {"tax_id": "509442013"}))
    assert "€11.00" not in only.split('id="invoices-title"')[1]
    assert before != "509442013"


@pytest.mark.row("E16")
def test_the_list_is_narrowed_searched_and_sorted(world: World, alice: Browser) -> None:
    today = today_of(world.home)
    late = claim(world.home, "alice", "40", due_in=-20, reference="Rental of a crane")
    early = claim(world.home, "alice", "90", purchase_order="PO-7788")

    def found(**query: str) -> list[str]:
        page = text_of(alice.get(FINANCE, query))
        listed = [
            (page.find(f'row"><a href="{at(f"my/billing/invoices/{each.pk}/")}'), each)
            for each in (late, early)
        ]
        return [str(each.number) for place, each in sorted(listed, key=lambda pair: pair[0]) if place >= 0]

    assert found() == [early.number, late.number]
    assert found(sort="oldest") == [late.number, early.number]
    assert found(sort="lowest") == [late.number, early.number]
    assert found(state="overdue") == [late.number]
    assert found(state="open", sort="due") == [late.number, early.number]
    assert found(state="pending") == [early.number]
    assert found(state="paid") == found(state="cancelled") == []
    assert found(q="crane") == [late.number]
    assert found(q="po-77") == [early.number]
    assert found(q=str(early.number)) == [early.number]
    assert found(q="40,00") == [late.number]
    assert found(since=(today - timedelta(days=15)).isoformat()) == [early.number]
    assert found(until=(today - timedelta(days=15)).isoformat()) == [late.number]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"state": "draft"}, 422),
        ({"since": "2026-13-40"}, 422),
        ({"since": "2026-05-01", "until": "2026-04-01"}, 422),
        ({"sort": "pk"}, 422),
        ({"q": "x" * 101}, 422),
        ({"page": "0"}, 404),
        ({"page": "x"}, 404),
        ({"page": "99999999999999999999"}, 404),
        ({"q": "%' or 1=1 --"}, 200),
        ({"tax_id": "\u0661"}, 200),
        ({"since": "0001-01-01", "until": "9999-12-31"}, 200),
    ],
)
def test_what_is_no_filter_is_refused_in_words(
    world: World, alice: Browser, query: dict[str, str], status: int
) -> None:
    claim(world.home, "alice", "40")
    assert alice.get(FINANCE, query).status_code == status


def test_another_companys_and_another_customers_are_not_there(world: World, alice: Browser) -> None:
    other, far = claim(world.home, "charlie", "77"), claim(world.other, "dora", "88")
    page = text_of(alice.get(FINANCE))
    assert str(other.number) not in page.replace("No invoices yet", "")
    assert "No invoices yet" in page
    assert alice.get(at(f"my/billing/invoices/{other.pk}/")).status_code == 404
    assert alice.get(at(f"my/billing/invoices/{far.pk}/")).status_code == 404
    assert rows_of(alice.get(f"{FINANCE}export/csv/")) == []


@pytest.mark.row("E18")
def test_the_list_is_taken_along_as_it_is_narrowed_and_no_cell_is_a_formula(
    world: World, alice: Browser
) -> None:
    claim(world.home, "alice", "40.10", due_in=-20, reference="=HYPERLINK(1)")
    claim(world.home, "alice", "90")
    rows = rows_of(alice.get(f"{FINANCE}export/csv/", {"state": "overdue"}))
    assert [(row["What for"], row["Amount"], row["Open"], row["State"]) for row in rows] == [
        ("'=HYPERLINK(1)", "40.10", "40.10", "Overdue")
    ]
    answer: Any = alice.get(f"{FINANCE}export/xlsx/")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    table = list(sheet.iter_rows())
    assert len(table) == 3
    assert all(cell.data_type != "f" for row in table for cell in row)
    column = [cell.value for cell in table[0]].index("Amount")
    assert sum(Decimal(str(row[column].value)) for row in table[1:]) == Decimal("130.10")
    assert alice.get(f"{FINANCE}export/exe/").status_code == 404


def test_sums_rows_and_file_agree_whatever_the_filter(world: World, alice: Browser) -> None:
    claim_many(world.home, "alice", 90)
    claim(world.home, "alice", "33.33", due_in=-3)
    for query in (
        {},
        {"state": "paid"},
        {"state": "overdue"},
        {"since": today_of(world.home).replace(day=1).isoformat()},
    ):
        page = alice.get(FINANCE, query)
        rows = rows_of(alice.get(f"{FINANCE}export/csv/", query))
        billed = sum((Decimal(row["Amount"]) for row in rows), Decimal(0))
        is_open = sum((Decimal(row["Open"]) for row in rows), Decimal(0))
        sums = page.context["sums"]
        assert [(each.billed, each.open) for each in sums] == ([(billed, is_open)] if rows else [])
        assert sum(each.listed for each in sums) == len(rows)
        if "page" in page.context and page.context["page"]:
            assert page.context["page"].paginator.count == len(rows)


def test_the_page_costs_the_same_for_ten_and_for_hundreds(
    world: World, alice: Browser, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    costs = []
    for more in (10, 300):
        claim_many(world.home, "alice", more)
        for _warm in range(2):
            assert alice.get(FINANCE, {"state": "open"}).status_code == 200
        with count_queries() as made:
            alice.get(FINANCE, {"state": "open"})
        costs.append(len(made))
    assert costs[0] == costs[1] <= 14, made


def test_the_home_page_says_what_is_due_and_leads_there(world: World, alice: Browser) -> None:
    claim(world.home, "alice", "350", due_in=1)
    claim(world.home, "alice", "20", due_in=-30)
    page = text_of(alice.get(at("my/")))
    assert "€350.00 due tomorrow" in page
    assert "€20.00 to pay" in page
    assert page.index("€20.00") < page.index("€350.00")
    assert f'href="{FINANCE}?state=open"' in page


@pytest.mark.row("E17")
def test_several_chosen_come_as_one_zip(world: World, alice: Browser) -> None:
    one, two = claim(world.home, "alice", "40"), claim(world.home, "alice", "50", due_in=-9)
    other = claim(world.home, "charlie", "60")
    answer: Any = alice.get(f"{FINANCE}papers/", {"invoice": [str(one.pk), str(two.pk)]})
    archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert set(archive.namelist()) == {
        f"{one.number}/{one.number}.pdf",
        f"{two.number}/{two.number}.pdf",
        "index.csv",
    }
    assert archive.read(f"{one.number}/{one.number}.pdf").startswith(b"%PDF")
    index = archive.read("index.csv").decode("utf-8-sig")
    assert str(one.number) in index
    assert str(two.number) in index
    for chosen in ([str(other.pk)], [str(one.pk), str(other.pk)], ["x"], [str(world.home.company.uuid)]):
        assert alice.get(f"{FINANCE}papers/", {"invoice": chosen}).status_code == 404
    assert alice.get(f"{FINANCE}papers/").status_code == 302
