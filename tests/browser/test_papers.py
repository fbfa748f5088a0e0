"""An invoice read, paid without a login, and copied: on a phone in Portuguese, on a desktop in Spanish."""

from __future__ import annotations

import os

from django.db import transaction
from playwright.sync_api import Page, expect

from portal_modules.billing.links import token_of
from portal_modules.billing.models import Invoice
from tests.billing.issuing import bank_account, issued, late_fees, note_of, slip_of
from tests.browser.counter import Counter, violations


def late_invoice(counter: Counter) -> Invoice:
    """Forty days late, with a boleto and a fiscal note."""
    side = counter.world.other
    with transaction.atomic():
        late_fees(side)
        account = bank_account(side)
        invoice = issued(side, "dora", days_late=40, bank_account=account, language="pt")
        slip_of(invoice, account)
        note_of(side, "dora", invoice=invoice)
    return invoice


def look(page: Page, name: str) -> None:
    """Keep a picture where one is wanted."""
    if folder := os.environ.get("BALCAO_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=bool(os.environ.get("BALCAO_WHOLE")))


def test_an_invoice_is_paid_from_paper_on_a_phone(counter: Counter, phone: Page) -> None:
    invoice = late_invoice(counter)
    token = token_of(invoice.pk, counter.world.other.company)
    phone.goto(counter.address(f"i/{token}/", alias="altura"))
    expect(phone.get_by_role("heading", level=1)).to_contain_text("1.275,65")
    expect(phone.locator(".way__code svg")).to_be_visible()
    expect(phone.locator("main")).not_to_contain_text("Dora")
    look(phone, "public-phone")
    assert violations(phone) == []


def test_a_second_copy_is_reckoned_and_mailed_on_a_desktop(counter: Counter, desktop: Page) -> None:
    invoice = late_invoice(counter)
    world = counter.world
    counter.sign_in(desktop, world.dora, world.other.company)
    desktop.goto(counter.address("my/billing/copies/", alias="altura", language="es"))
    look(desktop, "copies-desktop")
    assert violations(desktop) == []
    desktop.get_by_role("row").filter(has_text=str(invoice.number)).get_by_role("link").click()
    desktop.locator("input[name=what]").nth(1).check()
    desktop.locator("main form[method=get] button").click()
    expect(desktop.locator(".owed tfoot")).to_contain_text("1.275,65")
    desktop.locator(f"input[name=to][value='{world.dora.email}']").check()
    look(desktop, "copy-desktop")
    assert violations(desktop) == []
    desktop.locator("#mail-title + form button").click()
    expect(desktop.locator("body")).to_contain_text(world.dora.email)
    (sent,) = [each for each in counter.mails_to(world.dora.email) if each.attachments]
    assert len(sent.attachments) == 1


def test_the_paper_and_the_notes_are_read_on_a_phone(counter: Counter, phone: Page) -> None:
    invoice = late_invoice(counter)
    counter.sign_in(phone, counter.world.dora, counter.world.other.company)
    phone.goto(counter.address(f"my/billing/invoices/{invoice.pk}/paper/", alias="altura"))
    expect(phone.locator("img.printed__page").first).to_be_visible()
    look(phone, "paper-phone")
    assert violations(phone) == []
    phone.goto(counter.address("my/billing/notes/", alias="altura"))
    expect(phone.locator(".fiscal-key")).to_have_count(1)
    look(phone, "notes-phone")
    assert violations(phone) == []
