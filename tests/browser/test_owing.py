"""What is owed, read and acted on: a customer's finance pages on a phone, staff's drafts on a desktop."""

from __future__ import annotations

import os
import re
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from portal_modules.billing.actions import settle
from portal_modules.billing.models import AccountantPack, Invoice
from portal_modules.core.jobs import do_at_once
from portal_modules.core.scope import company_scope
from tests.billing.claiming import claim, today_of
from tests.browser.counter import Counter, keeps_to_width, violations

HOME = "/p/castro-lima/pt/my/billing/"


def look(page: Page, name: str) -> None:
    """Keep a picture where one is wanted."""
    if folder := os.environ.get("BALCAO_PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def is_fine(page: Page, name: str) -> None:
    """Nothing is wrong with it in light and dark, and it has room."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        look(page, f"{name}-{scheme}")
        assert violations(page) == [], scheme
    page.emulate_media(color_scheme="light")
    assert keeps_to_width(page)


@pytest.fixture
def invoices(counter: Counter) -> list[Invoice]:
    """Alice's: one late, one to come, one paid."""
    home = counter.world.home
    with transaction.atomic():
        found = [
            claim(home, "alice", amount, due_in=days)
            for amount, days in (("350", -20), ("120.50", 9), ("80", -40))
        ]
        with company_scope(home.company):
            settle(found[2], paid=found[2].total)
    return found


@pytest.mark.row("E09")
@pytest.mark.row("E16")
def test_a_customer_finds_what_is_owed_on_a_phone(
    counter: Counter, phone: Page, invoices: list[Invoice]
) -> None:
    late, pending, paid = (str(each.number) for each in invoices)
    counter.sign_in(phone, counter.world.alice, counter.world.home.company)
    phone.goto(f"{counter.origin}{HOME}")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("1 fatura")
    is_fine(phone, "finance-phone")
    table = phone.locator("table.bills")
    expect(table).to_contain_text(late)
    expect(table).to_contain_text(paid)
    phone.goto(f"{counter.origin}{HOME}?state=open")
    expect(table).to_contain_text(pending)
    expect(table).not_to_contain_text(paid)
    for path in ("statement/", "copies/", f"invoices/{invoices[0].pk}/"):
        phone.goto(f"{counter.origin}{HOME}{path}")
        is_fine(phone, path.split("/")[0])


@pytest.mark.row("E11")
def test_the_own_order_number_is_written_on_a_phone(
    counter: Counter, phone: Page, invoices: list[Invoice]
) -> None:
    counter.sign_in(phone, counter.world.alice, counter.world.home.company)
    phone.goto(f"{counter.origin}{HOME}invoices/{invoices[1].pk}/")
    phone.locator("details.fold summary").click()
    phone.locator("input[name=order]").fill("PO 4711")
    is_fine(phone, "order-phone")
    phone.locator("input[name=order]").press("Enter")
    expect(phone.locator("aside .facts")).to_contain_text("PO 4711")


def test_the_pack_for_the_accountant_is_asked_for_and_taken_along(
    counter: Counter, phone: Page, invoices: list[Invoice]
) -> None:
    home = counter.world.home
    counter.sign_in(phone, counter.world.alice, home.company)
    phone.goto(f"{counter.origin}{HOME}packs/")
    is_fine(phone, "packs-phone")
    since = today_of(home) - timedelta(days=200)
    phone.locator("input[name=since]").fill(since.isoformat())
    phone.locator("input[name=until]").fill(today_of(home).isoformat())
    phone.locator("main form.form button").click()
    expect(phone.locator(".packs progress")).to_be_visible()
    is_fine(phone, "packs-waiting-phone")
    with transaction.atomic(), company_scope(home.company):
        pack = AccountantPack.objects.select_related("job").get()
        assert pack.job is not None
        do_at_once(pack.job)
    # The row asks by itself, and then offers the file.
    taken = phone.locator(".packs a[download]")
    expect(taken).to_be_visible()
    is_fine(phone, "packs-ready-phone")
    with phone.expect_download() as download:
        taken.click()
    assert download.value.suggested_filename.endswith(".zip")


@pytest.mark.row("F17")
def test_an_invoice_is_drafted_and_issued_on_a_desktop(counter: Counter, desktop: Page) -> None:
    home = counter.world.home
    counter.sign_in(desktop, home.manager)
    desktop.goto(f"{counter.origin}/admin/billing/new/?customer={home.customers['alice'].pk}")
    look(desktop, "draft-desktop")
    desktop.locator("input[name$='-text']").first.fill("Redacción de escrituras")
    desktop.locator("input[name$='-unit_price']").first.fill("120,50")
    desktop.locator("input[name$='-tax_rate']").first.fill("23")
    assert violations(desktop) == []
    desktop.locator("button[value=issue]").click()
    expect(desktop).to_have_url(re.compile(r"/admin/billing/invoice/inspect/"))
    expect(desktop.locator("main")).to_contain_text(re.compile(r"148[.,]22"))
    look(desktop, "issued-desktop")
    desktop.reload()  # without Wagtail's message that fades in
    assert violations(desktop) == []
    with transaction.atomic(), company_scope(home.company):
        assert Invoice.objects.get().number == "000001"
    for path in (
        "invoice/",
        "collect/",
        "ageing/",
        "months/",
        "policy/",
        "take/",
        f"credit/{home.customers['alice'].pk}/",
        "fiscaldocument/",
    ):
        desktop.goto(f"{counter.origin}/admin/billing/{path}")
        look(desktop, f"office-{path.split('/')[0]}")
        assert violations(desktop) == [], path
