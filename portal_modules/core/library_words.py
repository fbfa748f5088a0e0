"""What the libraries do not say in our languages, kept under `locales/libraries/`.

Wagtail's own catalogues are some releases behind its sentences, and Django answers what Spanish lacks in the
site's own Portuguese. Only what a library lacks stands here: what stands here would win over it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib
from django.apps import apps

from .catalogues import PLACES, placeholders

COMPLETE = ("es", "pt_BR")
DIFFERING = ("pt_PT",)
DOMAINS = ("django", "djangojs")
# As the libraries have them: a JavaScript catalogue knows one rule, that of the last file merged into it.
PLURALS = {
    "es": "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "pt_BR": "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    "pt_PT": "nplurals=3; plural=(n == 0 || n == 1) ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
}
FORMS = 3
Key = tuple[str | None, str]
_TAG = re.compile(r"<[^>]+>")


def lacking(language: str, domain: str) -> dict[Key, polib.POEntry]:
    """What the installed libraries say, and none of them says in this language."""
    said: dict[Key, polib.POEntry] = {}
    translated: set[Key] = set()
    for name, folder in _libraries():
        for entry in _sentences(folder, domain):
            entry.occurrences = [(name, "")]
            said.setdefault(_key(entry), entry)
        own = folder / language / "LC_MESSAGES" / f"{domain}.mo"
        if own.exists():
            translated |= {_key(entry) for entry in polib.mofile(str(own))}
    return {key: entry for key, entry in said.items() if key not in translated}


def _libraries() -> Iterator[tuple[str, Path]]:
    """The folders of catalogues of what is installed and not ours; Django's own says the most common words."""
    for config in apps.get_app_configs():
        folder = Path(config.path) / "locale"
        if config.name.partition(".")[0] not in PLACES and folder.is_dir():
            yield config.name, folder
    yield "django", Path(django.__file__).parent / "conf" / "locale"


def _sentences(folder: Path, domain: str) -> Iterator[polib.POEntry]:
    """All that a library says: its English catalogue, or its others where it keeps none."""
    for languages in (("en",), COMPLETE):
        files = [folder / language / "LC_MESSAGES" / f"{domain}.po" for language in languages]
        if found := [file for file in files if file.exists()]:
            for file in found:
                yield from (entry for entry in polib.pofile(str(file)) if not entry.obsolete)
            return


def merge(project: Path) -> None:
    """Bring what is newly lacking in empty, and drop what the libraries say by now."""
    for language, domain in _catalogues():
        path = _path(project, language, domain)
        before = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
        new = polib.POFile(wrapwidth=110)
        new.metadata = {
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Language": language,
            "MIME-Version": "1.0",
            "Plural-Forms": PLURALS[language],
        }
        missing = lacking(language, domain)
        for key in sorted(missing, key=lambda key: (key[1], key[0] or "")):
            if language in COMPLETE or key in before:
                new.append(_entry(missing[key], before.get(key)))
        path.parent.mkdir(parents=True, exist_ok=True)
        new.save(str(path))


def _entry(missing: polib.POEntry, before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=missing.msgctxt,
        msgid=missing.msgid,
        msgid_plural=missing.msgid_plural,
        comment=missing.comment,
        occurrences=missing.occurrences,
        flags=["python-format"] if "%(" in missing.msgid else [],
    )
    if missing.msgid_plural:
        entry.msgstr_plural = dict(before.msgstr_plural) if before else dict.fromkeys(range(FORMS), "")
    else:
        entry.msgstr = before.msgstr if before else ""
    return entry


def faults(project: Path) -> list[str]:
    """What is lacking still, is the library's own affair by now, or lost a placeholder or a tag."""
    found = []
    for language, domain in _catalogues():
        missing = lacking(language, domain)
        said = {_key(entry): entry for entry in polib.pofile(str(_path(project, language, domain)))}
        if language in COMPLETE:
            found += [f"{language}: not in the catalogue: {key[1]!r}" for key in missing.keys() - said.keys()]
        found += [
            f"{language}: the library says it itself: {key[1]!r}" for key in said.keys() - missing.keys()
        ]
        for entry in said.values():
            found += [f"{language}: {fault}" for fault in _entry_faults(entry)]
    return sorted(found)


def _entry_faults(entry: polib.POEntry) -> Iterator[str]:
    forms = [entry.msgstr]
    sources = [entry.msgid]
    if entry.msgid_plural:
        forms = [entry.msgstr_plural.get(form, "") for form in range(FORMS)]
        sources = [entry.msgid] + [entry.msgid_plural] * (FORMS - 1)
    for source, form in zip(sources, forms, strict=True):
        if not form:
            yield f"not translated: {source!r}"
        elif placeholders(form) != placeholders(source):
            yield f"placeholders of {source!r} are not those of {form!r}"
        elif sorted(_TAG.findall(form)) != sorted(_TAG.findall(source)):
            yield f"tags of {source!r} are not those of {form!r}"


def _catalogues() -> Iterator[tuple[str, str]]:
    for language in (*COMPLETE, *DIFFERING):
        for domain in DOMAINS:
            yield language, domain


def _path(project: Path, language: str, domain: str) -> Path:
    return project / "locales" / "libraries" / language / "LC_MESSAGES" / f"{domain}.po"


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid
