"""The papers of the demo, set by Typst from `texts/castro-lima/papers.toml`, one for each language.

pip install typst                     # nothing else of the project needs it yet
python -m cms.demo.making.papers      # from the project's folder; writes to cms/demo/files
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import typst  # type: ignore[import-not-found,unused-ignore]  # only where papers are made

DEMO = Path(__file__).resolve().parent.parent
LANGUAGES = ("pt", "es", "en")
PAGE = """
#set document(title: title, author: "Castro & Lima Advogados")
#set page(paper: "a4", margin: (x: 26mm, y: 28mm), footer: [
  #set text(size: 8.5pt, fill: rgb("#5b6b72"))
  Castro & Lima Advogados · Rua da Glicínia, 14, 2.º, 1250-098 Lisboa · portal\\@castro-lima.example.com
])
#set text(font: "Libertinus Serif", size: 11.5pt, lang: language)
#set par(leading: .75em)
#show heading: set text(fill: rgb("#1f4e5f"))
#let tick = box(width: 9pt, height: 9pt, stroke: .8pt + rgb("#1f4e5f"), radius: 2pt, baseline: 1pt)
#set list(marker: tick, spacing: 1em, indent: 2mm, body-indent: 4mm)
#line(length: 24mm, stroke: 3pt + rgb("#c8803c"))
#text(size: 22pt, weight: "bold", fill: rgb("#1f4e5f"), title)
#v(6mm)
"""


def source(title: str, text: str, language: str) -> str:
    """A paper in Typst's own language; what customers read goes in as strings, so that no sign of it acts."""
    lines = [f"#let title = {json.dumps(title, ensure_ascii=False)}", f'#let language = "{language}"', PAGE]
    for line in text.strip().splitlines():
        mark, _space, words = line.partition(" ")
        kind = {"#": "heading(level: 2, {})", "-": "list.item({})"}.get(mark, "par({})")
        said = words if mark in {"#", "-"} else line
        lines.append("#" + kind.format(json.dumps(said, ensure_ascii=False)))
    return "\n".join(lines)


def main() -> None:
    """Set them all."""
    papers = tomllib.loads((DEMO / "texts/castro-lima/papers.toml").read_text())["paper"]
    for paper in papers:
        for place, language in enumerate(LANGUAGES):
            text = source(paper["title"][place], paper["text"][place], language)
            pdf = typst.compile(text.encode())
            (DEMO / "files" / f"{paper['name']}.{language}.pdf").write_bytes(pdf)


if __name__ == "__main__":
    main()
