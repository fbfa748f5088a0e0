"""Advantage programmes: what customers get because they are customers, for a while and for some of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model_string
from wagtail.models import Page, PageManager
from wagtail.search import index

from cms.audiences import AudienceQuerySet, ForAudience, Reader, audience_panel, reader_of
from cms.blocks import article_blocks
from cms.pages import AddressedPage, path_below_company


class ProgrammeQuerySet(AudienceQuerySet):
    """Programmes by their time."""

    def running(self, on: date) -> Self:
        """Those that have begun and are not over."""
        return self.filter(begins_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))

    def soonest_over_first(self) -> Self:
        """What ends soon comes first, what has no end last."""
        return self.order_by(F("ends_on").asc(nulls_last=True), "path")


ProgrammeManager = PageManager.from_queryset(ProgrammeQuerySet)


class ProgrammeIndexPage(AddressedPage, Page):
    """The list of the programmes that are running and meant for whoever looks."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/advantages/index.html"
    page_description = _("The list of the programmes that are running.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["advantages.ProgrammePage"]
    max_count_per_parent = 1
    menu_icon = "gift"
    help_key = "advantages"

    class Meta:
        verbose_name = _("list of advantage programmes")
        verbose_name_plural = _("lists of advantage programmes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The programmes of today for this reader."""
        context = super().get_context(request, *args, **kwargs)
        reader, today = reader_of(request), timezone.localdate()
        card: Any = request.card  # type: ignore[attr-defined]
        cards = card.remember(
            f"programmes:{self.pk}:{reader.key}:{today}", lambda: self.programmes(reader, today)
        )
        prefix = get_script_prefix()
        return {**context, "programmes": [{**each, "url": f"{prefix}{each['path']}"} for each in cards]}

    def programmes(self, reader: Reader, on: date) -> list[dict[str, Any]]:
        """Cards of those that run on a day."""
        found = ProgrammePage.objects.child_of(self).live().meant_for(reader).running(on)
        found = found.soonest_over_first().select_related("image", "locale")
        return [page.as_card(on) for page in found]

    def has_something_for(self, reader: Reader) -> bool:
        """It stands in the menu of those for whom a programme is running."""
        running = ProgrammePage.objects.child_of(self).live().running(timezone.localdate())
        return running.meant_for(reader).exists()


class ProgrammePage(AddressedPage, ForAudience, Page):
    """One programme: what one gets, from when until when, how to use it, and under which conditions."""

    introduction: models.TextField[Any, Any] = models.TextField(
        _("what one gets"), max_length=400, help_text=_("In one or two sentences; the list shows it.")
    )
    begins_on: models.DateField[Any, Any] = models.DateField(_("from"), default=timezone.localdate)
    ends_on: models.DateField[Any, Any] = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day. Without one it has no end.")
    )
    partner: models.CharField[Any, Any] = models.CharField(
        _("partner"), max_length=120, blank=True, help_text=_("Who gives it, where that is not the company.")
    )
    code: models.CharField[Any, Any] = models.CharField(
        _("code"), max_length=40, blank=True, help_text=_("What customers say or type to get it.")
    )
    image: models.ForeignKey[Any, Any] = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("picture"),
        related_name="+",
    )
    how = RichTextField(_("how to use it"), features=["bold", "italic", "ol", "ul", "link"])
    body = StreamField(article_blocks(), verbose_name=_("more about it"), blank=True)
    conditions = RichTextField(
        _("conditions"), blank=True, features=["bold", "italic", "ol", "ul", "link", "document-link"]
    )

    objects = ProgrammeManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("begins_on"), FieldPanel("ends_on")])], heading=_("When it runs")
        ),
        FieldRowPanel([FieldPanel("partner"), FieldPanel("code")]),
        FieldPanel("image"),
        FieldPanel("how"),
        FieldPanel("body"),
        FieldPanel("conditions"),
        audience_panel(),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("how"),
        index.SearchField("conditions"),
    ]
    template = "cms/advantages/page.html"
    page_description = _("Something that customers get, for a while, and all or some of them.")
    parent_page_types = ["advantages.ProgrammeIndexPage"]
    subpage_types: list[str] = []
    help_key = "advantages"

    class Meta:
        verbose_name = _("advantage programme")
        verbose_name_plural = _("advantage programmes")

    def clean(self) -> None:
        """It does not end before it begins."""
        super().clean()
        if self.ends_on and self.begins_on and self.ends_on < self.begins_on:
            raise ValidationError({"ends_on": _("It cannot end before it begins.")})

    def is_over(self, on: date) -> bool:
        """Was its last day before that one?"""
        return self.ends_on is not None and self.ends_on < on

    def has_begun(self, on: date) -> bool:
        """Was its first day that one, or before?"""
        return bool(self.begins_on <= on)

    def get_admin_display_title(self) -> str:
        """Editors see in their lists which are over, and which have not begun."""
        title: str = super().get_admin_display_title()
        today = timezone.localdate()
        if self.is_over(today):
            words = gettext("%(title)s (over since %(date)s)")
            return words % {"title": title, "date": date_format(self.ends_on, "SHORT_DATE_FORMAT")}
        if not self.has_begun(today):
            words = gettext("%(title)s (begins on %(date)s)")
            return words % {"title": title, "date": date_format(self.begins_on, "SHORT_DATE_FORMAT")}
        return title

    def as_card(self, on: date) -> dict[str, Any]:
        """What the list shows of it."""
        picture = self.image.get_rendition("fill-640x360|format-webp") if self.image else None
        return {
            "title": self.title,
            "introduction": self.introduction,
            "ends_on": self.ends_on,
            "ends_soon": self.ends_on is not None and (self.ends_on - on).days <= 14,
            "is_for_group": self.audience == "groups",
            "path": path_below_company(self),
            "picture": {"url": picture.url} if picture else None,
        }

    def is_there(self, on: date) -> bool:
        """What has not begun is nobody's business yet; what is over says so, for whoever kept the address."""
        return self.has_begun(on)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The programme, and whether it can still be used."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, "is_over": self.is_over(timezone.localdate())}
