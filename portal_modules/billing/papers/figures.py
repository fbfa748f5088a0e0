"""Plain numbers as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format


def number_shown(number: Decimal) -> str:
    """Without zeros at its end: 2.50 → "2,5", 10.0000 → "10"."""
    bare = f"{number:f}"
    if "." in bare:
        bare = bare.rstrip("0").rstrip(".")
    return number_format(bare, use_l10n=True)
