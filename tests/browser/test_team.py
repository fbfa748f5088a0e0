"""The customer's team on a phone, and going from one customer to another on a desktop."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal_modules.core.actions import keep_group
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Membership
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.world.companies import MARKER, PASSWORD, add_customer

NINA = "nina@example.com"
SECRET = "the lazy dog sleeps at 3"


@pytest.mark.row("A38")
@pytest.mark.row("A39")
def test_a_colleague_is_invited_comes_in_and_is_removed_again(
    counter: Counter, phone: Page, desktop: Page
) -> None:
    """Alice on her phone; Nina at her desk, in Spanish."""
    phone.goto(counter.address("access/sign-in/"))
    phone.locator("input[name=login]").fill("alice@example.com")
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.locator("main form").get_by_role("button").first.click()
    phone.wait_for_url("**/my/**")
    phone.goto(counter.address("my/team/"))
    assert violations(phone) == []
    phone.locator("main a[href$='/invite/']").click()
    phone.locator("input[name=name]").fill("Nina Costa")
    phone.locator("main input[name=email]").fill(NINA)
    phone.locator("main form").get_by_role("button").click()
    expect(phone.locator("[data-error-summary]")).to_be_visible()
    expect(phone.locator("input[name=name]")).to_have_value("Nina Costa")
    assert violations(phone) == []
    assert keeps_to_width(phone)
    phone.locator("input[value=finance]").check()
    phone.locator("main form").get_by_role("button").click()
    expect(phone.get_by_role("row", name=re.compile("Nina Costa"))).to_be_visible()

    (letter,) = counter.mails_to(NINA)
    desktop.goto(counter.link_in(letter, "access/invited/"))
    for name in ("password1", "password2"):
        desktop.locator(f"input[name={name}]").fill(SECRET)
    desktop.locator("main form").get_by_role("button").click()
    desktop.wait_for_url("**/my/**")
    expect(desktop.locator("a[href*='/my/processes/']")).to_have_count(0)
    expect(desktop.locator("a[href*='/my/documents/']").first).to_be_attached()

    phone.goto(counter.address("my/team/"))
    row = phone.get_by_role("row", name=re.compile("Nina Costa"))
    row.locator("a[href$='/remove/']").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Nina Costa")
    assert violations(phone) == []
    phone.locator("main form").get_by_role("button").click()
    expect(phone.get_by_role("row", name=re.compile("Nina Costa"))).to_have_count(0)
    desktop.reload()
    expect(desktop).to_have_url(re.compile("/access/sign-in/"))


@pytest.mark.row("A37")
@pytest.mark.row("S08")
def test_another_customer_and_a_sister_company_are_a_press_away(counter: Counter, desktop: Page) -> None:
    world = counter.world
    with company_scope(world.home.company):
        add_customer(world.home, "bakery", world.alice, [CustomerRole.OWNER])
    with company_scope(world.other.company):
        add_customer(world.other, "branch", world.alice, [CustomerRole.OWNER])
        assert Membership.objects.filter(user=world.alice).exists()
    keep_group("Both", [world.home.company.pk, world.other.company.pk], by=world.root)
    counter.sign_in(desktop, world.alice, world.home.company)
    desktop.goto(counter.address("my/processes/", language="es"))
    expect(desktop.locator("tbody tr")).to_have_count(2)
    desktop.locator("button[popovertarget=customers]").click()
    assert violations(desktop) == []
    desktop.locator("#customers").get_by_role("button", name="Bakery").click()
    desktop.goto(counter.address("my/processes/", language="es"))
    expect(desktop.locator("tbody tr")).to_have_count(1)

    desktop.locator("button[popovertarget=customers]").click()
    desktop.locator("#customers a[href*='/my/everywhere/']").click()
    expect(desktop.locator("tbody tr")).to_have_count(2)
    assert violations(desktop) == []

    desktop.locator("button[popovertarget=customers]").click()
    desktop.locator("#customers").get_by_role("button", name=f"Branch {MARKER}").click()
    expect(desktop).to_have_url(re.compile("/p/altura/es/my/"))
    desktop.goto(counter.address("my/processes/", language="es", alias="altura"))
    expect(desktop.locator("tbody tr")).to_have_count(1)
