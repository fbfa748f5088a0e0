"""Levels of proof at the door of a view: what a page needs, and asking for more in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal_modules.core.access import Access, Level
from portal_modules.core.interrupted import keep_interrupted

if TYPE_CHECKING:
    from portal_modules.core.companies import CompanyCard

# The setting by which a company asks for more than usual: "<module>:<level>" for all that a module shows, and
# "<module>.<what>:<level>" for one thing that is done there (`core.modules.Guarded`).
RAISED: Final = "accounts.levels"

View = TypeVar("View", bound=Callable[..., Any])


def requires(level: Level, otherwise: str = "") -> Callable[[View], View]:
    """Say which proof a view of a module needs. One that says nothing is not reachable.

    `otherwise` names the page where that proof is given, when it is not the sign-in page.
    """

    def mark(view: View) -> View:
        view.required_level = level  # type: ignore[attr-defined]  # read by AccessMiddleware
        view.proof_page = otherwise  # type: ignore[attr-defined]
        return view

    return mark


def raised_levels(card: CompanyCard) -> dict[str, Level]:
    """The modules, and what is done there, for which a company asks for more than usual."""
    found: dict[str, Level] = {}
    for text in card.setting(RAISED):
        label, _colon, level = str(text).partition(":")
        if level in {str(int(each)) for each in Level}:
            found[label] = Level(int(level))
    return found


def needed_level(card: CompanyCard, label: str, usual: Level, guarded: str = "") -> Level:
    """What a page of a module needs in a company: never less than usual, and what is public stays so.

    `guarded` names what is done there, where a company can ask for more than for the rest of the module.
    """
    if usual < Level.REGISTERED:
        return usual
    raised = _raised(card)
    return max(usual, raised.get(label, usual), raised.get(guarded, usual))


def shut_to(card: CompanyCard, level: Level) -> frozenset[str]:
    """The modules of which nothing is shown anywhere, search, home and counters too, to who has proved so much."""
    return frozenset(name for name, needed in _raised(card).items() if "." not in name and needed > level)


def _raised(card: CompanyCard) -> dict[str, Level]:
    found: dict[str, Level] = card.remember("proof.raised", lambda: raised_levels(card))
    return found


def ask_for_more_proof(
    request: HttpRequest, view: Callable[..., Any], needed: Level | None = None
) -> HttpResponse:
    """To the page where the proof is given, and back here afterwards, with what was typed."""
    if page := getattr(view, "proof_page", ""):
        return HttpResponseRedirect(reverse(page))
    level: Level = getattr(request, "access", Access()).level
    if request.method == "POST" and request.session.session_key:
        keep_interrupted(request, needed or Level(getattr(view, "required_level", Level.REGISTERED)))
        wanted = reverse("accounts:resume")
    else:
        wanted = request.get_full_path() if request.method == "GET" else reverse("my_home")
    # Whoever is in already proves more in place; all others begin at the company's door.
    door = "accounts:more_proof" if level >= Level.REGISTERED else "accounts:sign_in"
    return HttpResponseRedirect(f"{reverse(door)}?{urlencode({'next': wanted})}")
