"""The permission matrix, as data: who gets what at which address.

An address is written as the resolver has it, with `<lang>` for the language. `Line` is for addresses that
are listed one by one; `Rule` covers what is below a prefix of the back office, the first that fits. What a
module adds stands in `tests/<module>/matrix.py` (`LINES`, `RULES`) and is joined here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Who asks. `number` gave the number of alice's process; bob works with alice and may only look; dora and
# `stranger`, a manager, belong to the other company; `root` runs the platform and has entered this company.
CUSTOMERS = ("alice", "bob", "charlie")
STAFF = ("clerk", "editor", "manager", "reader", "root")
PERSONAS = ("anonymous", "number", *CUSTOMERS, "dora", *STAFF, "stranger")

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
    403 or 404: never a page, and no row is changed. `read` and `write` name roles; `root` is added to both.
    """

    prefix: str
    read: str = ""
    write: str = ""

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
OWN_PAGE = Line(
    get={"alice bob charlie": "page", "*": "door"}, post={"alice bob charlie": "refused", "*": "door"}
)
