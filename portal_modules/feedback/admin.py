"""The register of opinions, with their average."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal_modules.core.admin import BulkForm, BulkVerb, Register
from portal_modules.core.admin.index import RegisterIndexView
from portal_modules.core.admin.registers import RegisterInspectView
from portal_modules.core.rights import may

from .actions import answer_opinion
from .exceptions import NoAddress
from .forms import AnswerForm
from .models import Opinion

WEEKS, PAGES = 12, 10
_IN_FRONT = re.compile(r"\A(?:/p/[^/]+)?/(?:pt|es|en)/")


class OpinionIndexView(RegisterIndexView):
    """The list, and the average of what is listed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the average of the rows that the filters leave."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        said = self.queryset
        return {
            **context,
            "average": said.average(),
            "number": said.count(),
            "average_by_week": said.by_week(WEEKS),
            "average_by_page": said.by_page(PAGES),
        }


class OpinionInspectView(RegisterInspectView):
    """One opinion, with what was answered."""

    body_template = "feedback/staff/opinion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the answers, and the way to one."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        may_answer = bool(self.instance.email) and may(self.request.user, "feedback.answer")
        answers = self.instance.answers.select_related("answered_by")
        return {**context, "answers": answers, "may_answer": may_answer}


class BulkAnswerForm(BulkForm, AnswerForm):
    """The same answer for many."""


def _why_not_answer(opinion: Opinion, _data: Mapping[str, Any]) -> Any:
    return None if opinion.email else NoAddress.sentence


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
    inspect_view_class = OpinionInspectView
    index_template_name = "feedback/staff/opinions.html"
    bulk_verbs = (
        BulkVerb(
            "answer",
            _("Answer by mail"),
            lambda opinion, data, by: answer_opinion(opinion, text=data["text"], by=by),
            BulkAnswerForm,
            _why_not_answer,
            right="feedback.answer",
            related=("company",),
            locks_rows=False,
            is_told=True,
        ),
    )
    list_display = ["created_at", "mark", "beginning", "who", "mode"]
    list_columns = ["page_shown"]
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

    @display(description=_("page"))
    def page_shown(self, opinion: Opinion) -> str:
        """Where it was said, without the company and the language in front."""
        return _IN_FRONT.sub("/", opinion.page)

    @display(description=_("who"))
    def who(self, opinion: Opinion) -> str:
        """The person and the customer; the address that was left by somebody unknown."""
        names = [str(each) for each in (opinion.contact, opinion.customer) if each]
        return " · ".join(dict.fromkeys(names)) or opinion.email
