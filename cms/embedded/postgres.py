"""PostgreSQL on a socket, from the wheel's programs, with Balcão's roles and database."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from cms.embedded import paths
from cms.embedded.account import Account
from cms.embedded.folders import make_own
from cms.embedded.processes import (
    StartFailure,
    clear_pid_file,
    end,
    last_lines,
    say,
    spawn,
    wait_until,
)
from cms.embedded.programs import postgres_programs

ADMINISTRATOR = "postgres"
MAINTENANCE_DATABASE = "postgres"
DATABASE = "balcao"
OWNER = "balcao_owner"

SQL_FOLDER = paths.project_folder() / "portal_modules" / "core" / "sql"
STARTS = 60  # an earlier run may need its moment to let go of shared memory
START_PATIENCE = 60.0  # seconds, enough to recover after a crash
STOP_PATIENCE = 30.0

# What the server says when another one, or its remains, holds the data folder.
RIVAL_SIGNS = ("lock file", "still in use")

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",  # the socket's folder is what is closed
    "max_connections": "200",
    "max_locks_per_transaction": "256",  # a test run drops and clones many databases
    "shared_buffers": "128MB",
    "jit": "off",  # compiling takes longer than our queries
    "timezone": "UTC",
    "log_timezone": "UTC",
}
DURABLE_SETTINGS = {"shared_preload_libraries": "pg_stat_statements"}
CARELESS_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start(var: Path, *, durable: bool) -> subprocess.Popen[bytes]:
    """Start PostgreSQL for `var` and wait until it answers. Call it under the lock of `var`.

    Raises `StartFailure` with the end of the log when it does not come up.
    """
    account = paths.account_for(var)
    programs = postgres_programs(account) / "bin"
    _clear_remains(var)
    _ensure_data(paths.data_folder(var), programs, account, durable=durable)
    for _ in range(STARTS):
        process = spawn(
            _command(programs, var, durable=durable),
            log=_log(var),
            ends_by=signal.SIGINT,
            account=account,
            environment=_environment(),
        )
        if wait_until(lambda: answers(var), process, patience=START_PATIENCE):
            return process
        _give_up_unless_rival(process, _log(var))
        _clear_remains(var)
    raise StartFailure(f"PostgreSQL does not start.\n{last_lines(_log(var))}")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop PostgreSQL the fast way: open transactions are rolled back, nothing is lost."""
    end(process, signal.SIGINT, patience=STOP_PATIENCE)


def answers(var: Path) -> bool:
    """Whether a PostgreSQL of `var` accepts connections."""
    try:
        psycopg.connect(administrator(var), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def administrator(var: Path) -> str:
    """Return the connection string of the superuser of the server of `var`."""
    return psycopg.conninfo.make_conninfo(
        host=str(paths.socket_folder(var)),
        port=paths.POSTGRES_PORT,
        user=ADMINISTRATOR,
        dbname=MAINTENANCE_DATABASE,
    )


def prepare(var: Path) -> None:
    """Bring roles, template and database of the server of `var` to what Balcão expects.

    The template comes first, and gets everything: test databases are made from it.
    """
    as_administrator = administrator(var)
    prepare_cluster(as_administrator)
    for name in ("template1", DATABASE):
        prepare_database(name, as_administrator)


def prepare_cluster(as_administrator: str) -> None:
    """Make sure that the cluster's roles exist. Running it again changes nothing."""
    with _connection(as_administrator) as connection:
        connection.execute(_script("roles.sql"))


def prepare_database(name: str, as_administrator: str) -> None:
    """Make sure that the database exists, with its owner, grants and extensions."""
    with _connection(as_administrator) as connection:
        query = "select from pg_database where datname = %s"
        if connection.execute(query, [name]).fetchone() is None:
            statement = sql.SQL("create database {} owner {}")
            connection.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER)))
    with _connection(as_administrator, database=name) as connection:
        connection.execute(_script("database.sql"))


@contextmanager
def _connection(
    conninfo: str, *, database: str | None = None
) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Connect without a transaction, which `create database` would refuse."""
    if database is not None:
        conninfo = psycopg.conninfo.make_conninfo(conninfo, dbname=database)
    with psycopg.connect(conninfo, autocommit=True) as connection:
        # "… already exists, skipping" at each start would teach people to skip notices.
        connection.execute("set client_min_messages to warning")
        yield connection


def _script(name: str) -> bytes:
    return (SQL_FOLDER / name).read_bytes()


def _log(var: Path) -> Path:
    return paths.log_folder(var) / "postgres.log"


def _environment() -> dict[str, str]:
    """What the server sees: nothing of the person's PG variables or language."""
    return {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def _command(programs: Path, var: Path, *, durable: bool) -> list[str | Path]:
    settings = SETTINGS | (DURABLE_SETTINGS if durable else CARELESS_SETTINGS)
    command: list[str | Path] = [programs / "postgres", "-D", paths.data_folder(var)]
    command += ["-k", paths.socket_folder(var)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return command


def _ensure_data(data: Path, programs: Path, account: Account, *, durable: bool) -> None:
    """Make the data folder at the first start.

    It gets its name when it is complete: an interrupted initdb leaves a folder that
    looks usable and is not.
    """
    if (data / "PG_VERSION").exists():
        return
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    make_own(draft, account)
    _run_initdb(draft, programs, account, durable=durable)
    draft.rename(data)


def _run_initdb(data: Path, programs: Path, account: Account, *, durable: bool) -> None:
    command: list[str | Path] = [programs / "initdb", "-D", data, "-U", ADMINISTRATOR]
    command += ["--auth=trust", "--encoding=UTF8"]  # who reaches the socket is trusted
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
    if not durable:
        command.append("--no-sync")
    done = subprocess.run(
        command,
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        env=_environment(),
        user=account.uid if account.is_other else None,
        group=account.gid if account.is_other else None,
        extra_groups=[] if account.is_other else None,
    )
    if done.returncode != 0:
        raise StartFailure(f"PostgreSQL cannot make its data folder.\n{done.stderr.strip()}")


def _clear_remains(var: Path) -> None:
    for pid_file in (
        paths.data_folder(var) / "postmaster.pid",
        paths.socket_folder(var) / paths.POSTGRES_LOCK,
    ):
        clear_pid_file(pid_file, "postgres", signal.SIGQUIT)


def _give_up_unless_rival(process: subprocess.Popen[bytes], log: Path) -> None:
    end(process, signal.SIGQUIT, patience=STOP_PATIENCE)
    words = last_lines(log, 3)
    if not any(sign in words for sign in RIVAL_SIGNS):
        raise StartFailure(f"PostgreSQL does not start.\n{last_lines(log)}")
    say("PostgreSQL finds the remains of an earlier run and is started once more.")
