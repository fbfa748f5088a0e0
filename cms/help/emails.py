"""What is mailed about the help: a question of somebody's, to whoever helps."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.notifications.mails import Button, Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .models import HelpQuestion

ASKED: Final = "help.asked"


@mails.for_event(ASKED, about=gettext_lazy("A question about a screen"))
def question_about_a_screen(message: OutboxMessage) -> Mail | None:
    """The question, who asked and where."""
    question = (
        HelpQuestion.objects.select_related("asked_by").filter(pk=message.payload["question_id"]).first()
    )
    if question is None:
        return None
    person = question.asked_by
    return Mail(
        subject=_("Question about “%(screen)s”") % {"screen": question.screen},
        title=_("%(name)s asks about a screen") % {"name": person.get_full_name() or person.email},
        paragraphs=question.text.splitlines(),
        facts=[
            (_("Company"), message.company.name),
            (_("Screen"), question.screen),
            (_("Answer to"), person.email),
        ],
        button=Button(_("Open the screen"), f"{settings.PUBLIC_ORIGIN}{question.address}")
        if question.address.startswith("/admin/")
        else None,
        reason=_("You get this mail because you help those who work with the portal."),
    )
