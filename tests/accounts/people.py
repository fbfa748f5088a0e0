"""Browsers at a door, and what people carry with them."""

from __future__ import annotations

import re
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from tests.world.companies import PASSWORD
from tests.world.owner import as_owner

HOME = "/p/castro-lima/en/"
OTHER = "/p/altura/en/"
SIGN_IN = "/p/castro-lima/en/access/sign-in/"
OTHER_SIGN_IN = "/p/altura/en/access/sign-in/"
STAFF_SIGN_IN = "/admin/sign-in/"
COMPANY_PAGES = "/p/castro-lima/en/access/"
PLATFORM_PAGES = "/en/access/"


class Visitor(Client):
    """Checks tokens like a browser does, and fills in a form that it has read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(enforce_csrf_checks=True, HTTP_ACCEPT_LANGUAGE="en", **kwargs)

    def get(self, *args: Any, **kwargs: Any) -> Any:
        """Open a page."""
        return super().get(*args, **kwargs)

    def send(self, url: str, data: dict[str, str] | None = None, **extra: Any) -> Any:
        """Press the button of a form."""
        if settings.CSRF_COOKIE_NAME not in self.cookies:
            self.get(SIGN_IN, follow=True)
        token = self.cookies[settings.CSRF_COOKIE_NAME].value
        return self.post(url, {**(data or {}), "csrfmiddlewaretoken": token}, **extra)

    def enter(
        self,
        email: str,
        password: str = PASSWORD,
        url: str = SIGN_IN,
        at: dict[str, str] | None = None,
        **data: str,
    ) -> Any:
        """Type an address and a password; `at` are the server's words for where the browser stands."""
        return self.send(url, {"login": email, "password": password, **data}, **(at or {}))

    @property
    def key(self) -> str:
        """The session's identifier."""
        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        return cookie.value if cookie else ""

    def kept(self) -> dict[str, Any]:
        """What the session holds, read behind the walls."""
        with as_owner():
            return dict(SessionStore(self.key).load()) if self.key else {}


def app_code(secret: str, shift: int = 0) -> str:
    """What an authenticator app shows now, or one step of half a minute later."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(totp.time.time()) // 30 + shift)))


def set_up_app(browser: Visitor, pages: str) -> str:
    """Go the whole way of a person who sets up an app; returns its secret."""
    add = f"{pages}second-factor/app/add/"
    asked = browser.get(add)
    assert asked.status_code == 302, "the password is asked for once more"
    assert browser.send(asked.url, {"password": PASSWORD}).status_code == 302
    page = browser.get(add)
    assert page.status_code == 200
    secret = re.search(r'id="authenticator_secret" type="text" value="([A-Z2-7=]+)"', page.content.decode())
    assert secret
    done = browser.send(add, {"code": app_code(secret[1])})
    assert done.status_code == 302, done.content.decode()
    return secret[1]


def give_app(user: Any) -> str:
    """The user has an app, set up in another browser; returns its secret."""
    secret = totp.generate_totp_secret()
    with as_owner():
        totp.TOTP.activate(user, secret)
    return str(secret)


def recovery_codes(user: Any) -> list[str]:
    """Those that are left."""
    with as_owner():
        row = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
        assert decrypt(row.data["seed"])
        return list(row.wrap().get_unused_codes())
