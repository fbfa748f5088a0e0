"""`manage.py rows`: which rows of docs/features.md are claimed, and which tests show each of them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

_ROW = re.compile(r"^\|\s*([A-Z]{1,2}\d{2})\s*\|\s*(\S.*?)\s*\|$", re.MULTILINE)


class Command(BaseCommand):
    """Print each claimed row with its tests, and end with 1 when a row has none."""

    help = "Print the rows of docs/features.md with their tests, and what is missing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Another checkout's rows, for tests."""
        parser.add_argument("--project", type=Path, default=Path(settings.PROJECT))

    def handle(self, *args: Any, project: Path, **options: Any) -> None:
        """Compare what is claimed with what is tested."""
        claimed = claimed_rows(project / "docs" / "features.md")
        tests = tests_by_row(project / "tests")
        for number, sentence in claimed.items():
            self.stdout.write(f"{number}  {sentence}")
            for test in tests.get(number, ()):
                self.stdout.write(f"       {test}")
        untested = [number for number in claimed if number not in tests]
        unknown = sorted(tests.keys() - claimed.keys())
        self.stdout.write(f"\n{len(claimed)} rows, {len(claimed) - len(untested)} of them shown by tests.")
        if unknown:
            self.stdout.write(f"Tested, but not in docs/features.md: {', '.join(unknown)}.")
        if untested:
            raise CommandError(f"No test shows {', '.join(untested)}.", returncode=1)


def claimed_rows(file: Path) -> dict[str, str]:
    """The numbers of the table and their sentences; a number that stands there twice is an error."""
    claimed: dict[str, str] = {}
    for number, sentence in _ROW.findall(file.read_text()):
        if number in claimed:
            raise CommandError(f"{file.name} has the row {number} twice.")
        claimed[number] = sentence
    return claimed


def tests_by_row(folder: Path) -> dict[str, list[str]]:
    """Tests by the row that they are marked with, as `tests/a/test_b.py::test_c`. Nothing is imported."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.rglob("test_*.py")):
        tree = ast.parse(file.read_text())
        where = f"{folder.name}/{file.relative_to(folder).as_posix()}"
        of_module = _rows_of_module(tree)
        for name, rows in _marked(tree, of_module):
            for row in rows:
                found[row].append(f"{where}::{name}")
    return dict(found)


def _marked(tree: ast.Module, of_module: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Functions and methods that are tests, and classes that inherit theirs, with their rows."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            of_class = of_module | _rows_in(node.decorator_list)
            methods = [each for each in node.body if _is_test(each)]
            for method in methods:
                yield f"{node.name}::{_name(method)}", sorted(of_class | _rows_in(_decorators(method)))
            if not methods and node.bases and node.name.startswith("Test"):
                yield node.name, sorted(of_class)
        elif _is_test(node):
            yield _name(node), sorted(of_module | _rows_in(_decorators(node)))


def _rows_of_module(tree: ast.Module) -> set[str]:
    """Those of `pytestmark`."""
    rows: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            rows |= _rows_in([node.value])
    return rows


def _rows_in(expressions: list[ast.expr]) -> set[str]:
    """The arguments of every `pytest.mark.row(…)` in there, those of parametrised cases too."""
    return {
        str(argument.value)
        for expression in expressions
        for node in ast.walk(expression)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.row"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }


def _is_test(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")


def _name(node: ast.stmt) -> str:
    return str(getattr(node, "name", ""))


def _decorators(node: ast.stmt) -> list[ast.expr]:
    return list(getattr(node, "decorator_list", []))
