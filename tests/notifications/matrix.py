"""What the addresses of notifications answer to whom."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, NOT_THERE, Line, Rule

_ALL_MOVED = Line(
    get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
)

LINES = {
    # Only who got the mail has the address: whatever else is written there is not.
    "<lang>/mails/<pk>/<mark>/": NOT_THERE,
    "<lang>/my/notifications/": CUSTOMERS_LIST,
    "<lang>/my/notifications/read/": _ALL_MOVED,
    "<lang>/my/notifications/preferences/": Line(
        get={"alice bob charlie": "page", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
    ),
    # Of a notification that is nobody's.
    "<lang>/my/notifications/<pk>/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
    ),
}

RULES: list[Rule] = []
