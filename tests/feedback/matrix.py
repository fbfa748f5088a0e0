"""What the addresses of the opinion box answer to whom."""

from __future__ import annotations

from tests.core.matrix import ALL, WORKING, Line, Rule

_CAME_IN = "number alice bob charlie"

LINES = {
    "<lang>/opinion/": Line(
        get={_CAME_IN: "page", "*": "door"},
        post={_CAME_IN: "refused", "*": "door"},
    ),
}

RULES: list[Rule] = [
    Rule(r"admin/feedback/opinion/(?:create|edit|delete|history)/"),
    Rule(r"admin/feedback/opinion/(?:inspect|bulk)/", read=ALL, write=WORKING),
    Rule(r"admin/feedback/opinion/", read=ALL),
    # Only an opinion with an address has this page: `test_answers.py` asks who may open it.
    Rule(r"admin/feedback/answer/", is_for_all=True),
]
