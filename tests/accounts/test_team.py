"""The team of a company: invited by mail, given another role, ended; and a forgotten password of the staff."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.accounts.models import Invitation
from portal_modules.accounts.tasks import send_staff_reset
from portal_modules.core.choices import StaffRole
from portal_modules.core.companies import workplaces_of
from portal_modules.core.models import LogEntry, StaffMembership
from portal_modules.core.scope import PORTAL, Scope, company_scope, database_scope
from portal_modules.users.models import User
from tests.accounts.mailing import link_in, mails_to
from tests.accounts.people import COMPANY_PAGES, STAFF_SIGN_IN, Visitor
from tests.world.browsing import Browser
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

TEAM = "/admin/our-company/team/"
INVITED = f"{COMPANY_PAGES}invited/"
ANA = "ana@castro.example"
SECRET = "the lazy dog sleeps at 3"
PAIR = {"password1": SECRET, "password2": SECRET}


@pytest.fixture
def manager(world: World) -> Browser:
    return Browser().sign_in(world.home.manager)


def member(world: World, person: Any) -> StaffMembership:
    with company_scope(world.home.company):
        found: StaffMembership = StaffMembership.objects.get(user=person)
        return found


def roles_of(person: Any) -> list[str]:
    with database_scope(Scope(role=PORTAL)):
        return [str(place.role) for place in workplaces_of(person.pk)]


def test_a_colleague_is_invited_and_comes_in(world: World, manager: Browser, browser: Visitor) -> None:
    assert manager.post(TEAM, {"email": ANA, "name": "Ana", "role": "operator"}).status_code == 302
    assert ANA in manager.get(TEAM).content.decode()
    link = link_in(mails_to(world.home.company, ANA)[-1], "access/invited/")
    browser.get(link)
    assert "Operator" in browser.get(INVITED).content.decode()
    assert browser.send(INVITED, PAIR).url == f"{INVITED}done/"
    assert browser.get("/admin/").status_code == 302, "the back office asks by itself"
    assert browser.enter(ANA, SECRET, url=STAFF_SIGN_IN).status_code == 302
    assert browser.get("/admin/").status_code == 200
    with as_owner():
        ana = User.objects.get(email=ANA)
    assert roles_of(ana) == ["operator"]
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="core.grant_staff", details__user=ana.pk).exists()
    assert manager.post(TEAM, {"email": ANA, "role": "editor"}).status_code == 422, "works here already"


def test_a_role_is_changed_and_work_is_ended(world: World, manager: Browser) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    assert clerk.get("/admin/").status_code == 200
    row = member(world, world.home.clerk)
    assert manager.post(f"{TEAM}{row.pk}/role/", {"role": "editor"}).status_code == 302
    assert roles_of(world.home.clerk) == ["editor"]
    assert "End the work" in manager.get(f"{TEAM}{row.pk}/end/").content.decode()
    assert roles_of(world.home.clerk) == ["editor"], "asking changes nothing"
    assert manager.post(f"{TEAM}{row.pk}/end/").status_code == 302
    assert roles_of(world.home.clerk) == []
    assert clerk.get("/admin/customers/customer/").status_code in {302, 403}
    with company_scope(world.home.company):
        assert str(StaffMembership.objects.get(pk=row.pk).user) == str(world.home.clerk), "the name stays"


def test_the_last_manager_stays(world: World, manager: Browser) -> None:
    row = member(world, world.home.manager)
    manager.post(f"{TEAM}{row.pk}/role/", {"role": "reader"})
    manager.post(f"{TEAM}{row.pk}/end/")
    assert roles_of(world.home.manager) == ["manager"]
    other = member(world, world.home.clerk)
    manager.post(f"{TEAM}{other.pk}/role/", {"role": "manager"})
    manager.post(f"{TEAM}{row.pk}/role/", {"role": "reader"})
    assert roles_of(world.home.manager) == ["reader"]


@pytest.mark.parametrize("role", ["platform", "", "owner"])
def test_no_role_is_invented(world: World, manager: Browser, role: str) -> None:
    row = member(world, world.home.clerk)
    assert manager.post(f"{TEAM}{row.pk}/role/", {"role": role}).status_code == 404
    assert manager.post(TEAM, {"email": ANA, "role": role}).status_code == 422
    assert roles_of(world.home.clerk) == [StaffRole.OPERATOR]


def test_only_managers_of_this_company(world: World) -> None:
    row = member(world, world.home.clerk)
    stranger = Browser().sign_in(world.other.manager)
    assert stranger.post(f"{TEAM}{row.pk}/role/", {"role": "reader"}).status_code == 404
    assert stranger.post(f"{TEAM}{row.pk}/end/").status_code == 404
    assert "castro-lima.test" not in stranger.get(TEAM).content.decode()
    for person in (world.home.clerk, world.home.editor, world.home.reader):
        browser = Browser().sign_in(person)
        assert browser.get(TEAM).status_code == 302
        browser.post(TEAM, {"email": ANA, "role": "manager"})
        browser.post(f"{TEAM}{row.pk}/role/", {"role": "manager"})
    assert roles_of(world.home.clerk) == [StaffRole.OPERATOR]
    with company_scope(world.home.company):
        assert not Invitation.objects.exists()


def test_an_invitation_is_taken_back(world: World, manager: Browser, browser: Visitor) -> None:
    manager.post(TEAM, {"email": ANA, "role": "manager"})
    link = link_in(mails_to(world.home.company, ANA)[-1], "access/invited/")
    with company_scope(world.home.company):
        invitation = Invitation.objects.get()
        Invitation.objects.update(sent_at=timezone.now() - timedelta(minutes=5))
    assert manager.post(f"{TEAM}invitation/{invitation.pk}/take-back/").status_code == 302
    browser.get(link)
    assert browser.get(INVITED).status_code == 404
    assert manager.post(f"{TEAM}invitation/{invitation.pk}/again/").status_code == 404
    with as_owner():
        assert not User.objects.filter(email=ANA).exists()


def test_a_customer_who_comes_to_work_here_keeps_the_password(
    world: World, manager: Browser, browser: Visitor
) -> None:
    manager.post(TEAM, {"email": "alice@example.com", "role": "reader"})
    browser.get(link_in(mails_to(world.home.company, "alice@example.com")[-1], "access/invited/"))
    assert browser.send(INVITED, PAIR).status_code == 422
    assert roles_of(world.alice) == []
    assert browser.send(INVITED, {"password": PASSWORD}).url == f"{INVITED}done/"
    assert roles_of(world.alice) == ["reader"]


def test_a_forgotten_password_of_the_staff(world: World, browser: Visitor) -> None:
    clerk = world.home.clerk
    elsewhere = Visitor()
    elsewhere.enter(clerk.email, url=STAFF_SIGN_IN)
    assert "/admin/forgotten/" in browser.get(STAFF_SIGN_IN).content.decode()
    for address in (clerk.email, "nobody@example.com"):
        asked = browser.send("/admin/forgotten/", {"email": address})
        assert asked.status_code == 200
        assert "Look into your mailbox" in asked.content.decode()
    for address in (clerk.email, "nobody@example.com", "alice@example.com"):
        send_staff_reset.func(address)
    assert not mails_to(world.home.company, "nobody@example.com")
    assert not mails_to(world.home.company, "alice@example.com"), "a customer works nowhere"
    link = link_in(mails_to(world.home.company, clerk.email)[-1], "access/staff/link/")
    opened = f"{COMPANY_PAGES}staff/link/"
    assert browser.get(link).url == opened
    assert browser.get(opened).status_code == 200
    choose = f"{COMPANY_PAGES}staff/password/"
    assert browser.send(opened).url == choose
    assert browser.send(opened).status_code == 404, "it opens once"
    assert browser.send(choose, PAIR).url == f"{INVITED}done/"
    assert Visitor().enter(clerk.email, SECRET, url=STAFF_SIGN_IN).status_code == 302
    assert elsewhere.get("/admin/").status_code == 302, "every other session ends"
