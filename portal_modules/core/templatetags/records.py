"""What other modules show beside a record: `{% load records %}{% beside record %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal_modules.core.beside import customer_parts
from portal_modules.core.records import PortalRecord

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context: Any, record: PortalRecord) -> SafeString:
    """The conversation about it, and what else there is."""
    return customer_parts.render(context["request"], record)
