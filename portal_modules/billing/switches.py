"""The parts of billing that a company switches by itself."""

from __future__ import annotations

from typing import Final

EXPORTS: Final = "billing.exports"
STATEMENT: Final = "billing.statement"
