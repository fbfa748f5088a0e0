"""What every door needs: to look people up before they are known, and to leave no second factor out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse

from portal_modules.core.access import Level
from portal_modules.core.scope import PORTAL, narrow

# Where somebody is let in and out of the back office; they show nothing of it.
STAFF_DOORS: Final = ("/admin/sign-in/", "/admin/login/", "/admin/logout/", "/admin/protect/")

# How somebody came in, as the session remembers it, beside "password" and "mfa", which are the library's words.
LINK: Final = "link"
ACCESS_CODE: Final = "access_code"

_SECOND_FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def as_portal(view: Callable[..., Any]) -> Callable[..., Any]:
    """Let a view look up people and their second factors, and no customer's rows.

    A visitor's role cannot read users, so each view that lets people in, or where they look after their
    own login, takes the portal's role first. It is kept until the end of the request: the page is rendered
    and the session is saved after the view has returned.
    """

    @wraps(view)
    def known_at_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        narrow(role=PORTAL, customers=(), records=())
        return view(request, *args, **kwargs)

    return known_at_the_door


def proof_in_session(request: HttpRequest, user: Any) -> Level:
    """What this browser session has proved of a user: a password, a link of a mail, an access code, a second factor.

    A password and a factor are the person's own. A link and an access code were given by one company, and prove
    nothing to another.
    """
    records = get_authentication_records(request, user)
    methods = {record.get("method") for record in records}
    company = getattr(request, "company", None)
    here = {record.get("method") for record in records if company and record.get("company") == company.pk}
    if "mfa" in methods and ("password" in methods or LINK in here):
        return Level.SECOND_FACTOR
    if "password" in methods:
        return Level.PASSWORD
    return Level.REGISTERED if here & {LINK, ACCESS_CODE} else Level.ANONYMOUS


def came_by_access_code(request: HttpRequest, user: Any) -> bool:
    """Is it an access code, and nobody's own login, that opened this session?"""
    return any(record.get("method") == ACCESS_CODE for record in get_authentication_records(request, user))


def owes_second_factor(request: HttpRequest) -> bool:
    """Has whoever is signed in a second factor that this session has not shown?

    It may have been set up after this session began: a session that knows only the password then ends at
    the doors like any other.
    """
    if proof_in_session(request, request.user) >= Level.SECOND_FACTOR:
        return False
    return has_second_factor(request.user)


def has_second_factor(user: Any) -> bool:
    """Has somebody an app or a key? Recovery codes alone are none."""
    return bool(is_mfa_enabled(user, list(_SECOND_FACTORS)))


def owes_proof(request: HttpRequest) -> bool:
    """Has this session shown less than the back office asks: a password, and the second factor of who has one?"""
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "password" not in methods or owes_second_factor(request)


def at_staff_door(request: HttpRequest) -> bool:
    """Is this one of the pages that let staff in or out?"""
    return request.path_info.startswith(STAFF_DOORS)


def ask_staff_to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """To the door of the back office, and back here afterwards."""
    query = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(f"{reverse('staff_sign_in')}{query}")
