"""The company's own words about screens, as a catalogue in three languages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import Catalogue
from portal_modules.core.admin.catalogues import RightsPermissionPolicy

from .models import OwnHelp


class OwnHelpPolicy(RightsPermissionPolicy):
    """Editors change what was copied; a copy is made on the page of a help, and nowhere else."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """May they do it?"""
        return action != "add" and bool(user.has_perm(f"help.{action}_ownhelp"))


class OwnHelpCatalogue(Catalogue):
    """Help in own words."""

    model = OwnHelp
    icon = "help"
    menu_label = _("Help in own words")
    add_to_settings_menu = False
    view_right = "help.view"
    edit_right = "help.edit"
    policy_class = OwnHelpPolicy
    translated = ("title", "what", "how")
    list_display = ("title", "key")
    search_fields = ("title_pt", "title_es", "title_en")
