"""News."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """What the company tells everybody."""

    name = "cms.news"
    label = "news"
    verbose_name = _("News")
