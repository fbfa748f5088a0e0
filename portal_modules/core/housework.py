"""What the kernel does outside of requests: looking up the records of host names."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils import timezone
from django_tasks import task

from portal_modules.core.actions.addresses import note_records
from portal_modules.core.dns import NoAnswer, texts_of
from portal_modules.core.hosts import record_name
from portal_modules.core.models import Company, CompanyHost, HostState
from portal_modules.core.scope import company_scope, platform_scope
from portal_modules.core.tasks import opens_own_scopes

# Whoever has not added the record by then presses the button once more.
KEEPS_LOOKING: Final = timedelta(days=14)


@task()
@opens_own_scopes
def look_up_host(company_id: int) -> None:
    """Look up the record of a company's host name, outside of any transaction. It may run twice."""
    with platform_scope():
        company = Company.objects.filter(pk=company_id, closed_at=None).first()
    if company is None:
        return
    with company_scope(company):
        name: str | None = CompanyHost.objects.values_list("name", flat=True).first()
    if name is None:
        return
    try:
        texts = texts_of(record_name(name))
    except NoAnswer:
        texts = None
    with company_scope(company):
        note_records(company, name, texts)


@task()
@opens_own_scopes
def look_up_waiting_hosts() -> None:
    """The records of all names that are not proved yet."""
    with platform_scope():
        since = timezone.now() - KEEPS_LOOKING
        waiting = CompanyHost.objects.exclude(state=HostState.FOUND).filter(asked_at__gt=since)
        ids = list(waiting.order_by("company").values_list("company", flat=True))
    for company_id in ids:
        look_up_host.func(company_id)
