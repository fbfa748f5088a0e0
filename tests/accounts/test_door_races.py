"""A hundred at the same moment: one link lets one in, and a limit lets through as many as it says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal_modules.accounts.actions import (
    Origin,
    ask_for_proof,
    enter_by_link,
    make_access_code,
    prove_by_link,
    view_shared,
)
from portal_modules.accounts.choices import AccessKind, ProofPurpose
from portal_modules.accounts.exceptions import CodeRefused
from portal_modules.accounts.models import AccessCode, AccessEvent, ShareLink
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import Limit, first_reached
from tests.accounts.open_doors import ALICES, give_tax_id
from tests.world.committed import CommittedWorld, committed
from tests.world.links import link_to

__all__ = ["committed"]

MANY = 100
AT_ONCE = 20  # connections that the test servers have to spare


def at_the_same_moment(work: Callable[[], Any], times: int = MANY) -> list[Any]:
    """What each of many got, or the refusal that met them."""
    found: list[Any] = []
    gate, room = threading.Event(), threading.Semaphore(AT_ONCE)

    def run() -> None:
        gate.wait()
        with room:
            try:
                found.append(work())
            except CodeRefused as refusal:
                found.append(refusal)
            finally:
                connection.close()

    threads = [threading.Thread(target=run) for _number in range(times)]
    for thread in threads:
        thread.start()
    gate.set()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.slow
def test_one_link_lets_one_of_a_hundred_in(committed: CommittedWorld) -> None:  # noqa: F811
    company, customer = committed.world.home.company, committed.world.home.customers["alice"]
    with company_scope(company):
        asked = ask_for_proof(
            company,
            purpose=ProofPurpose.ENTER,
            email="alice@example.com",
            language="pt",
            customer=customer,
        )

    def press() -> Any:
        with company_scope(company):
            fresh = prove_by_link(asked.proof.pk, purpose=ProofPurpose.ENTER)
            return enter_by_link(fresh.proof, language="pt")

    found = at_the_same_moment(press)
    assert len(found) == MANY
    assert [each for each in found if not isinstance(each, CodeRefused)] == [committed.world.alice]


@pytest.mark.slow
def test_a_limit_of_five_lets_five_of_a_hundred_through(committed: CommittedWorld) -> None:  # noqa: F811
    limit = Limit("tests.race", 5, 60)
    found = at_the_same_moment(lambda: limit.hit("somebody") <= limit.attempts)
    assert sum(found) == 5


@pytest.mark.slow
def test_of_several_limits_each_lets_through_as_many_as_it_says(committed: CommittedWorld) -> None:  # noqa: F811
    """A hundred ask both ways round, so that whoever locked in the order of asking would meet another halfway."""
    few, more = Limit("tests.few", 5, 60), Limit("tests.more", 40, 60)
    turns = iter(range(MANY))

    def ask() -> bool:
        both = [few.counting("somebody"), more.counting("somewhere")]
        return first_reached(*(both if next(turns) % 2 else both[::-1])) is None

    found = at_the_same_moment(ask)
    assert len(found) == MANY, "nobody met a deadlock"
    assert sum(found) == 5


@pytest.mark.slow
def test_two_clerks_who_make_a_code_leave_one(committed: CommittedWorld) -> None:  # noqa: F811
    world = committed.world
    company, customer = world.home.company, world.home.customers["alice"]
    give_tax_id(company, customer, ALICES)

    def make() -> Any:
        with company_scope(company):
            until = timezone.now() + timedelta(days=30)
            return make_access_code(
                customer, emails=["a@example.com"], expires_at=until, by=world.home.manager
            )

    assert len(at_the_same_moment(make, times=5)) == 5
    with company_scope(company):
        assert AccessCode.objects.current().count() == 1
        assert AccessCode.objects.count() == 5


@pytest.mark.slow
@pytest.mark.parametrize("most", [1, 5])
def test_a_share_link_is_opened_as_often_as_it_says(committed: CommittedWorld, most: int) -> None:  # noqa: F811
    home = committed.world.home
    link = link_to(home.company, home.processes["alice"], committed.world.alice, most_views=most)

    def press() -> Any:
        with company_scope(home.company):
            return view_shared(link, origin=Origin())

    found = at_the_same_moment(press)
    assert len(found) == MANY
    assert len([each for each in found if each is not None]) == most
    with company_scope(home.company):
        assert ShareLink.objects.get(pk=link.pk).views == most
        assert AccessEvent.objects.filter(kind=AccessKind.LINK_OPENED).count() == most
