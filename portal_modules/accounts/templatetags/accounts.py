"""What the frame of the doors shows."""

from __future__ import annotations

from typing import Any, cast

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal_modules.accounts.adapter import company_of
from portal_modules.accounts.browsers import browser_of
from portal_modules.accounts.views.more_proof import after_factor
from portal_modules.core.access import Level
from portal_modules.core.parts import can_be_shared
from portal_modules.core.records import PortalRecord

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
        *([(_("Sign-ins"), reverse("accounts:access_log"))] if company_of(request) else []),
    ]
    return [{"label": label, "url": url, "current": request.path == url} for label, url in pages]


@register.simple_tag(takes_context=True)
def way_on(context: dict[str, Any]) -> str:
    """The page that asked for a second factor, for whoever is setting one up to get there."""
    return after_factor(context["request"])


@register.simple_tag(takes_context=True)
def shared_links(context: dict[str, Any], record: PortalRecord) -> SafeString:
    """The links to a record, on its page: they come after it. Nothing for whoever cannot share it."""
    access, row = context["request"].access, cast(Any, record)
    if access.level < Level.REGISTERED or not can_be_shared(record.record_type()):
        return SafeString()
    parts = {
        "url": reverse("accounts:links_beside", args=[record.record_type(), row.pk]),
        "list_url": reverse("accounts:my_links"),
    }
    return render_to_string("accounts/sharing/box.html", parts)


@register.filter
def browser_name(user_agent: str) -> str:
    """`Firefox on Android`, of what a browser says of itself."""
    return browser_of(user_agent)
