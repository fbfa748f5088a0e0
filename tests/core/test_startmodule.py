"""`manage.py startmodule`: what it makes is green as written, in a copy of this checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal_modules.core.management.commands.startmodule import singular

NAME = "site_visits"


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("visits", "visit"),
        ("deliveries", "delivery"),
        ("boxes", "box"),
        ("classes", "class"),
        ("branches", "branch"),
        ("equipment", "equipment"),
        ("access", "access"),
        ("site_visits", "site_visit"),
    ],
)
def test_a_record_is_named_after_its_module(name: str, record: str) -> None:
    assert singular(name) == record


@pytest.mark.parametrize(
    "name",
    [
        "Visits",
        "1visits",
        "my-visits",
        "visits_",
        "import",
        "",
        "../visits",
        "x" * 19,
        "processes",
        "auth",
        "core",
        "world",
    ],
)
def test_a_name_that_would_not_work_is_refused_before_anything_is_written(name: str) -> None:
    base = Path(settings.PROJECT) / "cms" / "settings" / "base.py"
    before = base.read_text()
    with pytest.raises(CommandError):
        call_command("startmodule", name)
    assert base.read_text() == before


@pytest.mark.parametrize("record", ["Process", "customer", "class", "a b"])
def test_a_record_that_would_not_work_is_refused(record: str) -> None:
    with pytest.raises(CommandError):
        call_command("startmodule", "visits", record=record)
    assert not (Path(settings.PROJECT) / "portal_modules" / "visits").exists()


@pytest.fixture
def copy() -> Iterator[Path]:
    """This checkout as it is now, tracked or not, in a folder with a short name (sockets live below it)."""
    source = Path(settings.PROJECT)
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=source,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout")
    target = Path(tempfile.mkdtemp(prefix="balcao-"))
    target.chmod(0o755)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (source / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target / name)
    try:
        yield target
    finally:
        shutil.rmtree(target, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.row("U01")
def test_a_new_module_is_green_as_written(copy: Path) -> None:
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTEST", "BALCAO", "DATABASE"))
        },
        # The servers of this run, whose template lacks only the new module's tables.
        "BALCAO_TEST_VAR": os.environ["BALCAO_TEST_VAR"],
        "BALCAO_TEST_BESIDE": "startmodule_",
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PYTHONDONTWRITEBYTECODE": "1",
    }

    def run(*command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    said = run("manage.py", "startmodule", NAME)
    assert f"portal_modules/{NAME}/models.py" in said
    assert (copy / "portal_modules" / NAME / "migrations" / "0001_initial.py").exists()
    settings_file = (copy / "cms" / "settings" / "base.py").read_text()
    assert settings_file.count(f'"portal_modules.{NAME}",\n') == 1

    folders = (f"portal_modules/{NAME}", f"tests/{NAME}")
    run("-m", "ruff", "check", *folders)
    run("-m", "ruff", "format", "--check", *folders)
    run("manage.py", "check")
    run("-W", "ignore::RuntimeWarning", "manage.py", "makemigrations", NAME, "--check", "--dry-run")
    passed = run(
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        f"tests/{NAME}",
        "tests/core/test_matrix.py::test_every_address_is_in_the_table",
    )
    assert " passed" in passed
