"""Moments in the back office: in the company's time zone, unless a person has chosen another."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wagtail.users.models import UserProfile

from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

ACCOUNT = "/admin/account/"


@pytest.fixture
def page(world: World) -> str:
    """The page of a customer who was registered at noon in Greenwich, in a company of Chile."""
    home = world.home
    with company_scope(home.company):
        home.company.time_zone = "America/Santiago"
        home.company.save()
        customer = home.customers["alice"]
        Customer.objects.filter(pk=customer.pk).update(created_at=datetime(2026, 7, 1, 12, tzinfo=UTC))
    return f"/admin/customers/customer/inspect/{customer.pk}/"


def test_a_moment_is_written_in_the_companys_zone(world: World, page: str) -> None:
    shown = Browser().sign_in(world.home.clerk).get(page).content.decode()
    assert "08:00" in shown
    with company_scope(world.home.company):
        assert not UserProfile.objects.filter(user=world.home.clerk).exists(), "looking writes nothing"


def test_what_a_person_has_chosen_holds(world: World, page: str) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    form = clerk.get(ACCOUNT).content.decode()
    assert "As in the company: America/Santiago" in form
    assert "As in the company: English" in form or "As in the company: Português" in form
    assert '"localtime"' not in form
    with company_scope(world.home.company):
        UserProfile.objects.update_or_create(
            user=world.home.clerk, defaults={"current_time_zone": "Europe/Madrid", "preferred_language": "en"}
        )
    assert "14:00" in clerk.get(page).content.decode()
