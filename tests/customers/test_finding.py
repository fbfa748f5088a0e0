"""The one search box of the back office."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from portal_modules.core.models import CompanyModule
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

FIND = "/admin/find/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


@pytest.fixture
def joao(world: World) -> Customer:
    with company_scope(world.home.company):
        customer = Customer.objects.create(name="João Gonçalves", country="PT", tax_id="123456789")
        Contact.objects.create(
            customer=customer, name="Inês Conceição", email="ines@mail.example", phone="+351 912 345 678"
        )
        Customer.objects.create(name="Joana Gomes", country="PT")
    return customer


@pytest.mark.row("A12")
@pytest.mark.parametrize(
    "typed",
    [
        "joão gonçalves",
        "JOAO GONCALVES",
        "gonçal joã",
        "goncalves",
        "123 456 789",
        "123.456.789",
        "PT123456789"[2:],
        "ines@mail.example",
        "INES@MAIL",
        "conceicao",
        "912 345 678",
        "00351912345678",
        "+351 (912) 345-678",
        "345678",
        "5678",
        "5 678",
        "45-678",
        "12345678",
        "+55 11 1234-5678",
    ],
)
def test_a_customer_is_found_in_any_form(clerk: Browser, joao: Customer, typed: str) -> None:
    answer: Any = clerk.get(FIND, {"q": typed})
    assert (answer.status_code, answer.url) == (302, f"/admin/customers/customer/inspect/{joao.pk}/")


def test_several_are_listed_the_nearest_first(clerk: Browser, joao: Customer) -> None:
    page = clerk.get(FIND, {"q": "joa"}).content.decode()
    assert page.index("Joana Gomes") < page.index("João Gonçalves")
    assert "2 found" in page


def test_the_number_of_a_process_opens_it(world: World, clerk: Browser) -> None:
    process = world.home.processes["alice"]
    page = f"/admin/processes/process/inspect/{process.pk}/"
    for typed in (process.number_shown, process.lookup_number.lower()):
        answer: Any = clerk.get(FIND, {"q": typed})
        assert answer.url == page
    found = clerk.get(FIND, {"q": "reg 77"}).content.decode()
    assert "REG-77" in found
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
        world.home.company.save()
    assert "Nothing is found" in clerk.get(FIND, {"q": process.number_shown}).content.decode()


@pytest.mark.parametrize(
    "typed", ["", " ", "%", "_", "\\", "'", "%%%", "x" * 500, "\N{SNOWMAN}", "ALTURA", "dora", "0", "a%_"]
)
def test_nothing_of_others_and_never_a_fault(
    world: World, clerk: Browser, joao: Customer, typed: str
) -> None:
    answer = clerk.get(FIND, {"q": typed})
    assert answer.status_code in {200, 302}
    assert MARKER not in answer.content.decode().replace(typed, "")
    with company_scope(world.other.company):
        dora = world.other.customers["dora"]
    assert str(dora.pk) not in getattr(answer, "url", "")


def test_another_companys_customer_is_not_found(world: World, clerk: Browser) -> None:
    with company_scope(world.other.company):
        Customer.objects.create(name="Zacarias", country="BR", tax_id="52998224725")
    for typed in ("Zacarias", "52998224725", "529.982.247-25"):
        assert "Nothing is found" in clerk.get(FIND, {"q": typed}).content.decode()


def test_it_stays_quick_among_a_hundred_thousand(world: World, clerk: Browser, joao: Customer) -> None:
    """The plan, not the clock: what is asked goes through the indexes."""
    with company_scope(world.home.company), connection.cursor() as cursor:
        cursor.execute("select prosecdef from pg_proc where proname = 'customers_find'")
        assert cursor.fetchone() == (True,)
        cursor.execute(
            "select indexname from pg_indexes where tablename in ('customers_customer', 'customers_contact')"
        )
        names = {row[0] for row in cursor.fetchall()}
    assert {"customers_by_plain_name", "customers_by_tax_id", "customers_contact_by_phone"} <= names
