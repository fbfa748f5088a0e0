"""Loading the demo world, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from random import Random
from types import ModuleType

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from cms.demo import news, pictures, reading, team
from cms.demo.companies import COMPANIES, SISTERS, CompanyFacts
from cms.demo.people import ADMIN_EMAIL, ADMIN_NAME, CUSTOMERS, STAFF
from cms.home.models import HomePage
from portal_modules.core.actions import NewCompany, alias_is_taken, create_company, keep_group, log
from portal_modules.core.demo import LANGUAGES, DemoWorld, Load, by_language
from portal_modules.core.models import Channel, Company, CompanyGroup, LogEntry, SocialLink
from portal_modules.core.modules import modules
from portal_modules.core.scope import PORTAL, Scope, company_scope, database_scope, platform_scope
from portal_modules.users.demo import STAFF_PASSWORD, make_login
from portal_modules.users.models import User

LOADED = "demo.load"  # the action in a company's log
_LOCK = 0x62616C63  # any number: "balc"


class DemoBusy(RuntimeError):
    """Another process is loading it just now."""


def load_world() -> int:
    """Load what is missing, and return the number of parts that were."""
    with _alone():
        admin = make_login(ADMIN_EMAIL, ADMIN_NAME, STAFF_PASSWORD, "en", is_superuser=True)
        loaded = sum(_load_company(facts) for facts in COMPANIES)
        _make_sisters(admin)
        return loaded


def demo_modules() -> Iterator[tuple[str, ModuleType]]:
    """The `demo` of each module that has one, after those of the modules that it depends on."""
    for module in modules:
        name = f"{module.name}.demo"
        if find_spec(name) is not None:
            yield module.label, import_module(name)


def find_company(alias: str) -> Company | None:
    """A company of the demo; None while it is not made, or when somebody has closed it."""
    with platform_scope():
        return Company.objects.filter(alias=alias).first()


def world_of(company: Company) -> DemoWorld:
    """What the parts of a company are given."""
    today = timezone.localdate(timezone=company.zone)
    return DemoWorld(today=today, staff=STAFF[company.alias], customers=CUSTOMERS[company.alias])


def _load_company(facts: CompanyFacts) -> int:
    company = find_company(facts.alias)
    if company is None:
        with database_scope(Scope(role=PORTAL)):
            if alias_is_taken(facts.alias):
                return 0  # closed: whoever did that had a reason
        company = _make_company(facts)
        return 1 + _load_parts(company, set())
    with company_scope(company):
        done = LogEntry.objects.filter(action=LOADED).values_list("details__part", flat=True)
        loaded = set(done)
    return _load_parts(company, loaded)


def _load_parts(company: Company, loaded: set[str]) -> int:
    parts: list[tuple[str, Load]] = [
        (label, module.load) for label, module in demo_modules() if hasattr(module, "load")
    ]
    parts += [("news", news.load), ("team", team.load), ("reading", reading.load)]
    parts += [
        (f"{label}:beside", module.load_beside)
        for label, module in demo_modules()
        if hasattr(module, "load_beside")
    ]
    missing = [(name, load) for name, load in parts if name not in loaded]
    for name, load in missing:
        with company_scope(company):
            load(company, world_of(company), Random(f"{company.alias}:{name}"))  # noqa: S311 (the same everywhere)
            log(LOADED, company, by=None, part=name)
    return len(missing)


def _make_sisters(admin: User) -> None:
    """Two of the companies are sisters, unless somebody has changed that."""
    name, aliases = SISTERS
    with platform_scope():
        companies = list(Company.objects.filter(alias__in=aliases, group=None, closed_at=None))
        is_made = CompanyGroup.objects.exists()
    if not is_made and len(companies) == len(aliases):
        keep_group(name, [company.pk for company in companies], by=admin)


def _make_company(facts: CompanyFacts) -> Company:
    """The company with what its pages show of it."""
    with transaction.atomic():
        company = create_company(
            NewCompany(
                name=facts.name,
                alias=facts.alias,
                country=facts.country,
                legal_name=facts.legal_name,
                tax_id=facts.tax_id,
                color=facts.color,
                address=facts.address,
            ),
            by=None,
        )
        with company_scope(company):
            drawn = pictures.logo(facts.mark, facts.name, facts.color, facts.accent)
            company.logo.save(f"{facts.alias}.png", ContentFile(drawn), save=False)
            company.save(update_fields=["logo"])
            _add_ways_to_reach(facts)
            _write_homes(facts)
    return company


def _add_ways_to_reach(facts: CompanyFacts) -> None:
    for position, channel in enumerate(facts.channels):
        Channel.objects.create(
            purpose=channel.purpose,
            kind=channel.kind,
            value=channel.value,
            position=position,
            **by_language("menu_path", channel.menu_path),
            **by_language("hours", channel.hours),
        )
    for position, network in enumerate(facts.networks):
        SocialLink.objects.create(network=network, url=facts.social_url(network), position=position)


def _write_homes(facts: CompanyFacts) -> None:
    for home in HomePage.objects.select_related("locale"):
        place = LANGUAGES.index(home.locale.language_code)
        home.heading = facts.heading[place]
        home.introduction = facts.introduction[place]
        home.lookup_hint = facts.lookup_hint[place]
        home.save_revision().publish()


@contextmanager
def _alone() -> Iterator[None]:
    """Two at once would both find a company missing."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise DemoBusy("The demo world is being loaded by another process. Try again in a minute.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s)", [_LOCK])
