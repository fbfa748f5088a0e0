"""The manual of payments."""

from __future__ import annotations

from .bank_help import BANK_HELP

OFFICE_HELP = BANK_HELP
