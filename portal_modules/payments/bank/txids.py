"""The reference that a Pix code of the company's own key carries, by which the bank's file names an invoice."""

from __future__ import annotations

from typing import Final
from uuid import UUID

_LENGTH: Final = 25


def txid_of(invoice: UUID) -> str:
    """25 letters and digits, as many as a code may carry: the beginning of the invoice's key."""
    return f"B{invoice.hex[: _LENGTH - 1]}".upper()
