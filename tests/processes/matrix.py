"""Who reaches which address of processes: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import ALL, CUSTOMERS_LIST, OWN_MISSING, WORKING, Line, Rule

LINES: dict[str, Line] = {
    # Without the name of a business there is nothing to go to.
    "<lang>/my/processes/choose/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    "<lang>/my/processes/write/": Line(
        get={"alice bob charlie": "moved", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    # Alice's business has no key: to look for one leads back, to ask for it finds nothing.
    "<lang>/my/processes/<pk>/key/": Line(
        get={"alice bob": "moved", "charlie": "missing", "*": "door"},
        post={"alice bob charlie": "missing", "*": "door"},
    ),
    "<lang>/my/processes/reviews/": CUSTOMERS_LIST,
    # Bob may only look.
    "<lang>/my/processes/reviews/new/": Line(
        get={"alice charlie": "page", "bob": "forbidden", "*": "door"},
        post={"alice charlie": "refused", "bob": "forbidden", "*": "door"},
    ),
    # A business's id is no review's.
    "<lang>/my/processes/reviews/<pk>/": Line(
        get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"}
    ),
}

RULES: list[Rule] = [
    Rule(r"admin/processes/board/", read=ALL, write=WORKING),
    # The buttons beside a record post to its own page.
    Rule(r"admin/processes/(?:(?:process|reviewrequest)/(?:inspect|bulk))/", read=ALL, write=WORKING),
    Rule(r"admin/processes/paste/", read=WORKING, write=WORKING),
    Rule(r"admin/processes/reviewrequest/(?:create|delete)/"),
    Rule(r"admin/processes/(?:process/create|(?:process|reviewrequest)/edit)/", read=WORKING, write=WORKING),
    Rule(r"admin/processes/reviewrequest/", read=ALL),
    Rule(
        r"admin/snippets/processes/reviewsubject/(?:add|edit|delete|copy|history|history-results|usage)/",
        read="manager",
        write="manager",
    ),
    Rule(r"admin/snippets/processes/reviewsubject/", read=ALL),
    Rule(r"admin/snippets/choose/processes/reviewsubject/create/", read="manager"),
]
