"""What runs by itself: reminders of documents that are due, and looking for files that belong to nobody."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions import remind_of_document, sweep_files
from .actions.requests import LONGEST_REMINDER
from .models import DocumentRequest

# Nobody is reminded in the night, by the company's clock.
_FROM_HOUR = 8
# A file may be on its way for as long as a slow request takes.
_AGE = timedelta(days=1)


@task()
@opens_own_scopes
def remind() -> None:
    """Remind of what is due soon, each customer as many days before as is set for them, and of what is due today.

    A second run finds that it was told.
    """
    for company in _companies():
        now = timezone.localtime(timezone=company.zone)
        if now.hour < _FROM_HOUR:
            continue
        today = now.date()
        with company_scope(company):
            waiting = DocumentRequest.objects.waiting_for_customer().about_what_is_on()
            soon = today + timedelta(days=LONGEST_REMINDER)
            for asked in waiting.filter(due_on__range=(today, soon)).order_by("number"):
                remind_of_document(asked, on=today)


@task()
@opens_own_scopes
def sweep() -> None:
    """Delete files that no row knows, and that are old enough to be nobody's work in progress."""
    before = timezone.now() - _AGE
    for company in _companies():
        with company_scope(company):
            sweep_files(company, before=before)


def _companies() -> list[Company]:
    with platform_scope():
        return list(Company.objects.filter(closed_at=None).order_by("pk"))
