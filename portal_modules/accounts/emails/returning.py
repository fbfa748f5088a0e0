"""What staff send to somebody who has access already and cannot find the way in."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.core.addresses import home_address, whole_address
from portal_modules.core.companies import card_in_scope
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from ..actions import link_token_of, login_of, may_reset
from ..doors import WITH_PASSWORD, doors
from ..events import WAY_BACK
from .own import open_proof


@mails.for_event(WAY_BACK, about=gettext_lazy("Here is your way in"))
def way_back(message: OutboxMessage) -> Mail | None:
    """Staff send somebody who has access the portal's address, and what a forgotten password needs."""
    user = login_of(message.address)
    if user is None or not may_reset(user, message.company):
        return None
    home = home_address(message.company, message.language)
    paragraphs = [_("You have an account with us. This is the address where you sign in.")]
    button = Button(_("Open the portal"), home)
    proof = open_proof(message)
    if proof is not None and set(doors.open_in(card_in_scope())) & set(WITH_PASSWORD):
        token = link_token_of(proof)
        button = Button(
            _("Choose a new password"),
            whole_address(message.company, message.language, "accounts:reset_link", token),
        )
        paragraphs += [
            _(
                "If you do not remember your password, press the button. It is good for ten minutes, and once."
            ),
            _("Later you find “I forgot my password” on the page where you sign in."),
        ]
    return Mail(
        subject=_("Your way into %(company)s") % {"company": message.company.name},
        title=_("Here is your way in"),
        paragraphs=[*paragraphs, _("Nobody of ours knows your password, or will ever ask you for it.")],
        facts=[(_("Address of the portal"), home), (_("You sign in with"), user.email)],
        button=button,
        reason=_("You get this mail because somebody of %(company)s has sent it to you on your account.")
        % {"company": message.company.name},
    )
