"""The help in the back office: its addresses, its menu and the catalogue of own words."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import office_views
from .admin import OwnHelpCatalogue

register_snippet(OwnHelpCatalogue)


@hooks.register("register_admin_urls")
def help_urls() -> list[Any]:
    """The manual, one screen of it, own words, and asking."""
    return [
        path("help/", office_views.manual, name="help_manual"),
        path("help/ask/", office_views.ask, name="help_ask"),
        path("help/screen/<str:key>/", office_views.screen, name="help_screen"),
        path("help/screen/<str:key>/own/", office_views.write_own, name="help_write_own"),
    ]


class InCompanyMenuItem(MenuItem):
    """Shown to whoever works in a company."""

    def is_shown(self, request: Any) -> bool:
        """Is there one?"""
        return getattr(request, "company", None) is not None


@hooks.register("register_help_menu_item")
def manual_menu_item() -> MenuItem:
    """How each screen is used."""
    return InCompanyMenuItem(_("Manual"), reverse_lazy("help_manual"), icon_name="help", order=10)


@hooks.register("register_help_menu_item")
def ask_menu_item() -> MenuItem:
    """A person who helps."""
    return InCompanyMenuItem(_("Ask for help"), reverse_lazy("help_ask"), icon_name="comment", order=20)


class OwnHelpMenuItem(MenuItem):
    """Shown to editors."""

    def is_shown(self, request: Any) -> bool:
        """May they write?"""
        return getattr(request, "company", None) is not None and request.user.has_perm("help.view_ownhelp")


@hooks.register("register_help_menu_item")
def own_help_menu_item() -> MenuItem:
    """The texts that the company has changed."""
    return OwnHelpMenuItem(
        _("Help in own words"), reverse_lazy("wagtailsnippets_help_ownhelp:list"), icon_name="edit", order=30
    )
