"""Invitations in waves: the count first, then each once, whoever dies meanwhile; then who came, and the rest reminded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from portal_modules.accounts.models import Invitation, InvitationWave
from portal_modules.core.choices import JobState
from portal_modules.core.jobs import working
from portal_modules.core.models import Job
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer, CustomerGroup
from portal_modules.notifications.models import OutboxMessage
from tests.accounts.mailing import deliver, link_in, mails_to
from tests.accounts.people import COMPANY_PAGES, Visitor
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

LIST = "/admin/access/invitations/"
NEW = f"{LIST}new/"
INVITED = f"{COMPANY_PAGES}invited/"
PAIR = {"password1": "the lazy dog sleeps at 3", "password2": "the lazy dog sleeps at 3"}
ALL = {"name": "Spring", "whom": "all"}


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


@pytest.fixture
def people(world: World) -> list[Contact]:
    """Sixty who may be invited, and one of each kind who may not."""
    with company_scope(world.home.company):
        group = CustomerGroup.objects.create(name="Gold")
        customer = Customer.objects.create(name="Many", country="PT", group=group)
        found = [
            Contact.objects.create(customer=customer, name=f"P {n}", email=f"p{n}@many.example")
            for n in range(60)
        ]
        Contact.objects.create(customer=customer, name="No mail")
        Contact.objects.create(customer=customer, name="Off", email="off@many.example", may_enter=False)
        archived = Customer.objects.create(name="Old", country="PT", archived_at=timezone.now())
        Contact.objects.create(customer=archived, name="Gone", email="gone@many.example")
    return found


def turn(world: World) -> Job:
    """What a worker does in one go; the job afterwards."""
    with company_scope(world.home.company):
        job: Job = Job.objects.latest("created_at")
    working.work_on.call(str(job.pk), job.company_id)
    with company_scope(world.home.company):
        job.refresh_from_db()
    return job


def test_the_count_comes_first_and_each_is_invited_once(
    world: World, clerk: Browser, people: list[Contact]
) -> None:
    page = clerk.post(NEW, ALL).content.decode()
    assert "60 people get a mail" in page
    for words in ("3 have access already", "1 has no e-mail", "The access of 1 was taken away"):
        assert words in page, words
    with company_scope(world.home.company):
        assert not InvitationWave.objects.exists(), "counting sends nothing"
    begun = clerk.post(NEW, {**ALL, "begin": "yes"})
    assert begun.status_code == 302
    assert turn(world).state == JobState.DONE
    turn(world)
    deliver(world.home.company)
    to = [each.to[0] for each in mail.outbox]
    assert len(to) == len(set(to)) == 60
    shown = clerk.get(begun["Location"]).content.decode()
    assert '<strong class="balcao-number">60</strong> <span>Sent</span>' in shown
    assert clerk.post(NEW, {**ALL, "begin": "yes"}).status_code == 422, "nobody is left"


def test_those_of_today_can_be_meant_and_are_named_before_anything_is_sent(
    world: World, clerk: Browser, people: list[Contact]
) -> None:
    with company_scope(world.home.company):
        Contact.objects.exclude(pk__in=[each.pk for each in people[-2:]]).update(
            created_at=timezone.now() - timedelta(days=2)
        )
    page = clerk.post(NEW, {"name": "Imported", "whom": "new"}).content.decode()
    assert "2 people get a mail" in page
    for each in people[-2:]:
        assert each.email in page
    assert people[0].email not in page


def test_a_worker_that_dies_in_the_middle_leaves_the_rest_to_the_next(
    world: World, clerk: Browser, people: list[Contact], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.post(NEW, {**ALL, "begin": "yes"})
    monkeypatch.setattr(working, "TURN", 0.0)
    first = turn(world)
    assert 0 < first.position < first.total
    for _turn in range(4):
        job = turn(world)
    assert (job.state, job.done, job.refused) == (JobState.DONE, 60, 0)
    with company_scope(world.home.company):
        assert Invitation.objects.count() == 60
        assert set(Invitation.objects.values_list("round", flat=True)) == {1}
        assert OutboxMessage.objects.filter(event="accounts.invitation").count() == 60


def test_who_came_who_looked_whose_mail_came_back_and_the_rest_is_reminded(
    world: World, clerk: Browser, people: list[Contact], browser: Visitor
) -> None:
    begun = clerk.post(NEW, {"name": "Gold", "whom": "group", "group": group_of(world), "begin": "yes"})
    turn(world)
    deliver(world.home.company)
    came, looked, bounced = (f"p{n}@many.example" for n in range(3))
    browser.get(link_in(mails_to(world.home.company, came)[0], "access/invited/"))
    browser.send(INVITED, PAIR)
    Visitor().get(link_in(mails_to(world.home.company, looked)[0], "access/invited/"))
    other = Visitor()
    other.get(link_in(mails_to(world.home.company, looked)[0], "access/invited/"))
    other.get(INVITED)
    with company_scope(world.home.company):
        OutboxMessage.objects.filter(contact__email=bounced).update(state="bounced", error="550")
    page = clerk.get(begun["Location"]).content.decode()
    for number, words in ((57, "Sent"), (1, "Let in"), (1, "Opened the page"), (1, "Did not arrive")):
        assert f'<strong class="balcao-number">{number}</strong> <span>{words}</span>' in page, words
    assert "Remind" not in page, "not on the same day"
    assert bounced in clerk.get(f"{LIST}?state=bounced").content.decode()
    assert came not in clerk.get(f"{LIST}?state=bounced").content.decode()

    with company_scope(world.home.company):
        Invitation.objects.update(sent_at=timezone.now() - timedelta(days=4))
    page = clerk.get(begun["Location"]).content.decode()
    assert "Remind 58 people" in page
    assert clerk.post(f"{begun['Location']}remind/").status_code == 302
    assert turn(world).done == 58
    assert "Remind" not in clerk.get(begun["Location"]).content.decode()
    assert len(mails_to(world.home.company, looked)) == 2
    assert len(mails_to(world.home.company, came)) == 2, "the invitation and the welcome"
    assert len(mails_to(world.home.company, bounced)) == 1


def test_what_is_typed_wrong_sends_nothing(world: World, clerk: Browser, people: list[Contact]) -> None:
    with company_scope(world.other.company):
        foreign = CustomerGroup.objects.create(name="Theirs")
    for data in (
        {},
        {"name": "x"},
        {"name": "x", "whom": "group"},
        {"name": "x", "whom": "group", "group": foreign.pk},
        {"name": "x", "whom": "everybody"},
        {"name": "x" * 200, "whom": "all"},
    ):
        assert clerk.post(NEW, {**data, "begin": "yes"}).status_code == 422, data
    for state in ("", "x", "sent", "'"):
        assert clerk.get(LIST, {"state": state, "p": "9999"}).status_code == 200
    with company_scope(world.home.company):
        assert not InvitationWave.objects.exists()


def test_only_whoever_lets_people_in(world: World, clerk: Browser, people: list[Contact]) -> None:
    begun = clerk.post(NEW, {**ALL, "begin": "yes"})["Location"]
    for person in (world.home.reader, world.home.editor):
        browser = Browser().sign_in(person)
        assert browser.get(LIST).status_code == 302
        assert browser.post(NEW, {**ALL, "begin": "yes"}).status_code == 302
        assert browser.post(f"{begun}remind/").status_code == 302
    stranger = Browser().sign_in(world.other.clerk)
    assert stranger.get(begun).status_code == 404
    assert stranger.post(f"{begun}remind/").status_code == 404
    assert "Spring" not in stranger.get(LIST).content.decode()
    with company_scope(world.home.company):
        assert InvitationWave.objects.count() == 1


def group_of(world: World) -> int:
    with company_scope(world.home.company):
        return int(CustomerGroup.objects.get(name="Gold").pk)


@pytest.mark.row("A18")
def test_chosen_contacts_are_let_in_from_their_register(
    world: World, clerk: Browser, people: list[Contact]
) -> None:
    with company_scope(world.home.company):
        inside = Contact.objects.get(email="charlie@example.com")
        without = Contact.objects.get(name="No mail")
    rows = {"chosen": [each.pk for each in (*people[:2], inside, without)], "verb": "let-in"}
    address = "/admin/customers/contact/bulk/"
    shown = clerk.post(address, {**rows, "step": "check"}).content.decode()
    assert "Do it for 2" in shown
    assert "Has access already." in shown
    assert clerk.post(address, {**rows, "step": "do", "number": 4}).status_code == 302
    with company_scope(world.home.company):
        assert Invitation.objects.count() == 2
    assert Browser().sign_in(world.home.editor).post(address, {**rows, "step": "do"}).status_code in {
        302,
        403,
    }
    with company_scope(world.home.company):
        assert Invitation.objects.count() == 2
