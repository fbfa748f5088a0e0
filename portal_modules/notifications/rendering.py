"""A mail as it leaves: its words in the frame of all mails, in the reader's language, from the company."""

from __future__ import annotations

import re
from email.utils import formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils import timezone, translation

from portal_modules.core.addresses import home_address
from portal_modules.core.choices import ChannelKind, ChannelPurpose
from portal_modules.core.models import Channel, Company
from portal_modules.core.palette import build_palette

from .mails import Mail, Text, mails
from .models import MessageWords, OutboxMessage
from .unsubscribing import address_to_switch_off
from .wording import in_own_words, values_for

LONGEST_HEADER = 160  # characters; longer subjects and names are cut
# Controls, what Unicode counts as the end of a line, and what turns the direction of the text after it.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]+")
_CONTROLS_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")


class NobodyThere(Exception):
    """The address is none that mail can be sent to."""


def render(message: OutboxMessage, company: Company) -> EmailMultiAlternatives | None:
    """The mail of a message; None when there is nothing to say, or nobody to say it to.

    The company's scope has to be in force. A second call makes the same mail, with the same Message-ID.
    """
    with translation.override(company.spoken(message.language)), timezone.override(company.zone):
        recipient = _recipient(message)
        mail = mails.get(message.event)(message) if recipient else None
        if mail is None:
            return None
        words = MessageWords.objects.filter(event=message.event).first()
        mail = in_own_words(mail, words, message.language, {**values_for(message), **mail.values})
        context = {
            **frame_of(mail, company, message.language),
            "switch_off_url": address_to_switch_off(message),
        }
        rendered = EmailMultiAlternatives(
            subject=context["subject"],
            body=render_to_string("mail/base.txt", context).strip() + "\n",
            from_email=_sender(company),
            to=[recipient],
            reply_to=_reply_to(),
            headers=_headers(message, context["switch_off_url"]),
        )
        rendered.attach_alternative(render_to_string("mail/base.html", context), "text/html")
        for file in mail.attachments:
            rendered.attach(one_line(file.name), file.data, file.content_type)
        return rendered


def _headers(message: OutboxMessage, switch_off_url: str) -> dict[str, str]:
    """With the one-click way out of RFC 8058, which mail programs offer beside the sender's name."""
    headers = {"Message-ID": message_id_of(message), "Auto-Submitted": "auto-generated"}
    if switch_off_url:
        headers["List-Unsubscribe"] = f"<{switch_off_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id_of(message: OutboxMessage) -> str:
    """Always the same for a message: servers and readers know a repetition by it."""
    return f"<{message.pk}@{settings.PLATFORM_HOST}>"


def one_line(text: Text) -> str:
    """A text fit for a header: no line ends, no control characters, not too long."""
    return _CONTROLS.sub(" ", str(text)).strip()[:LONGEST_HEADER]


def some_lines(text: Text) -> str:
    """A text fit for the body."""
    return _CONTROLS_BUT_LINES.sub(" ", str(text)).strip()


def _recipient(message: OutboxMessage) -> str:
    """`Name <address>`, or "" when there is no address any more."""
    contact = message.contact
    address = message.address or (contact.email if contact else "")
    if not address:
        return ""
    if not _is_address(address):
        raise NobodyThere("The address is not one that mail can be sent to.")
    return formataddr((one_line(contact.name) if contact else "", address))


def _sender(company: Company) -> str:
    """The company's name with the platform's address, which is the one that may send."""
    return formataddr((one_line(company.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _reply_to() -> list[str]:
    """The company's own address for anything, else for support."""
    channels = list(Channel.objects.filter(kind=ChannelKind.EMAIL))
    for purpose in (ChannelPurpose.GENERAL, ChannelPurpose.SUPPORT):
        for channel in channels:
            if channel.purpose == purpose and _is_address(channel.value):
                return [channel.value]
    return []


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def frame_of(mail: Mail, company: Company, language: str) -> dict[str, Any]:
    """What the frame is filled with: plain text in the language in force, escaped by the template."""
    return {
        "language": translation.get_language(),
        "company": company,
        "tones": build_palette(company.color).light,
        "company_url": home_address(company, language),
        "subject": one_line(mail.subject),
        "title": one_line(mail.title),
        "paragraphs": [some_lines(paragraph) for paragraph in mail.paragraphs],
        "facts": [(one_line(label), some_lines(value)) for label, value in mail.facts],
        "button": {"label": one_line(mail.button.label), "url": mail.button.url} if mail.button else None,
        "reason": some_lines(mail.reason),
    }
