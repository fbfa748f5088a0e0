"""Who reaches which address of payments: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, NOT_THERE, OWN_MISSING, Line, Rule

MISSING = Line(get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"})

# A machine that proves itself, and of a company that there is.
_HOOK = Line(get={"*": "not so"}, post={"*": "missing"})

LINES: dict[str, Line] = {
    "hooks/stripe/<uuid>/": _HOOK,
    "hooks/sandbox/<uuid>/": _HOOK,
    "<lang>/my/payments/": CUSTOMERS_LIST,
    # A process's id is no payment's.
    "<lang>/my/payments/<pk>/": MISSING,
    "<lang>/my/payments/declared/<pk>/": MISSING,
    # Who may only look does not pay; with nothing chosen there is nothing to go on to.
    "<lang>/my/payments/pay/": Line(
        get={"alice charlie": "page", "bob": "forbidden", "*": "door"},
        post={"alice charlie": "page", "bob": "forbidden", "*": "door"},
    ),
    # Their addresses are secrets, which nobody here has.
    "<lang>/pay/<pk>/": NOT_THERE,
    "<lang>/pay/invoice/<token>/": NOT_THERE,
    "<lang>/sandbox/<pk>/": NOT_THERE,
    "<lang>/sandbox/cards/<pk>/": NOT_THERE,
}

RULES: list[Rule] = []
