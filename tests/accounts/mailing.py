"""What reaches a mailbox, and the codes and links in it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from django.core import mail

from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.notifications import delivery
from portal_modules.notifications.models import OutboxMessage


def deliver(company: Company) -> list[Any]:
    """Deliver what waits in a company; all that was sent so far."""
    with company_scope(company):
        waiting = OutboxMessage.objects.filter(state="waiting").order_by("created_at")
        found = list(waiting.values_list("pk", flat=True))
    for message in found:
        delivery.attempt(message, company)
    return list(mail.outbox)


def mails_to(company: Company, email: str) -> list[Any]:
    """What reached an address, oldest first."""
    return [each for each in deliver(company) if any(email in to for to in each.to)]


def code_in(message: Any) -> str:
    """The six digits of a mail, as they are written there."""
    found = re.search(r"\b(\d{3} \d{3})\b", str(message.body))
    assert found, message.body
    return found[1]


def link_in(message: Any, part: str) -> str:
    """The path of the link that has a part in it, with its query."""
    found = next(url for url in re.findall(r"https?://\S+", str(message.body)) if part in url)
    parts = urlsplit(found)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
