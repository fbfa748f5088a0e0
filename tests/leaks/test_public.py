"""The leak probe from outside: customers and visitors of one company, over every public address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from portal_modules.core.access import Level
from tests.leaks.addresses import filled, templates
from tests.leaks.everything import Belongings, fill
from tests.leaks.test_admin import NOT_ASKED, fingerprint, leaks, seen
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOT_PUBLIC = ("admin/", "static/", "media/", "demo/", "health/")


def stranger(world: World) -> Client:
    """Somebody who knows nothing."""
    return Browser(raise_request_exception=False)


def holder(world: World) -> Client:
    """Somebody who gave the number of alice's process."""
    browser = Browser(raise_request_exception=False)
    return browser.with_number(world.home.company, world.home.processes["alice"].pk)


def alice(world: World) -> Client:
    """A customer of castro-lima."""
    return Browser(raise_request_exception=False).sign_in(world.alice, world.home.company, Level.PASSWORD)


def dora(world: World) -> Client:
    """A customer of altura, who brings that company's session here."""
    return Browser(raise_request_exception=False).sign_in(world.dora, world.other.company, Level.PASSWORD)


def public_paths(theirs: Belongings) -> Iterator[str]:
    """Every address that is not the back office's, below castro-lima, with the other's identifiers."""
    for template in templates(""):
        if (
            template.startswith(NOT_PUBLIC)
            or NOT_ASKED.search(template)
            or "//" in template
            or "*" in template
        ):
            continue
        for language in ("en", "pt") if template[:3] in {"pt/", "es/", "en/"} else ("",):
            path = f"{language}/{template[3:]}" if language else template
            for whole in filled(path, theirs):
                yield f"/p/castro-lima{whole}"
    # What has no template: pages by their place in the tree, and documents.
    yield "/p/castro-lima/en/"
    yield "/p/castro-lima/en/news/"
    yield "/p/castro-lima/en/altura-en/news/one/"
    for document in theirs.ids["document"]:
        yield f"/p/castro-lima/documents/{document}/d.txt"
        yield f"/documents/{document}/d.txt"


@pytest.mark.parametrize("persona", [stranger, holder, alice, dora])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_public_address_shows_or_changes_another_company(
    world: World, persona: Callable[[World], Any], method: str
) -> None:
    fill(world.home, "CASTRO-OWN")
    theirs = fill(world.other, MARKER)
    browser = persona(world)
    number = world.other.processes["dora"].lookup_number
    data = {
        "number": number,
        "q": "ALTURA",
        "login": world.dora.email,
        "password": "x",
        "email": world.dora.email,
    }
    before = fingerprint(world.other.company.pk)
    found, broken, asked = [], [], 0
    for path in public_paths(theirs):
        with transaction.atomic():
            response = getattr(browser, method)(path, data)
            text = seen(response)
        asked += 1
        if leaks(text):
            found.append((response.status_code, path))
        if response.status_code >= 500:
            broken.append((response.status_code, path))
    assert not found, f"{len(found)} of {asked} leak:\n" + "\n".join(map(str, found))
    assert not broken, f"{len(broken)} of {asked} break:\n" + "\n".join(map(str, broken))
    assert fingerprint(world.other.company.pk) == before
    assert asked > 30
