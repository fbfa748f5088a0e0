"""The home page of a company."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.home.context import home_context
from cms.previews import PreviewedAsReader


class HomePage(PreviewedAsReader, Page):
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
    page_description = _("Where everybody starts.")
    subpage_types = [
        "news.NewsIndexPage",
        "support.SupportIndexPage",
        "advantages.ProgrammeIndexPage",
        "help.HelpIndexPage",
        "plain.PlainPage",
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, its two boxes and the latest news."""
        return {**super().get_context(request, *args, **kwargs), **home_context(self, request)}
