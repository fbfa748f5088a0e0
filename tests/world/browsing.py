"""Browsing as somebody: the test client, signed in the way a browser is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from portal_modules.core.access import Level
from portal_modules.core.models import Company
from portal_modules.users.models import User
from tests.world.owner import as_owner


class Browser(Client):
    """A client whose session is written behind the walls: `force_login` would query outside a scope."""

    def sign_in(self, user: User, company: Company | None = None, level: Level = Level.PASSWORD) -> Browser:
        """Be signed in: as staff, or as a customer of a company."""
        with as_owner():
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = "portal_modules.accounts.backends.DoorBackend"
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session["account_authentication_methods_user"] = str(user.pk)
            session["account_authentication_methods"] = [{"method": "password", "at": 1_760_000_000.0}]
            if company:
                session["access.grants"] = {str(company.pk): {"level": int(level), "at": 1_760_000_000}}
            session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return self

    def with_link(self, company: Company, link: Any) -> Browser:
        """Have opened a share link here."""
        with as_owner():
            session = SessionStore()
            session["access.links"] = {str(company.pk): {"link": str(link), "until": 4_000_000_000}}
            session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return self

    def with_number(self, company: Company, record: Any) -> Browser:
        """Have given the number of a record."""
        with as_owner():
            session = SessionStore()
            session["access.lookups"] = {str(company.pk): {"record": str(record), "until": 4_000_000_000}}
            session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return self
