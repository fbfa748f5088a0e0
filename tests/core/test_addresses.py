"""Where a company is found: another alias, and a host name of its own that a record in the DNS has proved."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from wagtail.models import Site

from portal_modules.core.actions import grant_staff
from portal_modules.core.addresses import home_address, whole_address
from portal_modules.core.choices import StaffRole
from portal_modules.core.hosts import record_name, record_text
from portal_modules.core.housework import look_up_host, look_up_waiting_hosts
from portal_modules.core.models import Company, CompanyHost, CompanySetting, FormerAlias, LogEntry
from portal_modules.core.scope import company_scope, platform_scope
from tests.world.browsing import Browser
from tests.world.companies import World, make_user
from tests.world.dns import FakeZone, dns

__all__ = ["dns"]

pytestmark = pytest.mark.django_db

PAGE = "/admin/our-company/address/"
HOST = "clientes.castro.example"


def now(world: World, side: str = "home") -> Company:
    company = getattr(world, side).company
    with company_scope(company):
        return Company.objects.get(pk=company.pk)


def rename(browser: Browser, alias: str) -> Any:
    return browser.post(PAGE, {"verb": "alias", "alias": alias})


def claim(browser: Browser, host: str) -> Any:
    return browser.post(PAGE, {"verb": "host", "host": host})


def prove(world: World, zone: FakeZone, side: str = "home", host: str = HOST) -> None:
    company = getattr(world, side).company
    assert claim(Browser().sign_in(getattr(world, side).manager), host).status_code == 302
    zone.texts[record_name(host)] = ["something else", record_text(company, host)]
    look_up_host.func(company.pk)


# ---- the alias ------------------------------------------------------------------------------------


@pytest.mark.row("S06")
def test_the_alias_before_leads_to_the_new_one(world: World, client: Client) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert rename(manager, "lima-castro").status_code == 302
    assert client.get("/p/lima-castro/en/").status_code == 200
    moved = client.get("/p/castro-lima/en/lookup/?a=%C3%A9&b=//evil.test")
    assert moved.status_code == 301
    assert moved.headers["Location"] == "/p/lima-castro/en/lookup/?a=%C3%A9&b=//evil.test"
    assert client.get("/p/castro-lima//evil.test/").headers["Location"].startswith("/p/lima-castro/")
    posted = client.post("/p/castro-lima/en/lookup/", {"number": "x"})
    assert (posted.status_code, posted.headers["Location"]) == (308, "/p/lima-castro/en/lookup/")
    by_name = client.get("/en/news/", headers={"host": "castro-lima.portal.test:8000"})
    assert by_name.status_code == 301
    assert by_name.headers["Location"] == "http://lima-castro.portal.test:8000/en/news/"
    assert client.get("/en/", headers={"host": "lima-castro.portal.test"}).status_code == 200
    assert "castro-lima" in manager.get(PAGE).content.decode()


@pytest.mark.row("S06")
def test_the_alias_before_is_kept_for_ever(world: World) -> None:
    manager, stranger = (Browser().sign_in(side.manager) for side in (world.home, world.other))
    rename(manager, "second")
    rename(manager, "third")
    for taken in ("castro-lima", "second", "third"):
        assert rename(stranger, taken).status_code == 422
        answer = (
            Browser()
            .sign_in(world.root)
            .post(
                "/admin/companies/new/", {"name": "New", "country": "PT", "color": "#123456", "alias": taken}
            )
        )
        assert answer.status_code == 422
    assert now(world, "other").alias == "altura"
    assert rename(manager, "castro-lima").status_code == 302
    with company_scope(world.home.company):
        assert set(FormerAlias.objects.values_list("alias", flat=True)) == {"second", "third"}


def test_the_database_keeps_it_as_well(world: World) -> None:
    rename(Browser().sign_in(world.home.manager), "second")
    with pytest.raises(IntegrityError), transaction.atomic(), company_scope(world.other.company):
        Company.objects.filter(pk=world.other.company.pk).update(alias="castro-lima")
    assert now(world, "other").alias == "altura"


def test_what_hangs_from_the_alias_follows(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    rename(manager, "second")
    company = now(world)
    with company_scope(company):
        assert Site.objects.get(pk=company.site_id).hostname == "second.portal.test"
        assert LogEntry.objects.filter(action="core.change_alias", actor=world.home.manager).exists()
        person = make_user("new@castro.test", "New")
        grant_staff(company, person, StaffRole.EDITOR, by=None)
    assert Browser().sign_in(person).get("/admin/pages/").status_code in {200, 302}
    assert Browser().sign_in(world.home.editor).get("/admin/images/").status_code == 200
    assert home_address(company, "pt") == "http://localhost:8000/p/second/pt/"


@pytest.mark.parametrize(
    "alias", ["", "a", "Not An Alias", "admin", "-x-", "altura", "x" * 41, "ção", "a\x00b"]
)
def test_an_alias_that_cannot_be_is_refused(world: World, alias: str) -> None:
    before = now(world).alias
    assert rename(Browser().sign_in(world.home.manager), alias).status_code == 422
    assert now(world).alias == before
    with company_scope(world.home.company):
        assert not FormerAlias.objects.exists()


def test_the_page_suggests_one_from_the_name(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert "castro-lima-advogados" in manager.get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["clerk", "editor", "reader"])
def test_only_who_runs_the_company_changes_its_address(world: World, who: str) -> None:
    browser = Browser().sign_in(getattr(world.home, who))
    assert rename(browser, "second").status_code in {302, 403}
    assert claim(browser, HOST).status_code in {302, 403}
    assert now(world).alias == "castro-lima"
    with company_scope(world.home.company):
        assert not CompanyHost.objects.exists()


# ---- a host name of its own -----------------------------------------------------------------------


@pytest.mark.row("S04")
def test_a_host_name_takes_effect_once_its_record_was_found(
    world: World, client: Client, dns: FakeZone
) -> None:
    manager = Browser().sign_in(world.home.manager)
    assert claim(manager, f"https://{HOST.upper()}/").status_code == 302
    page = manager.get(PAGE).content.decode()
    assert record_name(HOST) in page
    assert record_text(world.home.company, HOST) in page
    assert "castro-lima.portal.test" in page
    assert client.get("/en/", headers={"host": HOST}).status_code == 400
    look_up_host.func(world.home.company.pk)
    assert "Not found yet" in manager.get(PAGE).content.decode()
    dns.texts[record_name(HOST)] = ["balcao-verify=wrong"]
    look_up_waiting_hosts.func()
    assert "with another text" in manager.get(PAGE).content.decode()
    assert client.get("/en/", headers={"host": HOST}).status_code == 400
    dns.texts[record_name(HOST)].append(record_text(world.home.company, HOST))
    look_up_waiting_hosts.func()
    assert "the name is yours" in manager.get(PAGE).content.decode()
    answer = client.get("/en/", headers={"host": HOST})
    assert answer.status_code == 200
    assert "CASTRO-OWN" in answer.content.decode()
    assert "/p/castro-lima/" not in answer.content.decode()
    assert client.get("/", headers={"host": f"{HOST}:8000"}).headers["Location"] == "/pt/"
    assert client.get("/p/castro-lima/en/").status_code == 200


@pytest.mark.row("S04")
def test_at_its_own_name_a_company_is_alone(world: World, client: Client, dns: FakeZone) -> None:
    prove(world, dns)
    own = {"host": HOST}
    assert client.get("/p/altura/en/", headers=own).status_code == 404
    assert client.get("/p/nobody/en/", headers=own).status_code == 404
    there = client.get("/p/castro-lima/en/news/?page=2", headers=own)
    assert (there.status_code, there.headers["Location"]) == (301, "/en/news/?page=2")
    for evil in ("evil.test", f"{HOST}.evil.test", f"evil.{HOST}", "altura.portal.test.evil.test"):
        assert client.get("/en/", headers={"host": evil}).status_code == 400


@pytest.mark.row("S04")
def test_mails_lead_to_the_own_name(world: World, dns: FakeZone) -> None:
    prove(world, dns)
    company = now(world)
    assert home_address(company, "pt") == f"http://{HOST}:8000/pt/"
    assert whole_address(company, "en", "accounts:sign_in") == f"http://{HOST}:8000/en/access/sign-in/"
    manager = Browser().sign_in(world.home.manager)
    manager.post(PAGE, {"verb": "remove"})
    assert home_address(now(world), "pt") == "http://localhost:8000/p/castro-lima/pt/"
    assert Client().get("/en/", headers={"host": HOST}).status_code == 400
    with company_scope(world.home.company):
        assert not CompanyHost.objects.exists()


def test_two_companies_cannot_have_the_same_name(world: World, client: Client, dns: FakeZone) -> None:
    stranger = Browser().sign_in(world.other.manager)
    assert claim(stranger, HOST).status_code == 302
    prove(world, dns)
    dns.texts[record_name(HOST)].append(record_text(world.other.company, HOST))
    look_up_host.func(world.other.company.pk)
    assert "Another company of this portal has this name" in stranger.get(PAGE).content.decode()
    assert now(world, "other").own_host is None
    assert claim(stranger, HOST).status_code == 422
    assert "CASTRO-OWN" in client.get("/en/", headers={"host": HOST}).content.decode()


def test_the_record_of_one_company_proves_nothing_for_another(world: World, dns: FakeZone) -> None:
    claim(Browser().sign_in(world.other.manager), HOST)
    dns.texts[record_name(HOST)] = [record_text(world.home.company, HOST)]
    look_up_host.func(world.other.company.pk)
    assert now(world, "other").own_host is None
    assert record_text(world.home.company, "other.example") != record_text(world.home.company, HOST)


def test_silence_takes_nothing_away_and_another_name_gives_the_first_up(
    world: World, client: Client, dns: FakeZone
) -> None:
    prove(world, dns)
    dns.fails = True
    manager = Browser().sign_in(world.home.manager)
    manager.post(PAGE, {"verb": "check"})
    look_up_host.func(world.home.company.pk)
    assert client.get("/en/", headers={"host": HOST}).status_code == 200
    claim(manager, "neu.castro.example")
    look_up_host.func(world.home.company.pk)
    assert "did not answer" in manager.get(PAGE).content.decode()
    assert client.get("/en/", headers={"host": HOST}).status_code == 400


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost",
        "127.0.0.1",
        "[::1]",
        "portal.test",
        "altura.portal.test",
        "x.altura.portal.test",
        "testserver",
        "a b.example.com",
        "under_score.example.com",
        "-a.example.com",
        "example",
        f"{'a' * 64}.example.com",
        f"{'a.' * 130}com",
        "exa\x00mple.com",
        "user@example.com",
        "example.com:8000",
        "\u2024example.com",
    ],
)
def test_what_is_no_host_name_of_theirs_is_refused(world: World, host: str) -> None:
    assert claim(Browser().sign_in(world.home.manager), host).status_code == 422
    with company_scope(world.home.company):
        assert not CompanyHost.objects.exists()


def test_a_name_with_other_letters_is_kept_as_it_travels(world: World) -> None:
    claim(Browser().sign_in(world.home.manager), "balcão.example.com")
    with company_scope(world.home.company):
        assert CompanyHost.objects.get().name == "xn--balco-dra.example.com"


def test_the_proxy_learns_which_names_may_have_a_certificate(
    world: World, client: Client, dns: FakeZone
) -> None:
    prove(world, dns)
    for name, status in (
        (HOST, 200),
        ("castro-lima.portal.test", 200),
        ("nobody.portal.test", 404),
        ("x.test", 404),
    ):
        answer = client.get("/health/host", {"domain": name}, headers={"host": "web:8000"})
        assert answer.status_code == status, name
    assert client.get("/health/host", {"domain": "x" * 100_000}).status_code == 404


def test_a_closed_company_keeps_its_names_and_answers_at_none(
    world: World, client: Client, dns: FakeZone
) -> None:
    prove(world, dns)
    rename(Browser().sign_in(world.home.manager), "second")
    with platform_scope():
        Company.objects.filter(pk=world.home.company.pk).update(closed_at="2026-01-01T00:00Z")
    assert client.get("/en/", headers={"host": HOST}).status_code == 400
    assert client.get("/p/castro-lima/en/").status_code == 404
    assert client.get("/p/second/en/").status_code == 404
    assert rename(Browser().sign_in(world.other.manager), "castro-lima").status_code == 422


# ---- the company's own website ----------------------------------------------------------------------


@pytest.mark.row("P05")
def test_the_page_gives_lines_for_the_companys_own_website(world: World, client: Client) -> None:
    page = Browser().sign_in(world.home.manager).get(PAGE).content.decode()
    lines = re.findall(r'data-copy="([^"]+)"', page)
    addresses = [re.search(r'href="([^"]+)"', html.unescape(line)) for line in lines]
    paths = [urlsplit(found[1]).path for found in addresses if found]
    assert paths == [
        f"/p/castro-lima/{language}/{below}" for language in ("pt", "es", "en") for below in ("", "lookup/")
    ]
    assert all(client.get(path).status_code == 200 for path in paths)
    assert "Área do cliente" in page


@pytest.mark.row("P05")
def test_what_is_off_has_no_line(world: World) -> None:
    with company_scope(world.home.company):
        CompanySetting.objects.create(name="function:processes.lookup", value=False)
    page = Browser().sign_in(world.home.manager).get(PAGE).content.decode()
    assert "/lookup/" not in page
