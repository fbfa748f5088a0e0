"""What is paid by agreement, day by day. It may run as often as one likes."""

from __future__ import annotations

import logging

from django_tasks import task

from portal_modules.core.companies import companies_with
from portal_modules.core.tasks import opens_own_scopes

from .autopay import pay_what_is_agreed

logger = logging.getLogger(__name__)


@task()
@opens_own_scopes
def pay_by_agreement() -> None:
    """Go through the companies: one with a fault stops no other."""
    for company in companies_with("payments"):
        try:
            pay_what_is_agreed(company)
        except Exception:
            logger.exception("automatic payments of company %s stopped", company.pk)
