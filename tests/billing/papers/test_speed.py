"""How fast invoices are drawn, beside Typst alone with the same template and data."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pytest
import typst

from portal_modules.billing.papers.content import as_content, draw, fingerprint
from portal_modules.billing.papers.typeset import FONTS, TEMPLATES, legible

from .sample import invoice

GOAL: Final = 0.6  # of the PDFs that bare Typst makes in the same time of a core
ROUNDS: Final = 15


def seconds(make: Callable[[int], object]) -> float:
    """The processor's time for some papers, each with another content."""
    begun = time.process_time()
    for number in range(ROUNDS):
        make(number)
    return time.process_time() - begun


@pytest.mark.slow
def test_little_is_lost_beside_bare_typst() -> None:
    paper = invoice(40)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=fonts, ignore_system_fonts=True)
    content = [
        json.dumps(legible(as_content(replace(paper, notes=f"bare {n}"))), sort_keys=True)
        for n in range(ROUNDS)
    ]

    def bare(number: int) -> object:
        return compiler.compile(
            input=str(TEMPLATES / "classic.typ"),
            sys_inputs={"data": content[number]},
            format="pdf",
            pdf_standards=["a-3a", "ua-1"],
            timestamp=0,
        )

    def ours(number: int) -> object:
        each = replace(paper, notes=f"ours {number}")
        fingerprint(each, "classic")
        return draw(each, "classic")

    bare(0), ours(0)
    # The best of three: a busy machine makes both slower, but not in the same moment.
    ratio = max(seconds(bare) / seconds(ours) for _round in range(3))
    assert ratio >= GOAL
