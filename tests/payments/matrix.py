"""Who reaches which address of payments: see `tests.core.matrix`."""

from __future__ import annotations

from tests.core.matrix import CUSTOMERS_LIST, NOT_THERE, ONE_RECORD, OWN_MISSING, Line, Rule

MISSING = Line(get=OWN_MISSING.get, post={"alice bob charlie": "not so", "*": "door"})

# A machine that proves itself, and of a company that there is.
_HOOK = Line(get={"*": "not so"}, post={"*": "missing"})

LINES: dict[str, Line] = {
    "hooks/stripe/<uuid>/": _HOOK,
    "hooks/sandbox/<uuid>/": _HOOK,
    "<lang>/my/payments/": CUSTOMERS_LIST,
    # A kind of file that there is not.
    "<lang>/my/payments/export/<kind>/": MISSING,
    "<lang>/my/payments/credit/": CUSTOMERS_LIST,
    # A payment's id is no invoice's.
    "<lang>/my/payments/credit/<pk>/use/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post=OWN_MISSING.post
    ),
    "<lang>/my/payments/declare/": Line(
        get={"alice charlie": "page", "bob": "forbidden", "*": "door"},
        post={"alice charlie": "refused", "bob": "forbidden", "*": "door"},
    ),
    "<lang>/my/payments/declared/<pk>/": MISSING,
    # Who may only look does not pay; with nothing chosen there is nothing to go on to.
    "<lang>/my/payments/pay/": Line(
        get={"alice charlie": "page", "bob": "forbidden", "*": "door"},
        post={"alice charlie": "page", "bob": "forbidden", "*": "door"},
    ),
    # Whoever comes has to have proved within five minutes that it is they.
    "<lang>/my/payments/methods/": Line(
        get={"alice bob charlie": "moved", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
    ),
    # Their addresses are secrets, which nobody here has.
    "<lang>/pay/<pk>/": NOT_THERE,
    "<lang>/pay/invoice/<token>/": NOT_THERE,
    "<lang>/sandbox/<pk>/": NOT_THERE,
    "<lang>/sandbox/cards/<pk>/": NOT_THERE,
    "<lang>/my/payments/<pk>/": ONE_RECORD,
    "<lang>/my/payments/<pk>/receipt/": ONE_RECORD,
}

# Editors write pages and do not see what customers pay.
SEEING = "clerk manager reader"
_BANK = "bankfile|bankline|providerpayout"

RULES: list[Rule] = [
    Rule(r"admin/payments/bank/", read="manager", write="manager"),
    Rule(rf"admin/payments/(?:{_BANK})/(?:create|edit|delete)/"),
    Rule(r"admin/payments/bankline/(?:inspect|bulk)/", read=SEEING, write="manager"),
    Rule(rf"admin/payments/(?:{_BANK})/", read=SEEING),
    Rule(r"admin/payments/ways/", read="manager", write="manager"),
    Rule(r"admin/payments/(?:record|policy)/", read="manager", write="manager"),
    Rule(r"admin/payments/(?:payment|declaredpayment|dispute)/(?:create|edit|delete)/"),
    Rule(
        r"admin/payments/(?:payment|declaredpayment|dispute)/(?:inspect|bulk)/",
        read=SEEING,
        write="manager",
    ),
    Rule(r"admin/payments/(?:payment|declaredpayment|dispute)/", read=SEEING),
    Rule(r"admin/payments/balances/", read=SEEING, write="manager"),
]
