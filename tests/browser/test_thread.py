"""Alice writes about a document from her phone, with a file; the office answers; she reads it on a desktop in Spanish."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from portal_modules.conversations.actions import write_message
from portal_modules.conversations.models import Follower, Message
from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.documents.models import DocumentRequest
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.browser.test_asked_documents import ask
from tests.documents.samples import picture


def answer(counter: Counter, asked: DocumentRequest, words: str) -> None:
    """The clerk writes."""
    home = counter.world.home
    with company_scope(home.company):
        write_message(asked, body=words, by=home.clerk, actor=ActorKind.STAFF, author_name="Inês")


def test_a_message_is_written_on_a_phone(counter: Counter, phone: Page, tmp_path: Path) -> None:
    asked = ask(counter)
    world = counter.world
    counter.sign_in(phone, world.alice, world.home.company)
    phone.goto(counter.address(f"my/documents/{asked.pk}/"))
    thread = phone.locator("#thread")
    (tmp_path / "foto.png").write_bytes(picture(size=(800, 600)))
    thread.locator("textarea").fill("Serve <b>esta</b>?\nObrigada")
    thread.locator("input[type=file]").set_input_files(tmp_path / "foto.png")
    expect(thread.locator("[data-upload-list] img")).to_be_visible()
    thread.locator("form.form--message button.button").click()
    expect(thread.locator(".message--mine .message__text")).to_contain_text("Serve <b>esta</b>?")
    expect(thread.locator(".message--mine .file")).to_contain_text("foto.png")
    small = thread.locator(".message--mine .file img")
    small.scroll_into_view_if_needed()
    expect(small).to_have_js_property("complete", True)
    assert int(small.evaluate("image => image.naturalWidth")) > 0
    assert keeps_to_width(phone)
    assert violations(phone) == []

    thread.locator("form.form--message button.button").click()
    expect(phone.locator("[data-error-summary]")).to_be_visible()
    with company_scope(world.home.company):
        assert Message.objects.filter(kind="message").count() == 1


def test_an_answer_is_new_until_it_was_seen(counter: Counter, desktop: Page) -> None:
    asked = ask(counter)
    world = counter.world
    answer(counter, asked, "Sí, sirve.")
    counter.sign_in(desktop, world.alice, world.home.company)
    desktop.goto(counter.address("my/conversations/", language="es"))
    expect(desktop.locator(".talk--new")).to_contain_text("Sí, sirve.")
    assert violations(desktop) == []
    with desktop.expect_response(lambda response: response.url.endswith("/read/")):
        desktop.locator(".talk a").first.click()
    with company_scope(world.home.company):
        assert Follower.objects.filter(user=world.alice, read_until__isnull=False).exists()
    desktop.goto(counter.address("my/conversations/", language="es"))
    expect(desktop.locator(".talk")).to_have_count(1)
    expect(desktop.locator(".talk--new")).to_have_count(0)


def test_a_message_is_sent_without_scripts(counter: Counter, phone: Page) -> None:
    """The page works by itself: the scripts only make it quicker."""
    asked = ask(counter)
    world = counter.world
    counter.sign_in(phone, world.alice, world.home.company)
    phone.route("**/*.js", lambda route: route.abort())
    phone.goto(counter.address(f"my/documents/{asked.pk}/"))
    phone.locator("#thread textarea").fill("Sem programas")
    phone.locator("#thread form.form--message button.button").click()
    expect(phone.locator(".message--mine")).to_contain_text("Sem programas")
