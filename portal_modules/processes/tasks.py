"""What is measured outside the request. It may run twice without harm."""

from __future__ import annotations

import logging

from django_tasks import task

from portal_modules.core.companies import companies_with
from portal_modules.core.scope import company_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions import measure_phases

logger = logging.getLogger(__name__)


@task()
@opens_own_scopes
def measure_all_phases() -> None:
    """Measure how long phases take, company by company: one with a fault stops no other."""
    for company in companies_with("processes"):
        try:
            with company_scope(company):
                measure_phases()
        except Exception:
            logger.exception("the phases of %s were not measured", company.alias)
