"""Manifest of the accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal_modules.core.modules import PortalModule


class AccountsModule(PortalModule):
    name = "portal_modules.accounts"
    label = "accounts"
    title = verbose_name = _("Ways in")
    summary = _("Signing in, second factors, sessions.")
    icon = "key"
    optional = False
    depends = ("users", "customers")

    def ready(self) -> None:
        from portal_modules.accounts import receivers  # noqa: F401

        super().ready()
