"""The customer's home: the answer first, then the numbers on the cards, on a phone and on a desktop."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Phase
from tests.browser.counter import Counter, violations


def test_the_home_page_answers_first_and_counts_afterwards(counter: Counter, phone: Page) -> None:
    world = counter.world
    counter.sign_in(phone, world.alice, world.home.company)
    phone.goto(counter.address("my/"))
    first = phone.locator(".next-step").first
    expect(first).to_contain_text("Registry CASTRO-OWN")
    count = phone.locator(".card", has=phone.locator('a[href$="/my/processes/"]')).locator(".card__count")
    expect(count).to_have_text("1")
    first.get_by_role("link").click()
    expect(phone).to_have_url(re.compile(str(world.home.processes["alice"].pk)))


def test_what_the_customer_can_do_has_its_button(counter: Counter, desktop: Page) -> None:
    world = counter.world
    with company_scope(world.home.company):
        Phase.objects.filter(pk=world.home.phases[1].pk).update(
            customer_action="Envíe", customer_action_es="Envíe su partida."
        )
    counter.sign_in(desktop, world.alice, world.home.company)
    desktop.goto(counter.address("my/", language="es"))
    expect(desktop.locator(".next-step--do")).to_contain_text("Envíe su partida.")
    expect(desktop.locator(".next-step--do .button")).not_to_have_class(re.compile("secondary"))
    assert violations(desktop) == []
