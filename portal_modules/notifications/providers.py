"""Mail providers that tell which mails came back, each in its own words and with its own proof.

django-anymail knows their words and checks their proofs: see `docs/decisions/0013-bounces-are-read-by-anymail.md`.
Its own views are not mounted, because they know one secret for a whole installation and no company.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent, EventType
from anymail.webhooks.base import AnymailBaseWebhookView
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.mailersend import MailerSendTrackingWebhookView
from anymail.webhooks.mailgun import MailgunTrackingWebhookView
from anymail.webhooks.mailjet import MailjetTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_ID: Final = 200
# The reader has nothing, and will have nothing. What is only late, or was read, changes nothing here.
_CAME_BACK: Final = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})
_CODE: Final = re.compile(r"\b[45](?:\d\d|\.\d{1,3}\.\d{1,3})\b")
# What a body can do to those who read it: it is JSON, but not always what the provider's manual says.
_UNREADABLE: Final = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    OSError,
    RecursionError,
    AnymailError,
)


class NotProved(Exception):
    """It does not come from the provider, or another secret was kept."""


class NotReadable(Exception):
    """It comes from the provider, and cannot be read."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """One mail that came back: the id that it was sent with, why in a word and a number, and when."""

    message_id: str
    words: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Provider:
    """One of them. It signs with a key that it shows, or else shows a password that we have made."""

    slug: str
    label: str
    reader: type[AnymailBaseWebhookView]
    secret_name: str
    where: str | Promise = ""

    @property
    def signs(self) -> bool:
        """Does it sign what it tells?"""
        return self.secret_name != _PASSWORD

    def bounces(self, request: HttpRequest, secret: str) -> list[Bounce]:
        """The mails that came back, of one request. Raises `NotProved` or `NotReadable`."""
        reader = self.reader(**{self.secret_name: secret})
        try:
            reader.run_validators(request)
        except AnymailWebhookValidationFailure:
            raise NotProved from None
        except _UNREADABLE:
            raise NotProved from None  # unread, so that nobody who is not proved learns how we read
        try:
            return list(self._bounces(reader.parse_events(request)))
        except _UNREADABLE:
            raise NotReadable from None

    def _bounces(self, told: list[AnymailTrackingEvent]) -> Iterator[Bounce]:
        for event in told:
            message_id = str(event.message_id or "")
            if event.event_type in _CAME_BACK and _is_an_id(message_id):
                yield Bounce(message_id, self._words(event), _instant(event.timestamp))

    def _words(self, event: AnymailTrackingEvent) -> str:
        """Without the answer of the other mail server, which may quote addresses and texts."""
        code = _CODE.search(str(event.mta_response or event.description or ""))
        return " ".join(filter(None, (self.label, str(event.event_type), code and code[0])))


def _is_an_id(text: str) -> bool:
    return bool(text) and len(text) <= LONGEST_ID and text.isascii() and text.isprintable()


def _instant(at: Any) -> datetime | None:
    if not isinstance(at, datetime):
        return None
    return timezone.make_aware(at, UTC) if timezone.is_naive(at) else at


_PASSWORD: Final = "webhook_secret"  # noqa: S105 (the name of a parameter)

PROVIDERS: Final = {
    provider.slug: provider
    for provider in (
        Provider("brevo", "Brevo", BrevoTrackingWebhookView, _PASSWORD),
        Provider(
            "mailersend",
            "MailerSend",
            MailerSendTrackingWebhookView,
            "signing_secret",
            _("MailerSend shows the signing secret of a webhook once you have made it."),
        ),
        Provider(
            "mailgun",
            "Mailgun",
            MailgunTrackingWebhookView,
            "webhook_signing_key",
            _("Mailgun shows the HTTP webhook signing key under Sending, Webhooks."),
        ),
        Provider("mailjet", "Mailjet", MailjetTrackingWebhookView, _PASSWORD),
        Provider("postmark", "Postmark", PostmarkTrackingWebhookView, _PASSWORD),
    )
}
