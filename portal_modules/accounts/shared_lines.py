"""Share links as their lists show them, to a customer's people and to staff alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .choices import SharedState
from .models import ShareLink

_TONES = {
    SharedState.OPEN: "success",
    SharedState.USED_UP: "",
    SharedState.EXPIRED: "",
    SharedState.REVOKED: "warning",
}


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One link: the row, its state, and whether it can be taken back."""

    link: ShareLink
    state: SharedState
    tone: str
    is_open: bool


def lines_of(links: Iterable[ShareLink], now: datetime) -> list[SharedLine]:
    """These links, with what became of them. A used-up one may still be open in a browser."""
    found = []
    for link in links:
        state = link.state(now)
        can_end = state in (SharedState.OPEN, SharedState.USED_UP)
        found.append(SharedLine(link, state, _TONES[state], can_end))
    return found
