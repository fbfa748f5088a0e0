"""Ways from the company's own website into its portal: a link, and the code of one to put into a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal_modules.core.addresses import home_address, whole_address
from portal_modules.core.companies import CompanyCard
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.models import Company
from portal_modules.core.modules import modules


@dataclass(frozen=True, slots=True)
class WayIn:
    """A link in one language of the company: its words, where it leads, and the HTML of both."""

    language: str
    words: str
    url: str
    code: str


def ways_in_from_website(company: Company, card: CompanyCard) -> list[WayIn]:
    """The home page of the portal, and following something by its number where the company has that on."""
    return [way for language in company.languages for way in _ways(company, card, language)]


def _ways(company: Company, card: CompanyCard, language: str) -> list[WayIn]:
    with translation.override(company.spoken(language)):
        found = [(_("Customer area"), home_address(company, language))]
        found += [
            (
                _("Follow your business by its number"),
                whole_address(company, language, module.lookup.url_name),
            )
            for module in modules
            if module.lookup and card.is_on(module.lookup.function)
        ]
    return [_way(language, words, url) for words, url in found]


def _way(language: str, words: str, url: str) -> WayIn:
    # Code to read and to copy: escaped once for the page that it goes into, and once more for ours.
    code = f'<a href="{escape(url)}" hreflang="{language}">{escape(words)}</a>'
    return WayIn(PUBLIC_LANGUAGES[language], words, url, code)
