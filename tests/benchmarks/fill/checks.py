"""What the triggers and foreign keys would have seen to, looked up afterwards."""

from __future__ import annotations

from typing import Any

import psycopg

from portal_modules.core.numbers import parse_lookup_number
from tests.benchmarks.ground import BenchFailure, Sizes

SAMPLE = 20_000

# Each counts rows that must not be. The joins are over a sample of the processes.
WRONG = {
    "processes of a foreign or unknown customer": (
        "select count(*) from sample p left join customers_customer c "
        "on (c.company_id, c.id) = (p.company_id, p.customer_id) where c.id is null"
    ),
    "processes in a phase of another kind": (
        "select count(*) from sample p left join processes_phase f "
        "on (f.company_id, f.kind_id, f.id) = (p.company_id, p.kind_id, p.phase_id) where f.id is null"
    ),
    "phases entered of another customer or company": (
        "select count(*) from sample p join processes_phaseentry e on e.process_id = p.id "
        "where (e.company_id, e.customer_id) <> (p.company_id, p.customer_id)"
    ),
    "phases entered that are of another kind": (
        "select count(*) from sample p join processes_phaseentry e on e.process_id = p.id "
        "left join processes_phase f on f.company_id = p.company_id and f.kind_id = p.kind_id "
        "and f.id = e.phase_id where f.id is null"
    ),
    "processes whose last phase entered is not theirs": (
        "select count(*) from sample p where phase_id is distinct from "
        "(select phase_id from processes_phaseentry e where e.process_id = p.id "
        "order by entered_on desc limit 1)"
    ),
    "notices of another customer or company": (
        "select count(*) from sample p join processes_notice n on n.process_id = p.id "
        "where (n.company_id, n.customer_id) <> (p.company_id, p.customer_id)"
    ),
    "processes without two notices": (
        "select count(*) from sample p "
        "where 2 <> (select count(*) from processes_notice n where n.process_id = p.id)"
    ),
}


def check(connection: psycopg.Connection[Any], sizes: Sizes) -> None:
    """Raise `BenchFailure` when the fill has not become what the portal itself would have written."""
    share = min(100.0, 100 * SAMPLE / sizes.processes)
    connection.execute(
        f"create temporary table sample as select * from processes_process tablesample bernoulli ({share})"
    )
    for words, query in WRONG.items():
        if wrong := _one(connection, query):
            raise BenchFailure(f"The fill has {wrong} {words}.")
    for (number,) in connection.execute("select lookup_number from sample limit 1000"):
        parse_lookup_number(number)
    _check_counts(connection, sizes)


def _check_counts(connection: psycopg.Connection[Any], sizes: Sizes) -> None:
    found = _one(connection, "select count(*) from processes_process")
    children = _one(
        connection,
        "select (select count(*) from processes_phaseentry) + (select count(*) from processes_notice)",
    )
    # The number of phases goes round with five processes of a company: the last round may be cut short.
    if found != sizes.processes or abs(children - 8 * found) > 8 * sizes.companies:
        raise BenchFailure(f"The fill has {found} processes with {children} children, not 8 each.")


def _one(connection: psycopg.Connection[Any], query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
