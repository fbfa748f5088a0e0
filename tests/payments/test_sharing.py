"""A link to a payment, or to one that was told of: its facts, what was ticked, and nothing of what it paid."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.conversations.actions import write_message
from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.payments.models import Payment
from tests.accounts.test_share_links import fresh
from tests.billing.billed import issued
from tests.billing.test_sharing import RECORD
from tests.payments.paid import pay
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.links import link_to

pytestmark = [pytest.mark.django_db, pytest.mark.row("B04")]


@pytest.fixture
def payment(world: World) -> Payment:
    invoice = issued(world.home, reference="REFERENCE-MARK")
    payment = pay(world.home, "61.20", invoice, payer_name="PAYER-MARK")
    with company_scope(world.home.company):
        write_message(
            payment, body="SAID-MARK", by=None, actor=ActorKind.STAFF, author_name="Clerk", files=[]
        )
    return payment


def shown(world: World, payment: Payment, *parts: str) -> tuple[Browser, str]:
    link = link_to(world.home.company, payment, world.alice, parts=parts)
    browser = Browser().with_link(world.home.company, link.pk)
    return browser, text_of(browser.get(RECORD))


def test_its_page_offers_the_link(world: World, payment: Payment) -> None:
    alice = fresh(Browser().sign_in(world.alice, world.home.company))
    form: Any = alice.get(at(f"my/shared/payments.payment/{payment.pk}/"))
    assert form.status_code == 200
    assert 'value="conversation"' in text_of(form)


def test_without_a_tick_it_shows_its_facts(world: World, payment: Payment) -> None:
    browser, page = shown(world, payment)
    assert payment.number in page
    assert "61.20" in page
    for kept in ("REFERENCE-MARK", "PAYER-MARK", "SAID-MARK"):
        assert kept not in page
    for path in ("my/payments/", f"my/payments/{payment.pk}/", f"my/payments/{payment.pk}/receipt/"):
        assert browser.get(at(path)).status_code == 302, "it signs nobody in"


def test_with_the_tick_the_conversation_too(world: World, payment: Payment) -> None:
    _browser, page = shown(world, payment, "conversation")
    assert "SAID-MARK" in page
    assert "REFERENCE-MARK" not in page
