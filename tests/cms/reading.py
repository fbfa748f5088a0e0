"""Pages to read, as the tests of them need them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from cms.advantages.models import ProgrammeIndexPage, ProgrammePage
from cms.audiences import Audience
from cms.news.models import NewsIndexPage, NewsPage
from cms.support.models import (
    FaqEntryPage,
    FaqPage,
    SupportIndexPage,
    SupportPage,
    SupportSectionPage,
)
from portal_modules.core.access import Level
from portal_modules.core.models import Company
from portal_modules.customers.models import CustomerGroup
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World

EN = "/p/castro-lima/en/"
AUDIENCES = tuple(Audience)


def below(kind: type[Any], language: str = "en") -> Any:
    """The one page of a kind in a language; the company's scope has to be in force."""
    return kind.objects.get(locale__language_code=language)


def publish(parent: Page, page: Any, groups: tuple[CustomerGroup, ...] = ()) -> Any:
    """Hang a page below another one, and publish it as editors do."""
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.groups = list(groups)
    page.save_revision().publish()
    return page


def add_section(language: str = "en", title: str = "The way") -> SupportSectionPage:
    """A section of the support materials."""
    section = SupportSectionPage(title=title, locale=below(SupportIndexPage, language).locale)
    below(SupportIndexPage, language).add_child(instance=section)
    return section


def add_article(section: SupportSectionPage, title: str, **fields: Any) -> SupportPage:
    """An article for everyone, unless it says otherwise."""
    groups = fields.pop("groups", ())
    article: SupportPage = publish(section, SupportPage(title=title, **fields), groups)
    return article


def add_answer(question: str, answer: str, language: str = "en", **fields: Any) -> FaqEntryPage:
    """An answer to a frequent question."""
    entry: FaqEntryPage = publish(
        below(FaqPage, language), FaqEntryPage(title=question, answer=f"<p>{answer}</p>", **fields)
    )
    return entry


def add_programme(title: str, *, begins: int = -10, ends: int | None = 20, **fields: Any) -> ProgrammePage:
    """A programme that began and ends so many days from today."""
    today: date = timezone.localdate()
    groups, language = fields.pop("groups", ()), fields.pop("language", "en")
    values = {
        "introduction": f"What one gets: {title}",
        "how": "<p>Show this page.</p>",
        "begins_on": today + timedelta(days=begins),
        "ends_on": None if ends is None else today + timedelta(days=ends),
        **fields,
    }
    page: ProgrammePage = publish(
        below(ProgrammeIndexPage, language), ProgrammePage(title=title, **values), groups
    )
    return page


def add_news(title: str, **fields: Any) -> NewsPage:
    """A piece of news."""
    groups, language = fields.pop("groups", ()), fields.pop("language", "en")
    page: NewsPage = publish(below(NewsIndexPage, language), NewsPage(title=title, **fields), groups)
    return page


def put_into_group(side: CompanyWorld, customer: str, name: str = "Members") -> CustomerGroup:
    """A group with one customer in it."""
    group, _made = CustomerGroup.objects.get_or_create(name=name)
    row = side.customers[customer]
    row.group = group
    row.save(update_fields=["group"])
    return group


def readers(world: World) -> dict[str, Browser]:
    """Whoever reads: nobody known, by a number, alice (in the group), charlie (in none), dora of another company."""
    home: Company = world.home.company
    return {
        "stranger": Browser(),
        "number": Browser().with_number(home, world.home.processes["alice"].pk),
        "tax id": Browser().sign_in(world.charlie, home, Level.TAX_ID),
        "alice": Browser().sign_in(world.alice, home),
        "charlie": Browser().sign_in(world.charlie, home),
        "dora": Browser().sign_in(world.dora, world.other.company),
    }


# Who reads which of four pages, one for each audience.
MAY_READ = {
    "stranger": {"everyone"},
    "dora": {"everyone"},
    "number": {"everyone", "numbers"},
    "tax id": {"everyone", "numbers"},
    "charlie": {"everyone", "numbers", "customers"},
    "alice": {"everyone", "numbers", "customers", "groups"},
}
