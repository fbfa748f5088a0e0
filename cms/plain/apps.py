"""Plain pages."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlainConfig(AppConfig):
    """About, contact and whatever else a company says of itself."""

    name = "cms.plain"
    label = "plain"
    verbose_name = _("Plain pages")
