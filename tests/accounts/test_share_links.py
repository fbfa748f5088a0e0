"""Share links over HTTP: one record, one recipient, until a day, so many times, and never a way in."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.utils import timezone, translation
from django.utils.html import escape
from hypothesis import HealthCheck, given, settings, strategies

from portal_modules.accounts.models import AccessEvent, ShareLink
from portal_modules.billing.models import Invoice
from portal_modules.conversations.actions import write_message
from portal_modules.conversations.choices import MessageKind
from portal_modules.core.access import ActorKind
from portal_modules.core.companies import card_in_scope
from portal_modules.core.models import LogEntry
from portal_modules.core.parts import parts_of
from portal_modules.core.records import records
from portal_modules.core.scope import VISITOR, company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Membership
from portal_modules.documents.actions import store_file
from portal_modules.documents.models import Document
from portal_modules.processes.actions import publish_notice
from portal_modules.processes.models import Process
from tests.accounts.mailing import link_in, mails_to
from tests.accounts.people import HOME, Visitor
from tests.modules.rows import record_of
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.links import link_to
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

RITA = "rita@bank.example"
SHARED = f"{HOME}s/"
RECORD = f"{HOME}s/record/"
DEAD = "This link opens nothing any more"
SAID, NOTED, WRITTEN = "We sent it to the registry", "INTERNAL-NOTE", "The stamp is missing"


@pytest.fixture
def process(world: World) -> Process:
    """Alice's, with a notice, a file, a message and a note of the staff."""
    home = world.home
    with company_scope(home.company):
        process: Process = Process.objects.select_related("customer", "company").get(
            pk=home.processes["alice"].pk
        )
        publish_notice(process, title={"en": WRITTEN}, body={"en": WRITTEN}, is_marked=False, by=home.clerk)
        write_message(process, body=SAID, by=home.clerk, actor=ActorKind.STAFF, author_name="Clerk")
        write_message(
            process,
            body=NOTED,
            by=home.clerk,
            actor=ActorKind.STAFF,
            author_name="Clerk",
            kind=MessageKind.NOTE,
        )
        store_file(
            process,
            ContentFile(b"what it says", name="deed.txt"),
            by=home.clerk,
            actor=ActorKind.STAFF,
            author_name="Clerk",
        )
    return process


def form(**changes: Any) -> dict[str, Any]:
    """What somebody types who shares a record with Rita."""
    day = timezone.localdate() + timedelta(days=3)
    data = {
        "name": "Rita Reis",
        "email": RITA,
        "last_day": day.isoformat(),
        "most_views": "2",
        "language": "en",
    }
    return {**data, **changes}


def share_url(process: Process) -> str:
    return f"{HOME}my/shared/processes.process/{process.pk}/"


def fresh(browser: Browser) -> Browser:
    """The password was given a moment ago."""
    with as_owner():
        session = browser.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return browser


def shared(world: World, process: Process, **changes: Any) -> str:
    """Alice shares, and what arrives: the path of the link."""
    alice = fresh(Browser().sign_in(world.alice, world.home.company))
    answer = alice.post(share_url(process), form(**changes))
    assert answer.status_code == 303, answer.content.decode()
    return link_in(mails_to(world.home.company, RITA)[-1], "/s/")


def opened(browser: Visitor, path: str) -> Any:
    """Follow the link and press the button."""
    assert browser.get(path).url == SHARED
    assert browser.send(SHARED).url == RECORD
    return browser.get(RECORD)


def row(world: World) -> ShareLink:
    with company_scope(world.home.company):
        found: ShareLink = ShareLink.objects.get()
        return found


@pytest.mark.row("B04")
def test_one_record_is_shown_to_somebody_without_an_account(
    world: World, process: Process, browser: Visitor
) -> None:
    path = shared(world, process, parts=["notices", "documents"])
    token = path.rstrip("/").split("/")[-1]
    for _scan in range(3):
        assert Visitor().get(path).status_code == 303
    first = browser.get(path)
    assert (first.status_code, first.url) == (303, SHARED), "the token leaves the address"
    page = browser.get(SHARED)
    words = page.content.decode()
    assert page.headers["X-Robots-Tag"].startswith("noindex")
    assert "Alice" in words
    assert token not in words
    assert WRITTEN not in words
    assert row(world).views == 0, "looking at the page counts nothing"
    key = browser.key
    assert browser.send(SHARED).url == RECORD
    assert browser.key != key
    words = browser.get(RECORD).content.decode()
    assert WRITTEN in words
    assert "deed.txt" in words
    assert SAID not in words, "not ticked"
    assert NOTED not in words
    assert token not in words
    assert row(world).views == 1
    assert row(world).last_seen_at is not None
    assert "access.grants" not in browser.kept()
    assert browser.get(f"{HOME}my/").status_code == 302, "it signs nobody in"


def test_the_files_of_a_link_are_its_records_and_only_where_ticked(
    world: World, process: Process, browser: Visitor
) -> None:
    with company_scope(world.home.company):
        document = process_file(process)
    page = opened(browser, shared(world, process, parts=["documents"]))
    assert f"/s/record/{document.pk}/" in page.content.decode()
    file = browser.get(f"{RECORD}{document.pk}/")
    assert b"".join(file.streaming_content) == b"what it says"
    assert browser.get(f"/p/castro-lima/files/{document.pk}/").status_code == 302
    without = Visitor()
    opened(without, shared(world, process, parts=["conversation"]))
    words = without.get(RECORD).content.decode()
    assert SAID in words
    assert NOTED not in words
    assert without.get(f"{RECORD}{document.pk}/").status_code == 404
    with company_scope(world.home.company):
        charlies = Process.objects.get(pk=world.home.processes["charlie"].pk)
        other = store_file(
            charlies, ContentFile(b"x", name="x.txt"), by=None, actor=ActorKind.STAFF, author_name=""
        )
    assert browser.get(f"{RECORD}{other.pk}/").status_code == 404


@pytest.mark.row("B04")
def test_the_files_of_what_was_said_stand_beside_it_where_both_are_ticked(
    world: World, process: Process
) -> None:
    with company_scope(world.home.company):
        for kind, name in ((MessageKind.MESSAGE, "said.txt"), (MessageKind.NOTE, "noted.txt")):
            write_message(
                process,
                body="with a file",
                by=world.home.clerk,
                actor=ActorKind.STAFF,
                author_name="Clerk",
                kind=kind,
                files=[ContentFile(b"in a message", name=name)],
            )
    seen = {}
    for parts in (("conversation",), ("documents",), ("conversation", "documents")):
        browser = Visitor()
        opened(browser, shared(world, process, parts=list(parts)))
        words = browser.get(RECORD).content.decode()
        assert "noted.txt" not in words
        seen[parts] = words.count("said.txt")
        if link := re.search(
            r'href="([^"]*/s/record/[0-9a-f-]{36}/)"[^>]*>(?:(?!</a>).)*said.txt', words, re.DOTALL
        ):
            assert b"".join(browser.get(link[1]).streaming_content) == b"in a message"
    assert seen[("conversation",)] == 0, "files were not ticked"
    assert seen[("conversation", "documents")] > seen[("documents",)] > 0


def process_file(process: Process) -> Any:
    return Document.objects.of_record(process).get()


@pytest.mark.row("B05")
def test_a_link_ends_by_its_number_its_day_and_its_sender(world: World, process: Process) -> None:
    path = shared(world, process)
    first, second, third = Visitor(), Visitor(), Visitor()
    opened(first, path)
    opened(second, path)
    assert row(world).views == 2
    third.get(path)
    assert DEAD in third.get(SHARED).content.decode()
    assert third.send(SHARED).status_code == 404
    assert third.get(RECORD).status_code == 404
    assert first.get(RECORD).status_code == 200, "open for its half hour"
    alice = Browser().sign_in(world.alice, world.home.company)
    link = row(world)
    assert alice.post(f"{HOME}my/shared/{link.pk}/revoke/").status_code == 303
    assert first.get(RECORD).status_code == 404, "taken back, in open browsers, too"
    assert row(world).revoked_by_name == "Alice"
    answers = []
    for dead in (path, f"{SHARED}{'0' * 96}/", f"{SHARED}nonsense/"):
        browser = Visitor()
        browser.get(dead)
        answers.append(browser.get(SHARED).content.decode().count(DEAD))
    assert answers == [answers[0]] * 3


def test_a_day_that_is_over(world: World, process: Process, browser: Visitor) -> None:
    path = shared(world, process)
    opened(browser, path)
    with company_scope(world.home.company):
        ShareLink.objects.update(until=timezone.now() - timedelta(hours=1))
    assert browser.get(RECORD).status_code == 404
    assert Visitor().get(path, follow=True).status_code == 404


def test_staff_see_last_seen_and_take_back(world: World, process: Process, browser: Visitor) -> None:
    opened(browser, shared(world, process))
    clerk = Browser().sign_in(world.home.clerk)
    page = clerk.get(f"/admin/customers/customer/inspect/{process.customer_id}/").content.decode()
    assert RITA in page
    assert "opened 1 of 2 times" in page
    reader = Browser().sign_in(world.home.reader)
    url = f"/admin/access/share/{row(world).pk}/revoke/"
    assert reader.post(url).status_code in {302, 403}
    stranger = Browser().sign_in(world.other.manager)
    assert stranger.post(url).status_code == 404
    assert row(world).revoked_at is None
    assert clerk.post(url).status_code == 302
    assert browser.get(RECORD).status_code == 404
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="accounts.revoke_share").exists()


def test_staff_share_too(world: World, process: Process, browser: Visitor) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    choose = clerk.get(f"/admin/access/share/{process.customer_id}/")
    url = f"/admin/access/share/processes.process/{process.pk}/"
    assert url in choose.content.decode()
    assert clerk.post(url, form(email="nonsense")).status_code == 422
    assert clerk.post(url, form(parts=["conversation"])).status_code == 302
    words = opened(browser, link_in(mails_to(world.home.company, RITA)[-1], "/s/")).content.decode()
    assert SAID in words
    assert NOTED not in words
    for person in (world.home.editor, world.home.reader):
        assert Browser().sign_in(person).post(url, form()).status_code in {302, 403}
    alice = Browser().sign_in(world.alice, world.home.company)
    assert RITA in alice.get(f"{HOME}my/shared/").content.decode(), "the customer sees it"
    with company_scope(world.home.company):
        assert ShareLink.objects.count() == 1
        kinds = set(AccessEvent.objects.values_list("kind", flat=True))
    assert {"link_shared", "link_opened"} <= kinds


def test_who_may_only_look_shares_nothing(world: World, process: Process) -> None:
    bob = fresh(Browser().sign_in(world.bob, world.home.company))
    assert bob.post(share_url(process), form()).status_code == 403
    charlie = fresh(Browser().sign_in(world.charlie, world.home.company))
    assert charlie.post(share_url(process), form()).status_code == 404
    alice = Browser().sign_in(world.alice, world.home.company)
    asked: Any = alice.post(share_url(process), form())
    assert "/access/again/" in asked.url, "proved within five minutes"
    fresh(alice)
    for wrong in ({"most_views": "0"}, {"most_views": "51"}, {"last_day": "2020-01-01"}, {"email": "x"}):
        assert alice.post(share_url(process), form(**wrong)).status_code == 422
    assert alice.post(share_url(process), form(parts=["notes"])).status_code == 422
    for unknown in ("nothing.nothing", "users.user"):
        assert alice.get(f"{HOME}my/shared/{unknown}/{process.pk}/").status_code == 404
    with company_scope(world.home.company):
        assert not ShareLink.objects.exists()


def test_a_link_dies_with_what_its_sender_sees(world: World, process: Process, browser: Visitor) -> None:
    path = shared(world, process)
    opened(browser, path)
    with company_scope(world.home.company):
        Membership.objects.filter(user=world.alice).update(roles=["finance"])
    assert browser.get(RECORD).status_code == 404, "finance does not see how matters stand"
    assert Visitor().get(path, follow=True).status_code == 404


def test_another_company_opens_nothing(world: World, process: Process, browser: Visitor) -> None:
    path = shared(world, process).replace("castro-lima", "altura")
    browser.get(path)
    assert DEAD in browser.get("/p/altura/en/s/").content.decode()


@pytest.mark.parametrize("parts", [[], ["notices"], ["documents"], ["conversation"]])
def test_the_walls_alone_keep_what_was_not_ticked(world: World, process: Process, parts: list[str]) -> None:
    tables = {
        "documents_document": "documents",
        "conversations_message": "conversation",
        "conversations_thread": "conversation",
    }
    with (
        company_scope(world.home.company, VISITOR, records=[process.pk], parts=parts),
        connection.cursor() as cursor,
    ):
        for table, part in tables.items():
            cursor.execute(f"select count(id) from {table}")
            assert bool(cursor.fetchone()[0]) == (part in parts), table
        cursor.execute("select count(id) from processes_notice where not is_marked")
        assert bool(cursor.fetchone()[0]) == ("notices" in parts)
        cursor.execute("select count(id) from conversations_message where kind = 'note'")
        assert cursor.fetchone()[0] == 0


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(
    roles=strategies.sets(strategies.sampled_from(CustomerRole.values), min_size=1),
    parts=strategies.sets(strategies.sampled_from(["notices", "documents", "conversation"])),
)
def test_a_link_shows_no_more_than_its_sender_sees(
    world: World, process: Process, roles: set[str], parts: set[str]
) -> None:
    home = world.home
    with company_scope(home.company):
        Membership.objects.filter(user=world.alice).update(roles=sorted(roles))
    link = link_to(home.company, process, world.alice, parts=sorted(parts))
    seen = Browser().sign_in(world.alice, home.company).get(f"{HOME}my/processes/{process.pk}/")
    shown = Browser().with_link(home.company, link.pk).get(RECORD)
    assert (shown.status_code == 200) == (seen.status_code == 200)
    marks = {"notices": WRITTEN, "documents": "deed.txt", "conversation": SAID, "": NOTED}
    of_link = {part for part, mark in marks.items() if mark in shown.content.decode()}
    of_sender = {part for part, mark in marks.items() if mark in seen.content.decode()}
    assert of_link <= of_sender
    assert of_link <= parts


def test_every_record_can_be_shared_and_shows_its_facts(world: World) -> None:
    home = world.home
    with company_scope(home.company):
        on = card_in_scope().modules
    kinds = [record for record in records if record._meta.app_label in on]
    assert {"processes.process", "documents.documentrequest"} <= {kind.record_type() for kind in kinds}
    for record in kinds:
        with company_scope(home.company):
            one = record_of(record, home.customers["alice"])
        offered = [part.name for part in parts_of(record.record_type(), on)]
        assert offered[0] == "facts"
        link = link_to(home.company, one, world.alice, parts=offered[1:])
        page = Browser().with_link(home.company, link.pk).get(RECORD)
        assert page.status_code == 200, record
        with company_scope(home.company), translation.override("en"):
            number, state = one.record_number(), one.record_state()
        assert number in page.content.decode(), record
        assert escape(state) in page.content.decode(), record


def test_staff_share_no_draft(world: World) -> None:
    """What the customer's own owners do not find is shown to nobody else either."""
    home = world.home
    with company_scope(home.company):
        draft = Invoice.objects.create(
            company=home.company, customer=home.customers["alice"], currency="EUR", is_imported=False
        )
    manager = Browser().sign_in(home.manager)
    url = f"/admin/access/share/billing.invoice/{draft.pk}/"
    assert manager.post(url, form()).status_code == 422
    link = link_to(home.company, draft, home.manager, actor_kind=ActorKind.STAFF)
    assert Browser().with_link(home.company, link.pk).get(RECORD).status_code == 404
    with company_scope(home.company):
        assert ShareLink.objects.count() == 1
