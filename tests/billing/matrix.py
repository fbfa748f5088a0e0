"""Who reaches which address of billing: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, ONE_RECORD, OWN_FORM, OWN_MISSING, WORKING, Line, Rule

MISSING = Line(get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"})

LINES: dict[str, Line] = {
    "<lang>/my/billing/": CUSTOMERS_LIST,
    # A kind of file that there is not.
    "<lang>/my/billing/export/<kind>/": MISSING,
    "<lang>/my/billing/invoices/<pk>/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/paper/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/page/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/pdf/": ONE_RECORD,
    "<lang>/my/billing/invoices/<pk>/order/": Line(
        get={"alice bob charlie": "not so", "*": "door"},
        post={"alice": "moved", "bob": "forbidden", "charlie": "missing", "*": "door"},
    ),
    # All that was billed in one file: see `tests/billing/test_packs.py`.
    "<lang>/my/billing/packs/": OWN_FORM,
    "<lang>/my/billing/packs/monthly/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
    ),
    "<lang>/my/billing/packs/<pk>/": MISSING,
    "<lang>/my/billing/packs/<pk>/row/": MISSING,
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
    # Nothing is chosen.
    "<lang>/my/billing/papers/": Line(
        get={"alice bob charlie": "moved", "*": "door"}, post=CUSTOMERS_LIST.post
    ),
    "<lang>/my/billing/statement/": CUSTOMERS_LIST,
    "<lang>/my/billing/statement/<kind>/": MISSING,
    "<lang>/i/<token>/": Line(get={"*": "missing"}),
}

# Editors write pages and do not see what customers owe.
SEEING = "clerk manager reader"
_TABLES = "invoice|fiscaldocument|bankslip|fiscaladdress"

RULES: list[Rule] = [
    Rule(r"admin/billing/collect/", read=WORKING),
    Rule(r"admin/billing/(?:ageing|texts|paper)/", read=SEEING),
    Rule(r"admin/billing/(?:new|draft|months|policy|take|credit)/", read="manager", write="manager"),
    Rule(r"admin/billing/secondcopy/(?:create|edit|delete)/"),
    Rule(r"admin/billing/secondcopy/", read=SEEING),
    Rule(r"admin/billing/(?:invoice|fiscaldocument|bankslip|bankaccount)/delete/"),
    Rule(r"admin/billing/(?:invoice|fiscaldocument|bankslip)/create/"),
    Rule(
        rf"admin/billing/(?:{_TABLES}|bankaccount)/(?:create|edit|delete)/", read="manager", write="manager"
    ),
    Rule(rf"admin/billing/(?:{_TABLES}|bankaccount)/(?:inspect|bulk)/", read=SEEING, write="manager"),
    Rule(rf"admin/billing/(?:{_TABLES}|bankaccount)/", read=SEEING),
    Rule(
        r"admin/snippets/billing/(?:reminderstep|readytext)/(?:add|edit|delete|copy|history|history-results|usage)/",
        read="manager",
        write="manager",
    ),
    Rule(r"admin/snippets/billing/(?:reminderstep|readytext)/", read=SEEING),
    Rule(r"admin/snippets/choose/billing/(?:reminderstep|readytext)/create/", read="manager"),
]
