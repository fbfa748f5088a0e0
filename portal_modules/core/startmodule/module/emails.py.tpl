"""What is mailed about ${plural}: that there is something to read, and where."""

from __future__ import annotations

from django.utils.translation import gettext as _

from portal_modules.core.addresses import whole_address
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .events import OPENED
from .models import ${Record}


@mails.for_event(OPENED)
def opened(message: OutboxMessage) -> Mail | None:
    """The number of a new one, and the page to follow it on."""
    ${record} = ${Record}.objects.filter(pk=message.payload["${record}_id"]).first()
    if ${record} is None:
        return None
    url = whole_address(message.company, message.language, "${name}:detail", ${record}.pk)
    return Mail(
        subject=_("There is something new for you"),
        title=_("We have opened something for you"),
        paragraphs=[_("You can follow it in your area, where it says at any time how it stands.")],
        facts=[(_("Number"), ${record}.number_shown)],
        button=Button(_("See how it stands"), url),
        reason=_("You get this mail because %(company)s has this address on file for you.")
        % {"company": message.company.name},
    )
