"""Help: all that the portal can do, made from the registry, and a page about each section."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import article_blocks
from cms.pages import AddressedPage
from portal_modules.core.home import way_to_write

from ..features import features_of, is_about_what_is_on


class HelpIndexPage(AddressedPage, Page):
    """All that the portal can do for whoever looks: it follows from the modules that are on."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/help/index.html"
    page_description = _("All that the portal can do. What it lists follows from the modules that are on.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["help.HelpPage"]
    max_count_per_parent = 1
    menu_icon = "help"

    class Meta:
        verbose_name = _("all that the portal can do")
        verbose_name_plural = _("all that the portal can do")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What there is in this company for whoever looks, with how it is used and where it is."""
        context = super().get_context(request, *args, **kwargs)
        card: Any = request.card  # type: ignore[attr-defined]
        return {**context, "features": features_of(request), "helpers": card.channels}


class HelpForm(WagtailAdminPageForm):
    """One page for each section and language."""

    def clean(self) -> dict[str, Any]:
        """Refuse a second one."""
        data: dict[str, Any] = super().clean()
        others = HelpPage.objects.filter(key=data.get("key"), locale=self.instance.locale_id)
        if data.get("key") and others.exclude(pk=self.instance.pk).exists():
            self.add_error("key", ValidationError(_("There is a help page for this section already.")))
        return data


class HelpPage(AddressedPage, Page):
    """How one section of the portal is used; the "?" of that section leads here."""

    key: models.CharField[Any, Any] = models.CharField(
        _("section"),
        max_length=80,
        help_text=_("The name of the section's address, such as processes:list. Its “?” leads here."),
    )
    introduction: models.TextField[Any, Any] = models.TextField(_("what it is"), max_length=400)
    how = RichTextField(_("how to use it"), features=["bold", "italic", "ol", "ul", "link"])
    body = StreamField(article_blocks(), verbose_name=_("more about it"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("key"),
        FieldPanel("introduction"),
        FieldPanel("how"),
        FieldPanel("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("how")]
    base_form_class = HelpForm
    # The same section in each language.
    override_translatable_fields = [SynchronizedField("key", overridable=False)]
    template = "cms/help/page.html"
    page_description = _("How one section of the portal is used.")
    parent_page_types = ["help.HelpIndexPage"]
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, and who can be asked about it."""
        context = super().get_context(request, *args, **kwargs)
        card: Any = request.card  # type: ignore[attr-defined]
        return {**context, "helpers": card.channels, "write_url": way_to_write(request)}

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, unless the company has switched off what it is about."""
        if not is_about_what_is_on(self.key, request.card):  # type: ignore[attr-defined]  # of the middleware
            raise Http404
        answer: HttpResponse = super().serve(request, *args, **kwargs)
        return answer

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")
