"""A visitor follows one business by its number, on a phone and on a desktop."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import Counter


@pytest.mark.row("B01")
def test_a_visitor_types_the_number_and_sees_where_it_stands(counter: Counter, phone: Page) -> None:
    process = counter.world.home.processes["alice"]
    phone.goto(counter.address())
    phone.locator("input[name=number]").fill(process.number_shown.lower().replace("-", " "))
    phone.locator("input[name=number]").press("Enter")
    expect(phone).to_have_url(counter.address("lookup/process/"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Nacionalidade")


def test_a_mistyped_number_is_said_beside_the_field(counter: Counter, desktop: Page) -> None:
    number = counter.world.home.processes["alice"].number_shown
    wrong = ("0" if number[0] != "0" else "1") + number[1:]
    desktop.goto(counter.address("lookup/", language="es"))
    field = desktop.locator("input[name=number]")
    field.fill(wrong)
    field.press("Enter")
    expect(desktop.locator(".error-summary")).to_be_visible()
    expect(desktop.locator("input[name=number]")).to_have_value(wrong)
