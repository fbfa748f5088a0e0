"""Help pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    """How to use the portal itself."""

    name = "cms.help"
    label = "help"
    verbose_name = _("Help pages")

    def ready(self) -> None:
        """Write the mails of questions, and tell the kernel where the "?" of a screen leads."""
        from cms.help import emails  # noqa: F401
        from cms.help.office import screen_help_url
        from portal_modules.core.help import office_help_source

        office_help_source[:] = [screen_help_url]
