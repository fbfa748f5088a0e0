"""What is told of the demo world: addresses, logins and numbers, for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from wagtail.models import Page

from cms.advantages.models import ProgrammeIndexPage
from cms.audiences import Audience, ForAudience
from cms.demo.addresses import customer_pages, office_pages, register_pages
from cms.demo.companies import COMPANIES
from cms.demo.loading import demo_modules, find_company, world_of
from cms.demo.people import ADMIN_EMAIL
from cms.help.models import HelpIndexPage, HelpPage
from cms.news.models import NewsIndexPage, NewsPage
from cms.pages import path_below_company
from cms.plain.models import PlainPage
from cms.support.models import FaqEntryPage, FaqPage, SupportIndexPage, SupportPage
from portal_modules.core.addresses import home_address, origin_of, whole_address
from portal_modules.core.choices import StaffRole
from portal_modules.core.companies import modules_on
from portal_modules.core.demo import DemoWorld, Shown, staff_address
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.users.demo import CUSTOMER_PASSWORD, STAFF_PASSWORD, app_secret

Told = dict[str, Any]


def describe(*, every_page: bool) -> Told:
    """The whole demo world as JSON can hold it; without every page, the addresses that modules name themselves."""
    companies = [company for company in map(find_company, (facts.alias for facts in COMPANIES)) if company]
    return {
        "companies": [_describe_company(company, every_page=every_page) for company in companies],
        "platform": {
            "admin": {"login": ADMIN_EMAIL, "password": STAFF_PASSWORD},
            "urls": {
                "front": f"{settings.PUBLIC_ORIGIN}/",
                "admin": staff_address("wagtailadmin_home"),
                "admin_sign_in": staff_address("staff_sign_in"),
                "companies": staff_address("core_companies"),
                "company_add": staff_address("core_company_add"),
                "groups": staff_address("core_groups"),
                "group_add": staff_address("core_group_add"),
                "mailbox": _mailbox(),
                "components": staff_address("demo_components"),
                "health": staff_address("health_ready"),
            },
        },
        "mailbox": _mailbox(),
    }


def table(told: Told) -> Iterator[str]:
    """The same for a terminal, line by line."""
    urls, admin = told["platform"]["urls"], told["platform"]["admin"]
    yield from _facts(
        ("The front", urls["front"]),
        ("Back office", urls["admin"]),
        ("Administrator", f"{admin['login']}  {admin['password']}"),
        ("Mailbox", told["mailbox"]),
        ("Components", urls["components"]),
    )
    for company in told["companies"]:
        yield ""
        yield f"{company['name']}  {company['urls']['home']}"
        for member in company["staff"]:
            secret = f"  TOTP {member['totp_secret']}" if "totp_secret" in member else ""
            yield from _facts((f"  {member['role']}", f"{member['login']}  {member['password']}{secret}"))
        for customer in company["customers"]:
            carried = [customer[key] for key in ("tax_id", "access_code") if key in customer]
            words = [customer["login"], customer["password"], customer["name"], *carried]
            yield from _facts(("  customer", "  ".join(words)))
        numbers = company["process_numbers"]
        for place in range(0, len(numbers), 5):
            yield from _facts(("  numbers" if place == 0 else "", "  ".join(numbers[place : place + 5])))


def _facts(*pairs: tuple[str, str]) -> Iterator[str]:
    for label, value in pairs:
        yield f"{label:<15} {value}"


def _mailbox() -> str:
    return staff_address("demo_mailbox")


def _describe_company(company: Company, *, every_page: bool) -> Told:
    world = world_of(company)
    with company_scope(company):
        shown = Shown(urls=_addresses(company))
        for _label, module in demo_modules():
            if hasattr(module, "show"):
                module.show(company, world, shown)
        if every_page:
            _add_the_rest(company, world, shown)
    return {
        "alias": company.alias,
        "name": company.name,
        "urls": shown.urls,
        "staff": _staff(world),
        "customers": [
            {"name": name, "login": login, "password": CUSTOMER_PASSWORD, **shown.carried.get(login, {})}
            for login, name in _logins(world).items()
        ],
        "process_numbers": [number for number, _words in shown.numbers],
    }


def _add_the_rest(company: Company, world: DemoWorld, shown: Shown) -> None:
    """Each page that has no name yet, under the name of its address; the back office as a manager has it."""
    manager = world.working_as(StaffRole.MANAGER)
    manager.staff_role, manager.staff_modules = StaffRole.MANAGER, modules_on(company.pk)
    named = set(shown.urls.values())
    for pages in (customer_pages(company), register_pages(company, manager), office_pages(company)):
        shown.urls |= {name: url for name, url in pages.items() if url not in named}


def _logins(world: DemoWorld) -> dict[str, str]:
    """The customers' people by their login, each once, whoever has them among their people."""
    people = [person for customer in world.customers for person in customer.people if person.signs_in]
    return {person.email: person.name for person in people}


def _staff(world: DemoWorld) -> list[Told]:
    return [
        {
            "role": str(member.role),
            "name": member.name,
            "login": member.email,
            "password": STAFF_PASSWORD,
            **({"totp_secret": app_secret(member.email)} if member.has_app else {}),
        }
        for member in world.staff
    ]


def _addresses(company: Company) -> dict[str, str]:
    """The pages that are there in every company: public, the customer's own, and the back office."""
    language = company.language
    index = NewsIndexPage.objects.filter(locale__language_code=language).select_related("locale").first()
    piece = (
        NewsPage.objects.filter(locale__language_code=language)
        .select_related("locale")
        .order_by("-date")
        .first()
    )
    return {
        "home": home_address(company, language),
        **{f"home_{each}": home_address(company, each) for each in company.languages},
        **({"news": _page(company, index)} if index else {}),
        **({"news_page": _page(company, piece), "admin_page_edit": _edit(piece)} if piece else {}),
        **_to_read(company, language),
        "sign_in": whole_address(company, language, "accounts:sign_in"),
        "my_home": whole_address(company, language, "my_home"),
        "my_second_factor": whole_address(company, language, "mfa_index"),
        "my_sessions": whole_address(company, language, "usersessions_list"),
        "my_password": whole_address(company, language, "account_change_password"),
        "admin": staff_address("wagtailadmin_home"),
        "admin_sign_in": staff_address("staff_sign_in"),
        "admin_forgotten": staff_address("staff_forgotten"),
        "admin_pages": staff_address("wagtailadmin_explore_root"),
        "admin_images": staff_address("wagtailimages:index"),
        "admin_documents": staff_address("wagtaildocs:index"),
        "admin_history": staff_address("wagtailadmin_reports:site_history"),
    }


def _to_read(company: Company, language: str) -> dict[str, str]:
    """The lists of what there is to read, and the first of each that is for everyone."""
    kinds: dict[str, Any] = {
        "support": SupportIndexPage,
        "support_page": SupportPage,
        "faq": FaqPage,
        "faq_entry": FaqEntryPage,
        "advantages": ProgrammeIndexPage,
        "help": HelpIndexPage,
        "help_page": HelpPage,
        "plain_page": PlainPage,
    }
    found = {}
    for name, kind in kinds.items():
        pages = kind.objects.live().filter(locale__language_code=language).select_related("locale")
        if issubclass(kind, ForAudience):
            pages = pages.filter(audience=Audience.EVERYONE)
        if page := pages.order_by("path").first():
            found[name] = _page(company, page)
    return found


def _page(company: Company, page: Page) -> str:
    return f"{origin_of(company)}/{path_below_company(page)}"


def _edit(page: Page) -> str:
    return staff_address("wagtailadmin_pages:edit", page.pk)
