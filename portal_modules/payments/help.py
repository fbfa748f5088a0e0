"""The manual of payments."""

from __future__ import annotations

from .bank_help import BANK_HELP
from .online_help import ONLINE_HELP, WAYS_HELP

HELP = ONLINE_HELP
OFFICE_HELP = BANK_HELP + WAYS_HELP
