"""What the addresses of notifications answer to whom."""

from __future__ import annotations

from tests.core.matrix import ALL, CUSTOMERS_LIST, EDITORS, NOT_THERE, WORKING, Line, Rule

_ALL_MOVED = Line(
    get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
)

LINES = {
    # Only who got the mail has the address: whatever else is written there is not.
    "<lang>/mails/<pk>/<mark>/": NOT_THERE,
    # Who is asked proves it with a secret: a browser has none, and of this company nobody told one.
    "hooks/<provider>/<uuid>/": Line(get={"*": "not so"}, post={"*": "missing"}),
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

RULES: list[Rule] = [
    # The register is only read; two buttons of it act.
    Rule(r"admin/notifications/again/", read=WORKING, write=WORKING),
    Rule(r"admin/notifications/outboxmessage/(?:create|edit|delete|history)/"),
    Rule(r"admin/notifications/outboxmessage/(?:inspect|bulk)/", read=ALL, write=WORKING),
    Rule(r"admin/notifications/outboxmessage/", read=ALL),
    Rule(
        r"admin/notifications/words/"
        r"|admin/snippets/notifications/messagewords/(?:add|edit|delete|copy|history|history-results|usage)/",
        read=EDITORS,
        write=EDITORS,
    ),
    Rule(r"admin/snippets/notifications/messagewords/", read=ALL),
    Rule(r"admin/snippets/choose/notifications/messagewords/create/", read=EDITORS),
]
