"""Whatever somebody's memberships are: what of billing is listed is what is found, exported, printed and packed."""

from __future__ import annotations

import csv
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.utils import translation

from portal_modules.billing.models import FiscalDocument, Invoice
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from tests.core.test_what_is_seen import a_life, ids_on
from tests.modules.rows import filled
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

HERE = at("my/billing/")


@pytest.mark.parametrize("seed", range(4))
def test_listed_is_found_is_exported_is_printed(world: World, seed: int) -> None:
    life = a_life(world, Random(seed + 100))
    with company_scope(world.home.company), translation.override("en"):
        for customer in Customer.objects.all():
            filled(FiscalDocument, customer)
        numbers = {str(each.pk): str(each.number) for each in Invoice.objects.all()}
        wanted, notes = life.expected(Invoice), life.expected(FiscalDocument)
        every_note = [str(pk) for pk in FiscalDocument.objects.values_list("pk", flat=True)]
    browser = Browser().sign_in(life.person, world.home.company)
    sees_billing = browser.get(HERE).status_code == 200
    assert sees_billing or not wanted
    assert ids_on(text_of(browser.get(HERE)), f"{HERE}invoices/") == wanted, "listed"
    answer: Any = browser.get(f"{HERE}export/csv/")
    rows: list[dict[str, str]] = []
    if answer.status_code == 200:
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(text)))
    assert sorted(row["Invoice"] for row in rows) == sorted(numbers[pk] for pk in wanted), "exported"
    found, printed, copied = set(), set(), set()
    for pk, number in numbers.items():
        if pk in ids_on(text_of(browser.get(HERE, {"q": number})), f"{HERE}invoices/"):
            found.add(pk)
        if browser.get(f"{HERE}papers/", {"invoice": pk}).status_code == 200:
            printed.add(pk)
        if browser.get(f"{HERE}invoices/{pk}/copy/").status_code == 200:
            copied.add(pk)
    assert found == wanted, "searched"
    assert printed == wanted, "in a ZIP"
    assert copied == wanted, "copied"
    listed = ids_on(text_of(browser.get(f"{HERE}notes/")), f"{HERE}notes/")
    assert listed == notes, "notes listed"
    opened = {pk for pk in every_note if browser.get(f"{HERE}notes/{pk}/").status_code == 200}
    assert opened == notes, "notes opened"
