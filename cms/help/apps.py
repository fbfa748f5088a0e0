"""Help pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HelpConfig(AppConfig):
    """How to use the portal itself."""

    name = "cms.help"
    label = "help"
    verbose_name = _("Help pages")
