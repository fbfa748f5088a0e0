"""Being told: by mail, at the bell, and choosing what to be told of."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from portal_modules.processes.actions import move_to_phase
from tests.browser.counter import Counter, keeps_to_width, violations


def move_on(counter: Counter) -> None:
    """The office takes alice's business a phase further."""
    home = counter.world.home
    with company_scope(home.company):
        move_to_phase(home.processes["alice"], home.phases[2], by=home.clerk, on=date(2026, 6, 1))


def both_schemes(page: Page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        found += violations(page)
    return found


@pytest.mark.row("R02")
def test_a_phase_change_arrives_by_mail_and_at_the_bell(counter: Counter, phone: Page) -> None:
    move_on(counter)
    (letter,) = counter.mails_to("alice@example.com")
    counter.sign_in(phone, counter.world.alice, counter.world.home.company)
    process = counter.world.home.processes["alice"]
    phone.goto(counter.link_in(letter, "/my/processes/"))
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert str(process.pk) in phone.url
    expect(phone.locator(".top .count")).to_have_text("1")
    phone.locator(".top a.tool:has(.count)").click()
    expect(phone).to_have_url(counter.address("my/notifications/"))
    assert both_schemes(phone) == []
    assert keeps_to_width(phone)
    phone.locator(".ring--new").click()
    expect(phone).to_have_url(counter.address(f"my/processes/{process.pk}/"))
    expect(phone.locator(".top .count")).to_have_count(0)


def test_somebody_chooses_what_is_mailed(counter: Counter, desktop: Page) -> None:
    counter.sign_in(desktop, counter.world.alice, counter.world.home.company)
    desktop.goto(counter.address("my/", language="es"))
    desktop.locator("button[popovertarget=account]").click()
    desktop.locator("#account a[href$='/my/notifications/preferences/']").click()
    assert both_schemes(desktop) == []
    desktop.locator("input[name='processes.phase_changed']").uncheck()
    desktop.locator("main form .button").first.click()
    expect(desktop.locator(".toasts")).to_be_visible()
    expect(desktop.locator("input[name='processes.phase_changed']")).not_to_be_checked()
    move_on(counter)
    assert counter.mails_to("alice@example.com") == []
    assert len(counter.mails_to("bob@example.com")) == 1


def test_a_contact_without_a_login_stops_a_mail_by_its_last_line(counter: Counter, phone: Page) -> None:
    with company_scope(counter.world.home.company):
        Contact.objects.create(
            customer=counter.world.home.customers["alice"], name="Eve", email="eve@example.com", language="pt"
        )
    move_on(counter)
    (letter,) = counter.mails_to("eve@example.com")
    phone.goto(counter.link_in(letter, "/mails/"))
    assert both_schemes(phone) == []
    button = phone.locator("main form .button").first
    before = button.inner_text()
    button.click()
    expect(phone.locator("main form .button").first).not_to_have_text(before)
    assert both_schemes(phone) == []
