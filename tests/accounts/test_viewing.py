"""Staff look as a customer: they see what the customer sees, for a quarter of an hour, and change nothing."""

from __future__ import annotations

import hashlib
import time
from typing import Any

import pytest
from django.db import connection
from django.db.utils import InternalError
from django.test import RequestFactory

from portal_modules.accounts.models import AccessEvent
from portal_modules.conversations.actions import write_message
from portal_modules.conversations.models import Follower
from portal_modules.core import viewing
from portal_modules.core.access import Access, ActorKind
from portal_modules.core.middleware import AccessMiddleware
from portal_modules.core.models import LogEntry, StaffMembership
from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Process
from tests.accounts.people import HOME
from tests.core.test_matrix import PLATFORM, listed_addresses, path_of
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

MY = f"{HOME}my/"
END = f"{HOME}access/viewing/end/"
# Written beside every request, whoever looks: the session, the count of tries.
BESIDE = frozenset({"django_session", "core_throttle", "usersessions_usersession"})


def begin(world: World, person: Any, customer: str = "alice") -> tuple[Browser, Any]:
    browser = Browser(raise_request_exception=False).sign_in(person)
    pk = world.home.customers[customer].pk
    return browser, browser.post(f"/admin/access/view-as/{pk}/")


@pytest.fixture
def looking(world: World) -> Browser:
    """The clerk, who looks as alice's customer."""
    browser, answer = begin(world, world.home.clerk)
    assert (answer.status_code, answer.url) == (302, MY)
    return browser


def everything() -> dict[str, str]:
    """A mark for the rows of each table, behind the walls."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        tables = {name for (name,) in cursor.fetchall()} - BESIDE
        found = {}
        for table in sorted(tables):
            cursor.execute(f"select coalesce(string_agg(t::text, '|' order by t::text), '') from {table} t")
            found[table] = hashlib.sha256(str(cursor.fetchone()[0]).encode()).hexdigest()
    return found


@pytest.mark.row("A40")
def test_staff_see_what_the_customer_sees(world: World, looking: Browser) -> None:
    page = (
        Browser()
        .sign_in(world.home.clerk)
        .get(f"/admin/customers/customer/inspect/{world.home.customers['alice'].pk}/")
    )
    assert "/admin/access/view-as/" in page.content.decode()
    words = looking.get(MY).content.decode()
    assert "You are looking as" in words
    assert world.home.customers["alice"].name in words
    process = world.home.processes["alice"].pk
    assert looking.get(f"{MY}processes/{process}/").status_code == 200
    assert looking.get(f"{MY}processes/{world.home.processes['charlie'].pk}/").status_code == 404
    assert "You are looking as" in looking.get(HOME).content.decode(), "on every page of the company"
    assert "You are looking as" not in looking.get("/p/altura/en/").content.decode()


def test_it_stands_in_both_logs(world: World, looking: Browser) -> None:
    assert looking.post(END).url.startswith("/admin/customers/customer/inspect/")
    assert looking.get(MY).status_code == 302
    with company_scope(world.home.company):
        lines = AccessEvent.objects.filter(customer=world.home.customers["alice"])
        assert [line.kind for line in lines.order_by("pk")] == ["viewed_as", "view_ended"]
        assert lines.order_by("pk")[0].actor_name == world.home.clerk.get_full_name()
        assert LogEntry.objects.filter(action="accounts.view_as", actor_id=world.home.clerk.pk).exists()
    manager = Browser().sign_in(world.home.manager)
    assert (
        "Looked at the portal as the customer" in manager.get("/admin/reports/site-history/").content.decode()
    )


def test_nothing_is_changed_by_any_address(world: World, looking: Browser) -> None:
    home = world.home
    with company_scope(home.company):
        process = Process.objects.get(pk=home.processes["alice"].pk)
        write_message(process, body="Hello", by=home.clerk, actor=ActorKind.STAFF, author_name="Clerk")
    addresses = [each for each in listed_addresses() if not PLATFORM.match(each)]
    paths = [path_of(each, world) for each in addresses]
    before = everything()
    broken = []
    for path in paths:
        answer = looking.get(path)
        if answer.status_code >= 500:
            broken.append(path)
        if answer.streaming:
            b"".join(answer.streaming_content)
        if path.startswith(HOME) and path != END:
            sent = looking.post(path)
            assert sent.status_code == 403, path
    assert broken == []
    after = everything()
    assert [table for table in before if before[table] != after.get(table)] == []


def test_the_database_itself_refuses(world: World, rf: RequestFactory) -> None:
    """A page that writes when it is opened, were there one, writes nothing."""
    home = world.home

    def writes(_request: Any) -> Any:
        Process.objects.filter(pk=home.processes["alice"].pk).update(title="CHANGED")

    request: Any = rf.get("/en/my/")
    request.access = Access(company=home.company, actor=ActorKind.CONTACT, viewed_by=home.clerk.pk)
    middleware = AccessMiddleware(writes)
    with company_scope(home.company):
        with pytest.raises(InternalError, match="read-only") as caught:
            middleware._only_look(request)
        assert viewing.wanted_to_write(caught.value)
        assert not Process.objects.filter(title="CHANGED").exists()
        writes(request)
        assert Process.objects.filter(title="CHANGED").exists(), "afterwards everything is as before"


def test_messages_stay_unread_and_secrets_secret(world: World, looking: Browser) -> None:
    home = world.home
    process = home.processes["alice"].pk
    assert looking.post(f"{MY}processes/{process}/key/").status_code == 403
    looking.get(f"{MY}processes/{process}/")
    looking.get(f"{MY}conversations/")
    with company_scope(home.company):
        assert not Follower.objects.filter(user=home.clerk, read_until__isnull=False).exists()
    for closed in ("account/", "sessions/", "second-factor/", "password/", "sign-in/", "register/"):
        assert looking.get(f"{HOME}access/{closed}").status_code == 403, closed


def test_it_ends_by_itself(world: World, looking: Browser) -> None:
    with as_owner():
        session = looking.session
        assert session["access.viewing"]["until"] <= time.time() + 15 * 60
        session["access.viewing"] = {**session["access.viewing"], "until": int(time.time()) - 1}
        session.save()
    assert looking.get(MY).status_code == 302
    assert looking.get("/admin/").status_code == 200


@pytest.mark.parametrize("role", ["editor", "reader"])
def test_only_who_has_the_right(world: World, role: str) -> None:
    browser, answer = begin(world, getattr(world.home, role))
    assert answer.status_code in {302, 403}
    assert browser.get(MY).status_code == 302
    stranger, answer = begin(world, world.other.manager)
    assert answer.status_code == 404
    assert stranger.get(MY).status_code == 302
    alice, answer = begin(world, world.alice)
    assert answer.status_code in {302, 403}
    with company_scope(world.home.company):
        assert not AccessEvent.objects.exists()


def test_a_right_that_is_taken_away_ends_it(world: World, looking: Browser) -> None:
    with company_scope(world.home.company):
        StaffMembership.objects.filter(user=world.home.clerk).update(role="reader")
    assert looking.get(MY).status_code == 302


def test_asking_changes_nothing(world: World) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    url = f"/admin/access/view-as/{world.home.customers['alice'].pk}/"
    assert "15 minutes" in clerk.get(url).content.decode()
    assert clerk.get(MY).status_code == 302
