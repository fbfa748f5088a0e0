"""How people choose what they are told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.help import HelpText

HELP = (
    HelpText(
        key="notifications:bell",
        title=_("The bell"),
        what=_("What is new in your matters, the latest first, since you last looked."),
        steps=(
            _("Open the bell at the top of any page. The number says how much is new."),
            _("Choose a line to go where it happened."),
        ),
        icon="bell",
        level=Level.REGISTERED,
    ),
    HelpText(
        key="notifications:preferences",
        title=_("What we mail you"),
        what=_("You choose what we write to you about; the bell shows everything all the same."),
        steps=(
            _("Open What we mail you in the menu of your account."),
            _("Switch off what you do not want to be mailed, and save."),
        ),
        more=(_("The last line of each mail leads here, too."),),
        icon="email",
        level=Level.REGISTERED,
    ),
)
