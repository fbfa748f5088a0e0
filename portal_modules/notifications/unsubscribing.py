"""The address in a mail by which its reader switches that kind of mail off, without signing in.

It names the message; a keyed hash of that makes it nobody else's to guess, and nothing is stored.
"""

from __future__ import annotations

from uuid import UUID

from portal_modules.core.addresses import whole_address
from portal_modules.core.modules import modules
from portal_modules.core.secrets import is_keyed_hash, keyed_hash

from .models import OutboxMessage

_PURPOSE = "notifications.unsubscribe"
_LENGTH = 64


def address_to_switch_off(message: OutboxMessage) -> str:
    """The page with the one button; "" for a mail that has to arrive, or goes to nobody on file."""
    if message.contact_id is None or not modules.can_switch_off(message.event):
        return ""
    mark = keyed_hash(_PURPOSE, message.pk)
    return whole_address(message.company, message.language, "notifications:switch_off", message.pk, mark)


def is_genuine(message_id: UUID, mark: str) -> bool:
    """Was this address in the mail?"""
    return len(mark) == _LENGTH and mark.isascii() and is_keyed_hash(mark, _PURPOSE, message_id)
