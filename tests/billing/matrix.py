"""Who reaches which address of billing: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, ONE_RECORD, Line, Rule

LINES: dict[str, Line] = {
    "<lang>/my/billing/": CUSTOMERS_LIST,
    "<lang>/my/billing/invoices/<pk>/": ONE_RECORD,
}

RULES: list[Rule] = []
