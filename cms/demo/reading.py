"""Pages to read of the demo world: support materials with papers and films, answers, programmes, plain pages."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils.text import slugify
from PIL import Image
from wagtail.models import Collection, Page

from cms.advantages.models import ProgrammeIndexPage, ProgrammePage
from cms.audiences import Audience
from cms.demo.texts import blocks, items, texts_of
from cms.home.models import HomePage
from cms.models import CompanyDocument, CompanyImage
from cms.plain.models import PlainPage
from cms.support.models import FaqEntryPage, FaqPage, SupportIndexPage, SupportPage, SupportSectionPage
from portal_modules.core.demo import LANGUAGES, DemoWorld
from portal_modules.core.models import Company
from portal_modules.customers.models import Contact, CustomerGroup

FILES = Path(__file__).resolve().parent / "files"


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """Publish them all, each text as a translation of the others."""
    Reading(company, world).publish()


class Reading:
    """The pages of one company while they are made."""

    def __init__(self, company: Company, world: DemoWorld) -> None:
        self.company = company
        self.world = world
        self.collection = Collection.objects.get(depth=2)
        # Those of the news, each motif once.
        drawn = CompanyImage.objects.exclude(description="").order_by("pk")
        self.pictures = list({picture.description: picture for picture in drawn}.values())
        self.files: dict[str, CompanyDocument] = {}
        self.papers = {paper["name"]: paper["title"] for paper in texts_of(company.alias, "paper")}

    def publish(self) -> None:
        """Each kind below its own index, language by language."""
        for place, language in enumerate(LANGUAGES):
            if language not in self.company.languages:
                continue
            self._support(place, SupportIndexPage.objects.get(locale__language_code=language))
            self._answers(place, FaqPage.objects.get(locale__language_code=language))
            self._programmes(place, ProgrammeIndexPage.objects.get(locale__language_code=language))
            self._plain(place, HomePage.objects.get(locale__language_code=language))

    def _support(self, place: int, index: Page) -> None:
        for facts in texts_of(self.company.alias, "section"):
            section = SupportSectionPage(
                title=facts["title"][place],
                introduction=facts["introduction"][place],
                icon=facts["icon"],
            )
            self._add(index, section, facts["title"])
            for article in facts["article"]:
                page = SupportPage(
                    title=article["title"][place],
                    introduction=article["introduction"][place],
                    body=self._body(article, place),
                    audience=article.get("audience", Audience.EVERYONE),
                )
                self._add(section, page, article["title"], article["days_ago"])

    def _body(self, facts: dict[str, Any], place: int) -> list[tuple[str, Any]]:
        body = blocks(facts["body"][place])
        if film := facts.get("film"):
            body.insert(1, ("film", self._film(film, facts["title"][place])))
        if paper := facts.get("pdf"):
            name = f"{paper}.{LANGUAGES[place]}.pdf"
            body.append(("document", self._file(name, self.papers[paper][place])))
        return body

    def _film(self, name: str, title: str) -> dict[str, Any]:
        captions = [
            {"language": language, "file": self._file(f"{name}.{language}.vtt", f"{name} ({language})")}
            for language in LANGUAGES
        ]
        return {
            "title": title,
            "film": self._file(f"{name}.mp4", name),
            "poster": self._poster(name),
            "captions": captions,
        }

    def _file(self, name: str, title: str) -> CompanyDocument:
        if name not in self.files:
            content = (FILES / name).read_bytes()
            self.files[name] = CompanyDocument.objects.create(
                title=title,
                file=ContentFile(content, name=f"{self.company.alias}-{name.replace('.', '-', 1)}"),
                file_size=len(content),
                collection=self.collection,
            )
        return self.files[name]

    def _poster(self, name: str) -> CompanyImage:
        title = f"{name} (film)"
        found: CompanyImage | None = CompanyImage.objects.filter(title=title).first()
        if found is None:
            content = (FILES / f"{name}.webp").read_bytes()
            with Image.open(FILES / f"{name}.webp") as picture:
                width, height = picture.size
            found = CompanyImage.objects.create(
                title=title,
                file=ImageFile(ContentFile(content), name=f"{self.company.alias}-{name}.webp"),
                width=width,
                height=height,
                collection=self.collection,
            )
        return found

    def _answers(self, place: int, faq: Page) -> None:
        for number, facts in enumerate(texts_of(self.company.alias, "answer")):
            page = FaqEntryPage(
                title=facts["question"][place],
                topic=facts["topic"][place],
                answer=f"<p>{facts['answer'][place]}</p>",
                audience=facts.get("audience", Audience.EVERYONE),
            )
            self._add(faq, page, facts["question"], 10 + number * 9)

    def _programmes(self, place: int, index: Page) -> None:
        for number, facts in enumerate(texts_of(self.company.alias, "programme")):
            ends = facts.get("ends")
            page = ProgrammePage(
                title=facts["title"][place],
                introduction=facts["introduction"][place],
                how=items(facts["how"][place].strip().splitlines(), "ol"),
                conditions=f"<p>{facts['conditions'][place]}</p>",
                partner=facts.get("partner", ""),
                code=facts.get("code", ""),
                begins_on=self.world.today + timedelta(days=facts["begins"]),
                ends_on=None if ends is None else self.world.today + timedelta(days=ends),
                image=self.pictures[-1 - number % len(self.pictures)] if self.pictures else None,
                audience=facts.get("audience", Audience.EVERYONE),
            )
            self._add(index, page, facts["title"], -facts["begins"])
            if group := facts.get("group"):
                page.groups.add(self._group(group))
                page.save()

    def _group(self, name: str) -> CustomerGroup:
        """A group with the first customer in it, who has a login."""
        group: CustomerGroup = CustomerGroup.objects.get_or_create(name=name)[0]
        email = self.world.customers[0].people[0].email
        customer = Contact.objects.select_related("customer").get(email=email).customer
        if customer.group_id is None:
            customer.group = group
            customer.save(update_fields=["group"])
        return group

    def _plain(self, place: int, home: Page) -> None:
        for facts in texts_of(self.company.alias, "plain"):
            page = PlainPage(
                title=facts["title"][place],
                introduction=facts["introduction"][place],
                body=blocks(facts["body"][place]),
                shows_channels=facts.get("shows_channels", False),
                slug=facts["slug"],
                show_in_menus=True,
            )
            self._add(home, page, facts["title"], 200)

    def _add(self, parent: Page, page: Any, titles: list[str], days_ago: int = 30) -> None:
        """Publish a page as a translation of the same one in the other languages, so many days ago."""
        day = self.world.today - timedelta(days=days_ago)
        page.slug = page.slug or slugify(page.title)[:80].strip("-")
        page.locale = parent.locale
        page.translation_key = uuid5(NAMESPACE_URL, f"balcao:{self.company.alias}:page:{titles[-1]}")
        page.first_published_at = page.last_published_at = datetime.combine(day, time(10), self.company.zone)
        parent.add_child(instance=page)
