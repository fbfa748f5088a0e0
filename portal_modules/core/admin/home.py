"""The home of the back office: the search box, the work list, the numbers, the charts; then Wagtail's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from portal_modules.core.desk import desk_of


class DeskPanel(Component):
    """What there is to do today, and how the day stands."""

    name = "balcao_desk"
    template_name = "core/admin/desk.html"
    order = 10

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        """The desk of whoever looks."""
        assert parent_context is not None
        request = parent_context["request"]
        return {"desk": desk_of(request), "request": request}


def put_the_desk_first(request: Any, panels: list[Any]) -> None:
    """Before Wagtail's panels, of which those that have something to say stay below."""
    if getattr(request, "company", None) is not None:
        panels.append(DeskPanel())
