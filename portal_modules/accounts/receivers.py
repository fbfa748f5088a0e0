"""What follows from what happens at a door: a line in the log, and a mail to whose login it was.

The log tells who, where and how; never what was typed.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa import signals as second_factor
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver

from portal_modules.accounts.actions import invite_contact, note_access, tell_own
from portal_modules.accounts.adapter import company_of
from portal_modules.accounts.choices import AccessKind
from portal_modules.accounts.coming_in import write_down
from portal_modules.accounts.events import FACTOR_ADDED, FACTOR_REMOVED, PASSWORD_CHANGED
from portal_modules.accounts.origins import origin_of
from portal_modules.accounts.tasks import REFUSED_SIGN_IN, note_refused
from portal_modules.core.companies import workplaces_of
from portal_modules.core.doors import proof_in_session
from portal_modules.core.events import events
from portal_modules.core.identity import throttle_identity
from portal_modules.core.looking import memberships_of
from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope
from portal_modules.core.secrets import encrypt, keyed_hash
from portal_modules.core.throttle import client_address
from portal_modules.customers.events import ACCESS_WANTED
from portal_modules.customers.models import Contact
from portal_modules.users.models import User

from . import colleague_emails as colleague_emails  # it writes the mails to colleagues

logger = logging.getLogger("balcao.doors")


def _write(event: str, request: Any, **facts: object) -> None:
    company = getattr(request, "company", None)
    facts = {
        "company": company.pk if company else "-",
        "from": client_address(request) if request else "-",
        **facts,
    }
    logger.info("%s %s", event, " ".join(f"{name}={value}" for name, value in facts.items()))


def _user(user: Any) -> str:
    return str(getattr(user, "uuid", "-"))


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: Any, user: Any, **kwargs: Any) -> None:
    """Somebody is in."""
    level = proof_in_session(request, user)
    _write("door.signed_in", request, user=_user(user), level=int(level))
    methods = [str(each.get("method")) for each in get_authentication_records(request, user)]
    write_down(request, user, methods=methods, level=level)


@receiver(user_login_failed, dispatch_uid="accounts.refused")
def refused(credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
    """Somebody was not let in. Lines about one address share a mark, which tells the address to nobody."""
    typed = throttle_identity(str(credentials.get("email") or credentials.get("username") or ""))
    _write("door.refused", request, who=keyed_hash("accounts.log", typed)[:12])
    company = company_of(request) if request else None
    # A door that asks for no address has nobody to tell: a tax id is no login.
    if company is not None and credentials.get("email"):
        # Whose it is, if anybody's, is asked after the answer: the door takes as long for all addresses.
        origin = origin_of(request)
        kept = encrypt(typed, purpose=REFUSED_SIGN_IN)
        note_refused.enqueue(company.pk, kept, origin.place, origin.user_agent)


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(request: Any, user: Any, **kwargs: Any) -> None:
    """Somebody left."""
    _write("door.signed_out", request, user=_user(user))
    if user is not None:
        _note(request, user, AccessKind.SIGNED_OUT)


@receiver(second_factor.authentication_failed, dispatch_uid="accounts.code_refused")
def code_refused(request: Any, user: Any, **kwargs: Any) -> None:
    """A second factor did not fit."""
    _write("door.second_factor_refused", request, user=_user(user))
    _note(request, user, AccessKind.REFUSED, methods=["mfa"])


@receiver(second_factor.authenticator_added, dispatch_uid="accounts.factor_added")
@receiver(second_factor.authenticator_removed, dispatch_uid="accounts.factor_removed")
@receiver(second_factor.authenticator_reset, dispatch_uid="accounts.factor_reset")
def factor_changed(request: Any, user: Any, authenticator: Any, signal: Any, **kwargs: Any) -> None:
    """A second factor came, went, or was made anew."""
    names = {
        second_factor.authenticator_added: "added",
        second_factor.authenticator_removed: "removed",
        second_factor.authenticator_reset: "reset",
    }
    _write(f"door.second_factor_{names[signal]}", request, user=_user(user), type=authenticator.type)
    event = FACTOR_REMOVED if signal is second_factor.authenticator_removed else FACTOR_ADDED
    kind = AccessKind.FACTOR_REMOVED if event == FACTOR_REMOVED else AccessKind.FACTOR_ADDED
    _note(request, user, kind, methods=[str(authenticator.type)])
    _tell_own(request, user, event, factor=str(authenticator.type))


@receiver(password_changed, dispatch_uid="accounts.password_changed")
def changed_password(request: Any, user: Any, **kwargs: Any) -> None:
    """A password was changed by its owner."""
    _write("door.password_changed", request, user=_user(user))
    _note(request, user, AccessKind.PASSWORD_CHANGED)
    _tell_own(request, user, PASSWORD_CHANGED)


@events.receive(ACCESS_WANTED)
def let_in(company_id: int, contact_id: int, by_id: int | None) -> None:
    """Staff wrote down somebody who is to get in."""
    by = User.objects.filter(pk=by_id).first() if by_id is not None else None
    invite_contact(Contact.objects.get(pk=contact_id), by=by)


def _note(request: Any, user: Any, kind: AccessKind, **facts: Any) -> None:
    """Into the log that a customer's people read of themselves."""
    company = company_of(request) if request else None
    if company is None or not memberships_of(user.pk, company):
        return
    with company_scope(company):
        note_access(company, kind, user_id=user.pk, origin=origin_of(request), **facts)


def _tell_own(request: Any, user: Any, event: str, **payload: str) -> None:
    """From the company whose pages are shown; else from the first that the person works in.

    Whoever runs the platform works in none, and nobody writes to them.
    """
    company = company_of(request)
    if company is None:
        places = workplaces_of(user.pk)
        if not places:
            return
        with database_scope(Scope(role=STAFF, companies=(places[0].company.id,))):
            company = Company.objects.get(pk=places[0].company.id)
    with company_scope(company):
        tell_own(user, event, company=company, language=company.language, **payload)
