"""The one mail of the notifications themselves: a test, to whoever chose its words."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .events import WORDS_TRIED
from .mails import Mail, mails
from .models import MessageWords, OutboxMessage
from .samples import sample


@mails.for_event(WORDS_TRIED, about=gettext_lazy("A test of the words of a mail"))
def words_tried(message: OutboxMessage) -> Mail | None:
    """The mail as a customer would get it; its button and its reader are those of the newest one."""
    event = message.payload["event"]
    words = MessageWords.objects.filter(event=event).first() or MessageWords(event=event)
    return replace(
        sample(words, message.company, message.language),
        reason=_("This is a test that you asked for in the back office. No customer got it."),
    )
