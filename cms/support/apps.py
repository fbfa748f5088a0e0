"""Support materials."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    """What explains: articles with files and films, and answers to frequent questions."""

    name = "cms.support"
    label = "support"
    verbose_name = _("Support materials")
