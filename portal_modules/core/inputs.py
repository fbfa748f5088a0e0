"""Inputs of forms that browsers draw themselves."""

from __future__ import annotations

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar.

    It is written 2026-12-20 whatever the language: browsers take nothing else, and show an empty field.
    """

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")
