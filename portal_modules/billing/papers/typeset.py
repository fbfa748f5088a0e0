"""Setting papers with Typst: PDF/A-3 with tags, its fonts from a package, and the same bytes for the same content.

What people wrote goes in as JSON and is never read as markup; templates are files of this module and reach no other
folder, no font of the machine and no network.
"""

from __future__ import annotations

import base64
import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import font_source_sans_pro
import typst
from fontTools.ttLib import TTFont
from PIL import Image

TEMPLATES: Final = Path(__file__).parent / "typst"
FONTS: Final = Path(font_source_sans_pro.__file__).parent / "files"
_STANDARDS: Final = ("a-3a", "ua-1")
_SCREEN: Final = 120.0  # pixels an inch: an A4 page is 992 wide
_KEPT: Final = frozenset("\n")
_NOT_WRITTEN: Final = frozenset({"data", "qr", "barcode", "url", "code", "relationship"})
# Longer words may break anywhere, so that they stay on the page.
_LONGEST_WORD: Final = 36
_LONG_WORD: Final = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_BREAK: Final = "\u200b"
_UNKNOWN: Final = "?"
_local = threading.local()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


@cache
def _drawn() -> frozenset[int]:
    """The characters that the font has."""
    with TTFont(FONTS / "SourceSansPro-Regular.otf") as font:
        return frozenset(font.getBestCmap())


def set_pdf(template: str, content: Mapping[str, Any]) -> bytes:
    """The PDF of a template, `classic`, and what stands on it."""
    return bytes(_compiled(template, content, format="pdf", pdf_standards=list(_STANDARDS), timestamp=0))


def set_pictures(template: str, content: Mapping[str, Any]) -> list[bytes]:
    """The same pages as PNG, for showing them inside a page of the portal."""
    made = _compiled(template, content, format="png", ppi=_SCREEN)
    return [made] if isinstance(made, bytes) else [bytes(page) for page in made]


def _compiled(template: str, content: Mapping[str, Any], **how: Any) -> Any:
    compiler = getattr(_local, "compiler", None)
    if compiler is None:
        # One for each thread: it is borrowed while it works.
        compiler = _local.compiler = typst.Compiler(
            root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True
        )
    data = json.dumps(legible(content), ensure_ascii=False, sort_keys=True)
    return compiler.compile(input=str(TEMPLATES / f"{template}.typ"), sys_inputs={"data": data}, **how)


def legible(content: Any) -> Any:
    """The same content, its texts in characters that the font has: PDF/A allows no empty boxes.

    What is drawn, attached or followed and not written is left alone.
    """
    match content:
        case str():
            return _legible_text(content)
        case dict():
            return {key: each if key in _NOT_WRITTEN else legible(each) for key, each in content.items()}
        case list() | tuple():
            return [legible(each) for each in content]
    return content


@lru_cache(maxsize=4096)
def _legible_text(text: str) -> str:
    written = "".join(_legible_letter(letter) for letter in unicodedata.normalize("NFC", text))
    return _LONG_WORD.sub(lambda word: _BREAK.join(word[0]), written)


def _legible_letter(letter: str) -> str:
    if letter in _KEPT:
        return letter
    kind = unicodedata.category(letter)
    if kind in {"Cc", "Zl", "Zp"}:
        return " "
    if kind in {"Cf", "Cs", "Co", "Cn"}:
        return "" if kind == "Cf" else _UNKNOWN
    if ord(letter) in _drawn():
        return letter
    simpler = "".join(each for each in unicodedata.normalize("NFKD", letter) if ord(each) in _drawn())
    return simpler or ("" if kind.startswith("M") else _UNKNOWN)


def picture(data: bytes) -> dict[str, str]:
    """A logo, PNG or JPEG, as the SVG that a template can take from JSON."""
    with Image.open(BytesIO(data)) as opened:
        width, height = opened.size
        kind = "jpeg" if opened.format == "JPEG" else "png"
    encoded = base64.b64encode(data).decode("ascii")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/{kind};base64,{encoded}"/></svg>'
    )
    return {"data": svg}


def attachment(
    name: str, data: bytes, description: str, mime: str = "text/xml", relationship: str = "supplement"
) -> dict[str, Any]:
    """A file that travels inside the PDF, byte for byte; an "alternative" says what the paper says."""
    try:
        content: str | list[int] = data.decode("utf-8")
    except UnicodeDecodeError:
        content = list(data)
    return {
        "name": name,
        "data": content,
        "mime": mime,
        "description": description,
        "relationship": relationship,
    }
