"""A tab for each language inside a form: for what is written again and again in it, such as the phases of a kind."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.panels.group import PanelGroup
from wagtail.admin.telepath import register as register_telepath_adapter

from portal_modules.core.languages import PUBLIC_LANGUAGES


class LanguageTabs(PanelGroup):
    """Tabs like those of a whole form, whose marks begin with the form's own, so that there may be many of them."""

    @register_telepath_adapter
    class BoundPanel(PanelGroup.BoundPanel):
        """The tabs of one form."""

        template_name = "core/admin/language_tabs.html"

        @property
        def tabs(self) -> list[tuple[Any, str, str]]:
            """Each language with its mark and its code."""
            shown = zip(self.children, PUBLIC_LANGUAGES, strict=True)
            return [(child, f"{self.prefix}-{code}", code) for child, code in shown if child.is_shown()]


def words_in_tabs(*names: str) -> LanguageTabs:
    """Some translated fields of a model: a tab for each language."""
    return LanguageTabs(
        [
            MultiFieldPanel([FieldPanel(f"{name}_{code}") for name in names], heading=language)
            for code, language in PUBLIC_LANGUAGES.items()
        ]
    )
