"""Finding the company of a request, and keeping what its pages show at hand.

What a page needs of a company hardly changes: its row, channels, links, switches and settings are kept
in the process under the company's version, which a trigger raises with each change of any of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django_scopes import scope
from wagtail.models import Site

from portal_modules.core.choices import StaffRole
from portal_modules.core.events import switches_source
from portal_modules.core.models import Channel, Company, CompanyModule, CompanySetting, SocialLink
from portal_modules.core.modules import switched_on
from portal_modules.core.palette import build_palette, css_variables
from portal_modules.core.prepared import read_often
from portal_modules.core.scope import STAFF, current_scope, narrow, platform_scope
from portal_modules.core.settled import Settled, settle

# Cards in one process, and values that each remembers: a company with thousands of pages stays small.
_KEPT = 200
_REMEMBERED = 300


@dataclass(frozen=True, slots=True)
class FoundCompany:
    """What a finder tells: enough to put the walls up, and nothing else."""

    id: int
    version: int
    is_closed: bool

    def walls(self) -> dict[str, Any]:
        """The scope's part that is the company's."""
        return {"company": self.id, "companies": (self.id,)}


@dataclass(frozen=True, slots=True)
class CompanyCard:
    """What the pages of a company show of it, all of one version."""

    company: Company
    site: Site | None
    channels: tuple[Channel, ...]
    social_links: tuple[SocialLink, ...]
    modules: frozenset[str]
    settings: dict[tuple[str, str], Any]
    brand_css: str
    memory: dict[str, Any] = field(default_factory=dict)

    def remember(self, key: str, compute: Callable[[], Any]) -> Any:
        """A value that only changes with the company's version, computed once in this process."""
        if key not in self.memory:
            if len(self.memory) >= _REMEMBERED:
                self.memory.clear()
            self.memory[key] = compute()
        return self.memory[key]

    def setting(self, name: str, *levels: str) -> Any:
        """A setting's value for the nearest of the levels that has one, else the company's, else the platform's."""
        return self.settled(name, *levels).value

    def settled(self, name: str, *levels: str) -> Settled:
        """The same, with where the value comes from."""
        return settle(self.settings, name, levels)

    def is_on(self, function: str) -> bool:
        """Is a function of a module on: its module, and its own switch?"""
        label = function.partition(".")[0]
        return label in self.modules and bool(self.setting(f"function:{function}"))


_cards: OrderedDict[tuple[int, int], CompanyCard] = OrderedDict()


def card_of(found: FoundCompany) -> CompanyCard:
    """The card of a company; its scope has to be in force."""
    key = (found.id, found.version)
    card = _cards.get(key)
    if card is None:
        card = _cards[key] = _read_card(found)
        while len(_cards) > _KEPT:
            _cards.popitem(last=False)
    return card


def _read_card(found: FoundCompany) -> CompanyCard:
    company = Company.objects.get(pk=found.id)
    with scope(company=company):
        switches = dict(CompanyModule.objects.values_list("module", "is_on"))
        values = {(row.name, row.level): row.value for row in CompanySetting.objects.all()}
        channels = tuple(Channel.objects.all())
        links = tuple(SocialLink.objects.all())
    site = Site.objects.select_related("root_page").filter(pk=company.site_id).first()
    return CompanyCard(
        company=company,
        site=site,
        channels=channels,
        social_links=links,
        modules=switched_on(company, switches),
        settings=values,
        brand_css=css_variables(build_palette(company.color)),
    )


def find_company(*, alias: str | None = None, host: str | None = None) -> FoundCompany | None:
    """The company of an alias or host name; None when there is none, or it is closed."""
    return _one("select * from core_find_company(%s, %s)", [alias, host_alias(host) if host else None])


def find_company_of_host(name: str) -> FoundCompany | None:
    """The company that has proved that a host name is its own."""
    return _one("select * from core_company_of_host(%s)", [name])


def alias_now(alias: str) -> str:
    """Where a company is that had this alias once; "" when none had it, or it is closed."""
    with connection.cursor() as cursor:
        cursor.execute("select core_alias_now(%s)", [alias])
        return str(cursor.fetchone()[0] or "")


def only_company() -> FoundCompany | None:
    """The company of an installation that has just one: it needs no alias."""
    return _one("select * from core_only_company()", [])


def find_company_by_id(pk: int) -> FoundCompany | None:
    """The company of an id."""
    return _one("select * from core_company_by_id(%s)", [pk])


def find_company_by_uuid(uuid: UUID) -> FoundCompany | None:
    """The company that a service of others names in its address."""
    return _one("select * from core_company_by_uuid(%s)", [uuid])


@contextmanager
def inside(found: FoundCompany) -> Iterator[Company]:
    """Work in a company that a service of others has named, as its staff: what it says has to be proved there.

    The running scope is narrowed and stays so: such a request does nothing else.
    """
    narrow(role=STAFF, **found.walls())
    card = card_of(found)
    with scope(company=card.company), at_hand(card):
        yield card.company


def card_of_company(company: Company) -> CompanyCard:
    """The card of a company where there is no request: in a task, a mail; its scope has to be in force."""
    found = find_company_by_id(company.pk)
    if found is None:
        raise LookupError(f"Company {company.pk} is closed.")
    return card_of(found)


_at_hand: ContextVar[CompanyCard | None] = ContextVar("card", default=None)


@contextmanager
def at_hand(card: CompanyCard) -> Iterator[None]:
    """Have `card_in_scope` answer with this card in the body, without asking anybody."""
    token = _at_hand.set(card)
    try:
        yield
    finally:
        _at_hand.reset(token)


def card_in_scope() -> CompanyCard:
    """The card of the company in scope: the request's, or the one that is read now."""
    wanted, card = current_scope().company, _at_hand.get()
    if card is not None and card.company.pk == wanted:
        return card
    found = find_company_by_id(wanted) if wanted else None
    if found is None:
        raise LookupError("No company is in scope, or it is closed.")
    return card_of(found)


def modules_on(pk: int) -> frozenset[str]:
    """The modules that are on in the company of an id, which has to be in scope; none where it is closed."""
    card = _at_hand.get()
    if card is not None and card.company.pk == pk:
        return card.modules
    found = find_company_by_id(pk)
    return card_of(found).modules if found else frozenset()


switches_source[:] = [modules_on]


def companies_with(label: str) -> list[Company]:
    """The companies in which a module is on: for the jobs of the module, which skip the others."""
    with platform_scope():
        companies = list(Company.objects.filter(closed_at=None).order_by("pk"))
        switches: dict[int, dict[str, bool]] = {company.pk: {} for company in companies}
        for row in CompanyModule.objects.filter(company__in=companies):
            switches[row.company_id][row.module] = row.is_on
    return [company for company in companies if label in switched_on(company, switches[company.pk])]


def host_alias(host: str) -> str | None:
    """`castro-lima.portal.example:8000` → `castro-lima`, below the platform's host."""
    name = host.partition(":")[0].lower().rstrip(".")
    alias, dot, rest = name.partition(".")
    return alias if dot and rest == settings.PLATFORM_HOST else None


def _one(sql: str, parameters: list[Any]) -> FoundCompany | None:
    rows = read_often(sql, parameters)
    if not rows:
        return None
    found = FoundCompany(*rows[0])
    return None if found.is_closed else found


@dataclass(frozen=True, slots=True)
class Workplace:
    """A company that a person works in, and as what."""

    company: FoundCompany
    name: str
    role: StaffRole


def workplaces_of(user_id: int) -> list[Workplace]:
    """The companies that a person works in now, by name."""
    rows = read_often("select * from core_workplaces_of(%s)", [user_id])
    return [Workplace(FoundCompany(*row[:3]), row[3], StaffRole(row[4])) for row in rows]
