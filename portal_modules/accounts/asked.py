"""What this browser has asked for at a company's door: kept in its session, apart for each company and end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from .actions import Asked
from .choices import ProofPurpose

_ASKED: Final = "accounts.asked"
_LINKS: Final = "accounts.links"


@dataclass(frozen=True, slots=True)
class Kept:
    """The row of the code, this browser's half of it, the address that was typed, and where to go afterwards."""

    pk: UUID
    browser: str
    email: str
    next_url: str


def keep(request: Any, purpose: ProofPurpose, asked: Asked, *, next_url: str) -> None:
    """Remember it in this session."""
    found = request.session.get(_ASKED, {})
    found[_name(request, purpose)] = {
        "proof": str(asked.proof.pk),
        "browser": asked.browser,
        "email": asked.proof.email,
        "next": next_url,
    }
    request.session[_ASKED] = found


def kept(request: Any, purpose: ProofPurpose) -> Kept | None:
    """What was asked for here; None in any other browser."""
    found = request.session.get(_ASKED, {}).get(_name(request, purpose))
    return Kept(UUID(found["proof"]), found["browser"], found["email"], found["next"]) if found else None


def forget(request: Any, purpose: ProofPurpose) -> None:
    """It is done with."""
    found = request.session.get(_ASKED, {})
    if found.pop(_name(request, purpose), None):
        request.session[_ASKED] = found


def keep_link(request: Any, purpose: ProofPurpose, pk: UUID) -> None:
    """This browser has opened the link of a mail. The button is not pressed yet."""
    request.session[_LINKS] = {**request.session.get(_LINKS, {}), _name(request, purpose): str(pk)}


def kept_link(request: Any, purpose: ProofPurpose) -> UUID | None:
    """The row of the link that was opened here."""
    found = request.session.get(_LINKS, {}).get(_name(request, purpose))
    return UUID(found) if found else None


def forget_link(request: Any, purpose: ProofPurpose) -> None:
    """The button was pressed."""
    found = request.session.get(_LINKS, {})
    if found.pop(_name(request, purpose), None):
        request.session[_LINKS] = found


def _name(request: Any, purpose: ProofPurpose) -> str:
    return f"{request.company.pk}:{purpose}"
