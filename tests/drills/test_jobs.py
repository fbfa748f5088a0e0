"""Long work under fire: workers are killed in the middle of an import, a change of many rows, a wave of invitations.

The next one goes on where the last chunk ended: everything is done, and nothing twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from portal_modules.accounts.actions.waves import begin_wave
from portal_modules.accounts.models import Invitation
from portal_modules.core.choices import JobState
from portal_modules.core.importing.jobs import start_load
from portal_modules.core.importing.kinds import imports
from portal_modules.core.importing.storing import keep_table
from portal_modules.core.jobs import start_job, sweep_jobs
from portal_modules.core.models import Company, Job, LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact, Customer
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.models import PhaseEntry, Process
from tests.drills.workers import Reaper, with_each
from tests.world.committed import CommittedWorld
from tests.world.companies import make_process

CUSTOMERS = 12_000
PROCESSES = 150
INVITED = 200
PATIENCE = 420.0


def job_of(company: Company, pk: Any) -> Job:
    with transaction.atomic(), company_scope(company):
        return Job.objects.get(pk=pk)


def until_done(company: Company, job: Job, began: float) -> Job:
    """Wait for it, and have the sweep come often: nobody waits until the sign of life is old."""
    swept = 0.0
    while (now := job_of(company, job.pk)).is_open:
        spent = time.monotonic() - began
        assert spent < PATIENCE, f"after {spent:.0f} s: {now}"
        if spent - swept >= 4:
            swept = spent
            with transaction.atomic(), company_scope(company):
                Job.objects.filter(pk=job.pk).update(worked_at=timezone.now() - timedelta(hours=1))
            sweep_jobs.enqueue()
        time.sleep(0.3)
    return now


def reaper(committed: CommittedWorld, log: Path, done: Callable[[], int], each: int) -> Reaper:
    environment = {**committed.environment, "DJANGO_SETTINGS_MODULE": "cms.settings.embedded"}
    return Reaper(environment, log, with_each(each, done), with_each(2 * each + 1, done))


@pytest.mark.slow
def test_an_import_whose_workers_are_killed_is_finished_and_nothing_is_there_twice(
    committed: CommittedWorld, tmp_path: Path
) -> None:
    home, kind = committed.world.home, imports.find("customers")
    assert kind is not None
    lines = ["Código;Nome;Contacto;E-mail"]
    lines += [f"K{at};Customer {at};Person {at};p{at}@example.com" for at in range(CUSTOMERS)]
    with transaction.atomic(), company_scope(home.company):
        table = keep_table(kind, BytesIO("\n".join(lines).encode()), by=home.clerk)
        before = Customer.objects.count()
        job = start_load(table, by=home.clerk)

    def position() -> int:
        return job_of(home.company, job.pk).position

    began = time.monotonic()
    with reaper(committed, tmp_path / "workers.log", position, 2000) as reaping:
        job = until_done(home.company, job, began)
    assert reaping.horses_killed, "nobody was killed"
    assert (job.state, job.position, job.done, job.refused) == (JobState.DONE, CUSTOMERS, CUSTOMERS, 0)
    assert job.counts == {"new": CUSTOMERS}
    with transaction.atomic(), company_scope(home.company):
        assert Customer.objects.count() - before == CUSTOMERS
        assert Contact.objects.filter(customer__reference__startswith="K").count() == CUSTOMERS
        history = apps.get_model("customers", "CustomerEvent").objects.filter(reference__startswith="K")
        assert history.count() == CUSTOMERS, "each was made once"


@pytest.mark.slow
def test_a_change_of_many_rows_whose_workers_are_killed_is_finished_and_nobody_told_twice(
    committed: CommittedWorld, tmp_path: Path
) -> None:
    home = committed.world.home
    with transaction.atomic(), company_scope(home.company):
        customer = home.customers["charlie"]
        rows = [make_process(home, customer) for _at in range(PROCESSES)]
        data = {"move-phase": [str(home.phases[2].pk)], "move-on": [timezone.localdate().isoformat()]}
        job = start_job(
            "core.bulk",
            by=home.clerk,
            right="processes.edit",
            parameters={"register": "processes/process", "verb": "move", "data": data},
            items=[row.pk for row in rows],
        )

    def position() -> int:
        return job_of(home.company, job.pk).position

    began = time.monotonic()
    with reaper(committed, tmp_path / "workers.log", position, 50) as reaping:
        job = until_done(home.company, job, began)
    assert reaping.horses_killed, "nobody was killed"
    assert (job.state, job.done, job.refused) == (JobState.DONE, PROCESSES, 0)
    with transaction.atomic(), company_scope(home.company):
        moved = Process.objects.filter(phase=home.phases[2], customer=customer)
        assert moved.count() == PROCESSES
        assert PhaseEntry.objects.filter(process__in=moved).count() == PROCESSES
        assert LogEntry.objects.filter(action="processes.move_to_phase").count() == PROCESSES
        told = OutboxMessage.objects.filter(event="processes.phase_changed")
        assert told.count() == PROCESSES


@pytest.mark.slow
def test_a_wave_whose_workers_are_killed_is_finished_and_nobody_is_invited_twice(
    committed: CommittedWorld, tmp_path: Path
) -> None:
    home = committed.world.home
    with transaction.atomic(), company_scope(home.company):
        customer = Customer.objects.create(name="Many", country="PT")
        cards = [
            Contact.objects.create(customer=customer, name=f"Person {at}", email=f"wave{at}@example.com")
            for at in range(INVITED)
        ]
        wave = begin_wave(home.company, "Spring", [card.pk for card in cards], by=home.clerk)
        job = Job.objects.get(pk=wave.job_id)

    def position() -> int:
        return job_of(home.company, job.pk).position

    began = time.monotonic()
    with reaper(committed, tmp_path / "workers.log", position, 50) as reaping:
        job = until_done(home.company, job, began)
    assert reaping.horses_killed, "nobody was killed"
    assert (job.state, job.done, job.refused) == (JobState.DONE, INVITED, 0)
    with transaction.atomic(), company_scope(home.company):
        invited = Invitation.objects.filter(wave=wave)
        assert invited.count() == INVITED
        assert set(invited.values_list("round", flat=True)) == {1}, "one mail each"
        assert invited.values("contact").distinct().count() == INVITED
        told = OutboxMessage.objects.filter(event="accounts.invitation", contact__customer=customer)
        assert told.count() == told.values("contact").distinct().count() == INVITED
        assert LogEntry.objects.filter(action="accounts.invite").count() == INVITED
