"""The office asks for a document; the customer sends it, is refused, sends it again, and is accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import accept_document, ask_for_document, refuse_document
from portal_modules.documents.models import Document, DocumentRequest, Download
from tests.documents.samples import pdf, picture, upload
from tests.world.browsing import Browser
from tests.world.companies import World

LIST = "/p/castro-lima/en/my/documents/"


def page_of(asked: DocumentRequest) -> str:
    """Its address."""
    return f"{LIST}{asked.pk}/"


def ask(world: World, **fields: Any) -> DocumentRequest:
    """Ask alice's customer."""
    with company_scope(world.home.company):
        return ask_for_document(
            world.home.customers["alice"],
            **{
                "title": {
                    "en": "Birth certificate of your grandfather",
                    "pt": "Certidão de nascimento do avô",
                },
                "reason": {"en": "The registry checks the line of descent."},
                "example": {"en": "The long form, with the names of the parents."},
                "due_on": timezone.localdate() + timedelta(days=10),
                "record": world.home.processes["alice"],
                "by": world.home.clerk,
                **fields,
            },
        )


@pytest.fixture
def alice(world: World) -> Browser:
    """Alice at her counter."""
    return Browser().sign_in(world.alice, world.home.company)


@pytest.mark.row("N03")
def test_a_document_is_asked_for_sent_refused_sent_again_and_accepted(world: World, alice: Browser) -> None:
    asked = ask(world)
    text = alice.get(LIST).content.decode()
    assert "We need 1 document from you" in text
    assert "Birth certificate of your grandfather" in text

    page = alice.get(page_of(asked)).content.decode()
    for words in ("The registry checks the line of descent.", "The long form", "We need it by"):
        assert words in page

    answer = alice.post(
        page_of(asked), {"attachments": [upload("front.png", picture()), upload("back.png", picture())]}
    )
    assert answer.status_code == 302
    page = alice.get(page_of(asked)).content.decode()
    assert "We are checking it" in page
    assert "front.png" in page
    assert "back.png" in page
    assert 'type="file"' not in page.partition('id="thread"')[0]

    with company_scope(world.home.company):
        refuse_document(asked, reason="The stamp cannot be read.", by=world.home.clerk)
    page = alice.get(page_of(asked)).content.decode()
    assert "Please send it again" in page
    assert "The stamp cannot be read." in page

    assert alice.post(page_of(asked), {"attachments": [upload("better.pdf", pdf())]}).status_code == 302
    with company_scope(world.home.company):
        accept_document(asked, by=world.home.clerk)
        asked.refresh_from_db()
        assert asked.state == "accepted"
        assert asked.sent.count() == 2
    page = alice.get(page_of(asked)).content.decode()
    assert "Accepted" in page
    assert "front.png" in page, "what was sent before is still told"
    assert "Nothing is missing from your side." in alice.get(LIST).content.decode()


def test_a_file_is_served_to_those_whose_it_is(world: World, alice: Browser) -> None:
    asked = ask(world)
    alice.post(page_of(asked), {"attachments": [upload("p.pdf", pdf())]})
    with company_scope(world.home.company):
        document = Document.objects.get()
        assert document.actor_kind == ActorKind.CONTACT
        assert document.author_id == world.alice.pk
    path = f"/p/castro-lima/files/{document.pk}/"
    answer = alice.get(path)
    assert b"".join(answer.streaming_content) == pdf()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="p.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    with company_scope(world.home.company):
        assert [row.user_id for row in Download.objects.all()] == [world.alice.pk]
    bob = Browser().sign_in(world.bob, world.home.company)
    assert bob.get(path).status_code == 200
    charlie = Browser().sign_in(world.charlie, world.home.company)
    dora = Browser().sign_in(world.dora, world.other.company)
    assert charlie.get(path).status_code == 404
    assert dora.get(path.replace("castro-lima", "altura")).status_code == 404
    assert Browser().get(path).status_code == 302
    assert (
        Browser().with_number(world.home.company, world.home.processes["alice"].pk).get(path).status_code
        == 302
    )
    with company_scope(world.home.company):
        assert Download.objects.count() == 2


def test_staff_ask_beside_a_process_and_decide(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    clerk = Browser().sign_in(world.home.clerk)
    inspect = f"/admin/processes/process/inspect/{process.pk}/"
    page = clerk.get(inspect).content.decode()
    place = f"/admin/documents/ask/processes.process/{process.pk}/"
    assert place in page
    refused = clerk.post(place, {"title_pt": ""})
    assert refused.status_code == 422
    assert clerk.post(place, {"title_en": "Passport", "reason_en": "To know you"}).status_code == 302
    with company_scope(world.home.company):
        asked = DocumentRequest.objects.get()
    assert "Passport" in clerk.get(inspect).content.decode()
    alice.post(page_of(asked), {"attachments": [upload("pass.png", picture())]})
    page = clerk.get(f"/admin/documents/documentrequest/inspect/{asked.pk}/").content.decode()
    assert "pass.png" in page
    decide = f"/admin/documents/asked/{asked.pk}/"
    assert clerk.post(f"{decide}refuse/", {"reason": " "}).status_code == 422
    assert clerk.post(f"{decide}refuse/", {"reason": "Too dark"}).status_code == 302
    assert clerk.post(f"{decide}accept/").status_code == 422, "there is nothing to accept"
    assert Browser().sign_in(world.home.reader).post(f"{decide}withdraw/").status_code in (302, 403)
    alice.post(page_of(asked), {"attachments": [upload("pass2.png", picture())]})
    assert clerk.post(f"{decide}accept/").status_code == 302
    with company_scope(world.home.company):
        asked.refresh_from_db()
        assert asked.state == "accepted"
        document = Document.objects.filter(name="pass.png").get()
    got = clerk.get(f"/admin/files/{document.pk}/")
    assert got.headers["Content-Disposition"].startswith("attachment")
    stranger = Browser(raise_request_exception=False).sign_in(world.other.manager)
    assert stranger.get(f"/admin/files/{document.pk}/").status_code == 404
    assert stranger.post(f"{decide}refuse/", {"reason": "x"}).status_code == 404
