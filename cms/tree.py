"""The pages that a new company starts with, in each of its languages."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from cms.home.models import HomePage
from cms.news.models import NewsIndexPage
from portal_modules.core.models import Company


def make_tree(company: Company, language: str, top: Page) -> Page:
    """Home and news of one language, below the top; translations of the other languages' trees."""
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
        home.add_child(
            instance=NewsIndexPage(
                title=_("News"),
                slug="news",
                locale=locale,
                translation_key=_key(company, "news"),
                show_in_menus=True,
            )
        )
    home.save_revision().publish()
    return home


def _key(company: Company, page: str) -> str:
    """One key for a page in all languages."""
    return str(uuid5(NAMESPACE_URL, f"balcao:{company.pk}:{page}"))
