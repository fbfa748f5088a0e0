"""What is mailed about an opinion: our answer, to the address that was left."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal_modules.notifications.mails import Mail, mails
from portal_modules.notifications.models import OutboxMessage

from .events import ANSWERED
from .models import OpinionAnswer


@mails.for_event(ANSWERED, about=gettext_lazy("Our answer to what you told us"))
def answer_to_an_opinion(message: OutboxMessage) -> Mail | None:
    """The answer, with what they had said."""
    answer = OpinionAnswer.objects.select_related("opinion").filter(pk=message.payload["answer_id"]).first()
    if answer is None:
        return None
    said = answer.opinion.text
    return Mail(
        subject=_("Our answer to what you told us"),
        title=_("Thank you for telling us what you think"),
        paragraphs=[line for line in answer.text.splitlines() if line.strip()],
        facts=[(_("You wrote"), said)] if said else [],
        reason=_("You get this mail because you left your address with an opinion in our portal."),
    )
