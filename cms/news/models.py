"""News: what the company tells everybody, in each language."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.pages import AddressedPage, path_below_company

NEWS_PER_PAGE = 12


class NewsIndexPage(AddressedPage, Page):
    """The list of news."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/news_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["news.NewsPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The news of one page of the list, newest first."""
        news = NewsPage.objects.child_of(self).live().order_by("-date", "-pk")
        news = news.select_related("image", "locale").prefetch_related("image__renditions")
        page = Paginator(news, NEWS_PER_PAGE).get_page(request.GET.get("page"))
        prefix = get_script_prefix()
        cards = [{**card, "url": f"{prefix}{card['path']}"} for card in (each.as_card() for each in page)]
        return {**super().get_context(request, *args, **kwargs), "news_page": page, "news": cards}


class NewsPage(AddressedPage, Page):
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
    body = StreamField(
        [
            ("heading", CharBlock(label=_("Heading"), icon="title", template="cms/blocks/heading.html")),
            (
                "paragraph",
                RichTextBlock(
                    label=_("Text"),
                    features=["h3", "bold", "italic", "ol", "ul", "link", "document-link"],
                    template="cms/blocks/paragraph.html",
                ),
            ),
            ("image", ImageChooserBlock(label=_("Picture"), template="cms/blocks/image.html")),
            ("document", DocumentChooserBlock(label=_("File"), template="cms/blocks/document.html")),
        ],
        verbose_name=_("text"),
        blank=True,
    )

    content_panels = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("introduction"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    template = "cms/news_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types: list[str] = []

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
