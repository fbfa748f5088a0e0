"""The catalogues of words: collected from code and templates, merged, checked and compiled.

All of it in Python (Babel reads, polib writes), so that a machine without gettext can do it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation.template import templatize

# Complete in the test run. Portugal's Portuguese holds what differs from Brazil's, and falls back to it.
COMPLETE = ("pt_BR", "es", "en")
DIFFERING = ("pt_PT",)
PLURALS = {
    "pt_BR": "nplurals=2; plural=(n > 1);",
    "pt_PT": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
}
PLACES = ("cms", "portal_modules", "templates")
_KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# What Django makes of a template is meant for xgettext: only its calls are Python.
_CALL = re.compile(
    r"""(?:_|gettext|ngettext|pgettext|npgettext)\((?:[^()"']|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')*\)"""
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


@dataclass
class Phrase:
    """Something said, and where."""

    singular: str
    plural: str = ""
    context: str | None = None
    places: list[str] = field(default_factory=list)


def collect(project: Path) -> dict[tuple[str | None, str], Phrase]:
    """Every phrase of the project's own code and templates."""
    found: dict[tuple[str | None, str], Phrase] = {}
    for file in _sources(project):
        place = str(file.relative_to(project))
        text = file.read_text("utf-8")
        if file.suffix in {".html", ".txt"}:
            text = "\n".join(_CALL.findall(templatize(text, origin=place)))
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), _KEYWORDS):
            singular, plural = message if isinstance(message, tuple) else (message, "")
            if not singular:
                continue
            phrase = found.setdefault((context, singular), Phrase(singular, plural or "", context))
            phrase.plural = phrase.plural or plural or ""
            if place not in phrase.places:
                phrase.places.append(place)
    return found


def _sources(project: Path) -> Iterator[Path]:
    for place in PLACES:
        for file in sorted((project / place).rglob("*")):
            speaks = file.suffix in {".py", ".html"} or (file.suffix == ".txt" and "templates" in file.parts)
            if speaks and "migrations" not in file.parts:
                yield file


def path_of(project: Path, language: str) -> Path:
    """The catalogue of a language."""
    return project / "locales" / language / "LC_MESSAGES" / "django.po"


def merge(project: Path) -> None:
    """Bring every catalogue up to date: new phrases come in empty, what nobody says any more goes."""
    phrases = collect(project)
    for language in (*COMPLETE, *DIFFERING):
        path = path_of(project, language)
        old = polib.pofile(str(path)) if path.exists() else polib.POFile()
        said = {(entry.msgctxt, entry.msgid): entry for entry in old}
        new = polib.POFile(wrapwidth=110)
        new.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "MIME-Version": "1.0",
            "Plural-Forms": PLURALS[language],
        }
        for key, phrase in sorted(phrases.items(), key=lambda item: (item[0][1], item[0][0] or "")):
            entry = _entry(language, phrase, said.get(key))
            if entry is not None:
                new.append(entry)
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))


def _entry(language: str, phrase: Phrase, before: polib.POEntry | None) -> polib.POEntry | None:
    if language in DIFFERING and (before is None or not before.translated()):
        return None
    entry = polib.POEntry(msgid=phrase.singular, msgctxt=phrase.context)
    entry.occurrences = [(place, "") for place in sorted(phrase.places)[:3]]
    if phrase.plural:
        entry.msgid_plural = phrase.plural
        own = {0: phrase.singular, 1: phrase.plural} if language == "en" else {0: "", 1: ""}
        entry.msgstr_plural = dict(before.msgstr_plural) if before and before.msgstr_plural else own
    else:
        entry.msgstr = (
            before.msgstr if before and before.msgstr else (phrase.singular if language == "en" else "")
        )
    if "python-format" not in entry.flags and "%(" in phrase.singular:
        entry.flags.append("python-format")
    return entry


def faults(project: Path) -> list[str]:
    """What is missing, no longer said, or lost a placeholder."""
    phrases = collect(project)
    found = []
    for language in COMPLETE:
        said = {
            (entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path_of(project, language)))
        }
        for key in phrases.keys() - said.keys():
            found.append(f"{language}: not in the catalogue: {key[1]!r} ({phrases[key].places[0]})")
        for key in said.keys() - phrases.keys():
            found.append(f"{language}: nobody says any more: {key[1]!r}")
        for entry in said.values():
            if not entry.translated():
                found.append(f"{language}: not translated: {entry.msgid!r}")
    for language in (*COMPLETE, *DIFFERING):
        for entry in polib.pofile(str(path_of(project, language))):
            found += [f"{language}: {fault}" for fault in _placeholder_faults(entry)]
    return sorted(found)


def _placeholder_faults(entry: polib.POEntry) -> Iterator[str]:
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural or "")
    for text in [entry.msgstr, *(entry.msgstr_plural or {}).values()]:
        if text and not placeholders(text) <= wanted:
            yield f"a placeholder that is not filled in {text!r}"
        if text and not entry.msgid_plural and placeholders(text) != wanted:
            yield f"placeholders of {entry.msgid!r} are not those of {text!r}"


def placeholders(text: str) -> set[str]:
    """The names that a phrase leaves open, in either way of writing them."""
    return {first or second for first, second in _PLACEHOLDER.findall(text)}


def compile_all(project: Path) -> int:
    """Compile the catalogues that are newer than what was compiled of them; returns how many."""
    compiled = 0
    for source in sorted((project / "locales").rglob("*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            draft = target.with_suffix(".mo.part")
            polib.pofile(str(source)).save_as_mofile(str(draft))
            draft.replace(target)
            compiled += 1
    return compiled
