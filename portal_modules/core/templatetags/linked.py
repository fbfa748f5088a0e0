"""Texts of people, with their addresses as links."""

from __future__ import annotations

import re
from typing import Final

from django import template
from django.template.defaultfilters import urlizetrunc
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = template.Library()

# Each address of the web or of mail has one of these inside a word. Most texts have none, and Django would look
# at every word of them.
_PERHAPS: Final = re.compile(r"[.:@]\S")


@register.filter
def linked(text: str, most: int) -> SafeString:
    """`{{ text|linked:60 }}`: shown as text, with links of at most so many characters where it has addresses."""
    if not _PERHAPS.search(str(text)):  # a phrase of ours may come untranslated yet
        return conditional_escape(text)
    found: SafeString = urlizetrunc(text, most)
    return found
