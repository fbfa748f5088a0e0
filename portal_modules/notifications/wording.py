"""A company's own words in a mail: `{placeholder}`s that are checked when they are written, and nothing else.

They are no templates: only whole names in braces are replaced, so that no word of an editor, or of a
customer who is named in one, can ask for anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal_modules.core.modules import Text, modules

from .mails import Mail, mails, parted

if TYPE_CHECKING:
    from .models import MessageWords, OutboxMessage

# What every mail can say.
COMMON: Mapping[str, Text] = {
    "contact_name": _("who reads it"),
    "customer_name": _("the customer"),
    "company_name": _("the company"),
}
# What a company may write of a mail.
TEXTS = ("subject", "title", "body")
_PLACEHOLDER = re.compile(r"\{([a-z_]{1,40})\}")


def can_be_worded(event: str) -> bool:
    """Does an event's mail have its words here? Those of reminders are their steps'."""
    return modules.names(event) and not modules.notice(event).worded_at


def placeholders_of(event: str) -> dict[str, Text]:
    """What can be written into the words of an event's mail, and what each stands for."""
    own = modules.notice(event).placeholders if modules.names(event) else {}
    return {**COMMON, **own}


def shipped_words(event: str) -> dict[str, str] | None:
    """Subject, title and body of an event's mail as they are shipped, in the language in force.

    The placeholders stand in them by name. None where the mail says something else each time.
    """
    make = mails.words_of(event)
    if make is None:
        return None
    words = make({name: f"{{{name}}}" for name in placeholders_of(event)})
    return {
        "subject": str(words.subject),
        "title": str(words.title),
        "body": "\n\n".join(str(each) for each in words.paragraphs),
    }


def unknown_in(text: str, event: str) -> list[str]:
    """What stands in braces and means nothing for this event; a brace by itself counts, too."""
    known = placeholders_of(event)
    unknown = [f"{{{name}}}" for name in _PLACEHOLDER.findall(text) if name not in known]
    rest = _PLACEHOLDER.sub("", text)
    return list(dict.fromkeys([*unknown, *re.findall(r"\{[^{}]{0,40}\}?|\}", rest)]))


def fill(text: str, values: Mapping[str, Text]) -> str:
    """The text with its placeholders filled; one without a value stays empty."""
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], "")), text)


def values_for(message: OutboxMessage) -> dict[str, Text]:
    """The common ones, of a message."""
    contact = message.contact
    return {
        "contact_name": contact.name if contact else "",
        "customer_name": contact.customer.name if contact else "",
        "company_name": message.company.name,
    }


def in_own_words(mail: Mail, words: MessageWords | None, language: str, values: Mapping[str, Text]) -> Mail:
    """The mail with what the company has written in this language instead of ours."""
    if words is None:
        return mail
    subject, title, body = (
        (getattr(words, f"{field}_{language}") or "").strip() for field in ("subject", "title", "body")
    )
    paragraphs = parted(fill(body, values)) if body else mail.paragraphs
    return replace(
        mail,
        subject=fill(subject, values) if subject else mail.subject,
        title=fill(title, values) if title else mail.title,
        paragraphs=paragraphs,
    )
