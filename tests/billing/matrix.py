"""Who reaches which address of billing: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, ONE_RECORD, OWN_MISSING, Line, Rule

LINES: dict[str, Line] = {
    "<lang>/my/billing/": CUSTOMERS_LIST,
    "<lang>/my/billing/invoices/<pk>/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/paper/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/paper/<number>/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/pdf/": ONE_RECORD,
    # An invoice's id is no boleto's.
    "<lang>/my/billing/slips/<pk>/pdf/": Line(
        get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"}
    ),
    "<lang>/i/<token>/": Line(get={"*": "missing"}),
}

RULES: list[Rule] = []
