"""What the accounts add to the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from portal_modules.accounts.admin import LegalTextCatalogue
from portal_modules.accounts.exceptions import AlreadyPublished
from portal_modules.accounts.models import LegalText


@hooks.register("register_account_menu_item")
def protection_of_the_account(request: HttpRequest) -> dict[str, Any]:
    """From one's account in the back office to its second factor and sessions."""
    return {
        "url": reverse("mfa_index"),
        "label": _("Second factor and sessions"),
        "help_text": _("Protect your login with an app or a security key, and see where you are signed in."),
    }


@hooks.register("before_edit_snippet")
def published_texts_are_not_edited(request: HttpRequest, instance: Any) -> Any:
    """A version that is out is looked at, and a new one is written."""
    if isinstance(instance, LegalText) and instance.is_published:
        messages.warning(request, str(AlreadyPublished()))
        return redirect("wagtailsnippets_accounts_legaltext:inspect", instance.pk)
    return None


register_snippet(LegalTextCatalogue)
