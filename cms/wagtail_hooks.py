"""What the pages add to the back office: an editor's pages on its home, and the report of what is not translated."""

from __future__ import annotations

from typing import Any

from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms import editors_home, untranslated


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    """Beside Wagtail's own reports."""
    return [path("reports/untranslated/", untranslated.untranslated, name="cms_untranslated")]


hooks.register("construct_homepage_panels", editors_home.add_to_home)


class EditorsMenuItem(MenuItem):
    """Shown to editors."""

    def is_shown(self, request: Any) -> bool:
        """May they translate?"""
        return getattr(request, "company", None) is not None and request.user.has_perm(untranslated.RIGHT)


@hooks.register("register_reports_menu_item")
def untranslated_menu_item() -> MenuItem:
    """What is missing in a language."""
    return EditorsMenuItem(
        _("What is not translated"), reverse_lazy("cms_untranslated"), icon_name="globe", order=5
    )
