"""By how much a process is late, in words."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import ngettext

from ..models import Process


def days_late(process: Process) -> int:
    """For how many days the phase has taken longer than it usually does."""
    expected = process.expected_between()
    return max(0, (timezone.localdate() - expected[1]).days) if expected else 0


def late_in_words(days: int) -> str:
    """As a tag says it."""
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
