"""How allauth behaves here."""

from __future__ import annotations

import ipaddress
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import qrcode  # type: ignore[import-untyped]  # it has no types
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import get_script_prefix, reverse
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

from portal_modules.accounts.agreeing import owed_versions
from portal_modules.core.access import ActorKind, Level
from portal_modules.core.doors import came_by_access_code, has_second_factor, proof_in_session
from portal_modules.core.looking import grant_level, is_known_to_sister, memberships_of
from portal_modules.core.redirects import safe_next
from portal_modules.core.secrets import decrypt, encrypt
from portal_modules.core.throttle import client_address

_PURPOSE = "accounts.second_factor"
# The company by whose door somebody came who has to accept its texts before it opens.
_AGREES = "accounts.agrees"
_REMEMBERS = "accounts.remembers"
DEVICE_LASTS = 30 * 24 * 60 * 60
SESSION_LASTS = 12 * 60 * 60


def company_of(request: Any) -> Any:
    """The company whose pages are shown; staff have one in the back office, which is not the page's."""
    return None if request.path_info.startswith("/admin/") else getattr(request, "company", None)


def onward(request: HttpRequest, candidate: str | None, *, default: str) -> str:
    """Where to go on to: inside the pages of the company, or of the platform, that are shown now."""
    return safe_next(candidate, prefix=get_script_prefix(), hosts={request.get_host()}, default=default)


class PortalAccountAdapter(DefaultAccountAdapter):
    """allauth, for companies that decide themselves who is a customer."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never by allauth's page: each company has its own way to become known."""
        return False

    def login(self, request: Any, user: Any) -> None:
        """Sign in, and remember for this company alone what was proved.

        Before allauth announces it: the announcement writes down the session's identifier, which changes
        with the grant.
        """
        super().login(request, user)
        remember_proof(request, user)

    def post_login(self, request: Any, user: Any, **kwargs: Any) -> Any:
        """The page asked for; before it the company's new terms, where they have to be accepted."""
        response = super().post_login(request, user, **kwargs)
        if company_of(request) and owed_versions(request.card, user):
            return HttpResponseRedirect(agreement_page(response.url))
        return response

    def get_login_redirect_url(self, request: Any) -> str:
        """The customer's home; where no company is shown, the back office."""
        return reverse("my_home") if company_of(request) else reverse("wagtailadmin_home")

    def get_logout_redirect_url(self, request: Any) -> str:
        """The front of what is shown."""
        return get_script_prefix() if company_of(request) else reverse("staff_sign_in")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where the account's protection is shown."""
        return reverse("mfa_index")

    def is_safe_url(self, url: str) -> bool:
        """Is it inside the pages that are shown?"""
        return bool(onward(context.request, url, default=""))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where the request comes from, as the throttles count it; behind a socket nobody knows."""
        address = client_address(request)
        return str(ipaddress.IPv4Address(0)) if address == "unknown" else address

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Is it this person's password? Users have one address and no list of them."""
        return bool(user.check_password(password))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: what the doors send goes through the outbox, in the company's frame."""

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Not from here: a link is made from the company, never from the request's host."""
        raise NotImplementedError("links to a new password are made by the company's own mails")


def remember_proof(request: Any, user: Any) -> None:
    """Keep in the session, for the company whose pages are shown, what was proved just now.

    Not before the person has accepted what holds there: without the grant the company's pages stay closed.
    """
    company = company_of(request)
    level = proof_in_session(request, user)
    if company is None or level < Level.REGISTERED or not memberships_of(user.pk, company):
        return
    if owed_versions(request.card, user):
        request.session[_AGREES] = company.pk
        return
    actor = ActorKind.ACCESS_CODE if came_by_access_code(request, user) else ActorKind.CONTACT
    lasts = DEVICE_LASTS if request.session.get(_REMEMBERS) else SESSION_LASTS
    grant_level(request, company, level, actor=actor, seconds=lasts)


def remember_acceptance(request: Any, user: Any) -> None:
    """Whoever came by this company's door and has accepted its texts is in. Known to a sister, they were all along."""
    if request.session.pop(_AGREES, None) == request.company.pk:
        remember_proof(request, user)


def keep_session(request: Any, *, remember: bool) -> None:
    """How long this browser stays signed in: a device that remembers for 30 days, others until they are closed.

    And no longer than twelve hours, whatever the browser says of being closed: the grant itself ends then.
    """
    request.session[_REMEMBERS] = remember
    request.session.set_expiry(DEVICE_LASTS if remember else 0)


def waiting_to_agree(request: Any) -> Any:
    """Whoever is signed in here but for accepting the company's texts; None when nobody is.

    The middleware takes such a person for a stranger, so the session itself is asked.
    """
    if company_of(request) is None or SESSION_KEY not in request.session:
        return None
    user = get_user(request)
    if not user.is_authenticated:
        return None
    if request.session.get(_AGREES) == request.company.pk:
        proof = proof_in_session(request, user)
        if proof < Level.REGISTERED or (proof < Level.SECOND_FACTOR and has_second_factor(user)):
            return None
    elif not is_known_to_sister(request.session, request.company):
        return None  # signed in at some other company, which is nothing to this one
    if not memberships_of(user.pk, request.company):
        return None
    return user if owed_versions(request.card, user) else None


def agreement_page(next_url: str) -> str:
    """Where somebody accepts what is new, and goes on from there."""
    query = f"?{urlencode({'next': next_url})}" if next_url else ""
    return f"{reverse('accounts:agree')}{query}"


class PortalMFAAdapter(DefaultMFAAdapter):
    """Second factors: kept encrypted, and named after the company or the platform."""

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows above the code."""
        return self._get_site_name()

    def _get_site_name(self) -> str:
        company = company_of(context.request)
        return str(company.name if company else settings.WAGTAIL_SITE_NAME)

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app's camera, on white: a dark page would hide it."""
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawing)
        return drawing.getvalue().decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A security key is bound to the platform's host, and opens at each company below it.

        On a host of the company's own it is bound to that one.
        """
        host = context.request.get_host().partition(":")[0].lower()
        platform = settings.PLATFORM_HOST
        is_below = host == platform or host.endswith(f".{platform}")
        return {"id": platform if is_below else host, "name": self._get_site_name()}

    def encrypt(self, text: str) -> str:
        """What is written to the table: worth nothing without the installation's key."""
        return encrypt(text, purpose=_PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """What was written. Raises `SecretUnreadable`: an empty secret would fit a code anybody can make."""
        return decrypt(encrypted_text, purpose=_PURPOSE)
