"""The site in a real browser: a server with a database of its own, a phone in Portuguese, a desktop in Spanish."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core import mail
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.counter import Counter
from tests.world.committed import CommittedWorld, committed

__all__ = ["committed"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync")
PATIENCE = 45_000  # milliseconds: three browsers share two cores with the servers that they ask
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
    "locale": "pt-BR",
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}, "locale": "es-CL"}

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium; where it is missing it is skipped, except in continuous integration."""
    missing = pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="there is no Chromium")
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            item.add_marker(missing)


@pytest.fixture
def counter(committed: CommittedWorld, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    """The running site and its world. What a test writes goes with its database."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver runs a loop in this thread
    mail.outbox = []
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    settings.PUBLIC_ORIGIN = f"http://localhost:{server.port}"
    yield Counter(committed.world, settings.PUBLIC_ORIGIN)
    server.terminate()


@pytest.fixture
def chromium() -> Iterator[Chromium]:
    """One browser for a test, however many people use it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
        connections.close_all()  # those of the loop's context, which nobody would reach once it has ended


@pytest.fixture
def phone(counter: Counter, chromium: Chromium) -> Iterator[Page]:
    """A phone whose owner reads Portuguese."""
    with _page(chromium, counter, PHONE) as page:
        yield page


@pytest.fixture
def desktop(counter: Counter, chromium: Chromium) -> Iterator[Page]:
    """A desktop whose owner reads Spanish."""
    with _page(chromium, counter, DESKTOP) as page:
        yield page


@contextmanager
def _page(chromium: Chromium, counter: Counter, options: dict[str, Any]) -> Iterator[Page]:
    heard: list[str] = []
    with ExitStack() as stack:
        context = chromium.new_context(base_url=counter.origin, **options)
        stack.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        yield page
        # A refused form (422) and what is not there (404) are answers, not faults.
        assert [line for line in heard if not line.startswith("Failed to load resource")] == []
