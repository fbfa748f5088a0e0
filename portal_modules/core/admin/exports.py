"""Spreadsheets that leave the back office: no cell is a formula."""

from __future__ import annotations

from typing import Any

from django.utils.encoding import force_str
from wagtail.admin.views.mixins import SpreadsheetExportMixin

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def without_formula(value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: what could begin a formula gets a quote before it.

    Numbers stay numbers, negative ones too.
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    text = force_str(value)
    return f"'{text}" if text.lstrip(" ").startswith(_STARTS) else text


def neutralise_exports() -> None:
    """Have every list of the back office write its CSV so: Wagtail's own writes formulas as they are.

    The mixin's table of preprocessors is made to be extended; an entry for `object` is asked last.
    """
    SpreadsheetExportMixin.custom_value_preprocess[object] = {
        SpreadsheetExportMixin.FORMAT_CSV: without_formula
    }
