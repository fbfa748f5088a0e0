"""The "?" of a screen of the back office: `{% office_help_url as help_url %}`."""

from __future__ import annotations

from typing import Any

from django import template

from portal_modules.core.help import office_help_source

register = template.Library()


@register.simple_tag(takes_context=True)
def office_help_url(context: Any) -> str:
    """Where it leads; "" where nobody told."""
    request = context.get("request")
    return office_help_source[0](request) if request and office_help_source else ""
