"""Statements that are planned once for a connection: the walls hold all the same, whoever asks next."""

from __future__ import annotations

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal_modules.core.prepared import read_often
from portal_modules.core.scope import NOBODY, PORTAL, STAFF, VISITOR, Scope, database_scope, scope_of
from tests.world.companies import World

pytestmark = pytest.mark.django_db

NUMBERS = "select count(*) from processes_process"
HALF = "select 1 / %s::int"


def plans_of(statement: str) -> int:
    """How many plans this connection keeps of a statement: one for each role that asked."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_prepared_statements where statement like %s", [f"{statement}%"]
        )
        return int(cursor.fetchone()[0])


def counted(scope: Scope) -> int:
    with database_scope(scope):
        return int(read_often(NUMBERS, [])[0][0])


def test_one_plan_serves_all_requests_of_a_role(world: World) -> None:
    here, there = world.home.company, world.other.company
    for company in (here, there, here, there, here, there, here, there):
        with database_scope(scope_of(company)):
            own = {row[0] for row in read_often("select company_id from processes_process", [])}
        assert own == {company.pk}
    assert plans_of("select company_id from processes_process") == 1


def test_the_next_role_does_not_inherit_what_the_last_one_saw(world: World) -> None:
    company = world.home.company
    alice = world.home.customers["alice"]
    all_of_them = counted(scope_of(company))
    for _round in range(7):  # PostgreSQL keeps to one plan from the sixth time on
        assert counted(scope_of(company, STAFF)) == all_of_them > 1
        assert counted(scope_of(company, PORTAL, customers=(alice.pk,))) == 1
        assert counted(scope_of(company, VISITOR)) == 0
    assert plans_of(NUMBERS) == 3


def test_an_error_and_a_rollback_leave_a_connection_that_goes_on(world: World) -> None:
    for _round in range(3):
        with pytest.raises(DataError), transaction.atomic():
            read_often(HALF, [0])
        assert read_often(HALF, [1]) == [(1,)]


def test_what_was_asked_can_be_read_with_its_values(world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        read_often(HALF, [1])
        read_often(HALF, [1])
    assert [each["sql"] for each in captured] == [f"select 1 / 1::int /* {NOBODY} */"] * 2
