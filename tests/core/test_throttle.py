"""Several counters of attempts, asked with one statement."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from portal_modules.core.connections import aside
from portal_modules.core.scope import company_scope
from portal_modules.core.throttle import Limit, first_reached
from tests.world.companies import World

pytestmark = pytest.mark.django_db

NARROW, WIDE, LAST = Limit("tests.narrow", 2, 60), Limit("tests.wide", 3, 600), Limit("tests.last", 5, 60)


def _hold() -> Any:
    return first_reached(NARROW.counting("a"), WIDE.counting("b"), LAST.counting("c"))


def test_the_first_limit_in_order_refuses_and_says_how_long() -> None:
    assert [_hold() for _try in range(2)] == [None, None]
    refused = _hold()
    assert refused.limit is NARROW
    assert 50 <= refused.seconds <= 60


def test_who_is_stopped_fills_no_counter_that_comes_after() -> None:
    for _try in range(9):
        _hold()
    assert first_reached(WIDE.counting("b")) is None, "two were counted, and this is the third"
    refused = first_reached(WIDE.counting("b"))
    assert refused is not None
    assert refused.limit is WIDE


def test_looking_counts_nothing_and_noting_refuses_nothing() -> None:
    assert [first_reached(NARROW.looking("a")) for _try in range(9)] == [None] * 9
    assert [first_reached(NARROW.noting("a")) for _try in range(2)] == [None, None]
    refused = first_reached(LAST.counting("c"), NARROW.looking("a"))
    assert refused is not None
    assert refused.limit is NARROW
    assert first_reached(NARROW.noting("a")) is None


def test_one_key_asked_twice_is_counted_once() -> None:
    assert first_reached(NARROW.counting("a"), NARROW.counting("a")) is None
    assert first_reached(NARROW.counting("a"), NARROW.counting("a")) is None
    assert first_reached(NARROW.counting("a"), NARROW.counting("a")) is not None


def test_a_window_that_is_over_begins_anew() -> None:
    brief = Limit("tests.brief", 1, 0)
    assert [first_reached(brief.counting("a")) for _try in range(3)] == [None] * 3


def test_what_was_counted_stays_when_the_request_fails(world: World) -> None:
    with pytest.raises(ZeroDivisionError), company_scope(world.home.company):
        _hold()
        _hold()
        raise ZeroDivisionError
    assert _hold() is not None


def test_several_counters_are_one_statement() -> None:
    with aside() as cursor:
        mine = cursor.db
    mine.force_debug_cursor = True
    mine.queries_log.clear()
    try:
        _hold()
        assert len(mine.queries_log) == 1
    finally:
        mine.force_debug_cursor = False


def test_nobody_reads_the_counters_past_the_functions(world: World) -> None:
    with company_scope(world.home.company), connection.cursor() as cursor:
        cursor.execute("select has_table_privilege(current_user, 'core_throttle', 'select')")
        assert cursor.fetchone() == (False,)
