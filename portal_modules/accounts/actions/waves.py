"""Waves: many invitations, as one piece of long work. The company's staff scope has to be in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from portal_modules.core.actions import log
from portal_modules.core.jobs import start_job
from portal_modules.core.models import Company, Job

from ..models import InvitationWave

JOB = "accounts.invite"


@transaction.atomic
def begin_wave(company: Company, name: str, contacts: Sequence[int], *, by: Any) -> InvitationWave:
    """Invite these contacts, in the background; each by the action that a single one goes through."""
    wave = InvitationWave.objects.create(company=company, name=name, asked_by=by)
    wave.job_id = _start(wave, contacts, by).pk
    wave.save(update_fields=["job_id"])
    log("accounts.begin_wave", wave, by=by, contacts=len(contacts))
    return wave


@transaction.atomic
def remind_wave(wave: InvitationWave, contacts: Sequence[int], *, by: Any) -> Job:
    """Send the link once more to these contacts of a wave."""
    locked = InvitationWave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    job = _start(locked, contacts, by)
    InvitationWave.objects.filter(pk=locked.pk).update(reminded_at=Now(), job_id=job.pk)
    log("accounts.remind_wave", locked, by=by, contacts=len(contacts))
    return job


def _start(wave: InvitationWave, contacts: Sequence[int], by: Any) -> Job:
    return start_job(JOB, by=by, parameters={"wave": str(wave.pk)}, items=list(contacts))
