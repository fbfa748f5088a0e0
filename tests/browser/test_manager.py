"""A manager's day: the look, an app and its parts, a setting, the address with its record, opinions, and the manual."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from portal_modules.core.hosts import record_name, record_text
from portal_modules.core.housework import look_up_host
from portal_modules.core.models import Company, CompanyHost
from portal_modules.core.scope import company_scope
from portal_modules.feedback.actions import keep_opinion
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.world.dns import FakeZone, dns

__all__ = ["dns"]

OURS = "/admin/our-company/"


def open_page(counter: Counter, page: Page, path: str) -> None:
    """A page of the back office, which has to be in order."""
    page.goto(f"{counter.origin}{path}")
    assert violations(page) == []


def test_a_manager_sets_the_company_up(counter: Counter, desktop: Page, dns: FakeZone) -> None:
    home = counter.world.home
    counter.sign_in(desktop, home.manager)
    open_page(counter, desktop, OURS)
    desktop.locator("[data-balcao-colour]").evaluate(
        "field => { field.value = '#ffe000'; field.dispatchEvent(new Event('change')); }"
    )
    sheet = desktop.locator("[data-balcao-sample]")
    expect(sheet).to_have_attribute("href", re.compile("ffe000"))

    open_page(counter, desktop, f"{OURS}apps/")
    card = desktop.locator("#app-feedback")
    expect(card).to_contain_text("Works together with")
    card.get_by_role("link", name=re.compile("^Switch off… Opinions")).click()
    expect(desktop.locator(".balcao-loss")).to_contain_text("Staff no longer have")
    assert violations(desktop) == []
    desktop.get_by_role("button", name="Switch off Opinions").click()
    expect(desktop.locator("#app-feedback")).to_contain_text("off")
    expect(desktop.locator('a[href="/admin/feedback/opinion/"]')).to_have_count(0)
    desktop.locator("#app-feedback").get_by_role("button", name=re.compile("^Switch on Opinions")).click()
    expect(desktop.locator("#app-feedback .w-status").first).to_contain_text("on")

    open_page(counter, desktop, f"{OURS}settings/")
    setting = desktop.locator("fieldset", has_text="Remind of a document")
    setting.get_by_label("Own value", exact=True).check()
    setting.locator('input[type="number"]').fill("7")
    desktop.get_by_role("button", name="Save").click()
    expect(desktop.locator("fieldset", has_text="Remind of a document")).to_contain_text(
        "set for the company"
    )

    open_page(counter, desktop, f"{OURS}mail/")
    provider = desktop.locator("details.balcao-fold", has_text="Postmark")
    provider.locator("summary").click()
    provider.get_by_role("button", name="Make the address").click()
    expect(provider.locator("code")).to_contain_text("balcao:")
    assert violations(desktop) == []
    desktop.goto(f"{counter.origin}{OURS}mail/")
    expect(provider.locator("code")).not_to_contain_text("balcao:")

    open_page(counter, desktop, f"{OURS}address/")
    desktop.locator("#id_host").fill("clientes.castro.example")
    desktop.get_by_role("button", name="Use this name").click()
    expect(desktop.locator("#host-state")).to_contain_text("We are asking the DNS")
    assert violations(desktop) == []
    dns.texts[record_name("clientes.castro.example")] = [record_text(home.company, "clientes.castro.example")]
    look_up_host.func(home.company.pk)
    expect(desktop.locator("#host-state")).to_contain_text("the name is yours")  # the page looks by itself
    with company_scope(home.company):
        assert Company.objects.get(pk=home.company.pk).own_host == CompanyHost.objects.get().name


@pytest.mark.row("P06")
def test_a_manager_on_a_phone_asks_about_a_screen(counter: Counter, phone: Page) -> None:
    home = counter.world.home
    with company_scope(home.company):
        keep_opinion(mark=4, text="Clear", email="a@example.com", page="/en/", language="en", user_id=None)
    counter.sign_in(phone, home.manager)
    for path in ("apps/", "settings/", "address/", "mail/"):
        phone.goto(f"{counter.origin}{OURS}{path}")
        assert keeps_to_width(phone), path
    open_page(counter, phone, "/admin/feedback/opinion/")
    phone.get_by_text("By week and by page").click()
    expect(phone.locator(".balcao-averages table").first).to_be_visible()
    phone.locator(".balcao-strip__help").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Opinions")
    assert violations(phone) == []
    assert keeps_to_width(phone)
    phone.get_by_role("link", name="Ask about this screen").click()
    phone.get_by_label("Your question").fill("Who sees what they say?")
    phone.get_by_role("button", name="Send the question").click()
    expect(phone.locator(".messages")).to_contain_text(home.manager.email)
    (message,) = counter.mails_to(home.manager.email)
    assert "Who sees what they say?" in message.body
    assert f"{settings.PUBLIC_ORIGIN}/admin/feedback/opinion/" in message.body
    open_page(counter, phone, "/admin/reports/untranslated/")
    assert keeps_to_width(phone)
