"""The demo world loads, a second time changes nothing, and every address that it prints is answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import django_rq
import psycopg
import pytest
from django.conf import settings as test_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import translation
from psycopg import sql

from cms.demo.companies import COMPANIES
from cms.demo.people import CUSTOMERS, STAFF
from cms.news.models import NewsPage
from cms.settings.stores import queues
from portal_modules.core.choices import StaffRole
from portal_modules.core.models import Company
from portal_modules.core.numbers import parse_lookup_number
from portal_modules.core.scope import PORTAL, Scope, company_scope, database_scope, platform_scope
from portal_modules.core.tax_ids import normalize
from portal_modules.customers.models import Customer, StaffProfile
from portal_modules.documents.models import DocumentRequest
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.choices import ReviewState
from portal_modules.processes.models import (
    ChecklistItem,
    Notice,
    PhaseDuration,
    Process,
    ReviewRequest,
)
from portal_modules.users.models import User
from tests.accounts.mailing import link_in, mails_to
from tests.accounts.people import Visitor, app_code
from tests.leaks.addresses import templates
from tests.world.committed import drop_database, own_redis

pytestmark = pytest.mark.slow

Told = dict[str, Any]
Offices = dict[str, Visitor]
_LANGUAGES = ("pt", "es", "en")
# Parts of a page that a script asks for, and the library's ways to them.
_PART_OF_A_PAGE = re.compile(
    r"results/|choose|api/|block-preview|ways-in/preview/|failwhale|test404|login/|logout/"
)
# Files, parts of a page, what is only sent to, and what leads on.
_NO_PAGE_BY_ITSELF = re.compile(
    r"packs/<pk>/$|(?:statement|everywhere)/<kind>/$|my/(?:conversations|notifications|sister)/|/(?:export|pdf|xml|print|page|row|receipt"
    r"|key|use|revoke|remove|again|take-back|beside|order)/"
)


@pytest.fixture(scope="module")
def demo(
    django_db_setup: None, django_db_blocker: Any, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    """A clone of the empty database with the demo world in it, as `manage.py demo --json` tells of it.

    Loaded once for all tests of this file: they read, and what they sign in with is thrown away too.
    """
    from tests.conftest import clone_database  # it loads the fixtures, so it cannot stand above

    name = f"balcao_test_demo_{uuid4().hex[:12]}"
    folder = tmp_path_factory.mktemp("demo")
    own_queues = queues(own_redis(test_settings.REDIS_URL, worker_id))
    before = connection.settings_dict["NAME"]
    with override_settings(MEDIA_ROOT=folder, RQ_QUEUES=own_queues), django_db_blocker.unblock():
        clone_database(name)
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            django_rq.get_connection("default").flushdb()
            yield json.loads(_printed("--json"))
        finally:
            connection.close()
            connection.settings_dict["NAME"] = before
            drop_database(name)


@pytest.fixture(scope="module")
def offices(demo: Told) -> Offices:
    """Each company's manager at work, by its alias: a code of an authenticator app is good once."""
    return {company["alias"]: _manager(company) for company in demo["companies"]}


def _printed(*arguments: str) -> str:
    output = StringIO()
    call_command("demo", *arguments, stdout=output)
    return output.getvalue()


def _counts() -> dict[str, int]:
    """How many rows each table has."""
    with psycopg.connect(
        host=str(test_settings.SOCKETS), user="postgres", dbname=connection.settings_dict["NAME"]
    ) as admin:
        tables = admin.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        found = {}
        for (table,) in tables:
            counting = sql.SQL("select count(*) from {}").format(sql.Identifier(table))
            row = admin.execute(counting).fetchone()
            found[table] = row[0] if row else 0
        return found


def _company(told: Told, alias: str) -> Told:
    return next(company for company in told["companies"] if company["alias"] == alias)


def _path(url: str) -> str:
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == test_settings.PUBLIC_ORIGIN
    return parts.path


def _signed_in(door: str, login: str, password: str, secret: str = "") -> Visitor:
    """Through the door, like a person; the second step where there is one."""
    browser = Visitor()
    answer = browser.enter(login, password, url=_path(door))
    assert answer.status_code == 302, answer.content.decode()
    if secret:
        step = answer.url
        assert "second-step" in step
        answer = browser.send(step, {"code": app_code(secret)})
        assert answer.status_code == 302, answer.content.decode()
    return browser


def _manager(company: Told) -> Visitor:
    manager = next(member for member in company["staff"] if member["role"] == "manager")
    secret = manager.get("totp_secret", "")
    return _signed_in(company["urls"]["admin_sign_in"], manager["login"], manager["password"], secret)


def _let_in(company: Told, customer: Told) -> Visitor:
    """Through the first door of the company, with what the demo tells of this person."""
    asked = Visitor().get(_path(company["urls"]["sign_in"]))
    door = _path(company["urls"]["sign_in"]) if asked.status_code == 200 else asked.url
    login, password = customer["login"], customer["password"]
    if door.endswith("/three/"):
        browser = Visitor()
        answer = browser.enter(login, password, url=door, tax_id=customer["tax_id"])
    elif door.endswith("/by-link/"):
        browser, answer = _with_link(company, door, customer)
    elif door.endswith("/code/"):
        browser = Visitor()
        words = {"tax_id": customer["tax_id"], "code": customer["access_code"]}
        answer = browser.send(door, words)
    else:
        return _signed_in(f"{test_settings.PUBLIC_ORIGIN}{door}", login, password)
    assert answer.status_code in {302, 303}, answer.content.decode()
    return browser


def _with_link(company: Told, door: str, customer: Told) -> tuple[Visitor, Any]:
    """The number, an address typed in full, the link of the mail, and its button."""
    browser = Visitor()
    assert browser.send(door, {"tax_id": customer["tax_id"]}).status_code == 303
    words = {"address": "other", "email": customer["login"]}
    assert browser.send(f"{door}address/", words).status_code == 303
    with platform_scope():
        found = Company.objects.get(alias=company["alias"])
    link = link_in(mails_to(found, customer["login"])[-1], "/access/link/")
    opened = browser.get(link)
    assert browser.get(opened.url).status_code == 200
    return browser, browser.send(opened.url)


def _with_number(company: Told) -> Visitor:
    browser = Visitor()
    answer = browser.send(_path(company["urls"]["lookup"]), {"number": company["process_numbers"][0]})
    assert answer.status_code == 303
    return browser


def test_a_second_run_changes_nothing(demo: Told) -> None:
    before = _counts()
    assert json.loads(_printed("--json")) == demo
    assert _counts() == before


def test_the_table_names_every_login_and_number(demo: Told) -> None:
    printed = _printed()
    for company in demo["companies"]:
        for person in [*company["staff"], *company["customers"]]:
            assert person["login"] in printed
        for number in company["process_numbers"]:
            assert number in printed
    assert demo["mailbox"] in printed
    assert demo["platform"]["admin"]["login"] in printed


def test_nothing_is_loaded_where_it_is_no_demonstration(settings: Any, django_db_blocker: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="only for demonstrations"):
        call_command("demo")


def test_no_secret_is_missing(demo: Told) -> None:
    assert [company["alias"] for company in demo["companies"]] == [
        "castro-lima",
        "altura",
        "verde",
        "estudio",
        "pepino-tech",
    ]
    for company in demo["companies"]:
        assert company["staff"]
        assert company["customers"]
        assert all(
            person["login"] and person["password"] for person in company["staff"] + company["customers"]
        )
        assert company["process_numbers"]
        for number in company["process_numbers"]:
            parse_lookup_number(number)
    roles = {member["role"]: member for member in _company(demo, "castro-lima")["staff"]}
    assert set(roles) == {"manager", "editor", "operator", "finance", "reader"}
    assert roles["manager"]["totp_secret"]


def test_every_public_address_answers_a_stranger(demo: Told) -> None:
    for company in demo["companies"]:
        for name, url in company["urls"].items():
            if name.startswith(("home", "news", "sign_in", "lost_number")) or name in {
                "lookup",
                "admin_sign_in",
            }:
                # The usual door leads to the company's own where that is another.
                answer = Visitor().get(_path(url), follow=name == "sign_in")
                assert answer.status_code == 200, (company["alias"], name)
    urls = demo["platform"]["urls"]
    for name in ("front", "admin_sign_in", "mailbox", "components"):
        assert Visitor().get(_path(urls[name])).status_code == 200, name


def test_every_address_of_a_customer_answers_them(demo: Told) -> None:
    for company in demo["companies"]:
        customer = company["customers"][0]
        browser = _let_in(company, customer)
        assert browser.get(_path(company["urls"]["my_home"])).status_code == 200, company["alias"]
        # What asks for a password is not there for whoever came without one.
        fine = {200} if company["alias"] != "pepino-tech" else {200, 302}
        for name, url in company["urls"].items():
            if name.startswith("my_"):
                assert browser.get(_path(url)).status_code in fine, (company["alias"], name)


def test_every_number_opens_its_process(demo: Told) -> None:
    for company in demo["companies"]:
        browser = _with_number(company)
        assert browser.get(_path(company["urls"]["lookup_process"])).status_code == 200


def test_every_address_of_staff_answers_the_manager(demo: Told, offices: Offices) -> None:
    """Each name in one of the companies that have it, turn by turn: they are the same pages."""
    having: dict[str, list[Told]] = {}
    for company in demo["companies"]:
        for name in company["urls"]:
            if name.startswith(("register_", "admin")) and name != "admin_sign_in":
                having.setdefault(name, []).append(company)
    for turn, (name, companies) in enumerate(having.items()):
        company = companies[turn % len(companies)]
        answer = offices[company["alias"]].get(_path(company["urls"][name]))
        assert answer.status_code == 200, (company["alias"], name)


def test_every_page_of_the_customer_and_of_staff_has_a_name(demo: Told, offices: Offices) -> None:
    """Asked is every address that takes no value; a page that answers is among those that the demo tells."""
    company = _company(demo, "castro-lima")
    named = {_path(url) for url in company["urls"].values()}
    named |= {_path(url) for url in demo["platform"]["urls"].values()}
    with translation.override("pt-br"):
        addresses = [address for address in templates("") if not re.search(r"[<(*]|\.css", address)]
    office, customer = offices["castro-lima"], _let_in(company, company["customers"][0])
    for address in addresses:
        if address.startswith("admin/") and not _PART_OF_A_PAGE.search(address):
            answer, path = office.get(f"/{address}"), f"/{address}"
        elif address.startswith("pt/my/"):
            path = f"/p/castro-lima/{address}"
            answer = customer.get(path)
        else:
            continue
        if answer.status_code == 200 and b"<html" in answer.content:
            assert path in named, address


def test_every_kind_of_a_customers_page_has_a_name(demo: Told) -> None:
    """Those that are about one record too: each template is somebody's page in the demo."""
    urls = [url for company in demo["companies"] for url in company["urls"].values()]
    told = [_path(url).split("/", 4)[4] for url in urls if "/my/" in url]
    with translation.override("pt-br"):
        addresses = [address for address in templates("pt/my/") if "<" in address]
    for address in addresses:
        wanted = re.compile(re.sub(r"<\w+>", "[^/]+", address.partition("/")[2]))
        if not _NO_PAGE_BY_ITSELF.search(address):
            assert any(wanted.fullmatch(path) for path in told), address


def test_every_login_opens_its_door(demo: Told) -> None:
    for company in demo["companies"]:
        for customer in company["customers"][1:]:
            _let_in(company, customer)
        for member in company["staff"]:
            if member["role"] != "manager":
                _signed_in(company["urls"]["admin_sign_in"], member["login"], member["password"])


def test_every_address_of_the_platform_answers_its_administrator(demo: Told) -> None:
    admin, urls = demo["platform"]["admin"], demo["platform"]["urls"]
    browser = _signed_in(urls["admin_sign_in"], admin["login"], admin["password"])
    for name in ("companies", "company_add"):
        assert browser.get(_path(urls[name])).status_code == 200, name


def test_the_law_office_has_all_that_it_needs(demo: Told) -> None:
    with platform_scope():
        company = Company.objects.get(alias="castro-lima")
    with company_scope(company):
        processes = list(Process.objects.select_related("kind", "phase"))
        today = max(process.phase_since for process in processes)
        late = Process.objects.past_their_usual_time(today)
        silent = Process.objects.filter(notices=None)
        assert len(processes) == 140
        assert Customer.objects.count() == 60
        assert min(process.opened_on for process in processes) < today - timedelta(days=500)
        assert late.count() >= 3
        assert silent.count() >= 3
        assert len({process.kind_id for process in processes}) == 5
        assert PhaseDuration.objects.filter(closed_count__gte=20).exists()
        assert set(ReviewRequest.objects.values_list("state", flat=True)) == set(ReviewState)
        assert ChecklistItem.objects.exists()
        assert DocumentRequest.objects.exists()
        assert StaffProfile.objects.exclude(photo="").count() == 2
        assert Customer.objects.exclude(person_in_charge=None).count() == 60
        assert not any(process.needs_second_datum for process in processes)
        assert {kind.phases.count() for kind in {process.kind for process in processes}} <= {5, 6, 7}
        assert Notice.objects.filter(is_marked=True).exists()
        assert Notice.objects.filter(is_marked=False).exists()
        for field in [f"{name}_{language}" for name in ("title", "body") for language in _LANGUAGES]:
            assert not Notice.objects.filter(**{field: ""}).exists(), field
        assert 0 < OutboxMessage.objects.count() < 90
    ana = _signed_in(
        _company(demo, "castro-lima")["urls"]["sign_in"],
        _company(demo, "castro-lima")["customers"][0]["login"],
        _company(demo, "castro-lima")["customers"][0]["password"],
    )
    page = ana.get(_path(_company(demo, "castro-lima")["urls"]["my_processes"])).content.decode()
    assert all(number in page for number in _company(demo, "castro-lima")["process_numbers"][:2])


def test_news_are_translations_of_one_another(demo: Told) -> None:
    with platform_scope():
        company = Company.objects.get(alias="castro-lima")
    with company_scope(company):
        by_key: dict[Any, set[str]] = {}
        for page in NewsPage.objects.live().select_related("locale", "image"):
            by_key.setdefault(page.translation_key, set()).add(page.locale.language_code)
            assert page.image is not None
            assert page.image.description
    assert len(by_key) == 12
    assert all(languages == set(_LANGUAGES) for languages in by_key.values())


def test_passwords_are_stored_as_hashes(demo: Told) -> None:
    with database_scope(Scope(role=PORTAL)):
        for user in User.objects.all():
            assert "$" in user.password or (user.is_technical and not user.has_usable_password())


def test_tax_ids_are_of_their_country() -> None:
    for company in COMPANIES:
        assert normalize(company.country, company.tax_id) == company.tax_id


def test_nobody_in_the_demo_could_get_a_real_mail() -> None:
    people = [person for known in CUSTOMERS.values() for customer in known for person in customer.people]
    staff = [member for alias in STAFF for member in STAFF[alias]]
    for email in [*(person.email for person in people), *(member.email for member in staff)]:
        assert email.endswith("example.com")
    assert StaffRole.PLATFORM not in {member.role for member in staff}


def test_the_texts_keep_calm() -> None:
    project = Path(test_settings.PROJECT)
    for file in [*project.glob("cms/demo/*.py"), *project.glob("portal_modules/*/demo/*.py")]:
        assert "!" not in file.read_text().replace("!=", ""), file.name
