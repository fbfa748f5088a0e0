"""News of a company, half of them with a picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Collection, Locale

from cms.models import CompanyImage
from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.core.models import Company
from tests.benchmarks.fill import words

NEWS = 20
PICTURES = 3
PICTURE_SIZE = (1600, 900)


def publish_news(company: Company, languages: Sequence[str]) -> None:
    """Publish the news in each language, as translations of one another. The scope has to be in force."""
    pictures = [_make_picture(company, number) for number in range(PICTURES)]
    keys = [uuid4() for _each in range(NEWS)]
    today = timezone.localdate()
    for language in languages:
        locale = Locale.objects.get(language_code=language)
        index = NewsIndexPage.objects.get(locale=locale)
        for number, key in enumerate(keys):
            index.add_child(
                instance=NewsPage(
                    title=words.NEWS_TITLES[language].format(month=number + 1),
                    slug=f"news-{number + 1}",
                    locale=locale,
                    translation_key=key,
                    date=today - timedelta(days=30 * number),
                    introduction=words.NEWS_INTRODUCTIONS[language].format(month=number + 1),
                    image=pictures[number % PICTURES] if number % 2 else None,
                    body=_body(language),
                )
            )


def _body(language: str) -> list[tuple[str, str]]:
    paragraph = f"<p>{words.NEWS_PARAGRAPHS[language]}</p>"
    heading = words.NEWS_HEADINGS[language]
    return [
        ("paragraph", paragraph),
        ("heading", heading),
        ("paragraph", paragraph),
        ("paragraph", paragraph * 2),
    ]


def _make_picture(company: Company, number: int) -> CompanyImage:
    file = BytesIO()
    shade = 40 + 60 * number
    Image.linear_gradient("L").resize(PICTURE_SIZE).convert("RGB").point(
        lambda value: min(255, value + shade)
    ).save(file, "JPEG")
    file.seek(0)
    return CompanyImage.objects.create(
        title=f"Counter {number + 1}",
        description="Our counter",
        file=ImageFile(file, name=f"{company.alias}-{number + 1}.jpg"),
        collection=Collection.objects.get(depth=2),
    )
