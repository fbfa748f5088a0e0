"""What is said, and to whom it is shown: bad input, other people's threads, and how many statements it takes."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from portal_modules.conversations.actions import write_message
from portal_modules.conversations.choices import MessageKind
from portal_modules.conversations.models import Follower, Message, MessageFile, Thread
from portal_modules.core.access import ActorKind
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.documents.models import Document
from tests.conversations.test_story import MINE, answer_of_staff, thread_of
from tests.documents.samples import pdf, upload
from tests.documents.test_story import ask, page_of
from tests.processes.conftest import count_queries
from tests.world.browsing import Browser
from tests.world.companies import World, make_process

__all__ = ["count_queries"]

VECTORS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    'https://evil.example/"onmouseover="alert(1)',
    "{{ settings.SECRET_KEY }}{% include 'x' %}",
    "<svg/onload=alert(1)>",
    "&lt;script&gt;",
)


@pytest.fixture
def alice(world: World) -> Browser:
    """Alice at her counter."""
    return Browser(raise_request_exception=False).sign_in(world.alice, world.home.company)


def said(world: World) -> int:
    """How much was said."""
    with company_scope(world.home.company):
        return int(Message.objects.exclude(kind=MessageKind.STATE).count())


@pytest.mark.parametrize("text", VECTORS)
def test_whatever_is_written_is_shown_as_text(world: World, alice: Browser, text: str) -> None:
    asked = ask(world)
    place = thread_of(asked, "documents.documentrequest")
    assert alice.post(place, {"body": text}).status_code == 302
    clerk = Browser().sign_in(world.home.clerk)
    pages = [
        alice.get(page_of(asked)),
        alice.get(MINE),
        clerk.get(f"/admin/documents/documentrequest/inspect/{asked.pk}/"),
        clerk.get("/admin/conversations/thread/"),
    ]
    for page in pages:
        assert page.status_code == 200
        html = page.content.decode()
        for broken in ("<script>alert", "<img src=x", "<svg/onload", 'href="javascript:', '"onmouseover="'):
            assert broken not in html
        assert "SECRET_KEY }}" in html or "SECRET_KEY" not in text


def test_a_link_is_one_and_is_not_recommended(world: World, alice: Browser) -> None:
    asked = ask(world)
    alice.post(thread_of(asked, "documents.documentrequest"), {"body": "See https://registry.example/a?b=1"})
    page = alice.get(page_of(asked)).content.decode()
    assert '<a href="https://registry.example/a?b=1" rel="nofollow">' in page


@pytest.mark.parametrize("body", ["", " \n\t ", "x" * 20_001])
def test_nothing_and_too_much_are_refused(world: World, alice: Browser, body: str) -> None:
    process = world.home.processes["alice"]
    assert alice.post(thread_of(process), {"body": body}).status_code == 422
    assert said(world) == 0


def test_a_bad_file_takes_the_words_back_too(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    files = [upload("a.pdf", pdf()), upload("b.pdf", b"no")]
    answer = alice.post(thread_of(process), {"body": "Kept words", "attachments": files})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert said(world) == 0
    with company_scope(world.home.company):
        assert not Thread.objects.exists()
        assert not Document.objects.exists()


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete"])
def test_somebody_elses_thread_is_not_there_by_any_verb(world: World, method: str) -> None:
    process = world.home.processes["alice"]
    answer_of_staff(world, "In May")
    charlie = Browser(raise_request_exception=False).sign_in(world.charlie, world.home.company)
    dora = Browser(raise_request_exception=False).sign_in(world.dora, world.other.company)
    own = thread_of(process)
    for browser, path in (
        (charlie, own),
        (charlie, f"{own}read/"),
        (charlie, thread_of(process, "processes.nothing")),
        (charlie, thread_of(process, "users.user")),
        (charlie, thread_of(process, "conversations.message")),
        (dora, own.replace("castro-lima", "altura")),
    ):
        answer = (
            getattr(browser, method)(path, {"body": "x"})
            if method == "post"
            else getattr(browser, method)(path)
        )
        assert answer.status_code in ({404} if method == "post" else {404, 405})
    assert said(world) == 1
    with company_scope(world.home.company):
        assert not Follower.objects.filter(user=world.charlie).exists()


def test_whoever_may_only_look_reads_and_does_not_write(world: World) -> None:
    asked = ask(world)
    bob = Browser(raise_request_exception=False).sign_in(world.bob, world.home.company)
    page = bob.get(page_of(asked)).content.decode()
    assert "You may read this conversation" in page
    assert 'id="message_body"' not in page
    assert bob.post(thread_of(asked, "documents.documentrequest"), {"body": "x"}).status_code == 403
    assert said(world) == 0


def test_nobody_reads_by_number_or_from_the_street(world: World) -> None:
    process = world.home.processes["alice"]
    holder = Browser().with_number(world.home.company, process.pk)
    for browser in (Browser(), holder):
        for path in (MINE, thread_of(process)):
            assert "/access/sign-in/" in browser.get(path).headers["Location"]
            assert browser.post(path, {"body": "x"}).status_code == 302
    assert said(world) == 0


def test_a_note_and_its_file_do_not_exist_for_the_customer_even_for_the_database(
    world: World, alice: Browser
) -> None:
    answer_of_staff(world, "NOTE", kind=MessageKind.NOTE, files=[upload("note.pdf", pdf())])
    with company_scope(world.home.company):
        document = Document.objects.get()
        assert document.visibility == "staff"
    assert alice.get(f"/p/castro-lima/files/{document.pk}/").status_code == 404
    customer = world.home.customers["alice"].pk
    with company_scope(world.home.company, role=PORTAL, customers=[customer]):
        assert not Message.objects.exists()
        assert not MessageFile.objects.exists()
        assert not Document.objects.exists()
    assert "NOTE" not in alice.get(MINE).content.decode()


def test_looking_changes_nothing(world: World, alice: Browser) -> None:
    asked = ask(world)
    answer_of_staff(world, "In May")
    for path in (MINE, page_of(asked), thread_of(world.home.processes["alice"])):
        alice.get(path)
    with company_scope(world.home.company):
        assert not Follower.objects.filter(user=world.alice).exists()


def test_a_long_thread_is_read_in_pieces(world: World, alice: Browser) -> None:
    asked = ask(world)
    with company_scope(world.home.company):
        for number in range(60):
            write_message(
                asked, body=f"line {number:03}", by=world.home.clerk, actor=ActorKind.STAFF, author_name="C"
            )
    page = alice.get(page_of(asked)).content.decode()
    assert "line 059" in page
    assert "line 009" not in page
    before = page.partition("?before=")[2].partition("#")[0]
    earlier = alice.get(f"{page_of(asked)}?before={before}").content.decode()
    assert "line 009" in earlier
    assert "line 010" not in earlier
    for strange in ("x", str(uuid4()), "%00", "0"):
        assert alice.get(f"{page_of(asked)}?before={strange}").status_code in {200, 400}


@pytest.mark.parametrize("count", [5, 60])
def test_the_list_and_a_thread_take_the_same_statements_at_any_size(
    world: World, alice: Browser, count_queries: Any, count: int
) -> None:
    asked = ask(world)
    with company_scope(world.home.company):
        for _number in range(count):
            process = make_process(world.home, world.home.customers["alice"])
            for record in (process, asked):
                write_message(
                    record, body="x", by=world.home.clerk, actor=ActorKind.STAFF, author_name="Clerk"
                )
    alice.get(MINE)
    for path, most in ((MINE, 14), (page_of(asked), 14)):
        with count_queries() as queries:
            assert alice.get(path).status_code == 200
        assert len(queries) <= most, "\n".join(queries)
    assert alice.get(f"{MINE}?page=99").status_code == 404
