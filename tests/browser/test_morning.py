"""A clerk's morning: what waits, who is on the phone, and letting somebody in, who comes in on their own phone."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal_modules.conversations.models import Thread
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from tests.browser.counter import Counter, keeps_to_width, violations

SECRET = "um cavalo azul no telhado 7"
RUI = "rui@example.com"


def waits_for_an_answer(counter: Counter) -> None:
    home = counter.world.home
    with company_scope(home.company):
        Thread.objects.create(
            customer=home.customers["alice"],
            record_type="processes.process",
            record_id=home.processes["alice"].pk,
            last_message_at=timezone.now(),
            waits_for_staff=True,
        )


@pytest.mark.row("A12")
@pytest.mark.row("A18")
@pytest.mark.row("A20")
def test_from_the_work_list_to_somebody_who_is_in(counter: Counter, desktop: Page, phone: Page) -> None:
    waits_for_an_answer(counter)
    counter.sign_in(desktop, counter.world.home.clerk)
    desktop.goto(f"{counter.origin}/admin/")
    first = desktop.locator(".balcao-work__item").first
    expect(first).to_contain_text("Messages to answer")
    assert violations(desktop) == []
    first.click()
    expect(desktop).to_have_url(re.compile(r"waits_for_staff__exact=1"))
    expect(desktop.locator(".balcao-table tbody tr")).to_have_count(1)

    desktop.goto(f"{counter.origin}/admin/")
    desktop.locator("#balcao-find").fill("aliçé")
    desktop.locator("#balcao-find").press("Enter")
    expect(desktop).to_have_url(re.compile(r"/admin/customers/customer/inspect/\d+/"))
    assert violations(desktop) == []
    desktop.locator("#verb-contact > summary").click()
    desktop.locator('[name="contact-name"]').fill("Rui Prado")
    desktop.locator("#verb-contact form button").last.click()
    expect(desktop.locator("#verb-contact")).to_contain_text("Whoever is let in needs an e-mail")
    desktop.locator('[name="contact-email"]').fill(RUI)
    desktop.locator('[name="contact-language"]').select_option("pt")
    desktop.locator("#verb-contact form button").last.click()
    row = desktop.locator("#access tbody tr", has_text="Rui Prado")
    expect(row.get_by_role("switch")).to_have_attribute("aria-checked", "true")

    (letter,) = counter.mails_to(RUI)
    phone.goto(counter.link_in(letter, "access/invited/"))
    expect(phone).to_have_url(counter.address("access/invited/"))
    assert violations(phone) == []
    assert keeps_to_width(phone)
    phone.locator("input[name=password1]").fill(SECRET)
    phone.locator("input[name=password2]").fill(SECRET)
    phone.locator("main form.form button").last.click()
    expect(phone).to_have_url(counter.address("my/"))

    desktop.reload()
    expect(row).to_contain_text("Has access")
    row.get_by_role("switch").focus()
    desktop.keyboard.press("Space")
    expect(row.get_by_role("switch")).to_have_attribute("aria-checked", "false")
    phone.reload()
    expect(phone).to_have_url(re.compile(r"/access/sign-in/"))


def test_the_new_pages_are_for_everybody_and_for_a_phone(counter: Counter, phone: Page) -> None:
    home = counter.world.home
    counter.sign_in(phone, home.manager)
    with company_scope(home.company):
        contact = Contact.objects.get(email="alice@example.com")
    for path in (
        "",
        "find/?q=a",
        f"customers/customer/inspect/{contact.customer_id}/",
        f"customers/contact/inspect/{contact.pk}/",
        "access/invitations/",
        "access/invitations/new/",
        "our-company/team/",
    ):
        phone.goto(f"{counter.origin}/admin/{path}")
        assert violations(phone) == [], path
        assert keeps_to_width(phone), path
