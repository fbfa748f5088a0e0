"""What the frame of the doors shows."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def platform_name() -> str:
    """The name of the installation, where no company is shown."""
    return str(settings.WAGTAIL_SITE_NAME)


@register.simple_tag(takes_context=True)
def account_pages(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages about one's own login: label, url, current."""
    pages = [
        (_("Second factor"), reverse("mfa_index")),
        (_("Password"), reverse("account_change_password")),
        (_("Sessions"), reverse("usersessions_list")),
    ]
    return [{"label": label, "url": url, "current": context["request"].path == url} for label, url in pages]
