"""The register of opinions, with their average."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import Register
from portal_modules.core.admin.registers import RegisterIndexView

from .models import Opinion


class OpinionIndexView(RegisterIndexView):
    """The list, and the average of what is listed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the average of the rows that the filters leave."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "average": self.queryset.average(), "number": self.queryset.count()}


class OpinionRegister(Register):
    """What people said. Nobody adds to it or changes it."""

    model = Opinion
    menu_label = _("Opinions")
    menu_icon = "comment"
    menu_order = 230
    view_right = "feedback.view"
    edit_right = "feedback.nobody"
    can_create = False
    history_view_enabled = False
    index_view_class = OpinionIndexView
    index_template_name = "feedback/staff/opinions.html"
    list_display = ["created_at", "mark", "beginning", "who", "mode"]
    list_export = ["created_at", "mark", "text", "email", "page", "language", "mode", "customer", "contact"]
    list_group = ["mark", "mode", "language"]
    list_filter = ["mark", "mode", "language", "created_at"]
    search_fields = ["text", "email", "customer__name", "contact__name"]
    list_select_related = ["customer", "contact"]
    inspect_view_fields = [
        "created_at",
        "mark",
        "text",
        "email",
        "customer",
        "contact",
        "page",
        "language",
        "mode",
    ]

    def get_queryset(self, request: Any) -> QuerySet[Opinion]:
        """With who said each."""
        found: QuerySet[Opinion] = super().get_queryset(request).select_related("customer", "contact")
        return found

    @display(description=_("what they say"))
    def beginning(self, opinion: Opinion) -> str:
        """As much as fits a row."""
        return opinion.text if len(opinion.text) <= 120 else f"{opinion.text[:119]}…"

    @display(description=_("who"))
    def who(self, opinion: Opinion) -> str:
        """The person and the customer; the address that was left by somebody unknown."""
        names = [str(each) for each in (opinion.contact, opinion.customer) if each]
        return " · ".join(dict.fromkeys(names)) or opinion.email
