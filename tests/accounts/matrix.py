"""The accounts in the permission matrix: registering, a new password, one's own account, the company's terms."""

from __future__ import annotations

from tests.core.matrix import OWN_PAGE, PUBLIC_FORM, PUBLIC_PAGE, WORKING, Line, Rule

# Steps that are open only in a browser that has begun: all others are led back to the beginning.
STEP = Line(get={"*": "moved"}, post={"*": "moved"})
PRESSED = Line(get={"*": "not so"}, post={"*": "moved"})
# The world of the tests has no texts out.
NO_TEXT = Line(get={"*": "missing"})
NO_VERSION = Line(get={"*": "missing"}, post={"*": "missing"})

# Proof of some minutes ago is asked for before anything is looked up.
ASKED_ONCE_MORE = Line(
    get={"alice bob charlie": "moved", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
)
PRESSED_BY_OWNERS = Line(
    get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
)
SHUT = Line(get={"*": "missing"}, post={"*": "missing"})

LINES = {
    "<lang>/access/register/": Line(
        get={"alice bob charlie": "moved", "*": "page"}, post={"alice bob charlie": "moved", "*": "refused"}
    ),
    "<lang>/access/register/code/": STEP,
    "<lang>/access/register/again/": PRESSED,
    "<lang>/access/register/password/": STEP,
    "<lang>/access/reset/": PUBLIC_FORM,
    "<lang>/access/reset/code/": STEP,
    "<lang>/access/reset/again/": PRESSED,
    "<lang>/access/reset/link/": NO_VERSION,
    "<lang>/access/reset/link/<token>/": Line(get={"*": "moved"}),
    "<lang>/access/reset/password/": STEP,
    # Nobody of these was invited, and nobody of the staff forgot a password.
    "<lang>/access/invited/": NO_VERSION,
    "<lang>/access/invited/done/": PUBLIC_PAGE,
    "<lang>/access/invited/<token>/": Line(get={"*": "moved"}),
    "<lang>/access/staff/link/": NO_VERSION,
    "<lang>/access/staff/link/<token>/": Line(get={"*": "moved"}),
    "<lang>/access/staff/password/": STEP,
    "<lang>/access/agree/": STEP,
    "<lang>/access/account/": OWN_PAGE,
    "<lang>/access/log/": OWN_PAGE,
    # Nobody here has a second customer: all of them is what they see anyway.
    "<lang>/my/customer/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
    ),
    # castro-lima has no sisters.
    "<lang>/my/everywhere/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    "<lang>/my/sister/<uuid>/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    # A word that nobody wrote.
    "<lang>/access/arrive/<token>/": Line(get={"*": "moved"}),
    "<lang>/access/arrive/": Line(get={"*": "missing"}, post={"*": "missing"}),
    "<lang>/my/everywhere/<kind>/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    # Bob may only look; the customers and people in these addresses are nobody's.
    "<lang>/my/team/": Line(
        get={"alice charlie": "page", "bob": "missing", "*": "door"},
        post={"alice bob charlie": "not so", "*": "door"},
    ),
    "<lang>/my/team/invitation/<pk>/again/": PRESSED_BY_OWNERS,
    "<lang>/my/team/invitation/<pk>/take-back/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
    ),
    "<lang>/my/team/<pk>/invite/": ASKED_ONCE_MORE,
    "<lang>/my/team/<pk>/<uuid>/": ASKED_ONCE_MORE,
    "<lang>/my/team/<pk>/<uuid>/remove/": ASKED_ONCE_MORE,
    "<lang>/my/shared/": OWN_PAGE,
    "<lang>/my/shared/<pk>/revoke/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
    ),
    "<lang>/my/shared/<record_type>/<pk>/": ASKED_ONCE_MORE,
    "<lang>/my/shared/<record_type>/<pk>/beside/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    # Nobody here looks as a customer (`tests/accounts/test_viewing.py` does).
    "<lang>/access/viewing/end/": PRESSED,
    # A link signs nobody in: it opens one page, and what hangs from it.
    "<lang>/s/": NO_VERSION,
    "<lang>/s/<token>/": Line(get={"*": "moved"}),
    "<lang>/s/record/": Line(get={"link": "page", "*": "missing"}),
    "<lang>/s/record/<uuid>/": NO_TEXT,
    "<lang>/s/close/": PRESSED,
    # With a password nothing but a second factor can be lacking.
    "<lang>/access/more-proof/": Line(
        get={"alice bob charlie": "page", "*": "door"}, post={"alice bob charlie": "page", "*": "door"}
    ),
    "<lang>/access/more-proof/password/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
    ),
    "<lang>/access/resume/": Line(
        get={"alice bob charlie": "moved", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    "<lang>/access/resume/give-up/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
    ),
    # Doors that the company of the tests keeps shut.
    **dict.fromkeys(
        (
            "<lang>/access/first/",
            "<lang>/access/first/link/",
            "<lang>/access/code/",
            "<lang>/access/three/",
            "<lang>/access/tax-id/",
            "<lang>/access/by-link/",
            "<lang>/access/by-link/address/",
            "<lang>/access/by-link/sent/",
            "<lang>/access/link/",
        ),
        SHUT,
    ),
    "<lang>/access/first/sent/": NO_TEXT,
    "<lang>/access/first/link/<token>/": NO_TEXT,
    "<lang>/access/link/<token>/": NO_TEXT,
    "<lang>/access/tax-id/open/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    "<lang>/access/missing/": PUBLIC_FORM,
    "<lang>/access/missing/sent/": PUBLIC_PAGE,
    "<lang>/access/requests/": OWN_PAGE,
    "<lang>/access/requests/<uuid>/let-in/": ASKED_ONCE_MORE,
    "<lang>/access/requests/<uuid>/decline/": Line(
        get={"alice bob charlie": "not so", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
    ),
    "<lang>/terms/": NO_TEXT,
    "<lang>/terms/<number>/": NO_VERSION,
    "<lang>/privacy/": NO_TEXT,
    "<lang>/privacy/<number>/": NO_VERSION,
}

_TEXTS = r"admin/snippets/accounts/legaltext/"
EDITORS = "editor manager"

RULES = [
    Rule(r"admin/(?:forgotten|protect)/", is_for_all=True),
    Rule(r"admin/access/code/", read="manager", write="manager"),
    Rule(r"admin/access/", read=WORKING, write=WORKING),
    Rule(rf"{_TEXTS}delete/"),
    Rule(rf"{_TEXTS}(?:add|edit|publish)/", read=EDITORS, write=EDITORS),
    Rule(rf"{_TEXTS}(?:history|history-results|usage)/", read=EDITORS),
    Rule(_TEXTS, read="clerk editor manager reader"),
]
