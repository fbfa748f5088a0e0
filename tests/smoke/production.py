"""Try the production settings against the PostgreSQL and Redis of the system.

`make test` runs on the newest servers, from wheels. This proves the oldest that are
supported: the same roles, migrations and walls on Debian's own packages. Run by
`.ci/run`, as `python -m tests.smoke.production`. Ends with a non-zero code on any failure.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from cms.embedded.account import Account, server_account
from cms.embedded.folders import make_own
from cms.embedded.paths import project_folder
from cms.embedded.processes import end, last_lines, say, spawn, wait_until

HOST = "portal.example.org"
PAGES = {
    "/health/ready": "",
    "/p/castro-lima/pt/lookup/process/": "<form",
    "/p/altura/pt/": "<html",
}
PATIENCE = 60.0  # seconds
DEMO_SETTINGS = "cms.settings.embedded"
PRODUCTION_SETTINGS = "cms.settings.production"


class SmokeFailure(RuntimeError):
    """Something that must work does not."""


@dataclass(frozen=True)
class Place:
    """A temporary folder with the servers' data, sockets and logs, and who they run as."""

    folder: Path
    account: Account

    def log(self, name: str) -> Path:
        """Return the log of one program."""
        return self.folder / f"{name}.log"


def main() -> int:
    """Run the whole smoke test; return the exit code."""
    try:
        with ExitStack() as stack:
            place = stack.enter_context(_place())
            stack.enter_context(_postgres(place))
            stack.enter_context(_redis(place))
            environment = _environment(place)
            _prepare(environment)
            port = stack.enter_context(_web(place, environment))
            for address, expected in PAGES.items():
                _require_page(port, address, expected)
    except SmokeFailure as failure:
        say(f"FAILED: {failure}")
        return 1
    say("The production settings work.")
    return 0


@contextmanager
def _place() -> Iterator[Place]:
    """Make a folder that only we and the servers' account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="balcao-smoke-"))
    try:
        account = server_account([])
        if account.is_other:
            os.chown(folder, account.uid, 0)
        make_own(folder, account)
        yield Place(folder, account)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _postgres(place: Place) -> Iterator[None]:
    programs = _postgres_programs()
    data = place.folder / "postgres"
    # Debian's initdb of version 15 knows no built-in locale.
    options = ["-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    _run_as(place, [programs / "initdb", "-D", data, "--no-sync", *options])
    process = spawn(
        [programs / "postgres", "-D", data, "-k", place.folder, "-c", "listen_addresses="],
        log=place.log("postgres"),
        ends_by=signal.SIGINT,
        account=place.account,
    )
    try:
        _require_start(place, "postgres", process, lambda: _postgres_version(place) is not None)
        say(f"PostgreSQL {_postgres_version(place)}")
        yield
    finally:
        end(process, signal.SIGINT, patience=PATIENCE)


@contextmanager
def _redis(place: Place) -> Iterator[None]:
    path = place.folder / "redis.sock"
    options = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "777"]
    options += ["--save", "", "--appendonly", "no", "--dir", str(place.folder)]
    process = spawn(
        ["redis-server", *options],
        log=place.log("redis"),
        ends_by=signal.SIGTERM,
        account=place.account,
    )
    try:
        _require_start(place, "redis", process, path.is_socket)
        yield
    finally:
        end(process, signal.SIGTERM, patience=PATIENCE)


@contextmanager
def _web(place: Place, environment: dict[str, str]) -> Iterator[int]:
    """Run the site as the image does; yield its port."""
    port = _free_port()
    process = spawn(
        [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}"]
        + ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"],
        log=place.log("web"),
        ends_by=signal.SIGTERM,
        environment=environment,
    )
    try:
        _require_start(place, "web", process, lambda: _status(port, "/health/live") == 200)
        yield port
    except SmokeFailure:
        say(last_lines(place.log("web"), 40))
        raise
    finally:
        end(process, signal.SIGTERM, patience=PATIENCE)


def _prepare(environment: dict[str, str]) -> None:
    """Do what an operator does first. The demo world belongs to the embedded settings."""
    _manage(environment, "create_roles")
    _manage(environment, "create_roles")  # a second time changes nothing, and fails nowhere
    _manage(environment, "migrate", "--noinput")
    _manage(environment, "collectstatic", "--noinput", "--verbosity=0")
    _manage(environment | {"DJANGO_SETTINGS_MODULE": DEMO_SETTINGS}, "demo")


def _manage(environment: dict[str, str], *arguments: str) -> None:
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=project_folder(),
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    name = " ".join(arguments)
    if done.returncode != 0:
        raise SmokeFailure(f"manage.py {name}\n{done.stdout}\n{done.stderr}")
    say(f"manage.py {name}: {time.monotonic() - started:.1f} s")


def _environment(place: Place) -> dict[str, str]:
    sockets = place.folder
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": PRODUCTION_SETTINGS,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PLATFORM_HOST": HOST,
        "DATABASE_URL": f"postgresql://balcao_app@/balcao?host={sockets}",
        "DATABASE_OWNER_URL": f"postgresql://balcao_owner@/balcao?host={sockets}",
        "DATABASE_ADMIN_URL": f"postgresql://postgres@/postgres?host={sockets}",
        "REDIS_URL": f"unix://{sockets}/redis.sock",
        "DATA_FOLDER": str(place.folder / "data"),
        "BALCAO_VAR": str(place.folder / "data"),
    }


def _require_page(port: int, address: str, expected: str) -> None:
    status, body = _get(port, address)
    if status != 200 or expected not in body:
        raise SmokeFailure(f"{address} answers {status}, without {expected!r}:\n{body[:2000]}")
    say(f"{address}: {status}")


def _status(port: int, address: str) -> int:
    try:
        return _get(port, address)[0]
    except OSError:
        return 0


def _get(port: int, address: str) -> tuple[int, str]:
    """Ask as the proxy in front does: with the public host, and saying that it came by HTTPS."""
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{address}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode(errors="replace")


def _require_start(
    place: Place, name: str, process: subprocess.Popen[bytes], is_ready: Callable[[], bool]
) -> None:
    if not wait_until(is_ready, process, patience=PATIENCE):
        raise SmokeFailure(f"{name} does not start.\n{last_lines(place.log(name), 40)}")


def _postgres_version(place: Place) -> str | None:
    try:
        with psycopg.connect(host=str(place.folder), user="postgres") as connection:
            return connection.info.parameter_status("server_version")
    except psycopg.OperationalError:
        return None


def _postgres_programs() -> Path:
    """Find the system's PostgreSQL, which Debian keeps away from PATH; the oldest if several."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    raise SmokeFailure("PostgreSQL's server is not installed: apt-get install postgresql")


def _run_as(place: Place, command: list[str | Path]) -> None:
    process = spawn(command, log=place.log("initdb"), ends_by=signal.SIGTERM, account=place.account)
    if process.wait() != 0:
        raise SmokeFailure(f"{command[0]} failed.\n{last_lines(place.log('initdb'))}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
