"""A clerk's day with many records: rows chosen in the list, numbers pasted, and a file with faults in it."""

from __future__ import annotations

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from portal_modules.core.jobs import work_on
from portal_modules.core.models import Job
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.processes.models import Process
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.world.companies import make_process

LIST = "/admin/processes/process/"


@pytest.fixture
def numbers(counter: Counter) -> list[str]:
    """Thirty processes of charlie's, by their numbers at the registry."""
    home = counter.world.home
    with transaction.atomic(), company_scope(home.company):
        customer = home.customers["charlie"]
        made = [
            make_process(home, customer, registry_number=f"IRN-{at:03}/2026", phase=home.phases[0])
            for at in range(30)
        ]
    return [process.registry_number for process in made]


def in_last_phase(counter: Counter) -> int:
    home = counter.world.home
    with transaction.atomic(), company_scope(home.company):
        return Process.objects.filter(phase=home.phases[2]).count()


def _is_fine(page: Page) -> None:
    assert violations(page) == []
    assert keeps_to_width(page)


def _open(counter: Counter, page: Page, path: str) -> None:
    counter.sign_in(page, counter.world.home.clerk)
    page.goto(f"{counter.origin}{path}")


@pytest.mark.row("V04")
def test_chosen_rows_are_moved_with_a_look_before_and_a_report_after(
    counter: Counter, numbers: list[str], desktop: Page
) -> None:
    _open(counter, desktop, f"{LIST}?q=IRN")
    boxes = desktop.locator("input[name=chosen]")
    expect(boxes).to_have_count(25)
    desktop.locator("[data-choose-all] input").check()
    expect(boxes.last).to_be_checked()
    boxes.first.uncheck()
    expect(desktop.locator("#bulk-verb option").first).to_contain_text("24")
    desktop.locator("#bulk-verb").select_option("move")
    desktop.locator("[data-bulk] button").click()
    expect(desktop.locator("main")).to_contain_text("24")
    desktop.locator("select[name=move-phase]").select_option(str(counter.world.home.phases[2].pk))
    desktop.locator("button[value=check]").click()
    expect(desktop.locator(".balcao-plan__sums")).to_contain_text("24")
    _is_fine(desktop)
    assert in_last_phase(counter) == 0
    desktop.locator("button[value=do]").click()
    expect(desktop.locator("progress")).to_be_visible()
    _is_fine(desktop)
    home = counter.world.home
    with transaction.atomic(), company_scope(home.company):
        job = Job.objects.get()
    work_on.func(str(job.pk), job.company_id)
    expect(desktop.locator(".balcao-job-state--done")).to_be_visible()  # the page found out by itself
    _is_fine(desktop)
    assert in_last_phase(counter) == 24


@pytest.mark.row("V04")
def test_pasted_numbers_get_their_new_phase(counter: Counter, numbers: list[str], desktop: Page) -> None:
    _open(counter, desktop, LIST)
    desktop.locator('a[href="/admin/processes/paste/"]').click()
    desktop.locator("textarea").fill("\n".join([*numbers[:15], numbers[0], "IRN-999/2026"]))
    desktop.locator("select[name=phase]").select_option(str(counter.world.home.phases[2].pk))
    desktop.locator("button[value=check]").click()
    expect(desktop.locator(".balcao-plan__fault")).to_have_count(2)
    _is_fine(desktop)
    desktop.locator("button[value=do]").click()
    expect(desktop.locator(".balcao-job-state--done")).to_be_visible()
    assert in_last_phase(counter) == 15


@pytest.mark.row("V03")
def test_a_file_with_faults_is_tried_and_taken_in_on_a_phone(counter: Counter, phone: Page) -> None:
    _open(counter, phone, "/admin/imports/new/customers/")
    _is_fine(phone)
    lines = ["Código;Nome;E-mail", "C1;Ana Sousa;ana@example.com", "C2;;x@example.com", "C3;Rui;no address"]
    phone.locator("input[type=file]").set_input_files(
        {"name": "clientes.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    phone.locator("main form button").first.click()
    expect(phone.locator("select[name=column_reference]")).to_have_value("0")
    _is_fine(phone)
    phone.locator("main form button").first.click()
    expect(phone.locator("#refused ~ table tbody tr")).to_have_count(2)
    _is_fine(phone)
    phone.locator('a[href$="/confirm/"]').click()
    expect(phone.locator(".balcao-plan__sums")).to_be_visible()
    _is_fine(phone)
    phone.locator("main form button").first.click()
    expect(phone.locator(".balcao-job-state--done")).to_be_visible()
    home = counter.world.home
    with transaction.atomic(), company_scope(home.company):
        assert [each.name for each in Customer.objects.exclude(reference="")] == ["Ana Sousa"]
