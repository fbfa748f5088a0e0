"""Support materials: sections of articles with files and films, and the answers to frequent questions."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.audiences import AudienceManager, ForAudience, Reader, audience_panel, reader_of
from cms.blocks import article_blocks
from cms.pages import AddressedPage, path_below_company

from .search import Searchable, search_context, words_of

SECTION_ICONS = [
    ("book", _("Book")),
    ("file", _("Document")),
    ("globe", _("World")),
    ("card", _("Payment")),
    ("truck", _("Delivery")),
    ("tool", _("Tool")),
    ("calendar", _("Calendar")),
    ("lock", _("Safety")),
    ("user", _("Person")),
    ("help", _("Question")),
]


class SupportIndexPage(AddressedPage, Page):
    """Where all material that explains something begins: the search, the sections, the frequent questions."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/support/index.html"
    page_description = _("Where the support materials begin: a search, the sections and the questions.")
    parent_page_types = ["home.HomePage"]
    subpage_types = ["support.SupportSectionPage", "support.FaqPage"]
    max_count_per_parent = 1
    menu_icon = "book"
    help_key = "support"

    class Meta:
        verbose_name = _("support materials")
        verbose_name_plural = _("support materials")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """While somebody types, only what was found is asked for."""
        return results_template(request) or super().get_template(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What was found, or all sections."""
        context = super().get_context(request, *args, **kwargs)
        context |= search_context((FaqEntryPage, SupportPage), self, request)
        reader = reader_of(request)
        card: Any = request.card  # type: ignore[attr-defined]
        sections = card.remember(f"support:{self.pk}:{reader.key}", lambda: self.sections(reader))
        faq = card.remember(f"questions:{self.pk}:{reader.key}", lambda: self.questions(reader))
        return {**context, "sections": _placed(sections), "faq": _placed([faq])[0] if faq else None}

    def has_something_for(self, reader: Reader) -> bool:
        """It stands in the menu of those who find something in it."""
        kinds = (SupportPage, FaqEntryPage)
        return any(kind.objects.descendant_of(self).live().meant_for(reader).exists() for kind in kinds)

    def sections(self, reader: Reader) -> list[dict[str, Any]]:
        """The sections in which the reader may read anything, in the editors' order."""
        pages = SupportPage.objects.descendant_of(self).live().meant_for(reader).order_by("path")
        articles = [page.as_card() for page in pages.select_related("locale")]
        return [
            section.as_card(own)
            for section in SupportSectionPage.objects.child_of(self).live().order_by("path")
            if (own := [each for each in articles if each["path"].startswith(path_below_company(section))])
        ]

    def questions(self, reader: Reader) -> dict[str, Any] | None:
        """The frequent questions, with the first few of them."""
        faq = FaqPage.objects.child_of(self).live().first()
        if faq is None:
            return None
        entries = FaqEntryPage.objects.child_of(faq).live().meant_for(reader).order_by("path")
        first = [{"title": each.title, "path": path_below_company(each)} for each in entries[:5]]
        return {
            "title": faq.title,
            "path": path_below_company(faq),
            "articles": first,
            "count": entries.count(),
        }


class SupportSectionPage(AddressedPage, Page):
    """Articles about one subject."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)
    icon: models.CharField[Any, Any] = models.CharField(
        _("icon"), max_length=12, choices=SECTION_ICONS, default="book"
    )

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("icon")]
    template = "cms/support/section.html"
    page_description = _("Articles about one subject.")
    parent_page_types = ["support.SupportIndexPage"]
    subpage_types = ["support.SupportPage"]
    help_key = "support"

    class Meta:
        verbose_name = _("section of the support materials")
        verbose_name_plural = _("sections of the support materials")

    def as_card(self, articles: list[dict[str, Any]]) -> dict[str, Any]:
        """What the list of sections shows of it."""
        return {
            "title": self.title,
            "introduction": self.introduction,
            "icon": self.icon,
            "path": path_below_company(self),
            "articles": articles,
        }

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The articles that the reader may read."""
        context = super().get_context(request, *args, **kwargs)
        reader = reader_of(request)
        card: Any = request.card  # type: ignore[attr-defined]
        section = card.remember(
            f"section:{self.pk}:{reader.key}", lambda: self.as_card(self.articles(reader))
        )
        return {**context, "section": _placed([section])[0]}

    def articles(self, reader: Reader) -> list[dict[str, Any]]:
        """Cards of the articles, in the editors' order."""
        found = SupportPage.objects.child_of(self).live().meant_for(reader).order_by("path")
        return [page.as_card() for page in found.select_related("locale")]


class SupportPage(AddressedPage, ForAudience, Searchable, Page):
    """One article: text, pictures, files to take away, films."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)
    body = StreamField(article_blocks(), verbose_name=_("text"), blank=True)

    objects = AudienceManager()

    content_panels = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        audience_panel(),
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]
    template = "cms/support/page.html"
    page_description = _("An article that explains something, with files and films.")
    parent_page_types = ["support.SupportSectionPage"]
    subpage_types: list[str] = []
    help_key = "support"

    class Meta:
        verbose_name = _("support article")
        verbose_name_plural = _("support articles")

    def searched_texts(self) -> list[str]:
        """The words of the article."""
        return [self.introduction, *words_of(self, "body")]

    def as_card(self) -> dict[str, Any]:
        """What a list shows of the article."""
        kinds = {block.block_type for block in self.body}
        return {
            "title": self.title,
            "introduction": self.introduction,
            "path": path_below_company(self),
            "published_on": self.published_on,
            "has_film": "film" in kinds,
            "has_file": "document" in kinds,
        }

    def excerpt(self) -> str:
        """What the search shows of it."""
        return self.introduction


class FaqPage(AddressedPage, Page):
    """The frequent questions, by topic."""

    introduction: models.TextField[Any, Any] = models.TextField(_("introduction"), max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    template = "cms/support/faq.html"
    page_description = _("The list of frequent questions, with a search.")
    parent_page_types = ["support.SupportIndexPage"]
    subpage_types = ["support.FaqEntryPage"]
    max_count_per_parent = 1
    help_key = "support"

    class Meta:
        verbose_name = _("list of frequent questions")
        verbose_name_plural = _("lists of frequent questions")

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        """While somebody types, only what was found is asked for."""
        return results_template(request) or super().get_template(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What was found, or all questions by topic."""
        context = super().get_context(request, *args, **kwargs)
        context |= search_context((FaqEntryPage, SupportPage), self, request)
        reader = reader_of(request)
        card: Any = request.card  # type: ignore[attr-defined]
        topics = card.remember(f"faq:{self.pk}:{reader.key}", lambda: self.topics(reader))
        return {**context, "topics": topics, "reader_key": reader.key}

    def topics(self, reader: Reader) -> list[tuple[str, list[FaqEntryPage]]]:
        """The questions that the reader may read, by topic, in the editors' order."""
        found = FaqEntryPage.objects.child_of(self).live().meant_for(reader).order_by("path")
        entries = list(found.select_related("locale"))
        order = {topic: place for place, topic in reversed(list(enumerate(each.topic for each in entries)))}
        entries.sort(key=lambda entry: order[entry.topic])
        return [(topic, list(own)) for topic, own in groupby(entries, key=lambda entry: entry.topic)]


class FaqEntryPage(AddressedPage, ForAudience, Searchable, Page):
    """One frequent question, which is the title, and its answer."""

    is_answer = True

    topic: models.CharField[Any, Any] = models.CharField(
        _("topic"), max_length=80, blank=True, help_text=_("Questions of one topic stand together.")
    )
    answer = RichTextField(_("answer"), features=["bold", "italic", "ol", "ul", "link", "document-link"])

    objects = AudienceManager()

    content_panels = [*Page.content_panels, FieldPanel("topic"), FieldPanel("answer"), audience_panel()]
    search_fields = [*Page.search_fields, index.SearchField("answer")]
    template = "cms/support/faq_entry.html"
    page_description = _("A frequent question and its answer.")
    parent_page_types = ["support.FaqPage"]
    subpage_types: list[str] = []
    help_key = "support"

    class Meta:
        verbose_name = _("frequent question")
        verbose_name_plural = _("frequent questions")

    def searched_texts(self) -> list[str]:
        """The answer, and what it is about."""
        return [self.topic, *words_of(self, "answer")]

    def excerpt(self) -> str:
        """The beginning of the answer."""
        words = " ".join(words_of(self, "answer"))
        return words if len(words) <= 160 else f"{words[:160].rsplit(' ', 1)[0]}…"


def results_template(request: HttpRequest) -> str:
    """The part that htmx puts in place; "" for a whole page."""
    htmx: Any = getattr(request, "htmx", None)
    return "cms/support/results.html" if htmx and not htmx.boosted and "q" in request.GET else ""


def _placed(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards with their addresses on the company of the request."""
    prefix = get_script_prefix()
    return [
        {
            **card,
            "url": f"{prefix}{card['path']}",
            "articles": [{**each, "url": f"{prefix}{each['path']}"} for each in card["articles"]],
        }
        for card in cards
    ]
