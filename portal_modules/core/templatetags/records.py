"""What other modules show beside a record: `{% load records %}{% beside record %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal_modules.core.beside import customer_parts, staff_parts
from portal_modules.core.records import PortalRecord

register = template.Library()


@register.simple_tag(takes_context=True)
def beside(context: Any, record: PortalRecord) -> SafeString:
    """The conversation about it, and what else there is."""
    return customer_parts.render(context["request"], record)


@register.simple_tag(takes_context=True)
def staff_beside(context: Any, row: Any) -> SafeString:
    """The same on the page of a register, for staff; nothing where the row is no record."""
    if not isinstance(row, PortalRecord):
        return SafeString()
    return staff_parts.render(context["request"], row)
