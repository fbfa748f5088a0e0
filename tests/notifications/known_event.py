"""An event of the tests, and its mail; as an app, so that the workers of other processes know it too."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone, translation
from django.utils.formats import date_format

from portal_modules.notifications.mails import Button, Mail, mails

if TYPE_CHECKING:
    from portal_modules.notifications.models import OutboxMessage

EVENT = "tests.something_happened"
AT = datetime(2026, 5, 1, 1, 30, tzinfo=UTC)


class KnownEvent(AppConfig):
    """Registers the event, in a worker's process."""

    name = "tests.notifications"
    label = "tests_notifications"

    def ready(self) -> None:
        """Make the event known."""
        mails.for_event(EVENT)(something_happened)


def something_happened(message: OutboxMessage) -> Mail | None:
    """Tell in which language and time zone it is written.

    Payload: `text`, shown everywhere; `nothing` means that there is nothing to say.
    """
    if message.payload.get("nothing"):
        return None
    text = message.payload.get("text", "Something happened")
    return Mail(
        subject=text,
        title=text,
        paragraphs=[
            f"Language {translation.get_language()}",
            f"Day {date_format(timezone.localtime(AT), 'j F Y H:i')}",
        ],
        facts=[("Number", text)],
        button=Button("Look", "https://portal.test/p/castro-lima/en/my/?a=1&b=2"),
        reason="You get it because a test asked for it.",
    )
