"""A table of ten thousand rows, in a database where each chunk is committed, as it is for a company."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal_modules.billing.imports import InvoiceTable
from portal_modules.billing.models import Instalment, Invoice, InvoiceLine
from portal_modules.core.models import JobFault
from portal_modules.core.scope import company_scope
from tests.world.committed import CommittedWorld, committed

from .importing import HEADINGS, counted, ready, run

__all__ = ["committed"]


@pytest.mark.row("V03")
@pytest.mark.parametrize(
    ("all_or_nothing", "bad"), [(False, (0, 4_999, 9_998)), (True, (0, 4_999, 9_998)), (True, ())]
)
def test_of_ten_thousand_rows_those_that_are_right_come_in_or_none(
    committed: CommittedWorld,  # noqa: F811
    all_or_nothing: bool,
    bad: tuple[int, ...],
) -> None:
    """Several chunks, each with a row that is refused: what the first ones wrote has to go again."""
    side = committed.world.home
    manager = ready(side, "charlie")
    lines = [f"A{number};C1;2026-03-02;2026-03-17;x;1;1,50;;" for number in range(10_000)]
    for number in bad:
        lines[number] = lines[number].replace("1,50", "1e2")
    assert len(lines) > InvoiceTable.chunk_size
    _check, load = run(side, manager, "invoices", HEADINGS, *lines, all_or_nothing=all_or_nothing)
    right = len(lines) - len(bad)
    taken = 0 if all_or_nothing and bad else right
    assert counted(load) == (taken, 0, 0, len(bad))
    assert load.counts.get("undone", 0) == right - taken
    with company_scope(side.company):
        assert Invoice.objects.count() == InvoiceLine.objects.count() == Instalment.objects.count() == taken
        faults = list(JobFault.objects.filter(job=load).order_by("line"))
        assert [fault.line for fault in faults] == [number + 2 for number in bad]
        assert all("1e2" in fault.reason for fault in faults)


def test_lines_of_one_invoice_are_loaded_together_where_a_chunk_ends(
    committed: CommittedWorld,  # noqa: F811
) -> None:
    """The invoice of fifty lines begins in the first and would end in the second."""
    side = committed.world.home
    manager = ready(side, "charlie")
    lines = [
        f"A{number};C1;2026-03-02;2026-03-17;x;1;1,00;;" for number in range(InvoiceTable.chunk_size - 20)
    ]
    lines += [f"B;C1;2026-03-02;2026-03-17;line {number};1;1,00;;" for number in range(50)]
    lines += ["C;C1;2026-03-02;2026-03-17;x;1;1,00;;"]
    check, load = run(side, manager, "invoices", HEADINGS, *lines)
    assert counted(check) == counted(load) == (len(lines), 0, 0, 0)
    with company_scope(side.company):
        assert Invoice.objects.count() == InvoiceTable.chunk_size - 18
        assert Invoice.objects.get(number="B").total == Decimal(50)
    assert counted(run(side, manager, "invoices", HEADINGS, *lines)[1]) == (0, 0, len(lines), 0)
