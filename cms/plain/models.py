"""Plain pages: about the company, how to reach it, and whatever else has no kind of its own."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.audiences import AudienceManager, ForAudience, audience_panel
from cms.blocks import article_blocks
from cms.pages import AddressedPage


class PlainPage(AddressedPage, ForAudience, Page):
    """A page of text, pictures, files and films."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(article_blocks(), verbose_name=_("text"), blank=True)
    shows_channels: models.BooleanField[Any, Any] = models.BooleanField(
        _("show how to reach us"),
        default=False,
        help_text=_("The company's phones and addresses, with their hours, below the text."),
    )

    objects = AudienceManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("shows_channels"),
        audience_panel(),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "cms/plain_page.html"
    page_description = _("About the company, how to reach it, or anything else.")
    parent_page_types = ["home.HomePage", "plain.PlainPage"]
    subpage_types = ["plain.PlainPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
