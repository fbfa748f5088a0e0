"""The accounts in the permission matrix: registering, a new password, one's own account, the company's terms."""

from __future__ import annotations

from tests.core.matrix import OWN_PAGE, PUBLIC_FORM, PUBLIC_PAGE, WORKING, Line, Rule

# Steps that are open only in a browser that has begun: all others are led back to the beginning.
STEP = Line(get={"*": "moved"}, post={"*": "moved"})
PRESSED = Line(get={"*": "not so"}, post={"*": "moved"})
# The world of the tests has no texts out.
NO_TEXT = Line(get={"*": "missing"})
NO_VERSION = Line(get={"*": "missing"}, post={"*": "missing"})

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
    "<lang>/access/more-proof/": OWN_PAGE,
    "<lang>/terms/": NO_TEXT,
    "<lang>/terms/<number>/": NO_VERSION,
    "<lang>/privacy/": NO_TEXT,
    "<lang>/privacy/<number>/": NO_VERSION,
}

_TEXTS = r"admin/snippets/accounts/legaltext/"
EDITORS = "editor manager"

RULES = [
    Rule(r"admin/forgotten/", is_for_all=True),
    Rule(r"admin/access/", read=WORKING, write=WORKING),
    Rule(rf"{_TEXTS}delete/"),
    Rule(rf"{_TEXTS}(?:add|edit|publish)/", read=EDITORS, write=EDITORS),
    Rule(rf"{_TEXTS}(?:history|history-results|usage)/", read=EDITORS),
    Rule(_TEXTS, read="clerk editor manager reader"),
]
