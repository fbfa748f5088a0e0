"""What is done together is done once at the end, and what is rolled back takes its errands along."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import transaction

from portal_modules.core.actions import log
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.core.together import later, once, together
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def test_what_is_left_for_later_is_done_at_the_end_with_all_of_it(world: World) -> None:
    done: list[list[int]] = []
    with company_scope(world.home.company):
        later(done.append, 0)
        with together():
            later(done.append, 1)
            with suppress(ZeroDivisionError), transaction.atomic():
                later(done.append, 2)
                raise ZeroDivisionError
            later(done.append, 3)
            assert done == [[0]]
    assert done[0] == [0]
    assert [each for items in done[1:] for each in items] == [1, 3]


def test_what_is_asked_once_is_asked_anew_the_next_time(world: World) -> None:
    asked: list[int] = []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    with company_scope(world.home.company):
        with together():
            assert [once("how", ask), once("how", ask)] == [1, 1]
        with together():
            assert once("how", ask) == 2
        assert once("how", ask) == 3


def test_nothing_is_left_for_a_scope_that_is_over(world: World) -> None:
    done: list[list[str]] = []
    with company_scope(world.home.company), together():
        with company_scope(world.other.company):
            later(done.append, "there")
        assert done == [["there"]]


def test_what_is_logged_together_is_written_and_what_is_undone_is_not(world: World) -> None:
    company = world.home.company
    with company_scope(company):
        with together():
            log("core.kept", company, by=None, number=1)
            with suppress(ZeroDivisionError), transaction.atomic():
                log("core.undone", company, by=None)
                raise ZeroDivisionError
            log("core.kept", company, by=None, number=2)
        written = LogEntry.objects.filter(action__in=["core.kept", "core.undone"]).order_by("pk")
        assert [(each.action, each.details["number"]) for each in written] == [
            ("core.kept", 1),
            ("core.kept", 2),
        ]
