"""Who has said it already: kept in the session, for each company."""

from __future__ import annotations

from typing import Any

_ANSWERED = "feedback.answered"


def has_answered(request: Any) -> bool:
    """Did this browser say something to this company since it came in?"""
    return request.company.pk in request.session.get(_ANSWERED, [])


def remember_answer(request: Any) -> None:
    """Ask no more in this session."""
    answered = request.session.get(_ANSWERED, [])
    request.session[_ANSWERED] = [*answered, request.company.pk]
