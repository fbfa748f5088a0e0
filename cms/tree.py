"""The pages that a new company starts with, in each of its languages."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from cms.advantages.models import ProgrammeIndexPage
from cms.help.models import HelpIndexPage
from cms.help.pages import add_missing_help
from cms.home.models import HomePage
from cms.news.models import NewsIndexPage
from cms.support.models import FaqPage, SupportIndexPage
from portal_modules.core.models import Company


def make_tree(company: Company, language: str, top: Page) -> Page:
    """Home, news, support, advantages and help of one language, below the top of the tree.

    They are translations of the other languages' pages. In the menu stands what has something to show.
    """
    locale = Locale.objects.get(language_code=language)
    with translation.override(company.spoken(language)):
        home = HomePage(
            title=company.name,
            slug=f"{company.alias}-{language}",
            locale=locale,
            translation_key=_key(company, "home"),
            heading=_("Follow your business"),
            introduction=_("See where it stands at any time, with the number that we sent you by e-mail."),
            lookup_hint=_("It is in the e-mail that we sent you when your business began."),
        )
        top.add_child(instance=home)
        _add(company, home, NewsIndexPage(title=_("News"), slug="news", show_in_menus=True))
        support = SupportIndexPage(
            title=_("Support"),
            slug="support",
            show_in_menus=True,
            introduction=_("What explains each step, to read, to watch and to keep."),
        )
        _add(company, home, support)
        _add(company, support, FaqPage(title=_("Frequent questions"), slug="faq"))
        programmes = ProgrammeIndexPage(
            title=_("Advantages"),
            slug="advantages",
            show_in_menus=True,
            introduction=_("What you get because you are a customer, for as long as it runs."),
        )
        _add(company, home, programmes)
        all_help = HelpIndexPage(
            title=_("What you can do here"),
            slug="help",
            introduction=_("All that this portal does for you, how it is done, and where."),
        )
        _add(company, home, all_help)
        add_missing_help(company, all_help, language)
    home.save_revision().publish()
    return home


def _add(company: Company, parent: Page, page: Page) -> None:
    """Hang a page below its parent, as a translation of the same page in the other languages."""
    page.locale = parent.locale
    page.translation_key = _key(company, page.slug)
    page.first_published_at = page.last_published_at = timezone.now()
    parent.add_child(instance=page)


def _key(company: Company, page: str) -> str:
    """One key for a page in all languages."""
    return str(uuid5(NAMESPACE_URL, f"balcao:{company.pk}:{page}"))
