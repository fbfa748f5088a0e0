"""Who reaches which address of billing: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, ONE_RECORD, OWN_MISSING, Line, Rule

MISSING = Line(get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"})

LINES: dict[str, Line] = {
    "<lang>/my/billing/": CUSTOMERS_LIST,
    # A kind of file that there is not.
    "<lang>/my/billing/export/<kind>/": MISSING,
    "<lang>/my/billing/invoices/<pk>/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/paper/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/page/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/pdf/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/copy/": Line(
        get=ONE_RECORD.get,
        post={"alice": "refused", "bob": "forbidden", "charlie": "missing", "*": "door"},
    ),
    "<lang>/my/billing/copies/": CUSTOMERS_LIST,
    "<lang>/my/billing/notes/": CUSTOMERS_LIST,
    # An invoice's id is no note's and no boleto's.
    "<lang>/my/billing/notes/<pk>/": MISSING,
    "<lang>/my/billing/notes/<pk>/xml/": MISSING,
    "<lang>/my/billing/notes/<pk>/print/": MISSING,
    "<lang>/my/billing/slips/<pk>/pdf/": MISSING,
    "<lang>/i/<token>/": Line(get={"*": "missing"}),
}

RULES: list[Rule] = []
