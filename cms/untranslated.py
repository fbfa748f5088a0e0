"""What is missing in a language of the company: pages, and rows of the catalogues, each with the way to write it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.db.models import Exists, ForeignKey, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from modelcluster.fields import ParentalKey
from modeltranslation.translator import translator
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from portal_modules.core.companies import CompanyCard
from portal_modules.core.languages import PUBLIC_LANGUAGES, public_language
from portal_modules.core.models import CompanyOwned
from portal_modules.core.modules import modules

RIGHT = "cms.translate"
ROWS_ON_PAGE = 50


@dataclass(frozen=True, slots=True)
class Way:
    """Where one language is written. `is_begun` says that a part of it is there."""

    language: str
    name: str
    url: str
    is_begun: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not written in all languages."""

    kind: str
    title: str
    ways: list[Way] = field(default_factory=list)


@require_safe
def untranslated(request: Any) -> HttpResponse:
    """All of it, or what is missing in one language."""
    if request.company is None or not request.user.has_perm(RIGHT):
        raise PermissionDenied
    wanted = request.GET.get("language", "")
    if wanted and wanted not in request.company.languages:
        raise Http404
    languages = [wanted] if wanted else request.company.languages
    found = [*missing_pages(request.card, languages), *missing_texts(request.card, languages)]
    try:
        page = Paginator(found, ROWS_ON_PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {
        "rows": page,
        "wanted": wanted,
        "languages": [(code, PUBLIC_LANGUAGES[code]) for code in request.company.languages],
    }
    return render(request, "cms/untranslated.html", context)


def missing_pages(card: CompanyCard, languages: list[str]) -> Iterator[Missing]:
    """Pages without a published page of the same kind in one of the languages, and translations not yet complete."""
    families: dict[Any, dict[str, Any]] = defaultdict(dict)
    pages = Page.objects.filter(depth__gt=1).select_related("locale", "content_type").order_by("path")
    for page in pages:
        families[page.translation_key][public_language(page.locale.language_code)] = page
    unfinished = _unfinished()
    own = card.company.language
    for key, family in families.items():
        source = family.get(own) or next(iter(family.values()))
        if not source.live:
            continue  # a draft is nobody's to translate yet
        ways = []
        for code in languages:
            there = family.get(code)
            if there is None and source is family.get(code, source):
                ways.append(_way(code, reverse("wagtail_localize:submit_page_translation", args=[source.pk])))
            elif there is not None and (not there.live or (key, code) in unfinished):
                ways.append(_way(code, reverse("wagtailadmin_pages:edit", args=[there.pk]), is_begun=True))
        if ways:
            kind = source.content_type.model_class()
            yield Missing(capfirst(kind._meta.verbose_name if kind else _("page")), source.title, ways)


def _unfinished() -> set[tuple[Any, str]]:
    """Translations that lack sentences, by the key of the page and the language; an address is no sentence."""
    said = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=OuterRef(OuterRef("target_locale")),
        has_error=False,
    )
    lacking = StringSegment.objects.filter(~Exists(said), source=OuterRef("source"))
    found = Translation.objects.filter(Exists(lacking.exclude(context__path="slug")), enabled=True)
    return {
        (key, public_language(code))
        for key, code in found.values_list("source__object_id", "target_locale__language_code")
    }


def _way(code: str, url: str, *, is_begun: bool = False) -> Way:
    return Way(code, PUBLIC_LANGUAGES[code], url, is_begun)


def missing_texts(card: CompanyCard, languages: list[str]) -> Iterator[Missing]:
    """Rows that are written in some language and not in all."""
    for model in sorted(
        translator.get_registered_models(abstract=False), key=lambda model: model._meta.label
    ):
        if not issubclass(model, CompanyOwned) or not _is_on(model, card):
            continue
        options: Any = translator.get_options_for_model(model)
        names = list(options.get_field_names())
        for row in model.objects.all():
            lacking = [code for code in languages if _lacks(row, names, code)]
            url = _edited_at(row)
            if lacking and url:
                ways = [_way(code, url) for code in lacking]
                yield Missing(str(capfirst(str(model._meta.verbose_name))), str(row), ways)


def _is_on(model: Any, card: CompanyCard) -> bool:
    label = model._meta.app_label
    return label not in modules or label in card.modules


def _lacks(row: Any, names: list[str], code: str) -> bool:
    """Is a text there in another language, and not in this one?"""
    return any(
        not getattr(row, f"{name}_{code}")
        and any(getattr(row, f"{name}_{each}") for each in PUBLIC_LANGUAGES)
        for name in names
    )


def _edited_at(row: Any) -> str:
    """The form of a row, or of the row that it is a part of; "" where it has none."""
    meta = row._meta
    try:
        return reverse(f"wagtailsnippets_{meta.app_label}_{meta.model_name}:edit", args=[row.pk])
    except NoReverseMatch:
        pass
    try:
        return reverse(f"{meta.app_label}_{meta.model_name}_modeladmin_inspect", args=[row.pk])
    except NoReverseMatch:
        pass
    parents = [each for each in meta.concrete_fields if isinstance(each, ParentalKey)]
    owners = parents or [
        each
        for each in meta.concrete_fields
        if isinstance(each, ForeignKey) and each.remote_field.model._meta.app_label == meta.app_label
    ]
    for each in owners:
        owner = getattr(row, each.name)
        if owner is not None and not isinstance(owner, ContentType):
            return _edited_at(owner)
    return ""
