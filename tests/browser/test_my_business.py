"""One business among several: chosen by keyboard, and its key at the registry shown and hidden."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.processes.actions import keep_registry_key
from tests.browser.counter import Counter, violations
from tests.world.companies import make_process

KEY = "7714-2290-XKCD"


def test_the_key_is_shown_on_a_tap_and_hidden_again(counter: Counter, phone: Page) -> None:
    world = counter.world
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        keep_registry_key(process, KEY, by=None)
    counter.sign_in(phone, world.alice, world.home.company)
    phone.goto(counter.address(f"my/processes/{process.pk}/"))
    place = phone.locator("#registry-key")
    expect(place).not_to_contain_text(KEY)
    place.get_by_role("button").click()
    expect(place.locator("code")).to_have_text(KEY)
    place.get_by_role("link").click()
    expect(place.get_by_role("button")).to_be_visible()
    expect(place).not_to_contain_text(KEY)


def test_another_business_is_chosen_by_keyboard(counter: Counter, desktop: Page) -> None:
    world = counter.world
    with company_scope(world.home.company):
        other = make_process(world.home, world.home.customers["alice"], title="Second matter")
    counter.sign_in(desktop, world.alice, world.home.company)
    first = world.home.processes["alice"]
    desktop.goto(counter.address(f"my/processes/{first.pk}/", language="es"))
    chooser = desktop.locator("#chooser")
    chooser.focus()
    chooser.select_option(str(other.pk))
    expect(desktop).to_have_url(re.compile(str(first.pk)))  # choosing alone leads nowhere
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop).to_have_url(re.compile(str(other.pk)))
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Second matter")
    assert violations(desktop) == []
