"""A temporary lock: seen and lifted by staff, and no siege keeps customers out."""

from __future__ import annotations

import pytest

from portal_modules.accounts.models import DoorWait
from portal_modules.accounts.throttles import ASKED_OF_COMPANY, SIEGE
from portal_modules.core.scope import company_scope
from tests.accounts.people import Visitor
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

PAGE = "/admin/access/waiting/"


def try_often(browser: Visitor, email: str = "alice@example.com", times: int = 11) -> int:
    """The last answer."""
    return [browser.enter(email, "wrong").status_code for _try in range(times)][-1]


@pytest.mark.row("A36")
def test_staff_see_who_waits_and_lift_it(world: World) -> None:
    browser = Visitor(REMOTE_ADDR="198.51.100.7")
    assert try_often(browser) == 429
    assert browser.enter("alice@example.com").status_code == 429, "even the right password waits here"
    assert Visitor(REMOTE_ADDR="198.51.100.8").enter("alice@example.com").status_code == 302, (
        "and nowhere else"
    )
    staff = Browser().sign_in(world.home.clerk)
    page = staff.get(PAGE).content.decode()
    assert "alice@example.com" in page
    assert "198.51.100.7" in page
    with company_scope(world.home.company):
        row = DoorWait.objects.get()
    assert staff.post(f"{PAGE}{row.pk}/lift/").status_code == 302
    assert browser.enter("alice@example.com").status_code == 302
    assert "alice@example.com" in staff.get(PAGE).content.decode(), "the page says once that it was lifted"
    assert "alice@example.com" not in staff.get(PAGE).content.decode()
    again = staff.post(f"{PAGE}{row.pk}/lift/", follow=True)
    assert "Nobody is made to wait here any more" in again.content.decode()


def test_who_lets_nobody_in_and_other_companies_lift_nothing(world: World) -> None:
    browser = Visitor(REMOTE_ADDR="198.51.100.7")
    try_often(browser)
    with company_scope(world.home.company):
        row = DoorWait.objects.get()
    assert Browser().sign_in(world.home.reader).post(f"{PAGE}{row.pk}/lift/").status_code in {302, 403}
    other = Browser().sign_in(world.other.manager)
    assert "alice@example.com" not in other.get(PAGE).content.decode()
    assert other.post(f"{PAGE}{row.pk}/lift/").status_code == 404
    assert browser.enter("alice@example.com").status_code == 429


def test_known_and_unknown_people_are_written_down_alike(world: World) -> None:
    for number, email in enumerate(("alice@example.com", "nobody@example.com")):
        assert try_often(Visitor(REMOTE_ADDR=f"198.51.100.{number}"), email) == 429
    with company_scope(world.home.company):
        assert DoorWait.objects.count() == 2


def test_in_a_siege_each_place_has_few_tries_and_a_customer_still_comes_in(world: World) -> None:
    company = world.home.company
    for _failure in range(SIEGE.attempts):
        SIEGE.hit(company.pk)
    thief = Visitor(REMOTE_ADDR="198.51.100.66")
    assert [thief.enter("alice@example.com", "wrong").status_code for _try in range(4)] == [422] * 3 + [429]
    assert Visitor(REMOTE_ADDR="198.51.100.8").enter("alice@example.com").status_code == 302


def test_so_many_numbers_and_codes_asked_for_leave_each_place_a_few(world: World) -> None:
    company = world.home.company
    for _number in range(ASKED_OF_COMPANY.attempts):
        ASKED_OF_COMPANY.hit(company.pk)
    thief = Visitor(REMOTE_ADDR="198.51.100.66")
    pages = "/p/castro-lima/en/access/"
    asked = [thief.send(f"{pages}reset/", {"email": f"p{n}@example.com"}).status_code for n in range(4)]
    assert asked == [302] * 3 + [429]
    customer = Visitor(REMOTE_ADDR="198.51.100.8")
    assert customer.send(f"{pages}reset/", {"email": "alice@example.com"}).status_code == 302
