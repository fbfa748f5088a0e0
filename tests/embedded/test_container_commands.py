"""What the containers run, run by hand: the commands of the image and of docker-compose.yml, without Docker."""

from __future__ import annotations

import json
import re
import secrets
import signal
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import django_rq
import pytest
from django.conf import settings
from django.db import transaction

from cms.embedded.processes import end, spawn
from portal_modules.core.scope import company_scope
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.actions import move_to_phase
from tests.drills.smtp import mail_server
from tests.embedded.conftest import wait_for
from tests.embedded.test_supervisor import free_port
from tests.world.committed import CommittedWorld, committed

__all__ = ["committed"]

HOST = "portal.example.org"
_WORDS_OF_SERVICE = r"^  {service}:\n(?:(?:    .*)?\n)*?    command: \[(.+)\]$"


def of_service(name: str) -> list[str]:
    """The command of a service of docker-compose.yml."""
    text = (Path(settings.PROJECT) / "docker-compose.yml").read_text()
    found = re.search(_WORDS_OF_SERVICE.replace("{service}", name), text, re.MULTILINE)
    assert found, f"{name} has no command"
    return [word.strip() for word in found[1].split(",")]


def of_image() -> list[str]:
    """The command of the image, which is the web server's."""
    text = (Path(settings.PROJECT) / "Dockerfile").read_text()
    found = re.search(r"^CMD (\[.+?\])$", text, re.MULTILINE | re.DOTALL)
    assert found
    words: list[str] = json.loads(found[1].replace("\\\n", ""))
    return words


def by_hand(command: list[str]) -> list[str]:
    """The same with the programs of this environment, which has no folder for itself in the path."""
    program, *rest = command
    return [sys.executable, *rest] if program == "python" else [sys.executable, "-m", program, *rest]


@pytest.fixture
def environment(committed: CommittedWorld, tmp_path: Path) -> dict[str, str]:
    """What an operator sets."""
    return {
        **committed.environment,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "PLATFORM_HOST": HOST,
        "DATA_FOLDER": str(tmp_path),
        "EMAIL_HOST": "127.0.0.1",
        "WEB_CONCURRENCY": "1",
    }


@pytest.fixture
def running() -> Iterator[ExitStack]:
    """Programs that end with the test."""
    with ExitStack() as stack:
        yield stack


def start(stack: ExitStack, name: str, command: list[str], environment: dict[str, str], folder: Path) -> Path:
    log = folder / f"{name}.log"
    process = spawn(by_hand(command), log=log, ends_by=signal.SIGTERM, environment=environment)
    stack.callback(end, process, signal.SIGTERM, patience=20)
    return log


@pytest.mark.slow
def test_the_web_server_is_ready(running: ExitStack, environment: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    command = [word.replace("0.0.0.0:8000", f"127.0.0.1:{port}") for word in of_image()]
    assert command != of_image()
    start(running, "web", command, environment, tmp_path)
    question = urllib.request.Request(
        f"http://127.0.0.1:{port}/health/ready", headers={"Host": HOST, "X-Forwarded-Proto": "https"}
    )

    def is_ready() -> bool:
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    wait_for(is_ready)


@pytest.mark.slow
def test_the_clock_hands_a_mail_to_the_worker_that_the_queue_has_lost(
    committed: CommittedWorld, running: ExitStack, environment: dict[str, str], tmp_path: Path
) -> None:
    home = committed.world.home
    with transaction.atomic(), company_scope(home.company):
        move_to_phase(home.processes["alice"], home.phases[2], by=home.clerk, on=date(2026, 6, 1))
        written = OutboxMessage.objects.count()
    assert written
    django_rq.get_connection("default").flushdb()
    with mail_server() as server:
        environment["EMAIL_PORT"] = str(server.port)
        for name in ("worker", "cron"):
            start(running, name, of_service(name), environment, tmp_path)
        wait_for(lambda: server.arrived.total() == written)
