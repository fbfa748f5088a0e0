"""A document is asked for by the office and sent from a phone; a refused one is read in Spanish, and sent again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import ask_for_document, refuse_document, send_document
from portal_modules.documents.models import Document, DocumentRequest
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.documents.samples import pdf, picture, upload


def ask(counter: Counter) -> DocumentRequest:
    """The clerk asks alice for a certificate."""
    home = counter.world.home
    with company_scope(home.company):
        return ask_for_document(
            home.customers["alice"],
            title={"pt": "Certidão de nascimento", "es": "Partida de nacimiento", "en": "Birth certificate"},
            reason={"pt": "Confirma a descendência.", "es": "Confirma la descendencia."},
            example={"pt": "A de inteiro teor.", "es": "La literal."},
            due_on=timezone.localdate() + timedelta(days=2),
            record=home.processes["alice"],
            by=home.clerk,
        )


@pytest.mark.row("N03")
def test_a_document_is_sent_from_a_phone(counter: Counter, phone: Page, tmp_path: Path) -> None:
    asked = ask(counter)
    world = counter.world
    counter.sign_in(phone, world.alice, world.home.company)
    phone.goto(counter.address("my/"))
    expect(phone.locator("main")).to_contain_text("Certidão de nascimento")
    phone.locator(f"main a[href$='{asked.pk}/']").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Certidão de nascimento")
    assert violations(phone) == []
    assert keeps_to_width(phone)

    field = phone.locator("form[data-upload-form] input[type=file]").first
    assert "image/*" in (field.get_attribute("accept") or "")
    assert field.get_attribute("capture") is None, "a file may be chosen as well"
    for name in ("frente.png", "verso.png", "mal.exe"):
        (tmp_path / name).write_bytes(picture())
    field.set_input_files([tmp_path / name for name in ("frente.png", "verso.png", "mal.exe")])
    chosen = phone.locator("[data-upload-list] li")
    expect(chosen).to_have_count(2)
    expect(phone.locator("[data-upload-said]").first).to_contain_text("mal.exe")
    assert violations(phone) == []
    chosen.first.get_by_role("button").click()
    expect(chosen).to_have_count(1)
    field.locator("xpath=ancestor::form").locator("button.button").click()
    expect(phone.locator(".rounds")).to_contain_text("verso.png")
    with company_scope(world.home.company):
        assert [each.name for each in Document.objects.all()] == ["verso.png"]
        asked.refresh_from_db()
        assert asked.state == "sent"


@pytest.mark.row("N03")
def test_a_refused_document_is_sent_again_in_spanish(counter: Counter, desktop: Page, tmp_path: Path) -> None:
    asked = ask(counter)
    world = counter.world
    with company_scope(world.home.company):
        send_document(
            asked,
            files=[upload("a.png", picture())],
            by=world.alice,
            actor=ActorKind.CONTACT,
            author_name="Alice",
        )
        refuse_document(asked, reason="No se lee el sello.", by=world.home.clerk)
    counter.sign_in(desktop, world.alice, world.home.company)
    desktop.goto(counter.address(f"my/documents/{asked.pk}/", language="es"))
    expect(desktop.locator(".notice--danger")).to_contain_text("No se lee el sello.")
    assert violations(desktop) == []
    (tmp_path / "mejor.pdf").write_bytes(pdf())
    form = desktop.locator("form[data-upload-form]").first
    form.locator("input[type=file]").set_input_files(tmp_path / "mejor.pdf")
    form.locator("button.button").focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".rounds")).to_contain_text("mejor.pdf")
    desktop.goto(counter.address("my/documents/", language="es"))
    expect(desktop.locator("table")).to_contain_text("Partida de nacimiento")
    assert violations(desktop) == []
