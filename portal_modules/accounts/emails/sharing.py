"""The mail that carries a share link."""

from __future__ import annotations

from django.template.defaultfilters import date as written_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal_modules.core.addresses import whole_address
from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from ..actions import share_token
from ..events import SHARED_WITH_YOU
from ..models import ShareLink


@mails.for_event(SHARED_WITH_YOU, about=gettext_lazy("A link that somebody shares with you"))
def shared_with_you(message: OutboxMessage) -> Mail | None:
    """Who shows what, and the link; nothing once it was taken back."""
    link: ShareLink | None = ShareLink.objects.open().filter(pk=message.payload["link_id"]).first()
    if link is None:
        return None
    company = message.company
    often = ngettext("%(count)s time", "%(count)s times", link.most_views) % {"count": link.most_views}
    return Mail(
        subject=_("%(name)s shows you something at %(company)s")
        % {"name": link.sender_name, "company": company.name},
        title=_("%(name)s shows you something") % {"name": link.sender_name},
        paragraphs=[
            _("Press the button, and the one on the page that opens. You need no account."),
            _("Do not hand this mail on: whoever has the link can open it."),
        ],
        facts=[
            (_("What"), link.title),
            (_("Until"), str(written_date(link.last_day, "DATE_FORMAT"))),
            (_("It opens"), often),
        ],
        button=Button(
            _("See it"),
            whole_address(company, message.language, "accounts:shared_link", share_token(link)),
        ),
        reason=_("You get this mail because %(name)s has typed this address at %(company)s.")
        % {"name": link.sender_name, "company": company.name},
    )
