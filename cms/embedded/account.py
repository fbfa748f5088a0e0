"""Which system account the servers run under.

PostgreSQL refuses to run as root. So when the project runs as root (containers,
continuous integration), its servers run under an ordinary account; otherwise they
run as whoever started them.

Settings import this module through `paths`: it stays small and free of Django.
"""

import os
import pwd
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ORDINARY_ACCOUNTS = ("postgres", "nobody")


class NoOrdinaryAccount(RuntimeError):
    """Root was asked to run PostgreSQL on a machine without an account to run it under."""


@dataclass(frozen=True)
class Account:
    """One system account, by numbers because an account in a container may have no name."""

    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether servers must change to this account, which only root can do."""
        return self.uid != os.geteuid()

    def can_pass(self, folder: Path) -> bool:
        """Whether this account may walk through `folder` to what lies inside."""
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def can_reach(self, path: Path) -> bool:
        """Whether this account may walk the whole way to `path`, as far as it exists."""
        return all(self.can_pass(folder) for folder in (path, *path.parents) if folder.is_dir())


def server_account(data_folders: Iterable[Path]) -> Account:
    """Return the account for the servers whose data is, or will be, in one of `data_folders`.

    Root keeps to the owner of data that is already there: PostgreSQL wants it so, and
    a `postgres` account that is installed between two runs must not change the answer.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for folder in data_folders:
        if folder.is_dir() and (status := folder.stat()).st_uid != 0:
            return Account(status.st_uid, status.st_gid)
    return _ordinary_account()


def _ordinary_account() -> Account:
    for name in ORDINARY_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    names = " nor ".join(ORDINARY_ACCOUNTS)
    raise NoOrdinaryAccount(
        f"PostgreSQL does not run as root, and this machine has neither {names}: "
        "start as an ordinary user instead."
    )
