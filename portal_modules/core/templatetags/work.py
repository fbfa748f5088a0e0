"""What of one's own long work wants to be looked at, on top of every page of the back office."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from portal_modules.core.admin.jobs import jobs_to_look_at

register = template.Library()


@register.simple_tag
def jobs_line(user: Any) -> SafeString | str:
    """A link to the jobs, as long as one is at work or has ended unseen."""
    under_way, ended = jobs_to_look_at(user)
    words = []
    if under_way:
        words.append(
            ngettext("%(number)s job at work", "%(number)s jobs at work", under_way) % {"number": under_way}
        )
    if ended:
        words.append(
            ngettext("%(number)s job has ended", "%(number)s jobs have ended", ended) % {"number": ended}
        )
    if not words:
        return ""
    return format_html(
        '<a class="balcao-strip__jobs" href="{}">{}</a>', reverse("core_jobs"), " · ".join(words)
    )
