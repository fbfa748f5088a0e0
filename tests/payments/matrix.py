"""Who reaches which address of payments: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, OWN_MISSING, Line, Rule

MISSING = Line(get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"})

LINES: dict[str, Line] = {
    "<lang>/my/payments/": CUSTOMERS_LIST,
    # A process's id is no payment's.
    "<lang>/my/payments/<pk>/": MISSING,
    "<lang>/my/payments/declared/<pk>/": MISSING,
}

RULES: list[Rule] = []
