"""Who reaches which address of customers: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import ALL, WORKING, Line, Rule

LINES: dict[str, Line] = {}

RULES: list[Rule] = [
    # The buttons on the page of a customer post to it.
    Rule(r"admin/customers/(?:customer/inspect|contact/(?:inspect|bulk))/", read=ALL, write=WORKING),
    Rule(r"admin/find/", read=ALL),
] + [
    rule
    for name in ("staffprofile", "hometext")
    for rule in (
        Rule(
            rf"admin/snippets/customers/{name}/(?:add|edit|delete|copy|history|history-results|usage)/",
            read="manager editor",
            write="manager editor",
        ),
        Rule(rf"admin/snippets/customers/{name}/", read=ALL),
        Rule(rf"admin/snippets/choose/customers/{name}/create/", read="manager editor"),
    )
]
