"""Somebody says how it was: by number on a phone, signed in on a desktop."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.feedback.models import Opinion
from tests.browser.counter import Counter, keeps_to_width, violations

OPEN = ".opinion__open"


def opinions(counter: Counter) -> list[tuple[int, str, str, str, str]]:
    with company_scope(counter.world.home.company):
        rows = Opinion.objects.values_list("mark", "text", "email", "language", "mode")
        return list(rows)


@pytest.mark.row("Q01")
def test_a_number_holder_says_it_on_a_phone(counter: Counter, phone: Page) -> None:
    home = counter.world.home
    phone.goto(counter.address())
    expect(phone.locator(OPEN)).to_have_count(0)
    counter.with_number(phone, home.company, home.processes["alice"].pk)
    phone.goto(counter.address("lookup/process/"))
    button = phone.locator(OPEN)
    expect(button).to_be_visible()
    bar = phone.locator(".shell__menu").bounding_box()
    box = button.bounding_box()
    assert bar
    assert box
    assert box["y"] + box["height"] <= bar["y"], "it covers the bar at the bottom"
    button.click()
    expect(phone.locator("#opinion")).to_be_visible()
    assert violations(phone) == []
    assert keeps_to_width(phone)
    phone.locator("#opinion label.opinion__mark").nth(4).click()
    phone.locator("#opinion textarea").fill("Muito claro")
    phone.locator("#opinion input[type=email]").fill("eu@example.com")
    phone.locator("#opinion .button").click()
    expect(phone).to_have_url(counter.address("lookup/process/"))
    expect(phone.locator(".toasts")).to_be_visible()
    expect(phone.locator(OPEN)).to_have_count(0)
    assert opinions(counter) == [(5, "Muito claro", "eu@example.com", "pt", "number")]


@pytest.mark.row("Q01")
def test_a_customer_says_it_by_keyboard_on_a_desktop(counter: Counter, desktop: Page) -> None:
    counter.sign_in(desktop, counter.world.alice, counter.world.home.company)
    desktop.emulate_media(color_scheme="dark")
    desktop.goto(counter.address("my/processes/", language="es"))
    desktop.locator(OPEN).focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#opinion input[name=mark]").first).to_be_focused()
    assert violations(desktop) == []
    desktop.keyboard.press("Escape")
    expect(desktop.locator("#opinion")).to_be_hidden()
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("Space")
    desktop.keyboard.press("ArrowRight")
    desktop.keyboard.press("Tab")
    desktop.keyboard.type("Falta el plazo")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".toasts")).to_be_visible()
    assert opinions(counter) == [(2, "Falta el plazo", "", "es", "login")]


def test_a_box_that_was_closed_stays_away_from_this_page(counter: Counter, desktop: Page) -> None:
    counter.sign_in(desktop, counter.world.alice, counter.world.home.company)
    desktop.goto(counter.address("my/processes/", language="es"))
    desktop.locator(OPEN).click()
    desktop.locator("[data-dismiss]").click()
    expect(desktop.locator(OPEN)).to_have_count(0)
    desktop.reload()
    expect(desktop.locator(OPEN)).to_be_visible()


def test_what_is_missing_is_said(counter: Counter, desktop: Page) -> None:
    counter.sign_in(desktop, counter.world.alice, counter.world.home.company)
    desktop.goto(counter.address("my/processes/", language="es"))
    desktop.locator(OPEN).click()
    desktop.locator("#opinion textarea").fill("Sin nota")
    desktop.locator("#opinion .button").click()
    expect(desktop.locator(".error-summary")).to_be_visible()
    expect(desktop.locator("textarea[name=text]")).to_have_value("Sin nota")
    assert violations(desktop) == []
    assert opinions(counter) == []
