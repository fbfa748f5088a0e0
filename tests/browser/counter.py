"""What a story in the browser needs besides the browser: addresses, mails, and somebody signed in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from playwright.sync_api import Page

from portal_modules.core.access import Level
from portal_modules.core.models import Company
from portal_modules.notifications.tasks import sweep
from portal_modules.users.models import User
from tests.world.browsing import Browser
from tests.world.companies import World

_URL = re.compile(r"https?://[^\s<>\"']+")
# The rules of WCAG 2.2, A and AA, and what axe's authors hold to be good practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True, slots=True)
class Counter:
    """The running site, seen from castro-lima."""

    world: World
    origin: str

    def address(self, path: str = "", *, language: str = "pt", alias: str = "castro-lima") -> str:
        """A page of a company: `address("my/")`."""
        return f"{self.origin}/p/{alias}/{language}/{path}"

    def mails_to(self, email: str) -> list[EmailMultiAlternatives]:
        """Deliver what waits, and what has reached an address by now, oldest first."""
        sweep.func()
        sent = cast(list[EmailMultiAlternatives], mail.outbox)
        return [each for each in sent if any(email in recipient for recipient in each.to)]

    def link_in(self, message: EmailMultiAlternatives, part: str) -> str:
        """The link of a mail that has a part in its address."""
        return next(url for url in _URL.findall(str(message.body)) if part in url)

    def sign_in(
        self, page: Page, user: User, company: Company | None = None, level: Level = Level.PASSWORD
    ) -> None:
        """Have this person signed in here, without the door: as staff, or as a company's customer."""
        with transaction.atomic():
            browser = Browser().sign_in(user, company, level)
        self._keep_session(page, browser)

    def with_number(self, page: Page, company: Company, record: Any) -> None:
        """Have the number of a record typed here."""
        with transaction.atomic():
            browser = Browser().with_number(company, record)
        self._keep_session(page, browser)

    def _keep_session(self, page: Page, browser: Browser) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = browser.cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": self.origin}])


def violations(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA on the page as it is now: each with its rule and where.

    An address is reached before its page has arrived: half a page has links without words.
    """
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": _RULES, "resultTypes": ["violations"]})
    return [
        f"{urlsplit(page.url).path}: {each['id']}: {each['help']}: {node['target']}"
        for each in found.response["violations"]
        for node in each["nodes"]
    ]


def keeps_to_width(page: Page) -> bool:
    """Nothing has to be pushed sideways to be read."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"))
