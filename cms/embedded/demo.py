"""`make demo`: the servers, the demo world, and the site with its worker and its clock."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import psycopg
from psycopg import sql

from cms.embedded import paths, postgres, servers
from cms.embedded.fingerprints import code_fingerprint, static_fingerprint
from cms.embedded.folders import make_open
from cms.embedded.locks import FileLock
from cms.embedded.processes import end, last_lines, say, spawn
from cms.embedded.supervisor import Program, Supervisor
from portal_modules.core.catalogues import compile_all

SETTINGS = "cms.settings.embedded"
# The demo never touches another database, whatever the person's shell has set.
FOREIGN_VARIABLES = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "REDIS_URL"}
STEP_PATIENCE = 10.0  # seconds for a command to end when we are stopped during it
ANSWER_PATIENCE = 60.0


class DemoFailure(RuntimeError):
    """The demo cannot start; the message is one line for the person at the terminal."""


def run(var: Path, port: int) -> None:
    """Run the demo until `Stopped`. Raises `DemoFailure` when it cannot."""
    make_open(paths.log_folder(var))
    with ExitStack() as cleanup:
        lock = cleanup.enter_context(FileLock(var / "demo.lock"))
        if not lock.acquire():
            raise DemoFailure(f"The demo of {var} already runs at {lock.read_note()}")
        _require_free(port)
        lock.leave_note(_address(port))
        say(f"Balcão keeps its data in {var}")
        cleanup.enter_context(servers.running(var))
        environment = _environment(var, port)
        is_new = _prepare(var, environment)
        # A world that was there yesterday is there: the site need not wait until somebody has looked.
        world = _begin(var, "demo", environment, shown=True)
        cleanup.callback(end, world, signal.SIGTERM, patience=STEP_PATIENCE)
        if is_new:
            _finish(world, var, "demo")
        Supervisor(*_programs(var, port, environment)).run(lambda: _announce(var, port, world))


def _prepare(var: Path, environment: dict[str, str]) -> bool:
    """Bring words, tables and static files up to date, skipping what already is; True where tables were made.

    Static files need no database, so they are collected meanwhile.
    """
    compile_all(paths.project_folder())
    is_migrated = _is_migrated(var)
    statics = None if _has_statics(var) else _begin(var, "collectstatic", environment, "--noinput")
    try:
        if not is_migrated:
            say("Preparing the database …")
            _finish(_begin(var, "migrate", environment, "--noinput"), var, "migrate")
            _note_migrated(var)
        if statics:
            _finish(statics, var, "collectstatic")
            _statics_note(var).write_text(static_fingerprint())
    finally:
        if statics:
            end(statics, signal.SIGTERM, patience=STEP_PATIENCE)
    return not is_migrated


def _begin(
    var: Path, name: str, environment: dict[str, str], *arguments: str, shown: bool = False
) -> subprocess.Popen[bytes]:
    """Start a management command, with its output in its log or, if `shown`, on the terminal."""
    return spawn(
        [sys.executable, "manage.py", name, *arguments],
        log=None if shown else _log(var, name),
        ends_by=signal.SIGTERM,
        environment=environment,
    )


def _finish(process: subprocess.Popen[bytes], var: Path, name: str) -> None:
    """Wait for a management command. Raises `DemoFailure` unless it went well."""
    try:
        code = process.wait()
    finally:
        end(process, signal.SIGTERM, patience=STEP_PATIENCE)
    if code != 0:
        raise DemoFailure(f"`manage.py {name}` failed (exit code {code}).\n{last_lines(_log(var, name))}")


def _is_migrated(var: Path) -> bool:
    with psycopg.connect(postgres.administrator(var), dbname=postgres.DATABASE) as connection:
        query = (
            "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"
        )
        note = connection.execute(query).fetchone()
        return note is not None and note[0] == _migration_note(connection)


def _note_migrated(var: Path) -> None:
    """Remember the state in a comment on the database itself: it goes when the database goes."""
    with psycopg.connect(postgres.administrator(var), dbname=postgres.DATABASE) as connection:
        statement = sql.SQL("comment on database {} is {}")
        note = sql.Literal(_migration_note(connection))
        connection.execute(statement.format(sql.Identifier(postgres.DATABASE), note))


def _migration_note(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    """Describe the migrated state; the count notices that somebody migrated back by hand."""
    table = connection.execute("select to_regclass('django_migrations')").fetchone()
    if table is None or table[0] is None:
        return "not migrated"
    count = connection.execute("select count(*) from django_migrations").fetchone()
    return f"code {code_fingerprint()}, migrations {count[0] if count else 0}"


def _has_statics(var: Path) -> bool:
    """Whether the collected files are there and up to date."""
    note = _statics_note(var)
    manifest = var / "static" / "staticfiles.json"
    return note.exists() and manifest.exists() and note.read_text() == static_fingerprint()


def _statics_note(var: Path) -> Path:
    return var / "static.fingerprint"


def _programs(var: Path, port: int, environment: dict[str, str]) -> list[Program]:
    commands: dict[str, list[str | Path]] = {
        "web": [sys.executable, "-m", "gunicorn", "cms.wsgi", *_gunicorn_options(port)],
        "worker": [sys.executable, "manage.py", "rqworker", "mail", "default"],
        "cron": [sys.executable, "manage.py", "rqcron", "cms.cron"],
    }
    return [Program(name, command, _log(var, name), environment) for name, command in commands.items()]


def _gunicorn_options(port: int) -> list[str]:
    options = [
        *("--bind", f"0.0.0.0:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--timeout", "60", "--graceful-timeout", "5"),
        "--preload",  # the workers begin with what one process has imported
        "--no-control-socket",
    ]
    # A worker shows that it is alive by touching a file, which a slow disk can hold up.
    memory = Path("/dev/shm")
    return [*options, "--worker-tmp-dir", str(memory)] if os.access(memory, os.W_OK) else options


def _environment(var: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
    return kept | {
        "BALCAO_VAR": str(var),
        "PORT": str(port),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONUNBUFFERED": "1",
    }


def _require_free(port: int) -> None:
    with socket.socket() as probe:
        # As gunicorn does; otherwise connections of an earlier run would count as busy.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DemoFailure(
                f"Port {port} cannot be used ({reason}): free it, or choose one with PORT=8001."
            ) from None


def _announce(var: Path, port: int, world: subprocess.Popen[bytes]) -> None:
    """Say where the site is, below the table of the demo world."""
    answers = _answers_soon(port)
    _finish(world, var, "demo")
    if answers:
        say(f"Balcão answers at {_address(port)} (Ctrl-C stops it, logs are in {var / 'log'})")
    else:
        say(f"The site does not answer yet. See {_log(var, 'web')}")


def _answers_soon(port: int) -> bool:
    deadline = time.monotonic() + ANSWER_PATIENCE
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/health/live", timeout=5).close()
        except urllib.error.HTTPError:
            return True  # it has an opinion, so it is there
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _address(port: int) -> str:
    return f"http://localhost:{port}/"


def _log(var: Path, name: str) -> Path:
    return paths.log_folder(var) / f"{name}.log"
