"""Addresses of many companies, without a regular expression for each.

Django checks each address that it builds with an expression that begins with the script prefix, which here is
the company's (`/p/<alias>/`). Python remembers 512 compiled expressions: with fifty companies nearly every
link of a page was compiled anew, a quarter of what a page cost. What stands before an address has no part in
whether it fits, so it is built below "/", and the prefix is put before it.
"""

from __future__ import annotations

from typing import Any

from django.urls import URLResolver
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language

_ROOT = "/"


def build_addresses_below_the_root() -> None:
    """Have Django's `reverse` do so."""
    resolver: Any = URLResolver
    original = resolver._reverse_with_prefix
    if getattr(original, "is_below_the_root", False):
        return

    kept: dict[Any, str] = {}

    def below_the_root(self: URLResolver, view: Any, args: Any, kwargs: Any) -> str:
        """An address without arguments is always the same in a language: a frame of a page has a dozen."""
        if args or kwargs or not isinstance(view, str):
            return str(original(self, view, _ROOT, *args, **kwargs))
        key = (self, view, get_language())
        if key not in kept:
            kept[key] = original(self, view, _ROOT)
        return kept[key]

    def reverse_with_prefix(
        self: URLResolver, lookup_view: Any, _prefix: str, *args: Any, **kwargs: Any
    ) -> str:
        below = below_the_root(self, lookup_view, args, kwargs)
        return below if _prefix == _ROOT else escape_leading_slashes(f"{_prefix}{below[1:]}")

    reverse_with_prefix.is_below_the_root = True  # type: ignore[attr-defined]
    resolver._reverse_with_prefix = reverse_with_prefix
