"""Recognising people."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError

from portal_modules.core.identity import normalize_email
from portal_modules.users.models import User

NOBODY = 0  # no user has this id: what is asked about it costs the same and finds nothing


def recognise(email: str, password: str, *, admits: Callable[[User], bool]) -> User | None:
    """The person of an address and a password, if the door admits them.

    Known and unknown addresses cost the same: one look at the users, one at what the door asks, one hash.
    """
    user = _user_of(email)
    admitted = admits(user or User(pk=NOBODY))
    if user is None:
        User().set_password(password)
        return None
    knows_it = user.check_password(password)
    return user if knows_it and admitted and user.is_active and not user.is_technical else None


def _user_of(email: str) -> User | None:
    try:
        address = normalize_email(email)
    except ValidationError:
        address = ""
    return User.objects.filter(email=address).first()
