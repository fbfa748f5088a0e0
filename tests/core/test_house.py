"""The rules of the house that a machine can check; see `docs/module-author.md` for the reasons."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from portal_modules.core.checks import check_levels, check_modules, check_owned_models
from portal_modules.core.modules import modules

PROJECT = Path(settings.PROJECT)
SUITE = PROJECT / "portal_modules"
LONGEST_FILE = 400

# What one module may use of another; everything else is its own business.
OPEN_TO_OTHERS = frozenset({"models", "actions", "choices", "events", "exceptions"})
# Bases that are made for other modules: the querysets under whose `visible_to` all records stand, and the
# registry and vocabulary of mails; the field that names a customer; and the door that asks for proof within five
# minutes.
BASES = frozenset(
    {
        "portal_modules.accounts.fresh",
        "portal_modules.customers.forms",
        "portal_modules.customers.querysets",
        "portal_modules.notifications.mails",
    }
)
# What lies in cms/ and is no page: commands of the kernel may ask for it.
NO_PAGES = (["embedded"], ["settings"])

_TAG_WITH_STYLE = re.compile(
    r"<style\b|\sstyle\s*=|<script(?![^>]*(?:\bsrc=|application/json))|\son[a-z]+\s*=\s*[\"']", re.IGNORECASE
)
_COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_ROLE = re.compile(r"set\s+(?:local\s+|session\s+)?role\b|set_config\(\s*'role'", re.IGNORECASE)
_UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME)\b")
_GETTEXT = frozenset(
    {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}
)


def listed(offences: list[str]) -> None:
    """Fail with one line for each offence."""
    assert not offences, f"{len(offences)}:\n" + "\n".join(offences)


def sources(*folders: str, migrations: bool = False) -> list[Path]:
    """The Python files of folders of the project."""
    return sorted(
        file
        for folder in folders
        for file in (PROJECT / folder).rglob("*.py")
        if migrations or "migrations" not in file.parts
    )


def html() -> list[Path]:
    """All templates of the project."""
    folders = [PROJECT / "templates", *SUITE.glob("*/templates"), *(PROJECT / "cms").rglob("templates")]
    return sorted(file for folder in folders for file in folder.rglob("*.html"))


@cache
def tree(file: Path) -> ast.Module:
    """A file, parsed once."""
    return ast.parse(file.read_text())


def where(file: Path, line: int = 0) -> str:
    """A place for the list of offences."""
    return f"{file.relative_to(PROJECT)}{f':{line}' if line else ''}"


def package_of(file: Path) -> list[str]:
    """The dotted parts of the package that a file's relative imports start from."""
    return list(file.relative_to(PROJECT).parent.parts)


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Every module or name that a file imports, whole, with its line; what only types need is left out."""
    for_types = {
        id(inner)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree(file)):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package_of(file)[: len(package_of(file)) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((f"{name}.{alias.name}", node.lineno) for alias in node.names)


# ---- arrows point one way -------------------------------------------------------------------------


def ground_floor() -> list[str]:
    """The labels of the floor that is always on, lowest first; the kernel stands below it."""
    return [name.rpartition(".")[2] for name in settings.GROUND_FLOOR if name != "portal_modules.core"]


def may_use(label: str) -> set[str]:
    """The modules that a module may import from, beside the kernel."""
    floor = ground_floor()
    named = set(modules.get(label).depends)
    return named | set(floor[: floor.index(label)] if label in floor else floor)


def test_a_module_imports_the_kernel_the_floor_below_and_what_it_depends_on() -> None:
    offences = []
    for file in sources("portal_modules", migrations=True):
        label = file.relative_to(SUITE).parts[0]
        if label in {"core", "__init__.py"}:
            continue
        for name, line in imports(file):
            parts = name.split(".")
            if parts[0] == "cms" and parts[1:2] not in NO_PAGES:
                offences.append(f"{where(file, line)} imports the pages: {name}")
            if parts[0] != "portal_modules" or len(parts) < 2 or parts[1] in {label, "core"}:
                continue
            if parts[1] not in may_use(label):
                offences.append(f"{where(file, line)} imports {parts[1]}, which {label} does not depend on")
            elif (
                "migrations" not in file.parts
                and len(parts) > 2
                and parts[2] not in OPEN_TO_OTHERS
                and ".".join(parts[:3]) not in BASES
                and not (parts[2] == "demo" and (file.stem == "demo" or "demo" in file.parts))
            ):
                offences.append(f"{where(file, line)} imports what is not for others: {name}")
    listed(offences)


def test_the_kernel_knows_no_module_and_no_page() -> None:
    labels = {module.label for module in modules}
    listed(
        [
            f"{where(file, line)} imports {name}"
            for file in sources("portal_modules/core", migrations=True)
            for name, line in imports(file)
            if (name.split(".")[0] == "cms" and name.split(".")[1:2] not in NO_PAGES)
            or (name.startswith("portal_modules.") and name.split(".")[1] in labels)
        ]
    )


def test_pages_know_the_kernel_and_the_ground_floor_only() -> None:
    """Settings and the list of addresses compose everything."""
    floor = {"core", *ground_floor()}
    listed(
        [
            f"{where(file, line)} imports {name}"
            for file in sources("cms", migrations=True)
            if "settings" not in file.parts and file.name not in {"urls.py", "demo_urls.py"}
            for name, line in imports(file)
            if name.startswith("portal_modules.") and name.split(".")[1] not in floor
        ]
    )


def test_relations_stay_within_what_a_module_depends_on() -> None:
    offences = []
    for module in modules:
        for model in apps.get_app_config(module.label).get_models(include_auto_created=True):
            for field in model._meta.get_fields():
                target = getattr(field, "related_model", None)
                if field.auto_created or target is None or isinstance(target, str):
                    continue
                label = target._meta.app_label
                if label in modules and label != module.label and label not in may_use(module.label):
                    offences.append(f"{model._meta.label}.{field.name} points at {label}")
    listed(offences)


@pytest.mark.slow
def test_import_linter_finds_the_floors_and_layers_kept() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_systems_own_checks_find_nothing() -> None:
    listed([str(each) for check in (check_modules, check_owned_models, check_levels) for each in check()])


# ---- walls ----------------------------------------------------------------------------------------


def test_roles_are_set_nowhere_but_in_the_scope() -> None:
    """Walls are made in migrations, and the embedded servers make the roles before anything runs."""
    offences = []
    for file in sources("portal_modules", "cms"):
        if where(file) == "portal_modules/core/scope.py" or "embedded" in file.parts:
            continue
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _ROLE.search(node.value):
                offences.append(where(file, node.lineno))
    listed(offences)


def test_no_page_starts_from_all_rows() -> None:
    """What is shown starts from `visible_to(access)`, `for_staff(user)` or a parent that did."""
    edges = ("views", "lookup", "api", "filters", "staff_views")
    listed(
        [
            where(file, node.lineno)
            for file in sources("portal_modules", "cms")
            if file.stem in edges or file.parent.name in edges
            for node in ast.walk(tree(file))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "all"
            and isinstance(node.func.value, ast.Attribute)
            and node.func.value.attr in {"objects", "_default_manager"}
        ]
    )


def test_forms_name_their_fields() -> None:
    offences = []
    for file in sources("portal_modules", "cms"):
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {target.id for target in targets if isinstance(target, ast.Name)}
            if "fields" in names and isinstance(node.value, ast.Constant) and node.value.value == "__all__":
                offences.append(where(file, node.lineno))
    listed(offences)


# ---- templates and words --------------------------------------------------------------------------


def test_templates_have_no_style_and_no_script_of_their_own() -> None:
    """The policy of the pages forbids both; a mail has no style sheet and needs them."""
    offences = []
    for file in html():
        if "mail" in file.relative_to(PROJECT).parts or file.parent.name == "mail":
            continue
        text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), file.read_text())
        for found in _TAG_WITH_STYLE.finditer(text):
            offences.append(f"{where(file, text.count(chr(10), 0, found.start()) + 1)} {found[0].strip()}")
    listed(offences)


def test_every_style_sheet_closes_what_it_opens() -> None:
    """Two additions to the end of a sheet are easily merged into each other, and a browser says nothing."""
    offences = []
    for file in sorted((PROJECT / "cms" / "static").rglob("*.css")):
        depth = 0
        text = re.sub(
            r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), file.read_text(), flags=re.DOTALL
        )
        for number, line in enumerate(text.splitlines(), 1):
            if depth and re.match(r"[.#@a-z]", line) and line.rstrip().endswith("{"):
                offences.append(where(file, number))
            depth += line.count("{") - line.count("}")
        if depth:
            offences.append(where(file))
    listed(offences)


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    offences = []
    for file in sources("portal_modules", "cms"):
        for node in ast.walk(tree(file)):
            if not isinstance(node, ast.Call) or _called(node) not in _GETTEXT:
                continue
            for argument in node.args:
                if any(isinstance(inner, ast.JoinedStr) for inner in ast.walk(argument)):
                    offences.append(where(file, node.lineno))
    listed(offences)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


# ---- models and files -----------------------------------------------------------------------------


def test_constraints_and_indexes_carry_the_label_of_their_module() -> None:
    """Django refuses a constraint without a name; ours says whose it is, because names are global."""
    offences = []
    for config in apps.get_app_configs():
        if not config.name.startswith(("portal_modules.", "cms")):
            continue
        for model in config.get_models():
            if hasattr(model, "pgh_tracked_model"):
                continue
            named = [*model._meta.constraints, *model._meta.indexes]
            offences += [
                f"{model._meta.label}: {each.name}"
                for each in named
                if not each.name.startswith(f"{config.label}_")
            ]
            if model._meta.unique_together:
                offences.append(f"{model._meta.label}: unique_together has no name")
    listed(offences)


def test_no_file_is_longer_than_somebody_reads() -> None:
    """Near 400 lines a file becomes a folder by subject."""
    files = [*sources("portal_modules", "cms", "tests"), *html()]
    lengths = {file: len(file.read_text().splitlines()) for file in files}
    listed([f"{where(file)}: {length} lines" for file, length in lengths.items() if length > LONGEST_FILE])


def test_nothing_is_left_for_later() -> None:
    files = [*sources("portal_modules", "cms", "tests", migrations=True), *html()]
    listed(
        [
            where(file, number)
            for file in files
            for number, line in enumerate(file.read_text().splitlines(), 1)
            if _UNFINISHED.search(line)
        ]
    )


def test_there_is_no_drawer() -> None:
    """A helper is named after what it does."""
    listed(
        [
            where(file)
            for file in sources("portal_modules", "cms", "tests")
            if file.stem in {"utils", "helpers"}
        ]
    )
