"""Who reaches which address of ${plural}: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, ONE_RECORD, Line, register

LINES: dict[str, Line] = {
    "<lang>/my/${name}/": CUSTOMERS_LIST,
    "<lang>/my/${name}/<pk>/": ONE_RECORD,
}

RULES = register("admin/${name}/${model}/")
