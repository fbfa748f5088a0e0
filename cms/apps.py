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
        """Tell the kernel how the pages of a new company are made, which stand in the menu, and where help is."""
        from cms.help.features import help_index_url, help_url
        from cms.pages import pages_in_menu
        from cms.tree import make_tree
        from portal_modules.core.actions.company import register_tree_maker
        from portal_modules.core.shell import help_source, page_menu_source

        register_tree_maker(make_tree)
        page_menu_source[:] = [pages_in_menu]
        help_source[:] = [help_url, help_index_url]
