"""A clerk at work in the registers: finding, keeping a view, moving a process, a notice with its preview, the board."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Notice, Process
from tests.browser.counter import Counter, keeps_to_width, violations

REGISTER = "/admin/processes/process/"


def alices(counter: Counter) -> Process:
    return counter.world.home.processes["alice"]


def at_register(counter: Counter, page: Page) -> Process:
    counter.sign_in(page, counter.world.home.clerk)
    page.goto(f"{counter.origin}{REGISTER}")
    return alices(counter)


@pytest.mark.row("V01")
@pytest.mark.row("V04")
def test_a_clerk_finds_chooses_columns_keeps_the_view_and_exports(counter: Counter, desktop: Page) -> None:
    process = at_register(counter, desktop)
    desktop.locator("#id_q").fill(process.number_shown.lower().replace("-", " "))
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".balcao-table tbody tr")).to_have_count(1)
    desktop.locator(".balcao-chip").click()
    expect(desktop.locator(".balcao-table tbody tr")).to_have_count(2)
    desktop.locator(".balcao-tools summary", has_text=re.compile("Columns")).click()
    desktop.locator('input[name="columns"][value="registry_number"]').check()
    desktop.locator(".balcao-menu__body form button, form.balcao-menu__body button").first.click()
    expect(desktop.locator(".balcao-table tbody")).to_contain_text("REG-77")
    desktop.locator(".balcao-views summary").click()
    desktop.locator("#view-name").fill("With registry")
    desktop.locator('input[name="is_usual"]').check()
    desktop.keyboard.press("Enter")
    expect(desktop.locator('.balcao-views a[aria-current="page"]')).to_contain_text("With registry")
    desktop.goto(f"{counter.origin}{REGISTER}")
    expect(desktop.locator(".balcao-table tbody")).to_contain_text("REG-77")
    desktop.locator(".balcao-tools summary", has_text=re.compile("Export")).click()
    with desktop.expect_download() as kept:
        desktop.locator('.balcao-menu__body a[href*="export=csv"]').click()
    assert kept.value.suggested_filename.endswith(".csv")
    assert "REG-77" in kept.value.path().read_text()
    assert violations(desktop) == []


@pytest.mark.row("X01")
def test_a_clerk_moves_a_process_and_sees_a_notice_before_it_is_published(
    counter: Counter, desktop: Page
) -> None:
    process = at_register(counter, desktop)
    row = desktop.locator(".balcao-table tbody tr", has_text=process.number_shown)
    row.locator("td").last.click(force=True)  # the row is one link
    expect(desktop.locator("#state-title")).to_be_visible()
    assert violations(desktop) == []
    desktop.locator("#verb-move > summary").press("Enter")
    desktop.locator("#verb-move form button").click()
    expect(desktop.locator(".balcao-steps [aria-current=step]")).to_contain_text("Decision")
    expect(desktop.locator("#history ins").first).to_be_visible()
    desktop.locator("#verb-notice > summary").click()
    expect(desktop.locator("#verb-move")).not_to_have_attribute("open", "")
    desktop.locator("#id_notice_notice-title_pt, [name='notice-title_pt']").first.fill("Decidido")
    desktop.locator("[name='notice-body_pt']").fill("O seu pedido foi aceite.")
    desktop.locator("#verb-notice button[name=preview]").click()
    expect(desktop.locator(".balcao-preview__reading")).to_have_count(3)
    expect(desktop.locator(".balcao-preview__reading").first).to_contain_text("O seu pedido foi aceite.")
    assert violations(desktop) == []
    with company_scope(counter.world.home.company):
        assert not Notice.objects.filter(title_pt="Decidido").exists()
    desktop.locator("#verb-notice .balcao-buttons button").last.click()
    expect(desktop.locator("#notices")).to_contain_text("Decidido")


@pytest.mark.row("X01")
def test_a_clerk_asks_for_a_document_answers_and_keeps_a_note(
    counter: Counter, desktop: Page, phone: Page
) -> None:
    process = alices(counter)
    counter.sign_in(desktop, counter.world.home.clerk)
    page = f"{counter.origin}{REGISTER}inspect/{process.pk}/"
    desktop.goto(page)
    desktop.get_by_role("link", name="Ask for a document").click()
    assert violations(desktop) == []
    desktop.get_by_role("button", name="Ask for it").click()
    expect(desktop.get_by_role("alert").first).to_contain_text("Nothing was asked yet")
    desktop.locator("[name=title_es]").fill("Partida de nacimiento")
    desktop.get_by_role("button", name="Ask for it").click()
    expect(desktop).to_have_url(re.compile(rf"/inspect/{process.pk}/"))
    desktop.locator("#message_body").fill("La recibimos mañana.")
    desktop.get_by_role("button", name="Send or keep").click()
    expect(desktop.locator("#thread")).to_contain_text("La recibimos mañana.")
    desktop.locator("#message_body").fill("Llamar al registro el lunes.")
    desktop.get_by_label("Note for staff only").check()
    desktop.get_by_role("button", name="Send or keep").click()
    expect(desktop.locator("#thread")).to_contain_text("Llamar al registro el lunes.")
    assert violations(desktop) == []
    desktop.get_by_role("link", name=process.customer.name).first.click()
    expect(desktop).to_have_url(re.compile(r"/admin/customers/customer/inspect/"))
    expect(desktop.locator("main")).to_contain_text("Partida de nacimiento")

    counter.sign_in(phone, counter.world.alice, counter.world.home.company)
    phone.goto(counter.address(f"my/processes/{process.pk}/"))
    expect(phone.locator("main")).to_contain_text("La recibimos mañana.")
    expect(phone.locator("main")).to_contain_text("Partida de nacimiento")
    expect(phone.locator("main")).not_to_contain_text("Llamar al registro")


def test_a_card_is_moved_by_dragging_and_by_keyboard(counter: Counter, desktop: Page) -> None:
    process = at_register(counter, desktop)
    desktop.goto(f"{counter.origin}/admin/processes/board/")
    columns = desktop.locator(".balcao-board__column")
    card = desktop.locator(f'[data-process="{process.pk}"]')
    card.drag_to(columns.nth(2))
    expect(columns.nth(2).locator(f'[data-process="{process.pk}"]')).to_be_visible()
    expect(columns.nth(2).locator(".balcao-board__count")).to_have_text("1")
    card.locator("summary").press("Enter")
    expect(card.locator("select option:checked")).to_have_count(1)
    card.locator("select").select_option(index=0)
    asked: list[str] = []
    desktop.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    card.locator("button").press("Enter")
    assert len(asked) == 1, "back is asked for twice, because the customer is told"
    expect(columns.nth(2).locator(".balcao-board__count")).to_have_text("1")
    desktop.once("dialog", lambda dialog: dialog.accept())
    card.locator("button").press("Enter")
    expect(columns.nth(0).locator(".balcao-board__count")).to_have_text("1")
    desktop.goto(f"{counter.origin}/admin/processes/board/")  # without Wagtail's message that fades in
    assert violations(desktop) == []
    with company_scope(counter.world.home.company):
        process.refresh_from_db()
        assert process.phase == counter.world.home.phases[0]


def test_the_register_and_its_pages_fit_a_phone(counter: Counter, phone: Page) -> None:
    process = at_register(counter, phone)
    assert keeps_to_width(phone)
    expect(phone.locator("#register-filters")).not_to_be_visible()
    phone.locator(".balcao-filters__open").click()
    phone.locator("#register-filters a", has_text=re.compile("Closed")).first.click()
    expect(phone.locator(".balcao-empty")).to_be_visible()
    assert violations(phone) == []
    phone.goto(f"{counter.origin}{REGISTER}inspect/{process.pk}/")
    assert keeps_to_width(phone)
    phone.goto(f"{counter.origin}/admin/processes/board/")
    assert keeps_to_width(phone)
