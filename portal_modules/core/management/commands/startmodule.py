"""`manage.py startmodule NAME`: a module that works, to be changed into the one that is wanted."""

from __future__ import annotations

import keyword
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

PATTERNS = Path(__file__).resolve().parents[2] / "startmodule"
_IDENTIFIER = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
# The longest name of an index is 30 characters (Django), and the module's name begins ours.
_LONGEST_NAME = 18
_LONGEST_RECORD = 24
_LIST_OF_MODULES = re.compile(r"^MODULES = \[\n(?:    .*\n)*(?=\])", re.MULTILINE)


class Command(BaseCommand):
    """Make a module with one record: register, pages, action, event, mail, demo, walls, tests; all green."""

    help = "Make a new module, ready to run: manage.py startmodule visits"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Its name, and the name of one of its records."""
        parser.add_argument("name", help="of the module: lower case, plural, such as visits")
        parser.add_argument(
            "--record", default="", help="one of its records, such as visit; made from the name"
        )

    def handle(self, *args: Any, name: str, record: str, **options: Any) -> None:
        """Check, write, make the first migration, tidy, and say what comes next."""
        record_was_named = bool(record)
        record = record or singular(name)
        project = Path(settings.PROJECT)
        _check(name, record, project)
        words = _words(name, record, record_was_named)
        module, tests = project / "portal_modules" / name, project / "tests" / name
        central = project / "cms" / "settings" / "base.py"
        before = central.read_text()
        try:
            written = [*_write(PATTERNS / "module", module, words), *_write(PATTERNS / "tests", tests, words)]
            central.write_text(with_module(before, name))
            _make_first_migration(project, name)
            # After the first, which it stands on: Django would not even look for changes with a gap below it.
            written += _write(PATTERNS / "walls", module, words)
            _tidy(project, module, tests)
        except BaseException:
            central.write_text(before)
            shutil.rmtree(module, ignore_errors=True)
            shutil.rmtree(tests, ignore_errors=True)
            raise
        for path in written:
            self.stdout.write(f"  {path.relative_to(project)}")
        self.stdout.write(_NEXT.format(name=name))


def singular(name: str) -> str:
    """`visits` → `visit`, `deliveries` → `delivery`, `boxes` → `box`; what has no plural stays."""
    for ending, replacement in (("ies", "y"), ("xes", "x"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if name.endswith(ending):
            return name.removesuffix(ending) + replacement
    return name[:-1] if name.endswith("s") and not name.endswith(("ss", "us")) else name


def _check(name: str, record: str, project: Path) -> None:
    """Refuse what would not work, before anything is written."""
    for what, word, longest in (("module", name, _LONGEST_NAME), ("record", record, _LONGEST_RECORD)):
        if not _IDENTIFIER.fullmatch(word) or keyword.iskeyword(word):
            raise CommandError(f"{word!r} cannot name a {what}: use lower-case letters, digits and single _.")
        if len(word) > longest:
            raise CommandError(f"{word!r} is too long for a {what}: at most {longest} characters.")
    taken = {config.label for config in apps.get_app_configs()}
    folders = [project / "portal_modules" / name, project / "tests" / name]
    if name in taken or any(folder.exists() for folder in folders):
        raise CommandError(f"There is a module, an app or a folder called {name!r} already.")
    if _class_name(record).lower() in {model._meta.model_name for model in apps.get_models()}:
        raise CommandError(f"There is a model called {_class_name(record)} already: choose another --record.")


def _class_name(words: str) -> str:
    return "".join(word.capitalize() for word in words.split("_"))


def _words(name: str, record: str, record_was_named: bool) -> dict[str, str]:
    """What the patterns are filled with."""
    singular_words = record.replace("_", " ")
    plural = f"{singular_words}s" if record_was_named else name.replace("_", " ")
    model = _class_name(record).lower()
    return {
        "name": name,
        "Module": _class_name(name),
        "record": record,
        "Record": _class_name(record),
        "model": model,
        "table": f"{name}_{model}",
        "words": singular_words,
        "plural": plural,
        "Plural": plural.capitalize(),
    }


def _write(patterns: Path, target: Path, words: dict[str, str]) -> list[Path]:
    """Fill every pattern; each folder of Python becomes a package."""
    written = []
    for pattern in sorted(patterns.rglob("*.tpl")):
        relative = str(pattern.relative_to(patterns)).removesuffix(".tpl").replace("NAME", words["name"])
        path = target / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(Template(pattern.read_text()).substitute(words))
        if path.suffix == ".py":
            (path.parent / "__init__.py").touch()
        written.append(path)
    return written


def with_module(settings_text: str, name: str) -> str:
    """The settings with the one central line. Raises `CommandError` when the list is not found."""
    found = _LIST_OF_MODULES.search(settings_text)
    if found is None:
        raise CommandError("The list MODULES was not found in cms/settings/base.py.")
    return f'{settings_text[: found.end()]}    "portal_modules.{name}",\n{settings_text[found.end() :]}'


def _make_first_migration(project: Path, name: str) -> None:
    """In another process, because this one started without the module.

    The command would like to compare with a database; it needs none, and says so in a warning.
    """
    command = [
        sys.executable,
        "-W",
        "ignore::RuntimeWarning",
        "manage.py",
        "makemigrations",
        name,
        "--name",
        "initial",
    ]
    _run([*command, "--verbosity", "0"], project)


def _tidy(project: Path, *folders: Path) -> None:
    """How long a line is depends on the name: let the formatter decide, where it is installed."""
    if find_spec("ruff"):
        paths = [str(folder) for folder in folders]
        _run([sys.executable, "-m", "ruff", "check", "--quiet", "--fix", "--select", "I", *paths], project)
        _run([sys.executable, "-m", "ruff", "format", "--quiet", *paths], project)


def _run(command: list[str], project: Path) -> None:
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(f"{' '.join(command[1:])} failed:\n{done.stdout}{done.stderr}")


_NEXT = """
portal_modules/{name}/ works as it is, and is one line of MODULES in cms/settings/base.py. Now:

  1. manage.py migrate
  2. make test ARGS="tests/{name} tests/modules tests/core"
  3. make messages, and translate what is new in locales/
  4. Change models.py, actions.py and the texts into what you want, and make the first migration anew as
     long as nobody has used it. docs/module-author.md says how the doors of a module are meant.
"""
