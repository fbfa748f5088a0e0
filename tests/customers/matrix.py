"""Who reaches which address of customers: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import ALL, Line, Rule

LINES: dict[str, Line] = {}

RULES: list[Rule] = [
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
