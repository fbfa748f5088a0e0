"""The tax id that this browser typed at a company's door, kept in its session while somebody goes through it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, Final

from .tax_ids import TypedTaxId

_TYPED: Final = "accounts.tax_id_typed"
_LASTS: Final = 30 * 60


@dataclass(frozen=True, slots=True)
class Typed:
    """The number, where to go on to, and the masked address that a link went to."""

    tax_id: TypedTaxId
    next_url: str
    sent_to: str = ""
    choice: str = ""


def keep_typed(request: Any, typed: Typed) -> None:
    """Remember it here, for half an hour."""
    found = request.session.get(_TYPED, {})
    found[str(request.company.pk)] = {
        "tax_id": typed.tax_id.as_json(),
        "next": typed.next_url,
        "sent_to": typed.sent_to,
        "choice": typed.choice,
        "until": int(time.time()) + _LASTS,
    }
    request.session[_TYPED] = found


def kept_typed(request: Any) -> Typed | None:
    """What was typed here."""
    found = request.session.get(_TYPED, {}).get(str(request.company.pk))
    if not found or found["until"] < time.time():
        return None
    return Typed(TypedTaxId.from_json(found["tax_id"]), found["next"], found["sent_to"], found["choice"])


def forget_typed(request: Any) -> None:
    """It is done with."""
    found = request.session.get(_TYPED, {})
    if found.pop(str(request.company.pk), None):
        request.session[_TYPED] = found
