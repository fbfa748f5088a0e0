"""The long texts of the demo, in files that people read: a folder for each company, each text in pt, es and en."""

from __future__ import annotations

import tomllib
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).resolve().parent


def texts_of(alias: str, kind: str) -> list[dict[str, Any]]:
    """All texts of a kind that a company has, such as its answers, in the order of the files."""
    found: list[dict[str, Any]] = []
    for file in sorted((_FOLDER / alias).glob("*.toml")):
        found += tomllib.loads(file.read_text()).get(kind, [])
    return found


def blocks(text: str) -> list[tuple[str, Any]]:
    """Headings, paragraphs and lists as the pages keep them: "# " before a heading, "- " before an item."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    found: list[tuple[str, Any]] = []
    for kind, group in groupby(lines, key=lambda line: line[:2] if line[:2] in {"# ", "- "} else ""):
        if kind == "# ":
            found += [("heading", line[2:]) for line in group]
        elif kind == "- ":
            found.append(("paragraph", items(list(group))))
        else:
            found += [("paragraph", f"<p>{escape(line)}</p>") for line in group]
    return found


def items(lines: list[str], tag: str = "ul") -> str:
    """Lines with "- " before them as a list."""
    inside = "".join(f"<li>{escape(line.strip().removeprefix('- '))}</li>" for line in lines if line.strip())
    return f"<{tag}>{inside}</{tag}>"
