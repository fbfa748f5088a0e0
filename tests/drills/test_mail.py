"""Mail under fire: workers are killed at work, and nothing is lost and nothing is seen twice.

In the test run it is small; `python -m tests.drills.mail` runs it in full and prints what happened.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import Now

from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.notifications.actions import tell
from portal_modules.notifications.choices import DeliveryState
from portal_modules.notifications.models import OutboxMessage
from portal_modules.notifications.tasks import sweep
from tests.drills.smtp import MailServer, mail_server
from tests.drills.workers import IsDue, Reaper, every, with_each
from tests.notifications.known_event import EVENT
from tests.world.committed import CommittedWorld

MESSAGES = int(os.environ.get("DRILL_MESSAGES", "40"))
REPORT = os.environ.get("DRILL_REPORT", "")
IS_FULL = bool(REPORT)
# In full the periodic sweep's own pause.
SWEEP_EVERY, PATIENCE = (60.0, 3600.0) if IS_FULL else (5.0, 420.0)


def write(company: Company, number: int) -> set[str]:
    """That many messages, each to somebody else; their ids."""
    found: set[str] = set()
    for start in range(0, number, 200):
        with transaction.atomic(), company_scope(company):
            for each in range(start, min(start + 200, number)):
                message = tell(
                    EVENT, company=company, language="pt", address=f"n{each}@example.com", payload={"n": each}
                )
                found.add(f"<{message.pk}@portal.test>")
    return found


def states(company: Company) -> dict[str, int]:
    """How many messages there are in each state."""
    with company_scope(company):
        rows = OutboxMessage.objects.order_by().values_list("state").annotate(Count("pk"))
        return dict(rows)


def paces(server: MailServer) -> tuple[IsDue, IsDue]:
    """When a work horse is killed, and when a whole worker: in full by the clock, else by what was done."""
    if IS_FULL:
        return every(1), every(15)
    return with_each(4, server.arrived.total), with_each(18, server.arrived.total)


def hurry(company: Company) -> None:
    """The small drill does not wait until the lease of a killed worker has run out."""
    with company_scope(company):
        OutboxMessage.objects.filter(state=DeliveryState.WAITING).update(next_try_at=Now())


@pytest.mark.slow
def test_killed_workers_lose_nothing_and_nobody_sees_a_mail_twice(
    committed: CommittedWorld, tmp_path: Path
) -> None:
    company = committed.world.home.company
    began = time.monotonic()
    with mail_server() as server:
        wanted = write(company, MESSAGES)
        written_in = time.monotonic() - began
        environment = {
            **committed.environment,
            "DJANGO_SETTINGS_MODULE": "tests.drills.worker_settings",
            "DRILL_SMTP_PORT": str(server.port),
        }
        reaper = Reaper(environment, tmp_path / "workers.log", *paces(server))
        with reaper:
            last_sweep = 0.0
            while (now := states(company)).get(DeliveryState.WAITING, 0):
                spent = time.monotonic() - began
                assert spent < PATIENCE, f"after {spent:.0f} s: {now}"
                if spent - last_sweep >= SWEEP_EVERY:
                    last_sweep = spent
                    if not IS_FULL:
                        hurry(company)
                    sweep.enqueue()
                time.sleep(0.5)
        arrived = dict(server.arrived)
    told = {
        "messages": MESSAGES,
        "states": states(company),
        "arrived": len(arrived),
        "lost": len(wanted - arrived.keys()),
        "repeated_on_the_wire": sum(arrived.values()) - len(arrived),
        "work_horses_killed": reaper.horses_killed,
        "workers_killed": reaper.workers_killed,
        "seconds_to_write": round(written_in, 1),
        "seconds": round(time.monotonic() - began, 1),
    }
    if REPORT:
        Path(REPORT).write_text(json.dumps(told, indent=2))
    assert reaper.horses_killed, told
    assert told["states"] == {DeliveryState.SENT: MESSAGES}, told
    # A reader's mailbox knows a mail by its Message-ID: each is there, once.
    assert arrived.keys() == wanted, told
