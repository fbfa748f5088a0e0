"""Doing long work: chunk by chunk, by whichever worker is there, and by the next when that one dies."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pghistory
from django.utils import timezone, translation
from django_tasks import task

from portal_modules.core.choices import OPEN_JOBS, JobState
from portal_modules.core.companies import card_of_company
from portal_modules.core.models import Company, Job
from portal_modules.core.modules import modules
from portal_modules.core.scope import (
    STAFF,
    Scope,
    company_scope,
    database_scope,
    platform_scope,
)
from portal_modules.core.tasks import opens_own_scopes

from .kinds import Chunk, jobs

logger = logging.getLogger(__name__)

TURN = 45.0  # seconds after which a worker lets others in
LOST_AFTER = 90.0  # seconds without a sign of life after which somebody else goes on
KEPT = timedelta(days=60)
MOST_TRIES = 4  # turns in a row that came to nothing
_FORGOTTEN_AT_ONCE = 200


def do_at_once(job: Job) -> Job:
    """Do all of a small job inside the request that started it; the queue then finds nothing to do."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    while job.is_open:
        _advance(job)
    job.seen_at = job.ended_at
    job.save(update_fields=["seen_at"])
    return job


def _advance(job: Job) -> None:
    """One chunk of a job whose row is locked."""
    kind = jobs.get(job.kind)
    stop = min(job.position + kind.size_of_chunk(job), job.total)
    if job.position < stop:
        chunk = Chunk(job, job.position, stop)
        kind.work(chunk)
        chunk.close()
    job.position, job.tries, job.worked_at = stop, 0, timezone.now()
    job.state = JobState.RUNNING
    if job.position >= job.total:
        kind.finish(job)
        job.state, job.ended_at = JobState.DONE, job.worked_at
    job.save()


@task()
@opens_own_scopes
def work_on(job_id: str, company_id: int) -> None:
    """Do chunks of a job for one turn; what is left is for the next.

    Several may be at it: each takes the row's lock for its chunk, and who does not get it goes away.
    """
    company = _company(company_id)
    pk, until = UUID(job_id), time.monotonic() + TURN
    goes_on = company is not None and _begin_turn(company, pk)
    while goes_on and company is not None:
        goes_on = _one_chunk(company, pk)
        if goes_on and time.monotonic() > until:
            work_on.enqueue(job_id, company_id)
            return


@task()
@opens_own_scopes
def sweep_jobs() -> None:
    """Have somebody go on with what its worker has left, and with what the queue has lost."""
    before = timezone.now() - timedelta(seconds=LOST_AFTER)
    with platform_scope():
        lost = Job.objects.filter(state__in=OPEN_JOBS, worked_at__lt=before, company__closed_at=None)
        found = list(lost.order_by("worked_at").values_list("pk", "company_id"))
        # Not again at the next sweep, when the queue is long.
        Job.objects.filter(pk__in=[pk for pk, _company_id in found]).update(worked_at=timezone.now())
    for pk, company_id in found:
        work_on.enqueue(str(pk), company_id)


@task()
@opens_own_scopes
def forget_old_jobs() -> None:
    """Delete jobs that ended long ago, with the files and rows that they were about."""
    before = timezone.now() - KEPT
    with platform_scope():
        companies = list(Company.objects.filter(closed_at=None).order_by("pk"))
    for company in companies:
        with company_scope(company):
            old = list(Job.objects.filter(ended_at__lt=before).order_by("ended_at")[:_FORGOTTEN_AT_ONCE])
            for job in old:
                if job.file:
                    job.file.delete(save=False)
                job.delete()


def _company(company_id: int) -> Company | None:
    with database_scope(Scope(role=STAFF, companies=(company_id,))):
        return Company.objects.filter(pk=company_id, closed_at=None).first()


def _begin_turn(company: Company, pk: UUID) -> bool:
    """Count the turn, so that what kills every worker is given up in the end; False when there is nothing to do."""
    with company_scope(company):
        job = _locked(pk)
        if job is None or not _is_on(company, job):
            return False
        job.tries += 1
        job.worked_at = timezone.now()
        if job.tries > MOST_TRIES:
            job.state, job.ended_at = JobState.FAILED, job.worked_at
            logger.error("job %s was given up after %s tries at %s", pk, MOST_TRIES, job.position)
        job.save(update_fields=["tries", "worked_at", "state", "ended_at"])
        return job.is_open


def _one_chunk(company: Company, pk: UUID) -> bool:
    """Do one; True when there is more to do."""
    try:
        with company_scope(company):
            job = _locked(pk)
            if job is None:
                return False
            with _as_its_starter(job, company):
                _advance(job)
            return job.is_open
    except Exception:
        logger.exception("job %s: a chunk was undone", pk)
        return _begin_turn(company, pk)


def _locked(pk: UUID) -> Job | None:
    """The job, if there is something to do and nobody else is at it."""
    found: Job | None = (
        Job.objects.select_for_update(skip_locked=True).filter(pk=pk, state__in=OPEN_JOBS).first()
    )
    return found


def _is_on(company: Company, job: Job) -> bool:
    """What belongs to a module that is off waits until it is on again."""
    label = job.right.partition(".")[0]
    return job.kind in jobs and (label not in modules or label in card_of_company(company).modules)


@contextmanager
def _as_its_starter(job: Job, company: Company) -> Iterator[None]:
    """In their language, by the company's clock, and under their name in the history."""
    with (
        translation.override(job.language),
        timezone.override(company.zone),
        pghistory.context(user=job.started_by_id, job=str(job.pk)),
    ):
        yield
