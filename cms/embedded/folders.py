"""Making folders for two accounts, without ever opening one that is not ours."""

import os
import shutil
import stat
from pathlib import Path

from cms.embedded.account import Account

OPEN_MODE = 0o755
PRIVATE_MODE = 0o700
SHARED_MODE = 0o750  # the servers' account owns it, root's group may enter


class ForeignFolder(RuntimeError):
    """A folder that we would have to trust belongs to somebody else."""


def make_open(folder: Path) -> None:
    """Make `folder` and what is missing above it so that every account can pass.

    Only new folders get the mode; the chmod undoes a strict umask of root's.
    """
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(OPEN_MODE, exist_ok=True)
        if os.geteuid() == 0:
            path.chmod(OPEN_MODE)


def make_own(folder: Path, account: Account) -> None:
    """Make `folder` for the servers of `account`, closed to everybody but us.

    Under root it goes to the servers' account, with root's group let in: root may be
    without its usual override of permissions, as in some containers.
    """
    mode = SHARED_MODE if account.is_other else PRIVATE_MODE
    try:
        folder.mkdir(PRIVATE_MODE)
    except FileExistsError:
        require_owner(folder, account.uid)
    else:
        if account.is_other:
            os.chown(folder, account.uid, 0)
    folder.chmod(mode)


def require_owner(folder: Path, uid: int) -> None:
    """Raise `ForeignFolder` unless `folder` is a real folder of the account `uid`.

    Names in /tmp can be guessed, so somebody else may have been there first.
    """
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != uid:
        raise ForeignFolder(
            f"{folder} should be a folder of account {uid} and is not: remove it and start again."
        )


def copy_once(source: Path, target: Path) -> None:
    """Copy the folder `source` to `target`, readable by all, unless an earlier run did.

    The copy gets its name when it is complete, so a run that was interrupted, or
    another at the same time, leaves nothing half-made under that name.
    """
    if target.exists():
        require_owner(target, os.geteuid())
        return
    draft = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.copytree(source, draft, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(OPEN_MODE)
    try:
        draft.rename(target)
    except OSError:  # another run was quicker
        shutil.rmtree(draft)
        require_owner(target, os.geteuid())
