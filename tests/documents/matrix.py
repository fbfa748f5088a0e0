"""Who reaches which address of documents: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import ALL, CUSTOMERS_LIST, WORKING, Line, Rule, register

# Nobody has a file of that name: whoever is not known here is asked to sign in first.
NO_FILE = Line(
    get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "not so"}
)

LINES: dict[str, Line] = {
    "files/<uuid>/": NO_FILE,
    "files/<uuid>/small/": NO_FILE,
    "<lang>/my/documents/": CUSTOMERS_LIST,
    # The request is alice's customer's; bob may only look.
    "<lang>/my/documents/<pk>/": Line(
        get={"alice bob": "page", "charlie": "missing", "*": "door"},
        post={"alice": "refused", "bob": "forbidden", "charlie": "missing", "*": "door"},
    ),
}

RULES: list[Rule] = [
    Rule(r"admin/documents/documentrequest/(?:inspect|bulk)/", read=ALL, write=WORKING),
    *register(r"admin/documents/documentrequest/"),
    Rule(r"admin/documents/(?:ask|asked)/", read=WORKING, write=WORKING),
    Rule(r"admin/files/", read=ALL),
]
