"""Advantage programmes."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdvantagesConfig(AppConfig):
    """What customers get because they are customers."""

    name = "cms.advantages"
    label = "advantages"
    verbose_name = _("Advantage programmes")
