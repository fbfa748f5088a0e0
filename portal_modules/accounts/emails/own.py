"""What is mailed at the doors, and about one's own login.

Who typed an address gets the same page whoever it belongs to. What stands in the mail depends on that, and
is decided here, when it is delivered: only who reads the mailbox learns of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.template.defaultfilters import date as written_date
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import home_address, whole_address
from portal_modules.core.companies import card_in_scope
from portal_modules.core.identity import throttle_identity
from portal_modules.core.models import Channel
from portal_modules.customers.models import Membership
from portal_modules.notifications.mails import Button, Mail, Words, mails
from portal_modules.notifications.models import OutboxMessage

from ..actions import (
    cards_without_access,
    code_of,
    colleague_who_asks,
    contacts_of,
    invitation_token,
    link_token_of,
    login_of,
    may_reset,
    may_sign_in,
)
from ..doors import REGISTERING
from ..events import (
    FACTOR_ADDED,
    FACTOR_REMOVED,
    INVITATION,
    PASSWORD_CHANGED,
    REGISTRATION_ASKED,
    RESET_ASKED,
    STAFF_INVITATION,
    STAFF_RESET_ASKED,
    WELCOME,
)
from ..help_channels import for_access
from ..models import AddressProof, Invitation
from ..throttles import STRANGERS_MAIL

_FACTORS: Final[dict[str, Promise]] = {
    Authenticator.Type.TOTP: gettext_lazy("Authenticator app"),
    Authenticator.Type.WEBAUTHN: gettext_lazy("Security key"),
    Authenticator.Type.RECOVERY_CODES: gettext_lazy("Recovery codes"),
}


@mails.for_event(REGISTRATION_ASKED, about=gettext_lazy("Your code for registering"))
def registration_asked(message: OutboxMessage) -> Mail | None:
    """The code; or that there is an account already; or that the address is not on file."""
    proof = open_proof(message)
    if proof is None:
        return None
    user = login_of(proof.email)
    if user is not None and not may_sign_in(user):
        return not_on_file(message)
    if cards_without_access(proof.email, user).exists():
        return _code_for_registering(message, proof)
    if user is not None and may_reset(user, message.company):
        return _has_account(message)
    return not_on_file(message)


@mails.for_event(RESET_ASKED, about=gettext_lazy("Choose a new password"))
def reset_asked(message: OutboxMessage) -> Mail | None:
    """The code and the link; or that there is no account yet; or that the address is not on file."""
    proof = open_proof(message)
    if proof is None:
        return None
    user = login_of(proof.email)
    if user is not None and may_reset(user, message.company):
        return _code_for_reset(message, proof)
    if (user is None or may_sign_in(user)) and cards_without_access(proof.email, user).exists():
        return _no_account_yet(message)
    return not_on_file(message)


def open_proof(message: OutboxMessage) -> AddressProof | None:
    """The row that was asked for, while it can still be answered: a late mail with an old code helps nobody."""
    found = AddressProof.objects.open().fresh().filter(pk=message.payload["proof_id"])
    proof: AddressProof | None = found.first()
    return proof


def _code_for_registering(message: OutboxMessage, proof: AddressProof) -> Mail:
    return Mail(
        subject=_("Your code for registering"),
        title=_("Here is your code"),
        paragraphs=[
            _("Type it on the page where you asked for it, in the same browser. It is good for ten minutes."),
            _("It is not your password: you choose that in the next step."),
            _("Nobody of ours will ever ask you for this code."),
        ],
        facts=[(_("Code"), _spaced(code_of(proof)))],
        reason=asked_reason(message),
    )


def _code_for_reset(message: OutboxMessage, proof: AddressProof) -> Mail:
    return Mail(
        subject=_("Choose a new password"),
        title=_("Choose a new password"),
        paragraphs=[
            _(
                "Press the button, or type this code on the page where you asked for it. Both are good for ten minutes."
            ),
            _("Your old password works until you have chosen a new one."),
        ],
        facts=[(_("Code"), _spaced(code_of(proof)))],
        button=Button(
            _("Choose a new password"),
            whole_address(message.company, message.language, "accounts:reset_link", link_token_of(proof)),
        ),
        reason=asked_reason(message),
    )


def _has_account(message: OutboxMessage) -> Mail:
    return Mail(
        subject=_("You have an account already"),
        title=_("You have an account already"),
        paragraphs=[
            _("There is nothing to register: sign in with this e-mail and your password."),
            _("If you do not remember the password, press “I forgot my password” on that page."),
        ],
        button=_button(message, _("Sign in"), "accounts:sign_in"),
        reason=asked_reason(message),
    )


def _no_account_yet(message: OutboxMessage) -> Mail:
    may_register = card_in_scope().is_on(REGISTERING)
    return Mail(
        subject=_("You have no account yet"),
        title=_("You have no account yet"),
        paragraphs=[
            _("We know this address, and nobody has registered with it so far. It takes two minutes.")
            if may_register
            else _(
                "We know this address, and nobody has an account with it so far. Please ask us for access."
            ),
        ],
        button=_button(message, _("Register"), "accounts:register") if may_register else None,
        reason=asked_reason(message),
    )


def not_on_file(message: OutboxMessage) -> Mail | None:
    """Said calmly to the address that was typed, and not more than a few times a day: it may be a stranger's."""
    known = contacts_of(message.address).exists()
    who = throttle_identity(message.address)
    if message.attempts <= 1 and STRANGERS_MAIL.hit(who) > STRANGERS_MAIL.attempts:
        return None
    if known:
        sentence = _("This address has no access any more. If you need it again, please ask us.")
    else:
        sentence = _(
            "Accounts open with the e-mail that you gave us for your contract, and this one is not on file. "
            "If you wrote to us from another address, use that one; else ask us to add this one."
        )
    channels = for_access(Channel.objects.all())[:3]
    return Mail(
        subject=_("About your account with %(company)s") % {"company": message.company.name},
        title=_("We cannot open an account with this e-mail"),
        paragraphs=[sentence],
        facts=[(channel.get_kind_display(), channel.value) for channel in channels],
        reason=asked_reason(message),
    )


def _words_of_invitation(values: Mapping[str, Any]) -> Words:
    return Words(
        _("Your access to %(company)s") % {"company": values["company_name"]},
        values["who_invites"],
        [
            _("There you follow your business, send documents and write to us, at any hour."),
            _("Press the button and choose a password. The link is good until %(day)s, and once.") % values,
            _("Nobody of ours knows your password, or will ever ask you for it."),
        ],
    )


@mails.for_event(INVITATION, _words_of_invitation)
def invited(message: OutboxMessage) -> Mail | None:
    """A contact is let in: the link with which they choose a password, and the portal's address."""
    invitation = _good_invitation(message)
    if invitation is None:
        return None
    title = _("%(company)s has opened an account for you") % {"company": message.company.name}
    if colleague := colleague_who_asks(invitation):
        words = {"name": colleague.name, "customer": colleague.customer.name, "company": message.company.name}
        title = _("%(name)s of %(customer)s invites you to the portal of %(company)s") % words
    values = {
        "portal_address": home_address(message.company, message.language),
        "company_name": message.company.name,
        "who_invites": title,
        "day": _day(invitation.good_until),
    }
    return _words_of_invitation(values).mail(
        facts=[
            (_("Address of the portal"), values["portal_address"]),
            (_("You sign in with"), invitation.email),
        ],
        button=Button(_("Choose my password"), _invitation_url(message, invitation)),
        reason=_(
            "You get this mail because %(company)s has this address on file for you. "
            "If you do not know them, there is nothing you need to do."
        )
        % {"company": message.company.name},
        values=values,
    )


@mails.for_event(STAFF_INVITATION, about=gettext_lazy("An invitation to the back office"))
def staff_invited(message: OutboxMessage) -> Mail | None:
    """Somebody is to work in the company's back office."""
    invitation = _good_invitation(message)
    if invitation is None:
        return None
    return Mail(
        subject=_("You are invited to work at %(company)s") % {"company": message.company.name},
        title=_("You are invited to work at %(company)s") % {"company": message.company.name},
        paragraphs=[
            _("Press the button and choose a password. The link is good until %(day)s, and once.")
            % {"day": _day(invitation.good_until)},
            _("Nobody of ours knows your password, or will ever ask you for it."),
        ],
        facts=[
            (_("Your role"), invitation.get_staff_role_display()),
            (_("You sign in with"), invitation.email),
        ],
        button=Button(_("Take up the invitation"), _invitation_url(message, invitation)),
        reason=_(
            "You get this mail because somebody of %(company)s typed this address. "
            "If it was not meant for you, there is nothing you need to do."
        )
        % {"company": message.company.name},
    )


@mails.for_event(STAFF_RESET_ASKED, about=gettext_lazy("Choose a new password for the back office"))
def staff_reset_asked(message: OutboxMessage) -> Mail | None:
    """Somebody of the staff forgot their password."""
    proof = open_proof(message)
    if proof is None:
        return None
    return Mail(
        subject=_("Choose a new password"),
        title=_("Choose a new password for the back office"),
        paragraphs=[
            _("Press the button within ten minutes. The link opens once."),
            _("Your old password works until you have chosen a new one."),
        ],
        button=Button(
            _("Choose a new password"),
            whole_address(
                message.company, message.language, "accounts:staff_reset_link", link_token_of(proof)
            ),
        ),
        reason=_(
            "You get this mail because somebody typed this address at the door of the back office. "
            "If it was not you, there is nothing you need to do."
        ),
    )


def _good_invitation(message: OutboxMessage) -> Invitation | None:
    """The one that is to be sent, while it leads anywhere, and only by its newest mail."""
    found = Invitation.objects.good().filter(pk=message.payload["invitation_id"], message=message.pk)
    invitation: Invitation | None = found.first()
    return invitation


def _invitation_url(message: OutboxMessage, invitation: Invitation) -> str:
    token = invitation_token(invitation)
    return whole_address(message.company, message.language, "accounts:invited_link", token)


def _day(at: datetime) -> str:
    return str(written_date(timezone.localtime(at), "DATE_FORMAT"))


@mails.for_event(WELCOME, about=gettext_lazy("Your account is ready"))
def welcome(message: OutboxMessage) -> Mail | None:
    """Somebody has registered: so that it is noticed when it was not them."""
    return Mail(
        subject=_("Your account is ready"),
        title=_("Your account is ready"),
        paragraphs=[
            _("From now on you sign in with this e-mail and the password that you chose."),
            _("If it was not you who registered, please tell us at once."),
        ],
        button=_button(message, _("Open my account"), "my_home"),
        reason=_own_reason(message),
    )


@mails.for_event(PASSWORD_CHANGED, about=gettext_lazy("Your password was changed"))
def password_changed(message: OutboxMessage) -> Mail | None:
    """The password is another one now."""
    return _about_own_login(
        message,
        title=_("Your password was changed"),
        sentence=_("You are signed out in all other browsers."),
    )


@mails.for_event(FACTOR_ADDED, about=gettext_lazy("Your login has a new protection"))
def factor_added(message: OutboxMessage) -> Mail | None:
    """A second factor was set up, or recovery codes were made."""
    return _about_own_login(
        message,
        title=_("Your login has a new protection"),
        sentence=_("From now on it is asked for when you sign in."),
        facts=_factor(message),
    )


@mails.for_event(FACTOR_REMOVED, about=gettext_lazy("A protection of your login was removed"))
def factor_removed(message: OutboxMessage) -> Mail | None:
    """A second factor was taken away."""
    return _about_own_login(
        message,
        title=_("A protection of your login was removed"),
        sentence=_("It is not asked for any more when you sign in."),
        facts=_factor(message),
    )


def _about_own_login(message: OutboxMessage, *, title: str, sentence: str, facts: Any = ()) -> Mail:
    is_customer = Membership.objects.filter(user_id=message.payload["user_id"]).exists()
    button = _button(message, _("Choose a new password"), "accounts:reset") if is_customer else None
    if is_customer:
        warning = _("If it was not you, choose a new password now, and tell us.")
    else:
        warning = _("If it was not you, tell %(company)s at once.") % {"company": message.company.name}
    return Mail(
        subject=title,
        title=title,
        paragraphs=[sentence, warning],
        facts=[*facts, (_("When"), _written(message.created_at))],
        button=button,
        reason=_own_reason(message),
    )


def _factor(message: OutboxMessage) -> list[tuple[str, str]]:
    kind = _FACTORS.get(message.payload.get("factor", ""))
    return [(_("What"), str(kind))] if kind else []


def _spaced(code: str) -> str:
    """`482 913`: in two halves that the eye can carry."""
    return f"{code[:3]} {code[3:]}"


def _written(at: datetime) -> str:
    return str(written_date(timezone.localtime(at), "DATETIME_FORMAT"))


def _button(message: OutboxMessage, label: str, name: str) -> Button:
    return Button(label, whole_address(message.company, message.language, name))


def asked_reason(message: OutboxMessage) -> str:
    return _(
        "You get this mail because somebody typed this address on the page of %(company)s. "
        "If it was not you, there is nothing you need to do."
    ) % {"company": message.company.name}


def _own_reason(message: OutboxMessage) -> str:
    return _(
        "You get this mail because it concerns the safety of your account with %(company)s. "
        "Such mails cannot be switched off."
    ) % {"company": message.company.name}
