"""Who reaches which address of conversations: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import ALL, CUSTOMERS_LIST, Line, Rule

# There is no record of that type, by any verb.
NO_RECORD = Line(
    get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
)

LINES: dict[str, Line] = {
    "<lang>/my/conversations/": CUSTOMERS_LIST,
    "<lang>/my/conversations/<record_type>/<pk>/": NO_RECORD,
    "<lang>/my/conversations/<record_type>/<pk>/read/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
    ),
}

RULES: list[Rule] = [
    Rule(r"admin/conversations/thread/(?:create|edit|delete)/"),
    Rule(r"admin/conversations/thread/", read=ALL, write="clerk editor manager"),
    Rule(r"admin/conversations/(?:answer|settle)/", read=ALL, write="clerk editor manager"),
]
