"""News: what the company tells its customers, in each language."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from cms.audiences import AudienceManager, ForAudience, Reader, audience_panel, reader_of
from cms.blocks import article_blocks
from cms.pages import AddressedPage, path_below_company
from portal_modules.core.companies import CompanyCard

NEWS_PER_PAGE = 12


class NewsIndexPage(AddressedPage, Page):
    """The list of news."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/news_index_page.html"
    page_description = _("The list of all news, newest first.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1
    menu_icon = "news"
    help_key = "news"

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The news of one page of the list, newest first."""
        news = NewsPage.objects.child_of(self).live().meant_for(reader_of(request)).order_by("-date", "-pk")
        news = news.select_related("image", "locale").prefetch_related("image__renditions")
        page = Paginator(news, NEWS_PER_PAGE).get_page(request.GET.get("page"))
        prefix = get_script_prefix()
        cards = [{**card, "url": f"{prefix}{card['path']}"} for card in (each.as_card() for each in page)]
        return {**super().get_context(request, *args, **kwargs), "news_page": page, "news": cards}

    def has_something_for(self, reader: Reader) -> bool:
        """The news stand in everybody's menu, number holders' too."""
        return True


class NewsPage(AddressedPage, ForAudience, Page):
    """One piece of news."""

    date: models.DateField[Any, Any] = models.DateField(_("date"), default=timezone.localdate)
    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)
    image: models.ForeignKey[Any, Any] = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("picture"),
        related_name="+",
    )
    body = StreamField(article_blocks(), verbose_name=_("text"), blank=True)

    objects = AudienceManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("introduction"),
        FieldPanel("image"),
        FieldPanel("body"),
        audience_panel(),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "cms/news_page.html"
    page_description = _("Something that the company tells its customers.")
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []
    help_key = "news"

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")

    def as_card(self) -> dict[str, Any]:
        """What a card of this piece of news shows; the path is below the company's address."""
        picture = self.image.get_rendition("fill-640x360|format-webp") if self.image else None
        return {
            "title": self.title,
            "date": self.date,
            "introduction": self.introduction,
            "path": path_below_company(self),
            "picture": {"url": picture.url, "width": picture.width, "height": picture.height}
            if picture
            else None,
        }


def newest_news(request: Any, count: int) -> tuple[str, list[dict[str, Any]]]:
    """The address of the list ("" when there is none) and cards of the newest that the reader may read."""
    card: CompanyCard = request.card
    language, reader = request.public_language, reader_of(request)
    path, news = card.remember(
        f"news:{language}:{count}:{reader.key}", lambda: _newest(language, reader, count)
    )
    prefix = get_script_prefix()
    return (f"{prefix}{path}" if path else ""), [{**item, "url": f"{prefix}{item['path']}"} for item in news]


def _newest(language: str, reader: Reader, count: int) -> tuple[str, list[dict[str, Any]]]:
    index_page = NewsIndexPage.objects.live().filter(locale__language_code=language, depth=3).first()
    if index_page is None:
        return "", []
    news = NewsPage.objects.child_of(index_page).live().meant_for(reader).select_related("image", "locale")
    cards = [page.as_card() for page in news.order_by("-date", "-pk")[:count]]
    return path_below_company(index_page), cards
