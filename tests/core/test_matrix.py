"""The permission matrix: every address of the site, asked by every persona. See `tests.core.matrix`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import translation

from portal_modules.core.actions import enter_company
from portal_modules.core.modules import modules
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from tests.core.matrix import OUTCOMES, PERSONAS, STAFF, all_lines, rule_of
from tests.leaks.addresses import filled, templates
from tests.leaks.everything import Belongings, fill
from tests.modules.rows import record_of
from tests.world.browsing import Browser
from tests.world.companies import World
from tests.world.links import link_to

pytestmark = pytest.mark.django_db

PREFIX = "/p/castro-lima/"
# Belongs to the installation, not to a company.
PLATFORM = re.compile(r"admin/|demo/|health/|hooks/|media/|static/")
# May be kept: no company's and nobody's secret, or a style sheet whose address carries its version.
KEPT = re.compile(r"/health/|/media/|/static/|/brand\.css|/admin/jsi18n/|/admin/sprite")
# Ask for nothing more once you are out: tried by themselves in the tests of the doors.
LEAVING = re.compile(r"admin/logout/")

Ask = Callable[[str, str, str], Any]


def addresses() -> list[str]:
    """Every address of the site, with the public language taken out."""
    with translation.override("en"):
        return [re.sub(r"\Aen/", "<lang>/", template) for template in templates("")]


def listed_addresses() -> list[str]:
    """Those that are asked one by one."""
    return [address for address in addresses() if not address.startswith("admin/")]


def office_addresses() -> list[str]:
    """Those of the back office."""
    return [address for address in addresses() if address.startswith("admin/") and not LEAVING.match(address)]


def path_of(address: str, world: World) -> str:
    """An address with alice's record, or something nobody has, in its places."""
    path = address.replace("<lang>", "en")
    if found := re.match(r"<lang>/my/(\w+)/", address):
        path = path.replace("<pk>", str(_record_of_alice(found[1], world)))
    path = path.replace("<pk>", "1").replace("<uuid>", str(uuid4()))
    path = re.sub(r"<\w*id>", "1", path)
    path = re.sub(r"<\w+>", "x", path)
    return f"/{path}" if PLATFORM.match(path) else f"{PREFIX}{path}"


def _record_of_alice(label: str, world: World) -> Any:
    with company_scope(world.home.company):
        for record in records:
            if record._meta.app_label == label:
                return record_of(record, world.home.customers["alice"]).pk
    return uuid4()


@pytest.fixture
def ask(world: World) -> Ask:
    """One request of a persona; what it changes, signing out too, is undone."""
    browsers = {name: _browser(name, world) for name in PERSONAS}
    jars = {
        name: {key: morsel.value for key, morsel in browser.cookies.items()}
        for name, browser in browsers.items()
    }

    def answer(persona: str, method: str, path: str) -> Any:
        browser = Browser(raise_request_exception=False)
        for key, value in jars[persona].items():
            browser.cookies[key] = value
        with transaction.atomic():
            point = transaction.savepoint()
            response = getattr(browser, method)(path)
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.savepoint_rollback(point)
        return response

    return answer


def _browser(persona: str, world: World) -> Browser:
    home = world.home
    browser = Browser()
    match persona:
        case "anonymous":
            return browser
        case "number":
            return browser.with_number(home.company, home.processes["alice"].pk)
        case "link":
            link = link_to(home.company, home.processes["alice"], world.alice, parts=["documents"])
            return browser.with_link(home.company, link.pk)
        case "alice" | "bob" | "charlie":
            return browser.sign_in(getattr(world, persona), home.company)
        case "dora":
            return browser.sign_in(world.dora, world.other.company)
        case "stranger":
            return browser.sign_in(world.other.manager)
        case "root":
            with company_scope(home.company):
                enter_company(home.company, world.root)
            return browser.sign_in(world.root)
    return browser.sign_in(getattr(home, persona))


def outcome(response: Any) -> set[str]:
    """All names of what came back."""
    place = response.headers.get("Location", "").partition("?")[0]
    at_door = place.endswith(("/access/sign-in/", "/admin/sign-in/", "/admin/login/"))
    found = {name for name, codes in OUTCOMES.items() if response.status_code in codes}
    return found - ({"moved"} if at_door else {"door"})


def wrong_headers(response: Any, path: str) -> Iterator[str]:
    """What every answer has to say about frames, scripts and being kept."""
    headers = response.headers
    policy = headers.get("Content-Security-Policy", "")
    scripts = next((part for part in policy.split(";") if part.strip().startswith("script-src")), "")
    if "sandbox" not in policy and not scripts:
        yield "has no policy for scripts"
    if "unsafe" in scripts:
        yield f"allows unsafe scripts: {scripts}"
    if headers.get("X-Frame-Options") not in {"DENY", "SAMEORIGIN"} or "frame-ancestors" not in policy:
        yield "may be framed"
    if not KEPT.search(path) and "no-store" not in headers.get("Cache-Control", ""):
        yield f"may be kept: {headers.get('Cache-Control')}"


def test_every_address_is_in_the_table() -> None:
    lines = all_lines()
    missing = [address for address in listed_addresses() if address not in lines]
    missing += [address for address in office_addresses() if rule_of(address) is None]
    assert not missing, "not in tests/core/matrix.py:\n" + "\n".join(missing)
    gone = sorted(lines.keys() - set(addresses()))
    assert not gone, "in the table, and not on the site:\n" + "\n".join(gone)


@pytest.mark.parametrize("persona", PERSONAS)
def test_the_pages_of_customers_and_visitors(ask: Ask, world: World, persona: str) -> None:
    wrong = []
    for address, line in all_lines().items():
        path = path_of(address, world)
        for method in ("get", "post"):
            response = ask(persona, method, path)
            expected = line.expected(method, persona)
            if expected not in outcome(response):
                wrong.append(f"{method} {path}: {response.status_code}, expected {expected}")
            wrong += [f"{method} {path} {fault}" for fault in wrong_headers(response, path)]
    assert not wrong, f"{persona}:\n" + "\n".join(wrong)


def office_paths(belongings: Belongings) -> list[tuple[str, str]]:
    """Each address of the back office with one set of the company's own identifiers."""
    return [(address, filled(address, belongings, limit=1)[0]) for address in office_addresses()]


def is_shut(response: Any) -> bool:
    """A way back, or a refusal: nothing of the page is shown."""
    if response.status_code in {301, 302, 303}:
        place = response.headers["Location"].partition("?")[0]
        return place in {"/admin/", "/admin/companies/", "/admin/sign-in/", "/admin/login/"}
    return response.status_code in {400, 403, 404, 405}


@pytest.mark.slow
@pytest.mark.parametrize("persona", [name for name in PERSONAS if name not in STAFF])
def test_the_back_office_is_shut_to_whoever_does_not_work_here(ask: Ask, world: World, persona: str) -> None:
    """A manager of another company has a back office of their own, and nothing of this one in it."""
    belongings = fill(world.home, "CASTRO-OWN")
    wrong = []
    for address, path in office_paths(belongings):
        rule = rule_of(address)
        if rule and rule.is_for_all or (persona == "stranger" and "<" not in address):
            continue
        for method in ("get", "post"):
            response = ask(persona, method, path)
            shown = not is_shut(response)
            if shown and (persona != "stranger" or b"CASTRO-OWN" in _body(response)):
                wrong.append(
                    f"{method} {path}: {response.status_code} {response.headers.get('Location', '')}"
                )
            wrong += [f"{method} {path} {fault}" for fault in wrong_headers(response, path)]
    assert not wrong, f"{persona}:\n" + "\n".join(wrong)


@pytest.mark.slow
@pytest.mark.parametrize("persona", STAFF)
def test_the_back_office_is_open_to_staff_by_role(ask: Ask, world: World, persona: str) -> None:
    """Open parts show at least one page to those whom they are for, so that the rule means something.

    A form that comes back empty is the same for all who may send it: one persona sends them all.
    """
    belongings = fill(world.home, "CASTRO-OWN")
    wrong: list[str] = []
    pages: dict[str, int] = {}
    for address, path in office_paths(belongings):
        rule = rule_of(address)
        assert rule is not None
        for method in ("get", "post"):
            if method == "post" and persona != "manager" and rule.allows(method, persona):
                continue
            response = ask(persona, method, path)
            wrong += [f"{method} {path} {fault}" for fault in wrong_headers(response, path)]
            if response.status_code >= 500:
                wrong.append(f"{method} {path}: {response.status_code}")
            if rule.is_for_all:
                continue
            if rule.allows(method, persona):
                pages[rule.prefix] = pages.get(rule.prefix, 0) + (response.status_code == 200)
            elif not is_shut(response):
                wrong.append(f"{method} {path}: {response.status_code}, expected to be shut")
    wrong += [f"{prefix} shows no page at all" for prefix, count in pages.items() if not count]
    assert not wrong, f"{persona}:\n" + "\n".join(wrong)


def _body(response: Any) -> bytes:
    return b"" if response.streaming else bytes(response.content)


def test_the_modules_lines_are_joined() -> None:
    """A module that has addresses of its own says so in its own table or in the common one."""
    lines = all_lines()
    for module in modules:
        own = [address for address in listed_addresses() if address.startswith(f"<lang>/my/{module.label}/")]
        assert set(own) <= lines.keys(), module.label
