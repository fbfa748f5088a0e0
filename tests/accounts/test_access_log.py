"""What a customer reads of their own login: who came and who tried, how, from where, and who else looked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal_modules.accounts.actions import Origin, note_access
from portal_modules.accounts.choices import AccessKind
from portal_modules.accounts.models import AccessEvent
from portal_modules.accounts.origins import shortened
from portal_modules.accounts.tasks import REFUSED_SIGN_IN, forget_old_accesses, note_refused
from portal_modules.core.scope import PORTAL, VISITOR, company_scope
from portal_modules.core.secrets import encrypt
from tests.accounts.people import COMPANY_PAGES, SIGN_IN, Visitor, give_app, set_up_app
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

LOG = f"{COMPANY_PAGES}log/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def events(world: World, **wanted: Any) -> list[AccessEvent]:
    with company_scope(world.home.company):
        return list(AccessEvent.objects.filter(**wanted).order_by("pk"))


@pytest.mark.row("X03")
def test_a_customer_reads_who_came_how_and_from_where(world: World) -> None:
    browser = Visitor(HTTP_USER_AGENT=FIREFOX, REMOTE_ADDR="203.0.113.77")
    assert browser.enter("alice@example.com").status_code == 302
    note_refused.func(
        world.home.company.pk, encrypt("alice@example.com", purpose=REFUSED_SIGN_IN), "198.51.100.…", "curl"
    )
    with company_scope(world.home.company):
        note_access(
            world.home.company,
            AccessKind.VIEWED_AS,
            customer_id=world.home.customers["alice"].pk,
            actor_name="Clara Counter",
        )
    words = browser.get(LOG).content.decode()
    for told in ("Came in", "password", "Firefox on Linux", "203.0.113.…", "A sign-in was refused"):
        assert told in words, told
    assert "Clara Counter" in words
    assert "203.0.113.77" not in words, "shortened"
    (came,) = events(world, kind=AccessKind.SIGNED_IN)
    assert (came.user_id, came.methods, came.level) == (world.alice.pk, ["password"], 30)


def test_nobody_reads_anothers(world: World) -> None:
    company = world.home.company
    with company_scope(company):
        for person in (world.alice, world.charlie):
            note_access(
                company, AccessKind.SIGNED_IN, user_id=person.pk, origin=Origin(place=f"{person.name}.…")
            )
        note_access(
            company, AccessKind.VIEWED_AS, customer_id=world.home.customers["alice"].pk, actor_name="Clara"
        )
    pages = {
        name: Browser().sign_in(getattr(world, name), company).get(LOG).content.decode()
        for name in ("alice", "bob", "charlie")
    }
    assert {name for name, page in pages.items() if "Alice.…" in page} == {"alice"}
    assert {name for name, page in pages.items() if "Charlie.…" in page} == {"charlie"}
    assert {name for name, page in pages.items() if "Clara" in page} == {"alice"}, "owners alone"
    dora = Browser().sign_in(world.dora, world.other.company)
    assert "Clara" not in dora.get("/p/altura/en/access/log/").content.decode()
    for role in (PORTAL, VISITOR):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            company_scope(company, role, customers=[world.home.customers["alice"].pk]),
        ):
            list(AccessEvent.objects.all())


def test_factors_and_leaving_stand_in_it(
    world: World, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    browser = Visitor()
    browser.enter("alice@example.com")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(browser, COMPANY_PAGES)
    browser.send(f"{COMPANY_PAGES}sign-out/")
    kinds = [event.kind for event in events(world, user=world.alice)]
    assert kinds[0] == "signed_in"
    assert "factor_added" in kinds
    assert kinds[-1] == "signed_out"


def test_a_second_factor_that_does_not_fit_is_told(world: World) -> None:
    give_app(world.alice)
    browser = Visitor()
    asked = browser.enter("alice@example.com")
    browser.send(asked.url, {"code": "000000"})
    assert events(world, kind=AccessKind.SIGNED_IN) == []
    (tried,) = events(world, kind=AccessKind.REFUSED)
    assert (tried.user_id, tried.methods) == (world.alice.pk, ["mfa"])


def test_a_refusal_of_nobody_is_nobodys(world: World, browser: Visitor) -> None:
    assert browser.enter("alice@example.com", "wrong", url=SIGN_IN).status_code == 422
    for typed in ("nobody@example.com", "dora@example.com", world.home.clerk.email, ""):
        note_refused.func(world.home.company.pk, encrypt(typed, purpose=REFUSED_SIGN_IN), "", "")
    assert events(world) == []


def test_it_is_kept_as_it_was_and_for_its_time(world: World) -> None:
    company = world.home.company
    with company_scope(company):
        line = note_access(company, AccessKind.SIGNED_IN, user_id=world.alice.pk)
        old = note_access(company, AccessKind.SIGNED_IN, user_id=world.alice.pk)
    for statement in ("update accounts_accessevent set place = 'x'", "delete from accounts_accessevent"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            company_scope(company),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with company_scope(company):
        AccessEvent.objects.bulk_create(
            [
                AccessEvent(
                    company=company,
                    kind="signed_in",
                    user=world.alice,
                    at=timezone.now() - timedelta(days=days),
                )
                for days in (364, 366)
            ]
        )
    forget_old_accesses.func()
    assert len(events(world)) == 3
    assert {line.pk, old.pk} <= {event.pk for event in events(world)}


def test_staff_see_it_on_the_customers_page(world: World) -> None:
    Visitor().enter("alice@example.com")
    page = Browser().sign_in(world.home.clerk)
    words = page.get(
        f"/admin/customers/customer/inspect/{world.home.customers['alice'].pk}/"
    ).content.decode()
    assert "Who came, and who looked" in words
    assert "Came in" in words


@pytest.mark.parametrize(
    ("whole", "kept"),
    [("203.0.113.77", "203.0.113.…"), ("2001:db8:1:2::", "2001:db8:1::…"), ("unknown", "")],
)
def test_an_address_is_shortened(whole: str, kept: str) -> None:
    assert shortened(whole) == kept
