"""News of the demo world: in three languages, as translations of one another, each with a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.html import format_html
from django.utils.text import slugify
from wagtail.models import Collection, Locale

from cms.audiences import Audience
from cms.demo import pictures
from cms.demo.companies import COMPANIES
from cms.demo.news_texts import NEWS
from cms.demo.texts import blocks, texts_of
from cms.models import CompanyImage
from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.core.demo import LANGUAGES, DemoWorld
from portal_modules.core.models import Company

# What the pages show, made now and not by the first visitor.
SIZES = ("fill-640x360|format-webp", "fill-1280x640|format-webp")


@dataclass(frozen=True, slots=True)
class NewsFacts:
    """One piece of news: each text in pt, es and en. A line of the body with a "#" in front is a heading."""

    days_ago: int
    motif: str
    title: Sequence[str]
    introduction: Sequence[str]
    body: Sequence[Sequence[str] | str]
    seen: Sequence[str]
    audience: str = Audience.EVERYONE


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """Publish them, the oldest first."""
    facts = [NewsFacts(*each) for each in NEWS[company.alias]]
    facts += [NewsFacts(**each) for each in texts_of(company.alias, "news")]
    collection = Collection.objects.get(depth=2)
    indexes = {index.locale.language_code: index for index in NewsIndexPage.objects.select_related("locale")}
    for each in sorted(facts, key=lambda fact: -fact.days_ago):
        image = _draw(company, each, collection, rng)
        key = uuid5(NAMESPACE_URL, f"balcao:{company.alias}:{each.title[-1]}")
        for place, language in enumerate(LANGUAGES):
            if language not in indexes:
                continue
            page = NewsPage(
                title=each.title[place],
                slug=slugify(each.title[place])[:80].strip("-"),
                locale=Locale.objects.get(language_code=language),
                translation_key=key,
                date=world.today - timedelta(days=each.days_ago),
                introduction=each.introduction[place],
                search_description=each.introduction[place],
                image=image,
                body=_body(each.body[place]),
                audience=each.audience,
            )
            indexes[language].add_child(instance=page)
            page.save_revision().publish()
            # Published on its day, and not when the demo was made.
            day = datetime.combine(page.date, time(9), company.zone)
            NewsPage.objects.filter(pk=page.pk).update(first_published_at=day, last_published_at=day)


def _body(lines: Sequence[str] | str) -> list[tuple[str, Any]]:
    return blocks(lines) if isinstance(lines, str) else [_block(line) for line in lines]


def _block(line: str) -> tuple[str, str]:
    if line.startswith("# "):
        return "heading", line.removeprefix("# ")
    return "paragraph", format_html("<p>{}</p>", line)


def _draw(company: Company, facts: NewsFacts, collection: Collection, rng: Random) -> CompanyImage:
    colours = next((each.color, each.accent) for each in COMPANIES if each.alias == company.alias)
    content = ContentFile(pictures.picture(facts.motif, *colours, rng))
    name = f"{company.alias}-{slugify(facts.title[-1])[:40]}.webp"
    image = CompanyImage.objects.create(
        title=facts.title[LANGUAGES.index(company.language)],
        description=facts.seen[LANGUAGES.index(company.language)],
        file=ImageFile(content, name=name),
        width=pictures.WIDTH,
        height=pictures.HEIGHT,
        collection=collection,
    )
    image.get_renditions(*SIZES)
    return image
