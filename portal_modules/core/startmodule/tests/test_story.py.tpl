"""One ${words}, from the register to the customer and to its end."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from portal_modules.core.demo import DemoWorld, Shown
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.${name}.actions import close_${record}, open_${record}, reopen_${record}
from portal_modules.${name}.choices import ${Record}State
from portal_modules.${name}.demo import load, show
from portal_modules.${name}.exceptions import StateNotAllowed
from portal_modules.${name}.models import ${Record}
from portal_modules.customers.models import Contact, Customer
from portal_modules.notifications import delivery
from portal_modules.notifications.models import OutboxMessage
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

CREATE = "/admin/${name}/${model}/create/"
LIST = "/p/castro-lima/en/my/${name}/"


def form(world: World, **more: Any) -> dict[str, Any]:
    """What the clerk fills in."""
    customer = world.home.customers["alice"]
    return {"customer": customer.pk, "title": "About Alice", "opened_on": "2026-01-05", **more}


def opened(world: World, customer: str = "alice") -> ${Record}:
    """One that is open."""
    with company_scope(world.home.company):
        return open_${record}(
            world.home.customers[customer], by=None, title=f"About {customer}", opened_on=timezone.localdate()
        )


def test_from_the_register_to_the_customer_and_to_its_end(world: World) -> None:
    company, clerk = world.home.company, world.home.clerk
    with company_scope(company):
        Contact.objects.filter(email="alice@example.com").update(language="en")
    answer = Browser().sign_in(clerk).post(CREATE, form(world))
    assert answer.status_code == 302
    with company_scope(company):
        ${record} = ${Record}.objects.get()
        assert (${record}.number, ${record}.state) == (1, ${Record}State.OPEN)
        assert LogEntry.objects.get(action="${name}.open").actor == clerk
        waiting = list(OutboxMessage.objects.values_list("pk", flat=True))
    for message in waiting:
        delivery.attempt(message, company)
    letter = next(each for each in mail.outbox if "alice@example.com" in each.recipients()[0])
    assert ${record}.number_shown in letter.body
    assert f"{LIST}{${record}.pk}/" in letter.body
    assert "About Alice" not in letter.body

    alice = Browser().sign_in(world.alice, company)
    page = alice.get(LIST).content.decode()
    assert "About Alice" in page
    assert ${record}.number_shown in page
    assert alice.get(f"{LIST}{${record}.pk}/").status_code == 200
    charlie = Browser().sign_in(world.charlie, company)
    assert "About Alice" not in charlie.get(LIST).content.decode()
    assert charlie.get(f"{LIST}{${record}.pk}/").status_code == 404

    with company_scope(company):
        closed = close_${record}(${record}, by=clerk)
        assert closed.closed_on == timezone.localdate(timezone=company.zone)
    assert "Closed" in alice.get(f"{LIST}{${record}.pk}/").content.decode()


def test_numbers_have_no_gap_and_are_each_companys_own(world: World) -> None:
    assert [opened(world).number, opened(world, "charlie").number] == [1, 2]
    with company_scope(world.other.company):
        dora = world.other.customers["dora"]
        today = timezone.localdate(timezone=world.other.company.zone)
        assert open_${record}(dora, by=None, title="x", opened_on=today).number == 1


@pytest.mark.parametrize("wrong", ["archived", "future", "foreign"])
def test_what_is_refused_is_said_in_the_form_and_changes_nothing(world: World, wrong: str) -> None:
    data = form(world)
    if wrong == "archived":
        with company_scope(world.home.company):
            Customer.objects.filter(pk=data["customer"]).update(archived_at=timezone.now())
    elif wrong == "future":
        data["opened_on"] = str(timezone.localdate() + timedelta(days=30))
    else:
        data["customer"] = world.other.customers["dora"].pk
    answer = Browser().sign_in(world.home.clerk).post(CREATE, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    with company_scope(world.home.company):
        assert not ${Record}.objects.exists()
        assert not OutboxMessage.objects.exists()


def test_a_reader_may_look_and_not_write(world: World) -> None:
    reader = Browser().sign_in(world.home.reader)
    assert reader.get("/admin/${name}/${model}/").status_code == 200
    assert reader.post(CREATE, form(world)).status_code in {302, 403}
    with company_scope(world.home.company):
        assert not ${Record}.objects.exists()


def test_a_record_keeps_its_customer(world: World) -> None:
    ${record} = opened(world)
    data = form(world, customer=world.home.customers["charlie"].pk, title="Corrected")
    url = f"/admin/${name}/${model}/edit/{${record}.pk}/"
    assert Browser().sign_in(world.home.clerk).post(url, data).status_code == 302
    with company_scope(world.home.company):
        ${record}.refresh_from_db()
        assert ${record}.title == "Corrected"
        assert ${record}.customer == world.home.customers["alice"]
        history: Any = ${record}
        assert history.events.count() == 2


def test_it_changes_along_its_transitions_only(world: World) -> None:
    ${record} = opened(world)
    with company_scope(world.home.company):
        with pytest.raises(StateNotAllowed):
            reopen_${record}(${record}, by=None)
        closed = close_${record}(${record}, by=None)
        with pytest.raises(StateNotAllowed):
            close_${record}(closed, by=None)
        assert reopen_${record}(closed, by=None).closed_on is None


def test_the_demo_has_its_part_of_them(world: World) -> None:
    company, shown = world.home.company, Shown()
    demo_world = DemoWorld(today=timezone.localdate(), staff=(), customers=())
    with company_scope(company):
        load(company, demo_world, Random(1))
        assert ${Record}.objects.count() == 3
        assert ${Record}.objects.open().count() == 2
        show(company, demo_world, shown)
    assert shown.urls["register_${name}"].endswith("/admin/${name}/${model}/")


@pytest.mark.parametrize(("query", "status"), [("page=2", 404), ("page=x", 404), ("page=1", 200)])
def test_bad_pages_are_not_there(world: World, query: str, status: int) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    assert alice.get(f"{LIST}?{query}").status_code == status
