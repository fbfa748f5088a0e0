"""What one module adds to another's pages: there while both are on, gone with either of them, and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from portal_modules.core import companies
from portal_modules.core.modules import modules
from portal_modules.core.scope import company_scope
from portal_modules.feedback.actions import keep_opinion
from tests.accounts.open_doors import ALICES, give_tax_id, open_doors
from tests.accounts.people import Visitor
from tests.billing.billed import issued
from tests.core.test_off_means_everywhere import OPTIONAL, bridges, switch
from tests.payments.online import account
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

P = "/p/castro-lima/en/"


@pytest.fixture(autouse=True)
def _no_kept_cards() -> Iterator[None]:
    """A card is kept by the company's version, which a rollback counts back."""
    companies._cards.clear()
    yield
    companies._cards.clear()


@dataclass(frozen=True)
class Bridge:
    """What there has to be before, and how one sees that it has a say."""

    prepare: Callable[[World], object]
    is_seen: Callable[[World], bool]


def has(browser: Browser, address: str, words: str) -> bool:
    return words in browser.get(address).content.decode()


def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def an_opinion(world: World) -> None:
    with company_scope(world.home.company):
        keep_opinion(mark=2, text="BRIDGED", email="", page="/", language="en", user_id=world.alice.pk)


def opinion_is_seen(world: World) -> bool:
    page = f"/admin/processes/process/inspect/{world.home.processes['alice'].pk}/"
    return has(Browser().sign_in(world.home.clerk), page, "BRIDGED")


def an_invoice(world: World) -> None:
    account(world.home.company)
    issued(world.home)


def a_tax_id(world: World) -> None:
    open_doors(world.home.company, "tax_id_link", "tax_id_only")
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)
    issued(world.home)


def sums_are_told(world: World) -> bool:
    browser = Visitor(REMOTE_ADDR="198.51.100.9")
    page = browser.get(browser.send(f"{P}access/tax-id/", {"tax_id": ALICES}).url)
    return "1 open invoice" in page.content.decode()


def payments_of_process(world: World) -> bool:
    return has(
        alice(world), f"{P}my/processes/{world.home.processes['alice'].pk}/", f'href="{P}my/payments/"'
    )


BRIDGES = {
    "feedback-processes": Bridge(an_opinion, opinion_is_seen),
    "payments-processes": Bridge(an_invoice, payments_of_process),
    "payments-billing": Bridge(
        an_invoice, lambda world: has(alice(world), f"{P}my/billing/", f'href="{P}my/payments/"')
    ),
    "billing-accounts": Bridge(a_tax_id, sums_are_told),
}


def test_every_bridge_is_walked_here() -> None:
    assert {f"{one.label}-{other.label}" for one, other in bridges()} == set(BRIDGES)


@pytest.mark.row("U02")
@pytest.mark.parametrize("name", BRIDGES)
def test_each_side_of_a_bridge_is_switched_off_and_on(name: str, world: World) -> None:
    bridge = BRIDGES[name]
    bridge.prepare(world)
    assert bridge.is_seen(world)
    for label in name.split("-"):
        if not modules.get(label).optional:
            continue
        switch(world, label, on=False)
        assert not bridge.is_seen(world), f"without {label}"
        for each in OPTIONAL:  # with those that went with it
            switch(world, each, on=True)
        assert bridge.is_seen(world), f"{label} is back"


@pytest.mark.row("U04")
@pytest.mark.parametrize("label", OPTIONAL)
def test_the_office_leads_nowhere_into_what_is_off(label: str, world: World) -> None:
    """Neither home nor the page of a customer, nor what is found, nor the menu beside them."""
    issued(world.home)
    manager = Browser().sign_in(world.home.manager)
    customer = world.home.customers["alice"]
    pages = ["/admin/", f"/admin/customers/customer/inspect/{customer.pk}/", "/admin/find/?q=alice"]
    way = f"/admin/{label}/"
    assert any(has(manager, page, way) for page in pages)
    switch(world, label, on=False)
    assert [page for page in pages if has(manager, page, way)] == []
