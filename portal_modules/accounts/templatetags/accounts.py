"""What the frame of the doors shows."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.accounts.adapter import company_of
from portal_modules.accounts.browsers import browser_of
from portal_modules.accounts.views.more_proof import after_factor

register = template.Library()


@register.simple_tag
def platform_name() -> str:
    """The name of the installation, where no company is shown."""
    return str(settings.WAGTAIL_SITE_NAME)


@register.simple_tag(takes_context=True)
def account_pages(context: dict[str, Any]) -> list[dict[str, Any]]:
    """The pages about one's own login: label, url, current."""
    request = context["request"]
    own = [(_("My account"), reverse("accounts:account"))] if company_of(request) else []
    pages = [
        *own,
        (_("Second factor"), reverse("mfa_index")),
        (_("Password"), reverse("account_change_password")),
        (_("Sessions"), reverse("usersessions_list")),
    ]
    return [{"label": label, "url": url, "current": request.path == url} for label, url in pages]


@register.simple_tag(takes_context=True)
def way_on(context: dict[str, Any]) -> str:
    """The page that asked for a second factor, for whoever is setting one up to get there."""
    return after_factor(context["request"])


@register.filter
def browser_name(user_agent: str) -> str:
    """`Firefox on Android`, of what a browser says of itself."""
    return browser_of(user_agent)
