"""Starting long work, stopping it, and going on with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.utils import timezone, translation

from portal_modules.core.actions import log
from portal_modules.core.choices import JobState
from portal_modules.core.exceptions import RegistryError, WrongState
from portal_modules.core.models import Job
from portal_modules.core.scope import (
    current_scope,
)

from .kinds import jobs
from .working import work_on

_ITEMS_AT_ONCE = 5000


@transaction.atomic
def start_job(
    name: str,
    *,
    by: Any | None,
    total: int | None = None,
    parameters: Mapping[str, Any] | None = None,
    items: Iterable[Any] | None = None,
    right: str = "",
) -> Job:
    """Have a kind of work done outside the request; the company's staff scope has to be in force.

    Each of the `items` (values of JSON) is a step; without items `total` says how many steps there are.
    `right` is for a kind whose jobs are for different people.
    """
    kind = jobs.get(name)
    company: Any = current_scope().company
    job = Job(
        company_id=company,
        kind=name,
        right=right or kind.right,
        started_by=by if by is not None and by.is_authenticated else None,
        started_by_name=str(by or "")[:160],
        language=translation.get_language() or "en",
        parameters=dict(parameters or {}),
        total=total or 0,
        worked_at=timezone.now(),
    )
    if not job.right:
        raise RegistryError(f"The kind of job {name!r} does not say who may see its jobs.")
    job.save(force_insert=True)
    if items is not None:
        job.total = _keep_items(job, list(items))
        job.save(update_fields=["total"])
    log("core.start_job", job, by=by, kind=name, total=job.total)
    work_on.enqueue(str(job.pk), job.company_id)
    return job


def _keep_items(job: Job, values: Sequence[Any]) -> int:
    """One statement for thousands of them."""
    with connection.cursor() as cursor:
        for start in range(0, len(values), _ITEMS_AT_ONCE):
            cursor.execute(
                "insert into core_jobitem (company_id, job_id, number, value) "
                "select %s, %s, %s + ordinality - 1, value "
                "from jsonb_array_elements(%s::jsonb) with ordinality",
                [
                    job.company_id,
                    job.pk,
                    start,
                    json.dumps(values[start : start + _ITEMS_AT_ONCE], default=str),
                ],
            )
    return len(values)


@transaction.atomic
def cancel_job(job: Job, *, by: Any | None) -> Job:
    """Stop it after the chunk that is at work; what is done stays done."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_open:
        raise WrongState
    job.state, job.ended_at = JobState.CANCELLED, timezone.now()
    job.save(update_fields=["state", "ended_at"])
    log("core.cancel_job", job, by=by, position=job.position)
    return job


@transaction.atomic
def resume_job(job: Job, *, by: Any | None) -> Job:
    """Go on with one that was stopped, where it stopped."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state not in {JobState.CANCELLED, JobState.FAILED}:
        raise WrongState
    job.state, job.ended_at, job.seen_at = JobState.WAITING, None, None
    job.tries, job.worked_at = 0, timezone.now()
    job.save(update_fields=["state", "ended_at", "seen_at", "tries", "worked_at"])
    log("core.resume_job", job, by=by, position=job.position)
    work_on.enqueue(str(job.pk), job.company_id)
    return job
