"""What the home of the back office shows to editors: drafts, what goes out later, and what is to be translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.models import Locale, Page, Revision

from cms.untranslated import RIGHT
from portal_modules.core.companies import CompanyCard
from portal_modules.core.languages import public_language
from portal_modules.core.presence import attempt, impatience

MOST = 5


@dataclass(frozen=True, slots=True)
class PageList:
    """Some pages under a heading, each with an instant, and how many there are of them."""

    name: str
    title: str | Promise
    pages: list[tuple[Any, datetime | None]]
    count: int
    all_url: str = ""


class EditorsPanel(Component):
    """The pages that an editor is at work on."""

    name = "balcao_pages"
    template_name = "cms/editors_home.html"
    order = 20

    def get_context_data(self, parent_context: Mapping[str, Any] | None) -> dict[str, Any]:
        """Lists that have something in them."""
        assert parent_context is not None
        request = parent_context["request"]
        nothing: list[PageList] = []
        with impatience():
            found = attempt(partial(page_lists, request.card), nothing, "the editors' pages")
        return {"lists": [each for each in found if each.count], "request": request}


def add_to_home(request: Any, panels: list[Any]) -> None:
    """After the desk, for whoever may write."""
    if getattr(request, "company", None) is not None and request.user.has_perm(RIGHT):
        panels.append(EditorsPanel())


def page_lists(card: CompanyCard) -> list[PageList]:
    """Drafts, the newest first; what goes out later, the next first; and what lacks a language, the newest first."""
    report = reverse("cms_untranslated")
    return [
        _list(
            "drafts",
            _("Drafts"),
            drafts().order_by("-latest_revision_created_at"),
            "latest_revision_created_at",
        ),
        _list("scheduled", _("Published later"), scheduled().order_by("go_live_at"), "go_live_at"),
        _list(
            "untranslated",
            _("To be translated"),
            to_translate(card).order_by("-last_published_at"),
            "last_published_at",
            report,
        ),
    ]


def _list(name: str, title: Any, pages: QuerySet[Any], day: str, all_url: str = "") -> PageList:
    shown = [(page, getattr(page, day)) for page in pages.select_related("locale")[:MOST]]
    count = len(shown) if len(shown) < MOST else pages.count()
    return PageList(name, title, shown, count, all_url)


def _pages() -> QuerySet[Any]:
    found: QuerySet[Any] = Page.objects.filter(depth__gt=1)
    return found


def drafts() -> QuerySet[Any]:
    """Pages with something that is not out, and is not to go out by itself either."""
    return _pages().filter(has_unpublished_changes=True).exclude(pk__in=scheduled().values("pk"))


def scheduled() -> QuerySet[Any]:
    """Pages that go out by themselves."""
    # By hand: the relation of the model looks for revisions of bare pages, and each is of a kind.
    ahead = Revision.page_revisions.filter(approved_go_live_at__isnull=False)
    return _pages().filter(pk__in=ahead.annotate(of=Cast("object_id", IntegerField())).values("of"))


def to_translate(card: CompanyCard) -> QuerySet[Any]:
    """Published pages in the company's own language that lack a published page in another of its languages."""
    lacking = Q()
    own = None
    for locale in Locale.objects.all():
        code = public_language(locale.language_code)
        if code == card.company.language:
            own = locale
        elif code in card.company.languages:
            there = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True)
            lacking |= Q(~Exists(there))
    pages = _pages().filter(live=True, locale=own)
    return pages.filter(lacking) if lacking else pages.none()
