"""The home page of a company."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.home.context import home_context
from cms.pages import path_below_company

NEWS_ON_HOME = 3


class HomePage(Page):
    """Where everybody starts: the lookup, the way in, the news, whom to call."""

    heading: models.CharField[Any, Any] = models.CharField(_("heading"), max_length=120, blank=True)
    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)
    lookup_hint: models.CharField[Any, Any] = models.CharField(
        _("hint of the lookup"), max_length=200, blank=True, help_text=_("Where customers find their number.")
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("introduction"),
        FieldPanel("lookup_hint"),
    ]
    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["news.NewsIndexPage"]
    max_count_per_parent = None

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def latest_news(self) -> tuple[str, list[dict[str, Any]]]:
        """Where the list of news is below the company's address, and what the cards of the newest show."""
        index = self.get_children().live().filter(content_type__model="newsindexpage").first()
        if index is None:
            return "", []
        pages = list(index.get_children().live().specific())
        newest = sorted(pages, key=lambda page: (page.date, page.pk), reverse=True)[:NEWS_ON_HOME]
        return path_below_company(index), [page.as_card() for page in newest]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, its two boxes and the latest news."""
        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}
