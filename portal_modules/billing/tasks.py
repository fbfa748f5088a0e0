"""What billing does every day. It may run twice without harm."""

from __future__ import annotations

import logging
from datetime import datetime

from django_tasks import task

from portal_modules.core.companies import card_of_company, companies_with
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope, platform_scope
from portal_modules.core.tasks import opens_own_scopes

from .actions import forget_packs, make_monthly_packs, remind
from .housework import fold_tallies, forget_papers
from .switches import EXPORTS

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


@task()
@opens_own_scopes
def make_packs() -> None:
    """Last month's packs for whoever has them every month."""
    make_packs_everywhere()


def make_packs_everywhere(at: datetime | None = None) -> None:
    """Go through the companies: one with a fault stops no other."""
    for company in companies_with("billing"):
        try:
            with company_scope(company):
                if card_of_company(company).is_on(EXPORTS):
                    make_monthly_packs(company, at=at)
        except Exception:
            logger.exception("no monthly packs were made at %s", company.alias)


@task()
@opens_own_scopes
def tidy_up() -> None:
    """Let go of packs that were kept for a week, and of drawn papers that nobody has asked for in a while."""
    tidy_up_everywhere()


def tidy_up_everywhere(at: datetime | None = None) -> None:
    """In each company, also where billing was switched off meanwhile."""
    with platform_scope():
        companies = list(Company.objects.order_by("pk"))
    for company in companies:
        try:
            with company_scope(company):
                forget_packs(at=at)
            forget_papers(company.pk, at=at)
        except Exception:
            logger.exception("the papers of %s were not tidied up", company.alias)


@task()
@opens_own_scopes
def fold_sums() -> None:
    """Keep what the sums of invoices are added up from short."""
    for company in companies_with("billing"):
        try:
            with company_scope(company):
                fold_tallies()
        except Exception:
            logger.exception("the sums of %s were not put together", company.alias)
