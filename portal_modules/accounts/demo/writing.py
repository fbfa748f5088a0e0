"""From headings and paragraphs to the text of a version."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from django.utils.html import escape

# A heading, and paragraphs on lines of their own; what begins with a hyphen is an item of a list.
Section: TypeAlias = tuple[str, str]


def as_html(sections: Sequence[Section]) -> str:
    """The body as the editor would have written it."""
    return "".join(_section(number, *section) for number, section in enumerate(sections, 1))


def _section(number: int, heading: str, text: str) -> str:
    return f"<h2>{number}. {escape(heading)}</h2>" + "".join(_blocks(text))


def _blocks(text: str) -> Iterator[str]:
    for is_list, lines in groupby(text.split("\n"), key=lambda line: line.startswith("- ")):
        if is_list:
            items = "".join(f"<li>{escape(line[2:])}</li>" for line in lines)
            yield f"<ul>{items}</ul>"
        else:
            yield from (f"<p>{escape(line)}</p>" for line in lines)
