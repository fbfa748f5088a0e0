"""Alice asks about her process, the office answers, and both see what was said."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.conversations.actions import write_message
from portal_modules.conversations.choices import MessageKind
from portal_modules.conversations.models import Message, Thread
from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from tests.documents.samples import picture, upload
from tests.world.browsing import Browser
from tests.world.companies import World

MINE = "/p/castro-lima/en/my/conversations/"


def thread_of(process: Any, kind: str = "processes.process") -> str:
    """Where a message about a process is sent."""
    return f"{MINE}{kind}/{process.pk}/"


def answer_of_staff(world: World, body: str, **fields: Any) -> Message:
    """The clerk writes."""
    with company_scope(world.home.company):
        return write_message(
            world.home.processes["alice"],
            body=body,
            by=world.home.clerk,
            actor=ActorKind.STAFF,
            author_name=str(world.home.clerk),
            **fields,
        )


@pytest.fixture
def alice(world: World) -> Browser:
    """Alice at her counter."""
    return Browser().sign_in(world.alice, world.home.company)


def test_both_sides_talk_about_a_process(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    sent = alice.post(
        thread_of(process), {"body": "<b>When?</b>\nThanks", "attachments": [upload("a.png", picture())]}
    )
    assert sent.status_code == 302
    assert sent.headers["Location"].endswith(f"/en/my/processes/{process.pk}/#thread")
    with company_scope(world.home.company):
        thread = Thread.objects.get()
        assert thread.waits_for_staff
    answer_of_staff(world, "In May.")
    answer_of_staff(world, "NOTE-OF-STAFF", kind=MessageKind.NOTE)
    with company_scope(world.home.company):
        thread.refresh_from_db()
        assert not thread.waits_for_staff
    page = alice.get(MINE).content.decode()
    assert "In May." in page
    assert "1 new" in page
    assert "NOTE-OF-STAFF" not in page

    refused = alice.post(
        thread_of(process), {"body": "Kept <i>words</i>", "attachments": [upload("x.svg", b"<svg/>")]}
    )
    assert refused.status_code == 422
    assert "Kept &lt;i&gt;words&lt;/i&gt;" in refused.content.decode()
    with company_scope(world.home.company):
        assert Message.objects.count() == 3

    assert alice.post(f"{thread_of(process)}read/").status_code == 302
    assert "1 new" not in alice.get(MINE).content.decode()


def test_staff_answer_beside_the_process(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    alice.post(thread_of(process), {"body": "<script>x</script> When?"})
    clerk = Browser().sign_in(world.home.clerk)
    page = clerk.get(f"/admin/processes/process/inspect/{process.pk}/").content.decode()
    assert "&lt;script&gt;x&lt;/script&gt; When?" in page
    assert "Waits for an answer" in page
    place = f"/admin/conversations/answer/processes.process/{process.pk}/"
    assert clerk.post(place, {"body": ""}).status_code == 422
    assert clerk.post(place, {"body": "SECRET-NOTE", "is_note": "on"}).status_code == 302
    assert clerk.post(place, {"body": "In June"}).status_code == 302
    assert "When?" in clerk.get(place).content.decode()
    listed = clerk.get("/admin/conversations/thread/").content.decode()
    assert "In June" in listed
    with company_scope(world.home.company):
        thread = Thread.objects.get()
    led = clerk.get(f"/admin/conversations/thread/inspect/{thread.pk}/")
    assert led.headers["Location"] == f"/admin/processes/process/inspect/{process.pk}/#thread"
    mine = alice.get("/p/castro-lima/en/my/conversations/").content.decode()
    assert "In June" in mine
    reader = Browser().sign_in(world.home.reader)
    assert reader.post(place, {"body": "x"}).status_code in (302, 403)
    stranger = Browser(raise_request_exception=False).sign_in(world.other.manager)
    assert stranger.get(place).status_code == 404
    assert stranger.post(place, {"body": "x"}).status_code == 404
    with company_scope(world.home.company):
        assert Message.objects.count() == 3
