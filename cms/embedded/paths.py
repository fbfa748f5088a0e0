"""Where the embedded servers keep their files and their sockets.

Everything follows from the `var` folder alone, so that settings, commands and tests
find running servers without asking anybody. Settings import this module: it stays
cheap and free of Django.
"""

import hashlib
import os
import re
from pathlib import Path

from cms.embedded.account import Account, server_account

POSTGRES_PORT = 5432  # no TCP port: PostgreSQL only names its socket after it
POSTGRES_LOCK = f".s.PGSQL.{POSTGRES_PORT}.lock"  # the longest name beside a socket
LONGEST_SOCKET_PATH = 100  # bytes; Linux allows 107 and servers add a few while starting
PLAIN_PATH = re.compile(r"[A-Za-z0-9/._-]+")

SHORT_PLACE = Path("/tmp")
SHELTER_PLACE = Path("/var/tmp")  # like /tmp, but survives a reboot


def project_folder() -> Path:
    """Return the folder that holds `manage.py`."""
    return Path(__file__).resolve().parents[2]


def var_folder() -> Path:
    """Return the folder of everything that is written at run time: `BALCAO_VAR`, or `var`."""
    given = os.environ.get("BALCAO_VAR")
    return Path(given).expanduser().resolve() if given else project_folder() / "var"


def socket_folder(var: Path) -> Path:
    """Return the folder of both servers' sockets.

    It is `var/run`, unless a path there would be too long or too odd for a socket, or
    the servers' account cannot come there (a `var` of root's alone).
    """
    inside = var / "run"
    if suits_sockets(inside) and not is_sheltered(var):
        return inside
    return SHORT_PLACE / f"balcao-{account_for(var).uid}-{_digest(var)}"


def valkey_socket(var: Path) -> Path:
    """Return the path of Valkey's socket."""
    return socket_folder(var) / "valkey.sock"


def data_folder(var: Path) -> Path:
    """Return PostgreSQL's data folder."""
    return (shelter_folder(var) if is_sheltered(var) else var) / "postgres"


def log_folder(var: Path) -> Path:
    """Return the folder of the logs of the servers and of what runs beside them."""
    return var / "log"


def account_for(var: Path) -> Account:
    """Return the account that the servers of `var` run under."""
    shelter = shelter_folder(var)
    data_folders = [var / "postgres"]
    # Anybody may make a folder in /var/tmp; only one of root's own is believed.
    if shelter.is_dir() and shelter.stat().st_uid == 0:
        data_folders.append(shelter / "postgres")
    return server_account(data_folders)


def is_sheltered(var: Path) -> bool:
    """Whether the data lies outside `var`, because its account cannot reach it there.

    This happens to root only, typically with a checkout under /root. The folders on
    the way are not ours to open, so the data moves to a place that is open by nature.
    """
    account = account_for(var)
    return account.is_other and not account.can_reach(var)


def shelter_folder(var: Path) -> Path:
    """Return the place of the data of a `var` that the servers' account cannot reach."""
    return SHELTER_PLACE / f"balcao-{_digest(var)}"


def suits_sockets(folder: Path) -> bool:
    """Whether sockets in `folder` have paths that every program can use.

    The system wants them short, and libraries want them plain: addresses of databases
    give meaning to + and %, and the queue's client stumbles over a space.
    """
    path = os.fspath(folder / POSTGRES_LOCK)
    return len(path) <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(path) is not None


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
