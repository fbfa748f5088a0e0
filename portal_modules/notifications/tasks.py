"""Delivery, and the sweep that finds what the queue has lost."""

from __future__ import annotations

import time
from uuid import UUID

from django.db.models.functions import Now
from django_tasks import task

from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope, platform_scope
from portal_modules.core.tasks import opens_own_scopes

from .delivery import attempt
from .models import OutboxMessage

DELIVER_BATCH = 20  # messages that one job sends besides its own
SWEEP_SECONDS = 50  # a sweep leaves the worker to others before the next one begins
SWEEP_BATCH = 20  # of each company in turn, so that nobody waits behind a busy one


@task(queue_name="mail")
@opens_own_scopes
def deliver(message_id: str, company_id: int) -> None:
    """Send one message of the outbox, and some of what else the company has waiting.

    A job costs more than a mail, so three thousand mails are not three thousand jobs. When more is
    waiting, the next job is asked for before this one begins: whoever kills it ends no chain, and
    between two links other companies, and a code that somebody waits for, have their turn. A second run
    finds that all is sent, and does nothing.
    """
    company = _company(company_id)
    waiting = _due(company, DELIVER_BATCH + 1)
    if len(waiting) > DELIVER_BATCH:
        deliver.enqueue(str(waiting.pop()), company_id)
    for each in (UUID(message_id), *waiting):
        attempt(each, company)


@task()
@opens_own_scopes
def sweep() -> None:
    """Send what is due in every company: what failed before, and what the queue has lost."""
    until = time.monotonic() + SWEEP_SECONDS
    with platform_scope():
        companies = list(Company.objects.filter(closed_at=None).order_by("pk"))
    while companies:
        companies = [company for company in companies if _sweep_company(company, until)]


def _sweep_company(company: Company, until: float) -> bool:
    """Send a batch of a company; True when there may be more, and time for it."""
    found = _due(company, SWEEP_BATCH)
    for message_id in found:
        if time.monotonic() > until:
            return False
        attempt(message_id, company)
    return len(found) == SWEEP_BATCH


def _due(company: Company, most: int) -> list[UUID]:
    """What waits longest."""
    with company_scope(company):
        due = OutboxMessage.objects.due(Now()).order_by("next_try_at", "created_at")
        return list(due.values_list("pk", flat=True)[:most])


def _company(company_id: int) -> Company:
    with database_scope(Scope(role=STAFF, companies=(company_id,))):
        return Company.objects.get(pk=company_id)
