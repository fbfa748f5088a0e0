"""Manifest of the users."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.modules import PortalModule


class UsersModule(PortalModule):
    name = "portal_modules.users"
    label = "users"
    title = verbose_name = _("Users")
    summary = _("One login for each person, customer or staff.")
    icon = "user"
    optional = False
