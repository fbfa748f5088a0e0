"""The leak probe: staff of one company ask the back office for everything of another.

Every address and verb, with the other's identifiers put in: its mark is never seen, and no row of it
changes. In three runs: behind all walls; behind the database's walls alone; behind django-scopes alone,
for the addresses of modules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import django_scopes.manager
import pytest
from django.db import connection, transaction

from portal_modules.core import middleware, scope
from portal_modules.core.actions import enter_company
from portal_modules.core.scope import company_scope
from tests.leaks.addresses import filled, templates
from tests.leaks.everything import Belongings, fill
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World
from tests.world.owner import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OWN = "CASTRO-OWN"
# Signing out ends the probe; the rest waits or streams for as long as one reads.
NOT_ASKED = re.compile(r"admin/(logout|sign-out|login|companies)")
BETWEEN_FINGERPRINTS = 20
MODULES = re.compile(r"/admin/(customers|processes|snippets/processes)/")


@pytest.fixture
def belongings(world: World) -> tuple[Belongings, Belongings]:
    """What each of the two companies has."""
    return fill(world.home, OWN), fill(world.other, MARKER)


def seen(response: Any) -> str:
    """All that an answer says: body, streamed or not, and headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace") + repr(sorted(response.headers.items()))


def leaks(text: str) -> bool:
    """Is there anything of the other company?"""
    return MARKER in text or MARKER.lower() in text or "altura ·" in text


def ask(browser: Browser, method: str, path: str, data: dict[str, Any] | None = None) -> tuple[int, str]:
    """One request in a savepoint of its own, so that an error of the database spoils nothing after it."""
    with transaction.atomic():
        response = getattr(browser, method)(path, data or {})
        text = seen(response)
    return response.status_code, text


def queries(path: str) -> list[str]:
    """The address itself, searched for the other's mark, and exported."""
    return [path, f"{path}?q=ALTURA", f"{path}?export=csv"]


def get_paths(
    theirs: Belongings, only: re.Pattern[str] | None = None, *, briefly: bool = False
) -> Iterator[str]:
    """Every address of the back office with the other's identifiers; briefly: with one of each."""
    for template in templates("admin/"):
        if NOT_ASKED.search(template):
            continue
        for path in filled(template, theirs, limit=1) if briefly else filled(template, theirs):
            if only is None or only.search(path):
                yield from queries(path) if "<" not in template and not briefly else [path]


def probe_get(
    browser: Browser,
    theirs: Belongings,
    only: re.Pattern[str] | None = None,
    *,
    briefly: bool = False,
) -> None:
    """No GET shows the other's mark or breaks."""
    found, broken, asked = [], [], 0
    for path in get_paths(theirs, only, briefly=briefly):
        status, text = ask(browser, "get", path)
        asked += 1
        if leaks(text):
            found.append((status, path, _around(text)))
        if status >= 500:
            broken.append((status, path))
    assert not found, f"{len(found)} of {asked} leak:\n" + "\n".join(map(str, found))
    assert not broken, f"{len(broken)} of {asked} break:\n" + "\n".join(map(str, broken))
    assert asked > (20 if only else 200 if briefly else 400)


def _around(text: str) -> str:
    at = max(text.find(MARKER), text.find(MARKER.lower()), text.find("altura ·"))
    return re.sub(r"\s+", " ", text[max(0, at - 100) : at + 60])


def fingerprint(company_id: int) -> dict[str, str]:
    """A digest of each table's rows of one company, seen from behind the walls."""
    digests = {}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.columns where column_name = 'company_id' "
            "and table_schema = 'public' order by 1"
        )
        wanted = [(table, f"company_id = {company_id}") for (table,) in cursor.fetchall()]
        wanted += [
            ("core_company", f"id = {company_id}"),
            (
                "users_user",
                f"id in (select user_id from core_staffmembership where company_id = {company_id})",
            ),
        ]
        for table, where in wanted:
            cursor.execute(
                f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t where {where}"
            )
            digests[table] = cursor.fetchone()[0]
    return digests


def bodies(theirs: Belongings, ours: Belongings) -> list[dict[str, Any]]:
    """What is posted: nothing, a confirmation, and forms full of the other's identifiers."""
    foreign = {key: values[0] for key, values in theirs.ids.items()}
    return [
        {},
        {"confirm": "yes", "_confirm": "1", "id": foreign["page"], "ids": list(theirs.ids["page"])},
        {
            "name": "Moved",
            "title": "Moved",
            "slug": "moved",
            "customer": foreign["customer"],
            "kind": foreign["kind"],
            "phase": foreign["phase"],
            "group": foreign["customergroup"],
            "collection": foreign["collection"],
            "user": foreign["user"],
            "image": foreign["image"],
            "parent_page": foreign["page"],
            "chooser-parent_page": foreign["page"],
            "new_parent_page": foreign["page"],
            "workflow": foreign["workflow"],
            "locales": list(theirs.ids["locale"]),
            "old_path": "/stolen",
            "site": foreign["site"],
            "redirect_page": foreign["page"],
            "action-publish": "1",
            "opened_on": "2026-01-01",
            "phase_since": "2026-01-01",
            "country": "PT",
            "is_customer": "on",
            "first_name": "X",
            "email": "moved@example.com",
            "comment": "x",
        },
    ]


def probe_post(
    browser: Browser, world: World, ours: Belongings, theirs: Belongings, *, briefly: bool = False
) -> None:
    """No POST shows the other's mark, changes a row of it, or breaks; briefly: with one form at each address."""
    other = world.other.company
    before = fingerprint(other.pk)
    found, broken, changed, asked = [], [], [], 0
    wanted = [template for template in templates("admin/") if not NOT_ASKED.search(template)]
    for number, template in enumerate(wanted, start=1):
        for path in filled(template, theirs, limit=1 if briefly else 2):
            for data in bodies(theirs, ours)[-1 if briefly else 0 :]:
                with transaction.atomic():
                    point = transaction.savepoint()
                    status, text = ask(browser, "post", path, data)
                    transaction.savepoint_rollback(point) if status >= 500 else transaction.savepoint_commit(
                        point
                    )
                asked += 1
                if leaks(text):
                    found.append((status, path, _around(text)))
                if status >= 500:
                    broken.append((status, path, sorted(data)))
        # All tables are read for a fingerprint: not after each address, but often enough to say where it was.
        if number % BETWEEN_FINGERPRINTS and number < len(wanted):
            continue
        after = fingerprint(other.pk)
        if after != before:
            where = wanted[max(0, number - BETWEEN_FINGERPRINTS) : number]
            changed.append((where, sorted(key for key in after if after[key] != before[key])))
            before = after
    assert not found, f"{len(found)} of {asked} leak:\n" + "\n".join(map(str, found))
    assert not changed, "changed rows of the other company:\n" + "\n".join(map(str, changed))
    assert not broken, f"{len(broken)} of {asked} break:\n" + "\n".join(map(str, broken))
    assert asked > (200 if briefly else 400)


@contextmanager
def without_scopes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """django-scopes filters nothing: the database's walls stand alone."""
    monkeypatch.setattr(django_scopes.manager, "get_scope", lambda: {"_enabled": False})
    yield


@contextmanager
def without_walls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Staff run as the tables' owner, who sees all rows: django-scopes stands alone."""
    monkeypatch.setattr(scope, "STAFF", "balcao_owner")
    monkeypatch.setattr(middleware, "STAFF", "balcao_owner")
    yield


def manager(world: World) -> Browser:
    """The manager of castro-lima."""
    return Browser(raise_request_exception=False).sign_in(world.home.manager)


def administrator(world: World) -> Browser:
    """The platform's administrator, who has entered castro-lima and may do everything there."""
    with company_scope(world.home.company):
        enter_company(world.home.company, world.root)
    return Browser(raise_request_exception=False).sign_in(world.root)


# The administrator's probe asks for everything behind all walls, the manager's with the database's alone;
# the other two ask once at each address.
@pytest.mark.parametrize(("persona", "briefly"), [(manager, True), (administrator, False)])
def test_no_address_shows_another_company(
    world: World,
    belongings: tuple[Belongings, Belongings],
    persona: Callable[[World], Browser],
    briefly: bool,
) -> None:
    probe_get(persona(world), belongings[1], briefly=briefly)


def test_the_walls_alone_show_no_other_company(
    world: World, belongings: tuple[Belongings, Belongings], monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_scopes(monkeypatch):
        probe_get(manager(world), belongings[1])


def test_scopes_alone_show_no_other_company_in_modules(
    world: World, belongings: tuple[Belongings, Belongings], monkeypatch: pytest.MonkeyPatch
) -> None:
    with without_walls(monkeypatch):
        probe_get(manager(world), belongings[1], MODULES)


@pytest.mark.parametrize(("persona", "briefly"), [(manager, True), (administrator, False)])
def test_no_post_reaches_another_company(
    world: World,
    belongings: tuple[Belongings, Belongings],
    persona: Callable[[World], Browser],
    briefly: bool,
) -> None:
    probe_post(persona(world), world, *belongings, briefly=briefly)


def test_own_things_are_seen_where_they_should_be(
    world: World, belongings: tuple[Belongings, Belongings]
) -> None:
    """A probe that shows nothing proves nothing: with one's own identifiers the mark is everywhere."""
    browser = manager(world)
    shown, asked = set(), 0
    for template in templates("admin/"):
        if NOT_ASKED.search(template):
            continue
        for path in filled(template, belongings[0], limit=1):
            status, text = ask(browser, "get", path)
            asked += 1
            if status == 200 and OWN in re.sub(r'"title": "?balcao', "", text):
                shown.add(template)
    for needed in (
        "admin/customers/customer/",
        "admin/customers/contact/",
        "admin/processes/process/",
        "admin/processes/process/inspect/<instance_pk>/",
        "admin/snippets/processes/processkind/",
        "admin/pages/<parent_page_id>/",
        "admin/pages/<page_id>/edit/",
        "admin/pages/<page_id>/history/",
        "admin/images/<image_id>/",
        "admin/documents/edit/<document_id>/",
        "admin/reports/site-history/",
        "admin/redirects/",
        "admin/jobs/<pk>/",
        "admin/jobs/<pk>/report/",
        "admin/jobs/<pk>/file/",
        "admin/imports/<pk>/columns/",
        "admin/imports/<pk>/confirm/",
    ):
        assert needed in shown, f"{needed} shows nothing of the own company"
    assert len(shown) > 100
