"""The site itself: media, the tree of pages, and what composes the rest."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CmsConfig(AppConfig):
    """Media models and the composition of the site."""

    name = "cms"
    label = "cms"
    verbose_name = _("Pages and media")

    def ready(self) -> None:
        """Tell the kernel how the pages of a new company are made."""
        from cms.tree import make_tree
        from portal_modules.core.actions.company import register_tree_maker

        register_tree_maker(make_tree)
