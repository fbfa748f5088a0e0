"""What the accounts add to the back office."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks


@hooks.register("register_account_menu_item")
def protection_of_the_account(request: HttpRequest) -> dict[str, Any]:
    """From one's account in the back office to its second factor and sessions."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor and sessions"),
        "help_text": _("Protect your login with an app or a security key, and see where you are signed in."),
    }
