"""Companies: made from a form, entered by the platform's administrator, switched by staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal_modules.core.models import Company, LogEntry, StaffMembership
from portal_modules.core.scope import company_scope, platform_scope
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

FORM: dict[str, Any] = {"name": "Pepino Tech SPA", "country": "CL", "color": "#7a1f5a"}


def find(alias: str) -> Company:
    """A company by its alias."""
    with platform_scope():
        return Company.objects.get(alias=alias)


@pytest.mark.row("S06")
@pytest.mark.row("S03")
@pytest.mark.row("S01")
def test_a_company_made_from_a_form_has_all_that_it_needs_at_once(world: World, client: Client) -> None:
    browser = Browser().sign_in(world.root)
    response = browser.post("/admin/companies/new/", FORM, follow=True)
    assert response.status_code == 200
    company = find("pepino-tech")
    assert (company.currency, company.time_zone, company.languages) == (
        "CLP",
        "America/Santiago",
        ["es", "pt", "en"],
    )
    for language in company.languages:
        assert client.get(f"/p/pepino-tech/{language}/").status_code == 200
        assert client.get(f"/p/pepino-tech/{language}/news/").status_code == 200
        assert client.get(f"/{language}/", headers={"host": "pepino-tech.portal.test"}).status_code == 200
    with company_scope(company):
        assert StaffMembership.objects.get().user_id == world.root.pk
        assert LogEntry.objects.filter(action="core.create_company").exists()
    assert browser.get("/admin/processes/process/").status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"alias": "castro-lima"}, "alias"),
        ({"alias": "Not An Alias"}, "alias"),
        ({"alias": "admin"}, "alias"),
        ({"name": ""}, "name"),
        ({"country": "XX"}, "country"),
        ({"tax_id": "12345"}, "tax_id"),
        ({"color": "red;}"}, "color"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_made(world: World, change: dict[str, str], field: str) -> None:
    with platform_scope():
        before = Company.objects.count()
    response = Browser().sign_in(world.root).post("/admin/companies/new/", {**FORM, **change})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    with platform_scope():
        assert Company.objects.count() == before


def test_two_companies_of_one_name_get_two_aliases(world: World) -> None:
    browser = Browser().sign_in(world.root)
    for _each in range(2):
        browser.post("/admin/companies/new/", FORM)
    assert find("pepino-tech").pk != find("pepino-tech-2").pk


def test_only_the_platform_makes_companies(world: World) -> None:
    browser = Browser().sign_in(world.home.manager)
    assert browser.get("/admin/companies/new/").status_code in {302, 403}
    assert browser.post("/admin/companies/new/", FORM).status_code in {302, 403}
    with platform_scope():
        assert not Company.objects.filter(alias="pepino-tech").exists()


def test_the_administrator_enters_a_company_only_by_a_switch_that_is_logged(world: World) -> None:
    browser = Browser().sign_in(world.root)
    assert browser.get("/admin/processes/process/").headers["Location"] == "/admin/companies/"
    browser.post(f"/admin/companies/{world.home.company.pk}/enter/")
    assert browser.get("/admin/processes/process/").status_code == 200
    with company_scope(world.home.company):
        membership = StaffMembership.objects.get(user=world.root)
        assert membership.role == "platform"
        assert membership.until is not None
        assert LogEntry.objects.filter(action="core.enter_company", actor=world.root).exists()


def test_staff_switch_only_to_where_they_work(world: World) -> None:
    browser = Browser().sign_in(world.home.manager)
    assert browser.post(f"/admin/companies/{world.other.company.pk}/enter/").status_code in {302, 403, 404}
    body = browser.get("/admin/customers/customer/").content.decode()
    assert "CASTRO-OWN" in body
    assert "ALTURA" not in body


def test_the_strip_shows_the_company_and_its_colour(world: World) -> None:
    browser = Browser().sign_in(world.home.clerk)
    assert "balcao-strip" in browser.get("/admin/").content.decode()
    assert world.home.company.color in browser.get("/admin/companies/colour.css").content.decode()
