"""The thread of a record, on any page that shows one: `{% load conversations %}{% thread record %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from portal_modules.core.records import PortalRecord

from ..panels import customers_thread

register = template.Library()


@register.simple_tag(takes_context=True)
def thread(context: Any, record: PortalRecord) -> SafeString | None:
    """What was said about a record, and the form to write. The page's context has the `request`."""
    return customers_thread(context["request"], record)
