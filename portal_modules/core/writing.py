"""Plain text in templates, without the detours that only other values need.

For each `{{ … }}` Django asks whether it is a moment to turn into local time, a number to write as the reader
does, and a lazy phrase, and goes through four functions to escape it. Nearly all of them are plain text: a page
of a customer has two hundred.
"""

from __future__ import annotations

from html import escape
from typing import Any

from django.template import base
from django.template.context import Context
from django.utils.safestring import SafeString


def write_plain_text_directly() -> None:
    """Have Django's templates do so."""
    module: Any = base
    original = module.render_value_in_context
    if getattr(original, "writes_plain_text_directly", False):
        return

    def render_value_in_context(value: Any, context: Context) -> Any:
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str:
            return SafeString(escape(value)) if context.autoescape else value
        return original(value, context)

    render_value_in_context.writes_plain_text_directly = True  # type: ignore[attr-defined]
    module.render_value_in_context = render_value_in_context
