"""The first Monday: customers from a file, a wave of invitations, who came and who only looked, and the rest reminded."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal_modules.accounts.models import Invitation
from portal_modules.core.jobs import work_on
from portal_modules.core.models import Job
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from tests.browser.counter import Counter, keeps_to_width, violations

SECRET = "um cavalo azul no telhado 7"
FILE = "\n".join(
    [
        "Código;Nombre;Contacto;Correo",
        "C1;Pan del Sur;Rosa;rosa@example.com",
        "C2;Ana Soto;Ana;ana.soto@example.com",
        "C3;Luis Vera;Luis;luis@example.com",
    ]
)
NUMBERS = ".balcao-numbers li"


def work_it_off(counter: Counter) -> None:
    company = counter.world.home.company
    with transaction.atomic(), company_scope(company):
        job = Job.objects.latest("created_at")
    work_on.func(str(job.pk), job.company_id)


def link_of(counter: Counter, email: str) -> str:
    return counter.link_in(counter.mails_to(email)[0], "access/invited/")


@pytest.mark.row("V03")
@pytest.mark.row("A18")
def test_from_a_file_to_who_came_in_and_the_rest_reminded(
    counter: Counter, desktop: Page, phone: Page
) -> None:
    counter.sign_in(desktop, counter.world.home.clerk)
    desktop.goto(f"{counter.origin}/admin/imports/new/customers/")
    desktop.locator("input[type=file]").set_input_files(
        {"name": "clientes.csv", "mimeType": "text/csv", "buffer": FILE.encode()}
    )
    desktop.locator("main form button").first.click()
    desktop.locator("main form button").first.click()
    desktop.locator('a[href$="/confirm/"]').click()
    desktop.locator("main form button").first.click()
    expect(desktop.locator(".balcao-job-state--done")).to_be_visible()

    desktop.goto(f"{counter.origin}/admin/access/invitations/new/")
    desktop.locator("input[name=name]").fill("Primera tanda")
    desktop.locator("main form button").first.click()
    expect(desktop.locator("main")).to_contain_text("rosa@example.com")
    assert violations(desktop) == []
    with transaction.atomic(), company_scope(counter.world.home.company):
        assert not Invitation.objects.exists(), "counting sends nothing"
    desktop.locator("main form button[name=begin], main form button").first.click()
    expect(desktop).to_have_url(re.compile(r"/invitations/[0-9a-f-]{36}/$"))
    work_it_off(counter)

    phone.goto(link_of(counter, "rosa@example.com"))
    phone.locator("input[name=password1]").fill(SECRET)
    phone.locator("input[name=password2]").fill(SECRET)
    phone.locator("main form.form button").last.click()
    expect(phone).to_have_url(counter.address("my/"))
    phone.context.clear_cookies()
    phone.goto(link_of(counter, "ana.soto@example.com"))
    expect(phone.locator("input[name=password1]")).to_be_visible()
    with transaction.atomic(), company_scope(counter.world.home.company):
        OutboxMessage.objects.filter(contact__email="luis@example.com").update(state="bounced", error="550")

    desktop.reload()
    for words in ("Let in", "Opened the page", "Did not arrive"):
        expect(desktop.locator(NUMBERS, has_text=words).locator("strong")).to_have_text("1")
    assert violations(desktop) == []
    with transaction.atomic(), company_scope(counter.world.home.company):
        Invitation.objects.update(sent_at=timezone.now() - timedelta(days=4))
    desktop.reload()
    desktop.get_by_role("button", name="Remind 1 person").click()
    expect(desktop.locator(".messages")).to_be_visible()
    work_it_off(counter)
    assert len(counter.mails_to("ana.soto@example.com")) == 2
    assert len(counter.mails_to("luis@example.com")) == 1, "whose mail came back is written to by nobody"
    counter.sign_in(phone, counter.world.home.clerk)
    phone.goto(desktop.url)
    assert keeps_to_width(phone)
