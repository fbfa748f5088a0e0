"""A link to one record in a stranger's browser, one's own log of accesses, and staff who look as a customer."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.counter import Counter, keeps_to_width, violations
from tests.world.companies import PASSWORD

RITA = "rita@bank.example"


@pytest.mark.row("B04")
@pytest.mark.row("B05")
def test_a_record_is_shared_seen_and_taken_back(counter: Counter, phone: Page, desktop: Page) -> None:
    """Alice on her phone; Rita, who has no account, at her desk."""
    process = counter.world.home.processes["alice"].pk
    phone.goto(counter.address("access/sign-in/"))
    phone.locator("input[name=login]").fill("alice@example.com")
    phone.locator("input[name=password]").fill(PASSWORD)
    phone.locator("main form").get_by_role("button").first.click()
    phone.wait_for_url("**/my/**")
    phone.goto(counter.address(f"my/processes/{process}/"))
    share = phone.locator("main a[href*='/my/shared/processes.process/']")
    expect(share).to_be_visible()
    assert violations(phone) == []
    share.click()
    expect(phone.locator("main input[name=email]")).to_be_visible()
    phone.locator("main input[name=name]").fill("Rita Reis")
    phone.locator("main form").get_by_role("button").click()
    expect(phone.locator("[data-error-summary]")).to_be_visible()
    expect(phone.locator("main input[name=name]")).to_have_value("Rita Reis")
    assert violations(phone) == []
    assert keeps_to_width(phone)
    phone.locator("main input[name=email]").fill(RITA)
    phone.locator("input[name=parts][value=notices]").check()
    phone.locator("input[name=most_views]").fill("2")
    phone.locator("select[name=language]").select_option("es")
    phone.locator("main form").get_by_role("button").click()
    phone.wait_for_url(f"**/my/processes/{process}/")
    expect(phone.locator("main")).to_contain_text("Rita Reis")

    (letter,) = counter.mails_to(RITA)
    link = counter.link_in(letter, "/s/")
    desktop.goto(link)
    expect(desktop).to_have_url(re.compile(r"/es/s/$"))
    expect(desktop.get_by_role("heading", level=1)).to_contain_text("Alice")
    assert violations(desktop) == []
    desktop.locator("main form").get_by_role("button").click()
    expect(desktop).to_have_url(re.compile(r"/es/s/record/$"))
    expect(desktop.locator("main progress")).to_be_visible()
    assert violations(desktop) == []
    assert keeps_to_width(desktop)
    desktop.goto(counter.address("my/", language="es"))
    expect(desktop).to_have_url(re.compile("/access/sign-in/"))

    phone.goto(counter.address("my/shared/"))
    assert violations(phone) == []
    assert keeps_to_width(phone)
    phone.locator("main form[action$='/revoke/']").get_by_role("button").click()
    expect(phone.locator("main form[action$='/revoke/']")).to_have_count(0)
    desktop.goto(counter.address("s/record/", language="es"))
    expect(desktop.locator("main progress")).to_have_count(0)
    assert violations(desktop) == []

    phone.goto(counter.address("access/log/"))
    expect(phone.locator("main tbody tr")).to_have_count(4)
    assert violations(phone) == []
    assert keeps_to_width(phone)


@pytest.mark.row("A40")
def test_staff_look_as_a_customer_and_stop(counter: Counter, desktop: Page) -> None:
    home = counter.world.home
    counter.sign_in(desktop, home.clerk)
    desktop.goto(f"{counter.origin}/admin/customers/customer/inspect/{home.customers['alice'].pk}/")
    desktop.locator("a[href*='/admin/access/view-as/']").click()
    desktop.locator("form:not([action]) button:not([name])").last.click()
    expect(desktop).to_have_url(re.compile("/p/castro-lima/../my/"))
    bar = desktop.locator(".viewing")
    expect(bar).to_contain_text(home.customers["alice"].name)
    assert violations(desktop) == []
    desktop.goto(counter.address(f"my/processes/{home.processes['alice'].pk}/", language="es"))
    expect(bar).to_be_visible()
    assert violations(desktop) == []
    assert keeps_to_width(desktop)
    bar.get_by_role("button").click()
    expect(desktop).to_have_url(re.compile("/admin/customers/customer/inspect/"))
    desktop.goto(counter.address("my/", language="es"))
    expect(desktop).to_have_url(re.compile("/access/sign-in/"))
