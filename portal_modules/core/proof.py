"""Levels of proof at the door of a view: what a page needs, and asking for more in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from portal_modules.core.access import Access, Level

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


def ask_for_more_proof(request: HttpRequest, view: Callable[..., Any]) -> HttpResponse:
    """To the page where the proof is given, and back here afterwards."""
    if page := getattr(view, "proof_page", ""):
        return HttpResponseRedirect(reverse(page))
    wanted = request.get_full_path() if request.method == "GET" else reverse("my_home")
    level: Level = getattr(request, "access", Access()).level
    # Whoever has given a password here can only lack the second factor.
    door = "accounts:more_proof" if level >= Level.PASSWORD else "accounts:sign_in"
    return HttpResponseRedirect(f"{reverse(door)}?{urlencode({'next': wanted})}")
