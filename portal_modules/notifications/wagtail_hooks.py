"""Notifications in the back office."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import ListingButton
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from portal_modules.core.rights import may

from . import staff_hooks, staff_views
from .admin import MessageRegister, WordsCatalogue
from .models import MessageWords

modeladmin_register(MessageRegister)
register_snippet(WordsCatalogue)


@hooks.register("register_admin_urls")
def message_urls() -> list[Any]:
    """Sending again, who tells what came back, and trying words."""
    return [
        path(
            "notifications/again/<uuid:pk>/",
            staff_views.send_again,
            name="notifications_send_again",
        ),
        path("notifications/again/", staff_views.send_all_again, name="notifications_send_all_again"),
        path("our-company/mail/", staff_hooks.mail_hooks, name="notifications_hooks"),
        path("notifications/words/<str:event>/", staff_views.try_words, name="notifications_try_words"),
        path(
            "notifications/words/<str:event>/shipped/",
            staff_views.shipped_words,
            name="notifications_shipped_words",
        ),
        path(
            "notifications/words/<str:event>/<slug:language>/",
            staff_views.sample_of_words,
            name="notifications_sample",
        ),
    ]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def look_at_the_mail(request: HttpRequest, instance: Any) -> HttpResponse | None:
    """Who has changed the words sees the mail."""
    return redirect("notifications_try_words", instance.event) if isinstance(instance, MessageWords) else None


@hooks.register("register_snippet_listing_buttons")
def try_button(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[ListingButton]:
    """From the list to the mail."""
    if isinstance(snippet, MessageWords) and may(user, "notifications.word"):
        yield ListingButton(
            _("See and try"),
            url=reverse("notifications_try_words", args=[snippet.event]),
            icon_name="view",
            priority=20,
        )
