"""The address of one invoice without a login: short enough to be read from paper, and made anew at any time.

It holds the beginning of the invoice's id and a keyed hash over the whole of it. Nothing is stored, so the same PDF
can be drawn again, and an address that this installation did not make leads nowhere.
"""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.db import connection

from portal_modules.core.addresses import whole_address
from portal_modules.core.companies import CompanyCard
from portal_modules.core.models import Company
from portal_modules.core.secrets import begins_keyed_hash, keyed_hash

FUNCTION: Final = "billing.public_page"
_PURPOSE: Final = "billing.public_page"
# 5 bytes of the id and 10 of the hash are 24 letters of five bits.
_ID_BYTES: Final = 5
_HASH_BYTES: Final = 10
_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_TOKEN: Final = re.compile(rf"[{_LETTERS}]{{24}}\Z")
_MISREAD: Final = str.maketrans("oil", "011")


def token_of(invoice_id: UUID, company: Company) -> str:
    """The token of an invoice."""
    digest = keyed_hash(_PURPOSE, company.pk, invoice_id)
    value = int.from_bytes(invoice_id.bytes[:_ID_BYTES] + bytes.fromhex(digest[: 2 * _HASH_BYTES]), "big")
    return "".join(_LETTERS[value >> shift & 31] for shift in range(115, -1, -5))


def invoice_of(typed: str, company: Company) -> UUID | None:
    """The invoice of a token that was made here for this company; None for all others alike."""
    token = typed.lower().translate(_MISREAD) if len(typed) <= 40 else ""
    if not _TOKEN.match(token):
        return None
    value = 0
    for letter in token:
        value = value << 5 | _LETTERS.index(letter)
    raw = value.to_bytes(_ID_BYTES + _HASH_BYTES, "big")
    for found in _ids_beginning(raw[:_ID_BYTES]):
        if begins_keyed_hash(raw[_ID_BYTES:].hex(), _PURPOSE, company.pk, found):
            return found
    return None


def public_address(invoice_id: UUID, card: CompanyCard, language: str) -> str:
    """The whole address of an invoice's own page; "" in a company that has switched these pages off."""
    if not card.is_on(FUNCTION):
        return ""
    return whole_address(card.company, language, "billing:public", token_of(invoice_id, card.company))


def _ids_beginning(start: bytes) -> list[UUID]:
    rest = 16 - len(start)
    first, last = UUID(bytes=start + b"\x00" * rest), UUID(bytes=start + b"\xff" * rest)
    with connection.cursor() as cursor:
        cursor.execute("select id from billing_invoices_between(%s, %s)", [first, last])
        return [row[0] for row in cursor.fetchall()]
