"""The doors by tax id in the browser: a phone in Portuguese, a desktop in Spanish."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from tests.accounts.open_doors import ALICES, NOBODYS, give_tax_id, open_doors
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.world.companies import PASSWORD

HOME = re.compile(r"/my/$")
WORDS = "uma frase que ninguém adivinha"


@pytest.fixture(autouse=True)
def _number(counter: Counter) -> None:
    give_tax_id(counter.world.home.company, counter.world.home.customers["alice"], ALICES)


def opens(counter: Counter, *doors: str) -> None:
    """The company lets its customers in by these."""
    open_doors(counter.world.home.company, *doors)


def is_in_order(page: Page) -> None:
    """Accessible, and no wider than the window."""
    assert violations(page) == []
    assert keeps_to_width(page)


@pytest.mark.row("A34")
def test_number_address_and_a_link_on_the_phone(counter: Counter, phone: Page) -> None:
    opens(counter, "tax_id_link", "tax_id_only")
    phone.goto(counter.address())
    phone.get_by_label("NIF").fill("599 142 707")
    phone.locator("form[action$='/access/by-link/'] button").click()
    is_in_order(phone)
    phone.get_by_label("a•••••@e•••••").check()
    phone.locator("main form button").click()
    expect(phone).to_have_url(re.compile(r"/by-link/sent/$"))
    is_in_order(phone)
    (letter,) = counter.mails_to("alice@example.com")
    phone.goto(counter.link_in(letter, "/access/link/"))
    expect(phone).to_have_url(re.compile(r"/access/link/$"))
    is_in_order(phone)
    phone.locator("main form button").click()
    expect(phone).to_have_url(HOME)


def test_a_number_of_nobody_looks_the_same_on_the_desktop(counter: Counter, desktop: Page) -> None:
    opens(counter, "tax_id_link", "tax_id_only")
    desktop.goto(counter.address("access/by-link/", language="es"))
    is_in_order(desktop)
    desktop.get_by_label("NIF").fill("123")
    desktop.locator("main form button").click()
    expect(desktop.locator("[data-error-summary]")).to_be_visible()
    desktop.get_by_label("NIF").fill(NOBODYS)
    desktop.locator("main form button").click()
    expect(desktop.get_by_text(re.compile("•••••@"))).not_to_have_count(0)
    is_in_order(desktop)
    desktop.goto(counter.address("access/tax-id/", language="es"))
    desktop.get_by_label("NIF").fill(NOBODYS)
    desktop.locator("main form button").click()
    expect(desktop).to_have_url(re.compile(r"/tax-id/open/$"))
    is_in_order(desktop)
    desktop.goto(counter.address("access/missing/", language="es"))
    is_in_order(desktop)


@pytest.mark.row("A14")
@pytest.mark.row("A15")
def test_staff_give_a_code_out_and_a_customer_comes_in_by_it(
    counter: Counter, desktop: Page, phone: Page
) -> None:
    home = counter.world.home
    opens(counter, "access_code")
    counter.sign_in(desktop, home.manager)
    desktop.goto(f"{counter.origin}/admin/access/code/{home.customers['alice'].pk}/")
    assert violations(desktop) == []
    desktop.locator("#id_emails").fill("porta@example.com")
    desktop.locator("#id_until").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    desktop.locator("form:has(#id_emails) button").click()
    expect(desktop.locator(".messages")).to_contain_text("porta@example.com")
    (letter,) = counter.mails_to("porta@example.com")
    code = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", str(letter.body))
    assert code
    phone.goto(counter.address("access/code/"))
    is_in_order(phone)
    phone.get_by_label("NIF").fill(ALICES)
    phone.locator("#id_code").fill(code[0].lower())
    phone.locator("main form button").click()
    expect(phone).to_have_url(HOME)
    phone.goto(counter.address("access/account/"))
    expect(phone).to_have_url(re.compile("/more-proof/"))
    is_in_order(phone)


@pytest.mark.row("A02")
@pytest.mark.row("A03")
def test_the_first_access_on_the_phone(counter: Counter, phone: Page) -> None:
    home = counter.world.home
    opens(counter, "tax_id_email")
    with company_scope(home.company):
        Contact.objects.create(customer=home.customers["alice"], name="Nina", email="nina@example.com")
    phone.goto(counter.address("access/sign-in/"))
    phone.locator("a[href*='/access/first/']").click()
    is_in_order(phone)
    phone.get_by_label("NIF").fill(ALICES)
    phone.locator("#id_email").fill("nina@example.com")
    phone.locator("main form button").click()
    is_in_order(phone)
    (letter,) = counter.mails_to("nina@example.com")
    phone.goto(counter.link_in(letter, "/first/link/"))
    is_in_order(phone)
    phone.locator("main form button").click()
    letter = counter.mails_to("nina@example.com")[-1]
    code = re.search(r"\b(\d{3} \d{3})\b", str(letter.body))
    assert code
    phone.locator("#id_code").fill(code[1])
    phone.locator("main form button").first.click()
    phone.locator("#id_password1").fill(WORDS)
    phone.locator("#id_password2").fill(WORDS)
    phone.locator("main form button").click()
    expect(phone).to_have_url(HOME)


@pytest.mark.row("A21")
def test_three_fields_and_more_proof_in_place_on_the_desktop(counter: Counter, desktop: Page) -> None:
    opens(counter, "tax_id_password")
    desktop.goto(counter.address("access/three/", language="es"))
    is_in_order(desktop)
    desktop.get_by_label("NIF").fill(ALICES)
    desktop.locator("#id_login").fill("alice@example.com")
    desktop.locator("#id_password").fill(PASSWORD)
    desktop.locator("#id_remember").check()
    desktop.locator("main form button").click()
    expect(desktop).to_have_url(HOME)


@pytest.mark.row("A31")
def test_a_manager_chooses_the_ways_in(counter: Counter, desktop: Page) -> None:
    counter.sign_in(desktop, counter.world.home.manager)
    desktop.goto(f"{counter.origin}/admin/our-company/ways-in/")
    assert violations(desktop) == []
    preview = desktop.frame_locator("[data-balcao-doors]")
    expect(preview.locator("input[name=password]")).to_be_visible()
    desktop.locator("input[name=preset][value=link]").check()
    expect(preview.locator("input[name=tax_id]")).to_be_visible()
    desktop.locator("form:has(input[name=preset]) > button").click()
    expect(desktop.locator("input[name=preset][value=link]")).to_be_checked()
    desktop.goto(counter.address("access/sign-in/", language="es"))
    expect(desktop).to_have_url(re.compile("/access/by-link/"))
