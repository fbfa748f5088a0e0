"""Fill the floor's two tables, once."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from tests.benchmarks.fill.bulk import bulk_load
from tests.benchmarks.ground import FLOOR_DATABASE, Ground, timed

NOTE = "filled, {} matters"
STEPS = 8

# Factors without a common divisor scatter the numbers, as real ones are scattered.
MATTERS = sql.SQL("""
insert into floor_matter (number, owner, title, state, opened_at, worth)
select 'M' || to_char(n * 611953::bigint % 1000000007, 'FM0000000000'), 'Owner no. ' || n % 90000,
       'A matter of kind ' || n % 40, (array['new', 'going on', 'done'])[1 + n % 3],
       now() - n % 700000 * interval '1 minute', n % 7500000 / 100.0
  from generate_series(1, {matters}) n
""")
ALL_STEPS = sql.SQL("""
insert into floor_step (matter_id, taken_at, kind, text, cost)
select m.id, m.opened_at + s * interval '90 minutes', 'step ' || s,
       'Step ' || s || ' of matter ' || m.number || ' was taken', case when s % 2 = 1 then s * 7.25 else 0 end
  from floor_matter m cross join generate_series(1, {steps}) s
""")


def fill_floor(ground: Ground, matters: int) -> None:
    """Have a floor database with so many matters; nothing is done when there is one."""
    with ground.administrator("postgres") as connection:
        if _note(connection) == NOTE.format(matters):
            return
        connection.execute(f"drop database if exists {FLOOR_DATABASE} with (force)")
        connection.execute(f"create database {FLOOR_DATABASE}")
    ground.run_floor("floor-migrate", "-m", "django", "migrate", "--run-syncdb", "--noinput")
    with timed(f"the floor's {matters:,} rows"), ground.administrator(FLOOR_DATABASE) as connection:
        with bulk_load(connection, ["floor_matter", "floor_step"]):
            connection.execute(MATTERS.format(matters=matters))
            connection.execute(ALL_STEPS.format(steps=STEPS))
        connection.execute("vacuum analyze floor_matter")
        connection.execute("vacuum analyze floor_step")
        note = sql.Literal(NOTE.format(matters))
        connection.execute(
            sql.SQL("comment on database {} is {}").format(sql.Identifier(FLOOR_DATABASE), note)
        )


def some_numbers(ground: Ground, count: int) -> list[str]:
    """Numbers from all over the table."""
    with ground.administrator(FLOOR_DATABASE) as connection:
        query = (
            "select number from floor_matter where id in "
            "(select 1 + n * (select max(id) from floor_matter) / %s from generate_series(0, %s - 1) n)"
        )
        return [row[0] for row in connection.execute(query, [count, count])]


def _note(connection: psycopg.Connection[Any]) -> str | None:
    query = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
    row = connection.execute(query, [FLOOR_DATABASE]).fetchone()
    return row[0] if row else None
