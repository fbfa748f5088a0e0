"""The parts of payments that a company switches by itself."""

from __future__ import annotations

from typing import Final

ONLINE: Final = "payments.online"
DECLARE: Final = "payments.declare"
CREDIT: Final = "payments.credit"
RECEIPTS: Final = "payments.receipts"
