"""What billing does every day. It may run twice without harm."""

from __future__ import annotations

import logging
from datetime import datetime

from django_tasks import task

from portal_modules.core.companies import card_of_company, companies_with
from portal_modules.core.scope import company_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions import remind

logger = logging.getLogger(__name__)


@task()
@opens_own_scopes
def remind_all() -> None:
    """Remind the customers of each company whose day has come."""
    remind_everywhere()


def remind_everywhere(at: datetime | None = None) -> None:
    """Go through the companies that remind: one with a fault stops no other."""
    for company in companies_with("billing"):
        try:
            with company_scope(company):
                if card_of_company(company).is_on("billing.reminders"):
                    remind(company, at=at)
        except Exception:
            logger.exception("nobody was reminded at %s", company.alias)
