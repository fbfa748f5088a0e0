"""Logins of the demo world, and who works in its companies."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from random import Random

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from portal_modules.core.actions import grant_staff
from portal_modules.core.demo import DemoWorld
from portal_modules.core.identity import normalize_email
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, database_scope

from .models import User

# Printed by `manage.py demo`, which refuses to run anywhere but in a demonstration.
CUSTOMER_PASSWORD = "visita-ao-balcao"  # noqa: S105
STAFF_PASSWORD = "atras-do-balcao"  # noqa: S105


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """Everybody who works there, each in one role."""
    for person in world.staff:
        user = make_login(person.email, person.name, STAFF_PASSWORD, company.language)
        if person.has_app:
            enrol_app(user)
        grant_staff(company, user, person.role, by=None)


def make_login(email: str, name: str, password: str, language: str, *, is_superuser: bool = False) -> User:
    """The login of an address: as it is, or a new one."""
    # Whoever is not known yet is written down at a door, in the role that doors have.
    with database_scope(Scope(role=PORTAL)):
        known: User | None = User.objects.filter(email=normalize_email(email)).first()
        if known is not None:
            return known
        user = User(email=normalize_email(email), name=name, language=language, is_superuser=is_superuser)
        user.password = _hashed(password)
        user.save(force_insert=True)
        return user


@lru_cache
def _hashed(password: str) -> str:
    """Once for everybody: the password is the same, and a hash is slow on purpose."""
    return make_password(password)


def enrol_app(user: User) -> None:
    """Their authenticator app has the secret that the demo tells."""
    with database_scope(Scope(role=PORTAL)):
        if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
            TOTP.activate(user, app_secret(user.email))


def app_secret(email: str) -> str:
    """The secret of somebody's authenticator app: always the same, so that an app can be set up once."""
    return base64.b32encode(hashlib.sha256(f"balcao demo {email}".encode()).digest()[:20]).decode()
