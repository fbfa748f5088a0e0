"""Registering and a new password, on a phone in Portuguese and on a desktop in Spanish."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal_modules.accounts.actions import publish_text, write_draft
from portal_modules.accounts.models import LegalText
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from tests.browser.counter import Counter, keeps_to_width, violations

SECRET = "um cavalo azul no telhado 7"
NINA = "nina@example.com"


@pytest.fixture
def nina(counter: Counter) -> str:
    """A contact of alice's customer, who has no login yet; and terms that she is asked to accept."""
    home = counter.world.home
    with company_scope(home.company):
        Contact.objects.create(customer=home.customers["alice"], name="Nina Prado", email=NINA, language="pt")
        for kind in ("terms", "privacy"):
            bodies = {
                f"body_{language}": f"<h2>1. {kind}</h2><p>Texto</p>" for language in ("pt", "es", "en")
            }
            draft = write_draft(LegalText(company=home.company, kind=kind, **bodies))
            publish_text(draft, by=home.editor)
    return NINA


def _code(counter: Counter, email: str) -> str:
    found = re.search(r"\b\d{3} \d{3}\b", str(counter.mails_to(email)[-1].body))
    assert found
    return found[0]


def _is_fine(page: Page) -> None:
    assert violations(page) == []
    assert keeps_to_width(page)


def _press(page: Page) -> None:
    page.locator("main form.form button:not(.button--quiet)").last.click()


@pytest.mark.row("A24")
@pytest.mark.row("A25")
@pytest.mark.row("A26")
@pytest.mark.parametrize("language", ["pt", "es"])
def test_from_the_home_page_to_the_private_area(
    counter: Counter, nina: str, language: str, request: pytest.FixtureRequest
) -> None:
    page: Page = request.getfixturevalue("phone" if language == "pt" else "desktop")
    page.goto(counter.address(language=language))
    page.locator('a[href$="/access/register/"]').first.click()
    expect(page).to_have_url(counter.address("access/register/", language=language))
    _is_fine(page)
    _press(page)
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("input[name=email]").fill(nina)
    _press(page)
    expect(page).to_have_url(counter.address("access/register/code/", language=language))
    _is_fine(page)
    code = page.locator("input[name=code]")
    assert code.get_attribute("inputmode") == "numeric"
    code.fill("000000")
    _press(page)
    expect(page.locator(".error-summary")).to_be_visible()
    _is_fine(page)
    page.locator("input[name=code]").fill(_code(counter, nina))
    page.locator("input[name=code]").press("Enter")
    expect(page).to_have_url(counter.address("access/register/password/", language=language))
    _is_fine(page)
    page.locator("input[name=password1]").fill(SECRET)
    page.locator("input[name=password2]").fill(SECRET)
    _press(page)
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.locator("input[name=password1]").input_value() == ""
    page.locator("input[name=password1]").fill(SECRET)
    page.locator("input[name=password2]").fill(SECRET)
    page.locator("input[name=accept]").check()
    _press(page)
    expect(page).to_have_url(counter.address("my/", language=language))
    page.goto(counter.address("access/account/", language=language))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nina Prado")
    _is_fine(page)
    page.goto(counter.address("access/sessions/", language=language))
    _is_fine(page)


@pytest.mark.row("A05")
def test_a_new_password_by_the_link_of_the_mail(counter: Counter, phone: Page, desktop: Page) -> None:
    desktop.goto(counter.address("access/sign-in/", language="es"))
    _is_fine(desktop)
    desktop.locator('a[href$="/access/reset/"]').click()
    _is_fine(desktop)
    desktop.locator("input[name=email]").fill("alice@example.com")
    _press(desktop)
    expect(desktop).to_have_url(counter.address("access/reset/code/", language="es"))
    letter = counter.mails_to("alice@example.com")[-1]
    phone.goto(counter.link_in(letter, "/access/reset/link/"))
    expect(phone).to_have_url(re.compile(r"/access/reset/link/$"))
    _is_fine(phone)
    _press(phone)
    expect(phone).to_have_url(re.compile(r"/access/reset/password/$"))
    _is_fine(phone)
    phone.locator("input[name=password1]").fill(SECRET)
    phone.locator("input[name=password2]").fill(SECRET)
    _press(phone)
    expect(phone).to_have_url(re.compile(r"/my/$"))
    desktop.goto(counter.address("access/sign-in/", language="es"))
    desktop.locator("input[name=login]").fill("alice@example.com")
    desktop.locator("input[name=password]").fill(SECRET)
    _press(desktop)
    expect(desktop).to_have_url(counter.address("my/", language="es"))


@pytest.mark.row("Z04")
def test_new_terms_are_read_and_accepted_on_the_way_in(counter: Counter, nina: str, phone: Page) -> None:
    phone.goto(counter.address())
    phone.locator('footer a[href$="/terms/"]').click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    _is_fine(phone)
    phone.goto(counter.address("access/sign-in/"))
    phone.locator("input[name=login]").fill("alice@example.com")
    phone.locator("input[name=password]").fill("a sentence that nobody guesses")
    _press(phone)
    expect(phone).to_have_url(re.compile(r"/access/agree/"))
    _is_fine(phone)
    phone.locator("input[name=accept]").check()
    _press(phone)
    expect(phone).to_have_url(counter.address("my/"))
