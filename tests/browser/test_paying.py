"""Paying: two invoices by card on a phone, one without a login, and a payment made elsewhere, confirmed by staff."""

from __future__ import annotations

import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from portal_modules.billing.links import token_of
from portal_modules.billing.models import Invoice
from portal_modules.core.scope import company_scope
from portal_modules.payments.event_tasks import work_off_events
from portal_modules.payments.models import DeclaredPayment, Payment, PaymentAttempt, SandboxSession
from portal_modules.payments.providers.sandbox.ledger import facts
from portal_modules.payments.providers.sandbox.telling import event_of
from tests.billing.claiming import claim
from tests.browser.counter import Counter
from tests.browser.test_owing import is_fine
from tests.documents.samples import pdf
from tests.payments.online import account, sandbox_told
from tests.payments.paid import open_of

PT = "/p/castro-lima/pt/my/"
ES = "/p/castro-lima/es/my/"


@pytest.fixture
def invoices(counter: Counter) -> list[Invoice]:
    """Alice's: two that are open; and a sandbox to pay them in."""
    home = counter.world.home
    with transaction.atomic():
        account(home.company)
        return [claim(home, "alice", amount, due_in=9) for amount in ("350", "120.50")]


def it_is_told(counter: Counter, page_url: str) -> None:
    """What the sandbox has to tell of a page arrives, as from a worker."""
    company = counter.world.home.company
    with transaction.atomic(), company_scope(company):
        session = SandboxSession.objects.get(pk=urlsplit(page_url).path.rstrip("/").rpartition("/")[2])
        event = event_of(session.state, str(session.pk), facts(session))
    with transaction.atomic():
        assert sandbox_told(company, event).status_code == 200
    with transaction.atomic():
        assert work_off_events(company, until=time.monotonic() + 20)


def go_to_the_sandbox(page: Page) -> str:
    """Choose the card and press; the address of the sandbox's page."""
    page.locator(".pay-ways label").first.click()
    page.locator("main form button[data-total]").click()
    expect(page).to_have_url(re.compile(r"/sandbox/"))
    return page.url


@pytest.mark.row("F03")
@pytest.mark.row("F11")
def test_two_invoices_are_paid_by_card_on_a_phone(
    counter: Counter, phone: Page, invoices: list[Invoice]
) -> None:
    home = counter.world.home
    counter.sign_in(phone, counter.world.alice, home.company)
    phone.goto(f"{counter.origin}{PT}billing/")
    for invoice in invoices:
        phone.locator(f"table.bills input[value='{invoice.pk}']").check()
    phone.locator("button[formaction*='payments/pay']").click()
    expect(phone.locator(".pay-total output")).to_contain_text("470,50")
    is_fine(phone, "pay-phone")
    phone.locator("main form button[data-total]").click()
    expect(phone.locator("[role=alert], .error-summary").first).to_be_visible()
    is_fine(phone, "pay-refused-phone")
    at = go_to_the_sandbox(phone)
    is_fine(phone, "sandbox-phone")
    phone.locator("button[value=approve]").click()
    expect(phone.locator("h1")).to_contain_text("espera")
    it_is_told(counter, at)
    # The page asks by itself.
    expect(phone.locator("h1")).to_contain_text("Obrigado")
    is_fine(phone, "paid-phone")
    assert [open_of(each) for each in invoices] == [0, 0]
    phone.goto(f"{counter.origin}{PT}payments/")
    is_fine(phone, "payments-phone")
    phone.locator("table th a").first.click()
    is_fine(phone, "payment-phone")
    with phone.expect_download() as download:
        phone.locator("a[download]").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")


@pytest.mark.row("F03")
def test_what_is_declined_can_be_tried_again_and_what_is_paid_later_waits(
    counter: Counter, phone: Page, invoices: list[Invoice]
) -> None:
    home = counter.world.home
    counter.sign_in(phone, counter.world.alice, home.company)
    phone.goto(f"{counter.origin}{PT}payments/pay/?invoice={invoices[0].pk}")
    at = go_to_the_sandbox(phone)
    phone.locator("button[value=decline]").click()
    it_is_told(counter, at)
    expect(phone.locator("h1")).to_contain_text("não")
    is_fine(phone, "declined-phone")
    phone.locator("main a.button").first.click()
    at = go_to_the_sandbox(phone)
    phone.locator("button[value=later]").click()
    it_is_told(counter, at)
    expect(phone.locator("h1")).to_contain_text("a caminho")
    is_fine(phone, "pending-phone")
    assert open_of(invoices[0]) == 350
    phone.goto(f"{counter.origin}{PT}payments/")
    expect(phone.locator("#pending-title + ul")).to_contain_text("350,00")
    with transaction.atomic(), company_scope(home.company):
        assert list(PaymentAttempt.objects.order_by("created_at").values_list("state", flat=True)) == [
            "failed",
            "pending",
        ]
        assert not Payment.objects.exists()


def test_whoever_holds_the_page_of_an_invoice_pays_it_on_a_phone(
    counter: Counter, phone: Page, invoices: list[Invoice]
) -> None:
    company = counter.world.home.company
    token = token_of(invoices[0].pk, company)
    phone.goto(counter.address(f"i/{token}/"))
    is_fine(phone, "public-phone")
    phone.locator("button[name=way]").first.click()
    expect(phone).to_have_url(re.compile(r"/sandbox/"))
    at = phone.url
    phone.locator("button[value=approve]").click()
    it_is_told(counter, at)
    expect(phone.locator("h1")).to_contain_text("Obrigado")
    assert open_of(invoices[0]) == 0


@pytest.mark.row("F04")
def test_a_payment_made_elsewhere_is_told_of_and_confirmed_beside_its_proof(
    counter: Counter, desktop: Page, invoices: list[Invoice]
) -> None:
    home = counter.world.home
    counter.sign_in(desktop, counter.world.alice, home.company)
    desktop.goto(f"{counter.origin}{ES}billing/")
    is_fine(desktop, "finance-desktop")
    desktop.goto(f"{counter.origin}{ES}payments/declare/?invoice={invoices[1].pk}")
    expect(desktop.locator("input[name=amount]")).to_have_value("120,50")
    is_fine(desktop, "declare-desktop")
    desktop.locator("input[type=file]").set_input_files(
        {"name": "comprobante.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    desktop.locator("main form.form button.button").first.click()
    expect(desktop).to_have_url(re.compile(r"/declared/"))
    desktop.reload()  # without the word of thanks that fades
    is_fine(desktop, "told-desktop")
    desktop.goto(f"{counter.origin}{ES}payments/credit/")
    is_fine(desktop, "credit-desktop")
    with transaction.atomic(), company_scope(home.company):
        declared = DeclaredPayment.objects.get()

    counter.sign_in(desktop, home.manager)
    desktop.goto(f"{counter.origin}/admin/payments/declaredpayment/inspect/{declared.pk}/")
    main = desktop.locator("main")
    expect(main).to_contain_text("comprobante.pdf")
    expect(main).to_contain_text(str(invoices[0].number))
    expect(main).to_contain_text(str(invoices[1].number))
    is_fine(desktop, "office-declared-desktop")
    desktop.locator(
        "button[name=verb][value=confirm], form:has(input[name=verb][value=confirm]) button"
    ).first.click()
    expect(main).to_contain_text("P-000001")
    assert open_of(invoices[1]) == 0
    assert open_of(invoices[0]) == 350
