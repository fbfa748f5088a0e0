"""The permission matrix, as data: who gets what at which address.

An address is written as the resolver has it, with `<lang>` for the language. `Line` is for addresses that
are listed one by one; `Rule` covers what is below a prefix of the back office, the first that fits. What a
module adds stands in `tests/<module>/matrix.py` (`LINES`, `RULES`) and is joined here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from portal_modules.core.modules import modules

# Who asks. `number` gave the number of alice's process, `link` opened a share link of hers to it; bob works with
# alice and may only look; dora and `stranger`, a manager, belong to the other company; `root` runs the platform and
# has entered this company.
CUSTOMERS = ("alice", "bob", "charlie")
STAFF = ("clerk", "editor", "manager", "reader", "root")
PERSONAS = ("anonymous", "number", "link", *CUSTOMERS, "dora", *STAFF, "stranger")

# What an answer comes to. "door" is the sign-in of what was asked for: the company's, or the back office's.
OUTCOMES: dict[str, frozenset[int]] = {
    "page": frozenset({200}),
    "moved": frozenset({301, 302, 303}),
    "door": frozenset({302}),
    "bad": frozenset({400}),
    "forbidden": frozenset({403}),
    "missing": frozenset({404}),
    "not so": frozenset({405}),
    "refused": frozenset({422}),
}

# Whom a line is about, by name; "*" is everybody who is not named.
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """The answers to GET and to an empty POST, each by persona."""

    get: Answers
    post: Answers = field(default_factory=lambda: {"*": "not so"})

    def expected(self, method: str, persona: str) -> str:
        """The outcome for one of them."""
        answers = self.get if method == "get" else self.post
        for who, outcome in answers.items():
            if persona in who.split():
                return outcome
        return answers["*"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A part of the back office, and the staff who may read and write there; for others it is closed.

    Open is a page, a way on, or the refusal of what was sent. Closed is the door, a way back to the start,
    403 or 404: never a page. `read` and `write` name roles; `root` is added to both. `is_for_all` is for what
    answers everybody alike: the doors, and what only leads on to a page that asks by itself.
    """

    prefix: str
    read: str = ""
    write: str = ""
    is_for_all: bool = False

    def fits(self, address: str) -> bool:
        """Is the address of this part?"""
        return re.match(self.prefix, address) is not None

    def allows(self, method: str, persona: str) -> bool:
        """May they?"""
        named = (self.read if method == "get" else self.write).split()
        return persona in named or (persona == "root" and bool(named))


PUBLIC_PAGE = Line(get={"*": "page"})
PUBLIC_FORM = Line(get={"*": "page"}, post={"*": "refused"})
NOT_THERE = Line(get={"*": "missing"}, post={"*": "missing"})
CUSTOMERS_LIST = Line(
    get={"alice bob charlie": "page", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
)
# The record is alice's customer's.
ONE_RECORD = Line(
    get={"alice bob": "page", "charlie": "missing", "*": "door"},
    post={"alice bob charlie": "not so", "*": "door"},
)
_OWN: Answers = {"alice bob charlie": "page", "*": "door"}
OWN_PAGE = Line(get=_OWN, post={"alice bob charlie": "not so", "*": "door"})
OWN_FORM = Line(get=_OWN, post={"alice bob charlie": "refused", "*": "door"})
OWN_AGAIN = Line(
    get={"alice bob charlie": "moved", "*": "door"}, post={"alice bob charlie": "moved", "*": "door"}
)
OWN_MISSING = Line(
    get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "missing", "*": "door"}
)


LINES: dict[str, Line] = {
    "": Line(get={"*": "moved"}, post={"*": "moved"}),
    "customer/": Line(get={"*": "moved"}, post={"*": "moved"}),
    "brand.css": Line(get={"*": "page"}, post={"*": "page"}),
    "health/live": PUBLIC_PAGE,
    "health/ready": PUBLIC_PAGE,
    # Asked without a name, which is nobody's.
    "health/host": Line(get={"*": "missing"}),
    "documents/<document_id>/<document_filename>": Line(get={"*": "missing"}),
    "documents/authenticate_with_password/<restriction_id>/": NOT_THERE,
    "media/<path>": Line(get={"*": "missing"}, post={"*": "missing"}),
    # The demonstration.
    "demo/components/": Line(get={"*": "page"}, post={"*": "page"}),
    "demo/mailbox/": PUBLIC_PAGE,
    "demo/mailbox/<name>/": Line(get={"*": "missing"}),
    "demo/mailbox/<name>/html/": Line(get={"*": "missing"}),
    # The doors of a company.
    "<lang>/access/sign-in/": PUBLIC_FORM,
    "<lang>/access/sign-out/": Line(get={"*": "page"}, post={"*": "moved"}),
    "<lang>/access/in/": Line(get={"*": "door"}, post={"*": "door"}),
    "<lang>/access/inactive/": Line(get={"*": "door"}, post={"*": "door"}),
    "<lang>/access/give-up/": Line(get={"*": "not so"}, post={"*": "door"}),
    "<lang>/access/second-step/": Line(get={"*": "door"}, post={"*": "door"}),
    # One's own login. What needs the password once more leads to `again`; without a factor there is none to
    # remove, and without codes none to show.
    "<lang>/access/again/": OWN_FORM,
    "<lang>/access/password/": OWN_FORM,
    "<lang>/access/sessions/": Line(get=_OWN, post={"alice bob charlie": "moved", "*": "door"}),
    "<lang>/access/second-factor/": OWN_PAGE,
    "<lang>/access/second-factor/again/": OWN_AGAIN,
    "<lang>/access/second-factor/app/add/": OWN_AGAIN,
    "<lang>/access/second-factor/app/remove/": OWN_MISSING,
    "<lang>/access/second-factor/codes/": Line(
        get={"alice bob charlie": "missing", "*": "door"}, post={"alice bob charlie": "not so", "*": "door"}
    ),
    "<lang>/access/second-factor/codes/new/": OWN_AGAIN,
    "<lang>/access/second-factor/codes/download/": OWN_MISSING,
    "<lang>/access/second-factor/keys/": OWN_PAGE,
    "<lang>/access/second-factor/keys/add/": OWN_AGAIN,
    "<lang>/access/second-factor/keys/again/": OWN_AGAIN,
    "<lang>/access/second-factor/keys/<pk>/": OWN_AGAIN,
    "<lang>/access/second-factor/keys/<pk>/remove/": OWN_AGAIN,
    # The lookup by number. Whoever is signed in here is not a number's holder.
    "<lang>/lookup/": PUBLIC_FORM,
    "<lang>/lookup/process/": Line(
        get={"number": "page", "*": "moved"}, post={"number alice bob charlie": "not so", "*": "moved"}
    ),
    "<lang>/lookup/lost/": PUBLIC_FORM,
    "<lang>/lookup/lost/done/": PUBLIC_PAGE,
    "<lang>/lookup/leave/": Line(get={"*": "not so"}, post={"*": "moved"}),
    # The customers' area.
    "<lang>/my/": Line(get={"alice bob charlie": "page", "*": "door"}),
    "<lang>/my/cards/": Line(get={"alice bob charlie": "moved", "*": "door"}),
    "<lang>/my/processes/": CUSTOMERS_LIST,
    "<lang>/my/processes/<pk>/": ONE_RECORD,
    # Pages: whatever is below has no page of that name.
    "<lang>/*)": NOT_THERE,
    # Wagtail's own ways past a page's lock: no page has one, and its door is not a door of this house.
    "<lang>/_util/authenticate_with_password/<page_view_restriction_id>/<page_id>/": NOT_THERE,
    "<lang>/_util/login/": Line(get={"*": "door"}, post={"*": "door"}),
}

ALL = "clerk editor manager reader"
EDITORS = "editor manager"
WORKING = "clerk manager"


def register(prefix: str, *, writers: str = WORKING) -> list[Rule]:
    """A register: everybody may look, some may add and change, nobody deletes."""
    return [
        Rule(rf"{prefix}delete/"),
        Rule(rf"{prefix}(?:create|edit)/", read=writers, write=writers),
        Rule(prefix, read=ALL),
    ]


RULES: list[Rule] = [
    # The doors, and what their pages need.
    Rule(r"admin/(?:sign-in|login|jsi18n)/|admin/sprite/", is_for_all=True),
    # The platform's own, and what Wagtail has for others than us: not there for anybody.
    Rule(r"admin/(?:locales|sites|password_reset|failwhale|\(|\.\*)"),
    Rule(r"admin/companies/(?:new|made|groups)/", read="root", write="root"),
    Rule(r"admin/companies/", read=ALL, write=ALL),
    Rule(r"admin/our-company/", read="manager", write="manager"),
    # Keeping views of a register: of none that is not there (`tests/core/test_kept_views.py` asks the others).
    Rule(r"admin/registers/"),
    # Each job asks for the right of its kind; the list shows what one may see.
    Rule(r"admin/jobs/", read=ALL, write=WORKING),
    Rule(r"admin/imports/$", read=ALL),
    Rule(r"admin/imports/", read=WORKING, write=WORKING),
    # The manual is everybody's; its words are changed by editors.
    Rule(r"admin/help/screen/<key>/own/", is_for_all=True),
    Rule(r"admin/help/", read=ALL, write=ALL),
    Rule(r"admin/snippets/help/ownhelp/add/|admin/snippets/choose/help/ownhelp/create/"),
    Rule(r"admin/snippets/help/ownhelp/", read=EDITORS, write=EDITORS),
    Rule(r"admin/reports/untranslated/", read=EDITORS),
    # Registers and catalogues of the ground floor and of the processes.
    *register(r"admin/customers/customer/"),
    *register(r"admin/customers/contact/"),
    *register(r"admin/customers/customergroup/"),
    *register(r"admin/processes/process/"),
    Rule(r"admin/snippets/processes/processkind/(?:add|edit|delete|copy)/", read="manager", write="manager"),
    Rule(r"admin/snippets/processes/processkind/(?:history|history-results|usage)/", read="manager"),
    Rule(r"admin/snippets/processes/processkind/", read=ALL),
    Rule(r"admin/snippets/choose/processes/processkind/create/", read="manager"),
    Rule(r"admin/snippets/$", read=EDITORS),
    # Roles are given by membership, not by Wagtail's groups.
    Rule(r"admin/groups/", read="root", write="root"),
    # What the editor's pages ask beside themselves, and what shows only what one may see anyway.
    Rule(
        r"admin/pages/create/|admin/pages/workflow/confirm_cancellation/|admin/embeds/", read=ALL, write=ALL
    ),
    Rule(r"admin/pages/<page_to_move_id>/move/<destination_id>/confirm/", read=ALL, write=EDITORS),
    Rule(r"admin/pages/<page_id>/revisions/$|admin/pages/workflow/(?:action|collect)", is_for_all=True),
    Rule(r"admin/editing-sessions/|admin/tag-autocomplete/|admin/dismissibles/", read=ALL, write=ALL),
    Rule(r"admin/(?:images|documents)/chooser/(?:$|results/|chosen-multiple/)", read=ALL),
    Rule(r"admin/workflows/task_chooser/create/", read=ALL, write="root"),
    Rule(r"admin/workflows/task_chooser/<task_id>/", read=ALL, write=ALL),
    Rule(r"admin/(?:choose-|workflows/task_chooser/|snippets/choose/)", read=ALL),
    Rule(r"admin/(?:api/|block-preview/|localize/api/|localize/reports/|localize/jsi18n/)", read=ALL),
    Rule(r"admin/modeladmin/jsi18n/", read=ALL),
    # What editors look after.
    Rule(r"admin/(?:pages|images|documents|collections|redirects)/", read=EDITORS, write=EDITORS),
    Rule(r"admin/(?:localize|bulk)/", read=EDITORS, write=EDITORS),
    Rule(r"admin/reports/site-history/", read=ALL),
    Rule(r"admin/reports/", read=EDITORS),
    Rule(r"admin/(?:workflows|users)/", read="root", write="root"),
    # The start, and one's own account.
    Rule(r"admin/$|admin/account/|admin/test404/", read=ALL, write=ALL),
]


def _joined(name: str) -> list[object]:
    """What the modules' own tables add."""
    found = [f"tests.{module.label}.matrix" for module in modules]
    return [getattr(import_module(path), name) for path in found if _exists(path)]


def _exists(path: str) -> bool:
    return find_spec(path.rpartition(".")[0]) is not None and find_spec(path) is not None


def all_lines() -> dict[str, Line]:
    """The common table, and that of each module."""
    joined = dict(LINES)
    for lines in _joined("LINES"):
        assert isinstance(lines, dict)
        joined |= lines
    return joined


def rule_of(address: str) -> Rule | None:
    """The first rule that fits an address of the back office; a module's own rules come before the common ones."""
    rules: list[Rule] = []
    for more in _joined("RULES"):
        assert isinstance(more, list)
        rules += more
    return next((rule for rule in [*rules, *RULES] if rule.fits(address)), None)
