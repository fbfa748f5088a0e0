"""Real commits, a real queue, real workers: nothing is lost, and nothing is seen twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import django_rq
import pytest
from django.conf import settings as live_settings
from django.core import mail
from django.db import connection, transaction
from django.db.models.functions import Now

from cms.settings.stores import queues
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.notifications.actions import tell
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import deliver, sweep
from tests.notifications.known_event import EVENT
from tests.world.committed import CommittedWorld

PATIENCE = 120.0


def tell_somebody(company: Company, number: int = 0) -> OutboxMessage:
    with company_scope(company):
        return tell(
            EVENT,
            company=company,
            language="en",
            address=f"n{number}@example.com",
            payload={"number": number},
        )


def states(company: Company) -> list[str]:
    with company_scope(company):
        return list(OutboxMessage.objects.values_list("state", flat=True))


def make_due(company: Company) -> None:
    with company_scope(company):
        OutboxMessage.objects.filter(state=DeliveryState.WAITING).update(next_try_at=Now())


def queued() -> int:
    return int(django_rq.get_queue("mail").count)


def test_the_task_is_handed_over_after_the_commit(committed: CommittedWorld) -> None:
    company = committed.world.home.company
    with transaction.atomic():
        tell_somebody(company)
        transaction.set_rollback(True)
    assert (states(company), queued()) == ([], 0)
    with transaction.atomic():
        message = tell_somebody(company)
        assert queued() == 0
    (job,) = django_rq.get_queue("mail").jobs
    assert job.func_name == "portal_modules.notifications.tasks.deliver"
    assert list(job.args) == [str(message.pk), company.pk]


def test_what_the_queue_lost_is_swept_up(committed: CommittedWorld, settings: Any) -> None:
    company = committed.world.home.company
    settings.RQ_QUEUES = queues(f"unix://{live_settings.SOCKETS}/gone.sock")
    tell_somebody(company)
    assert states(company) == [DeliveryState.WAITING]
    sweep.func()
    assert states(company) == [DeliveryState.SENT]
    assert len(mail.outbox) == 1


def test_two_workers_at_once_send_one_mail(committed: CommittedWorld) -> None:
    company = committed.world.home.company
    messages = [tell_somebody(company, number) for number in range(10)]
    start = Barrier(4)

    def work() -> None:
        start.wait()
        try:
            for message in messages:
                deliver.func(str(message.pk), company.pk)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert states(company) == [DeliveryState.SENT] * 10
    assert len(mail.outbox) == 10


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_nothing_is_seen_twice(
    committed: CommittedWorld, tmp_path: Path
) -> None:
    company = committed.world.home.company
    messages = [tell_somebody(company, number) for number in range(12)]
    wire = tmp_path / "wire.log"
    kills = 3
    with worker(committed, tmp_path, linger=30) as first:
        for number in range(1, kills + 1):
            wait_until(lambda wanted=number: sent(wire) >= wanted)  # type: ignore[misc]
            kill_children(first)
            # rq takes the death of the process as a failed job and goes on with the next.
    before = sent(wire)
    assert before >= kills
    assert states(company).count(DeliveryState.SENT) == 0, "killed between sending and marking"
    make_due(company)
    with worker(committed, tmp_path, linger=0):
        sweep.enqueue()
        wait_until(lambda: states(company).count(DeliveryState.SENT) == len(messages))
    ids = wire.read_text().split()
    assert len(set(ids)) == len(messages)
    assert len(ids) - len(messages) == before
    assert len(list((tmp_path / "mailbox").glob("*.eml"))) == len(messages)


@contextmanager
def worker(committed: CommittedWorld, folder: Path, *, linger: float) -> Iterator[subprocess.Popen[bytes]]:
    """A real `rqworker`, killed at the end, with its children."""
    environment = {
        **committed.environment,
        "DJANGO_SETTINGS_MODULE": "tests.notifications.worker_settings",
        "MAILBOX_VAR": str(folder),
        "LINGER": str(linger),
    }
    command = [sys.executable, "manage.py", "rqworker", "mail", "default"]
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, cwd=live_settings.PROJECT, env=environment, stdout=log, stderr=log
        )
    try:
        yield process
    except BaseException:
        print((folder / "worker.log").read_text())
        raise
    finally:
        children = children_of(process)
        process.kill()
        for child in children:
            kill(child)
        process.wait()


def children_of(process: subprocess.Popen[bytes]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return [int(pid) for pid in listed.read_text().split()] if listed.exists() else []


def kill_children(process: subprocess.Popen[bytes]) -> None:
    for child in children_of(process):
        kill(child)


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def sent(wire: Path) -> int:
    return len(wire.read_text().splitlines()) if wire.exists() else 0


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
