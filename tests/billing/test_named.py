"""What a tax id alone tells of a customer's invoices: sums and days, and nothing that is personal."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.core.actions import switch_module
from portal_modules.core.scope import company_scope
from tests.accounts.open_doors import ALICES, NOBODYS, give_tax_id, open_doors
from tests.accounts.people import Visitor
from tests.billing.claiming import claim
from tests.processes.visiting import text_of
from tests.world.companies import World

ONLY = "/p/castro-lima/en/access/tax-id/"

pytestmark = pytest.mark.django_db


def page_for(tax_id: str, address: str = "198.51.100.9") -> Any:
    browser = Visitor(REMOTE_ADDR=address)
    return browser.get(browser.send(ONLY, {"tax_id": tax_id}).url)


def test_a_tax_id_tells_sums_and_days_and_names_nobody(world: World) -> None:
    open_doors(world.home.company, "tax_id_link", "tax_id_only")
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)
    first = claim(world.home, "alice", "100.10", reference="Citizenship of somebody")
    claim(world.home, "alice", "40", due_in=-20)
    claim(world.home, "charlie", "5000")
    page = text_of(page_for(ALICES))
    for shown in ("2 open invoices", "€140.10", "€40.00"):
        assert shown in page
    for hidden in (
        str(first.number),
        str(first.pk),
        "Citizenship of somebody",
        "Alice",
        "5,000",
        "my/billing",
    ):
        assert hidden not in page
    assert "Nothing to pay is on file" in text_of(page_for(NOBODYS, "198.51.100.10"))


def test_where_billing_is_off_nothing_is_told(world: World) -> None:
    open_doors(world.home.company, "tax_id_link", "tax_id_only")
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)
    claim(world.home, "alice", "100.10")
    with company_scope(world.home.company):
        for label in ("payments", "billing"):
            switch_module(world.home.company, label, on=False, by=None)
    assert "€100.10" not in text_of(page_for(ALICES))
