"""The register of reviews, with what staff do about them, and the catalogue of their subjects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal_modules.core.admin import (
    BulkForm,
    BulkVerb,
    Catalogue,
    OnlyFilter,
    Register,
    Verb,
    VerbForm,
    VerbInspectView,
)

from ..actions import close_review, reopen_review, take_review
from ..choices import REVIEW_TRANSITIONS, ReviewState
from ..exceptions import ReviewStateNotAllowed
from ..models import ReviewRequest, ReviewSubject
from ..models.reviews import MOST_LETTERS


def _answer_field() -> forms.CharField:
    return forms.CharField(
        label=_("Answer to the customer"),
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The customer is told by mail, and reads it in the conversation."),
    )


class AnswerForm(VerbForm):
    """The words with which the office closes a review."""

    answer = _answer_field()


class BulkAnswerForm(BulkForm):
    """The same words for many reviews."""

    answer = _answer_field()


def _take(review: ReviewRequest, data: dict[str, Any], by: Any) -> None:
    take_review(review, by=by)


def _close(review: ReviewRequest, data: dict[str, Any], by: Any) -> None:
    close_review(review, answer=data["answer"], by=by)


def _reopen(review: ReviewRequest, data: dict[str, Any], by: Any) -> None:
    reopen_review(review, by=by)


def _why_not_take(review: ReviewRequest, _data: Mapping[str, Any]) -> Any:
    return None if review.state == ReviewState.RECEIVED else ReviewStateNotAllowed.sentence


def _why_not_close(review: ReviewRequest, _data: Mapping[str, Any]) -> Any:
    return None if _may_close(review) else ReviewStateNotAllowed.sentence


def _may_close(review: ReviewRequest) -> bool:
    return ReviewState.CLOSED in REVIEW_TRANSITIONS[ReviewState(review.state)]


class ReviewInspectView(VerbInspectView):
    """One review, with its buttons."""

    verbs = (
        Verb(
            "take",
            _("Take it"),
            _take,
            lambda review: review.state == ReviewState.RECEIVED,
            done=_("It is yours now. The customer sees that somebody is looking at it."),
        ),
        Verb(
            "close",
            _("Answer and close"),
            _close,
            _may_close,
            form=AnswerForm,
            done=_("It is answered. The customer was told."),
        ),
        Verb(
            "reopen",
            _("Look at it again"),
            _reopen,
            lambda review: review.state == ReviewState.CLOSED,
            done=_("It is open again."),
        ),
    )


class ReviewRegister(Register):
    """What customers asked to have looked at again; they ask, so nobody adds one here."""

    model = ReviewRequest
    inspect_view_class = ReviewInspectView
    can_create = False
    menu_icon = "help"
    menu_order = 212
    view_right = "processes.view"
    edit_right = "processes.edit"
    bulk_verbs = (
        BulkVerb("take", _("Take it"), _take, why_not=_why_not_take),
        BulkVerb(
            "close",
            _("Answer and close"),
            _close,
            BulkAnswerForm,
            _why_not_close,
            related=("company",),
            is_told=True,
        ),
    )
    list_display = ["number", "customer", "subject", "state", "asked_at"]
    list_export = ["number", "customer", "subject", "process", "state", "asked_at", "closed_at"]
    list_columns = ["taken_by", "description"]
    list_filter = ["state", "subject", "taken_by", "asked_at", ("customer", OnlyFilter)]
    list_group = ["state", "subject", "taken_by"]
    list_tones = {"state": {"received": "new", "looked": "busy", "closed": "done"}}
    search_fields = ["number", "description", "customer__name"]
    search_numbers = ("customer__tax_id", "process__lookup_number")
    list_select_related = ["customer", "subject", "process", "taken_by"]
    empty_words = _("Customers ask for one where a business is missing or wrong.")
    history_words = {
        "processes.ask_for_review": _("Asked for the review"),
        "processes.take_review": _("Took it"),
        "processes.close_review": _("Answered and closed it"),
        "processes.reopen_review": _("Opened it again"),
    }
    inspect_view_fields = [
        "number",
        "customer",
        "subject",
        "process",
        "state",
        "description",
        "asked_by_name",
        "asked_at",
        "taken_by",
        "answer",
        "closed_at",
    ]
    panels = [FieldPanel("subject")]


class ReviewSubjectCatalogue(Catalogue):
    """What a review can be about."""

    model = ReviewSubject
    icon = "list-ul"
    menu_order = 213
    view_right = "processes.view"
    edit_right = "processes.configure"
    translated = ("name",)
    common_panels = (FieldPanel("is_active"), FieldPanel("position"))
    list_display = ("name", "is_active", "position")
    search_fields = ("name_pt", "name_es", "name_en")
