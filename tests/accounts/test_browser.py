"""The doors in a real browser: the security policy holds, and a security key works."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, sync_playwright

from tests.accounts.people import (
    COMPANY_PAGES,
    PLATFORM_PAGES,
    SIGN_IN,
    STAFF_SIGN_IN,
    app_code,
)
from tests.world.committed import CommittedWorld, committed
from tests.world.companies import PASSWORD, World

__all__ = ["committed"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="there is no Chromium"),
]


@pytest.fixture
def world(committed: CommittedWorld) -> World:
    """The world in a database of its own, because a server writes into it."""
    return committed.world


@pytest.fixture
def origin(world: World) -> Iterator[str]:
    """A running server."""
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    assert server.error is None
    yield f"http://localhost:{server.port}"
    server.terminate()


@pytest.fixture
def page(origin: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page that notes what the policy refused, and has a security key plugged in."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = chromium.new_context(base_url=origin, locale="en", viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.set_default_timeout(45_000)
        heard: list[str] = []
        page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        keys = context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        options: dict[str, Any] = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        yield page
        # A refused form (422) and the picture that browsers ask for (404) are answers, not faults.
        assert [line for line in heard if not line.startswith("Failed to load resource")] == []
        chromium.close()
        connections.close_all()  # those of the loop's context, which nobody would reach once it has ended


def _enter(page: Page, url: str, email: str) -> None:
    page.goto(url)
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("form.form button")


def test_a_security_key_from_adding_it_to_signing_in_with_it(
    world: World, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "PLATFORM_HOST", "localhost")
    _enter(page, SIGN_IN, "alice@example.com")
    page.goto(f"{COMPANY_PAGES}second-factor/keys/add/")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.form button")
    page.wait_for_url("**/keys/add/**")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/second-factor/codes/")
    page.goto(f"{COMPANY_PAGES}sign-out/")
    page.click("main form.form button")
    _enter(page, SIGN_IN, "alice@example.com")
    page.wait_for_url("**/second-step/")
    _keep(page, "second-step")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/my/")
    assert "Sign in" not in page.title()


def test_staff_set_up_an_app_at_the_platform(world: World, page: Page) -> None:
    _enter(page, STAFF_SIGN_IN, world.home.manager.email)
    page.goto(f"{PLATFORM_PAGES}second-factor/app/add/")
    page.fill("input[name=password]", PASSWORD)
    page.click("form.form button")
    page.wait_for_url("**/app/add/**")
    picture = page.locator("img.plate")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    secret = page.locator("#authenticator_secret").get_attribute("value")
    assert secret
    page.fill("input[name=code]", "000000")
    page.click("form.form button")
    assert page.locator(".error-summary").is_visible()
    page.fill("input[name=code]", app_code(secret))
    page.click("form.form button")
    page.wait_for_url("**/second-factor/codes/")
    if folder := os.environ.get("BALCAO_PICTURES"):
        page.screenshot(path=f"{folder}/codes.png")


def test_the_pages_as_pictures(world: World, page: Page) -> None:
    """They open without a word from the policy; with BALCAO_PICTURES they are kept to look at."""
    _enter(page, SIGN_IN, "alice@example.com")
    for address in ("second-factor/", "sessions/", "password/", "again/", "sign-out/", "sign-in/"):
        page.goto(COMPANY_PAGES + address)
        _keep(page, address.strip("/"))
    page.context.clear_cookies()
    page.goto(STAFF_SIGN_IN)
    _keep(page, "staff")
    _enter(page, STAFF_SIGN_IN, world.home.manager.email)
    page.goto(f"{PLATFORM_PAGES}second-factor/")
    _keep(page, "staff-second-factor")


def _keep(page: Page, name: str) -> None:
    assert page.locator("h1").first.is_visible()
    if folder := os.environ.get("BALCAO_PICTURES"):
        page.screenshot(path=f"{folder}/{name.replace('/', '-')}.png", full_page=True)
