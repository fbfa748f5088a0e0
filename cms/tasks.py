"""Housekeeping of the installation and of the pages, called by the clock (`cms.cron`).

Each opens its own scopes, and may run twice without harm.
"""

from __future__ import annotations

import logging
from importlib import import_module

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django_tasks import task

from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, company_scope, database_scope, platform_scope
from portal_modules.core.tasks import opens_own_scopes

logger = logging.getLogger(__name__)


@task()
@opens_own_scopes
def publish_scheduled_pages() -> None:
    """Show and hide the pages whose time has come, company by company: one with a fault stops no other."""
    with platform_scope():
        companies = list(Company.objects.filter(closed_at=None).order_by("pk"))
    for company in companies:
        try:
            with company_scope(company):
                call_command("publish_scheduled")
        except Exception:
            logger.exception("scheduled pages of %s were not published", company.alias)


@task()
@opens_own_scopes
def forget_old_sessions() -> None:
    """Delete the sessions that ended; any role but the staff's may."""
    with database_scope(Scope(role=PORTAL)):
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@task()
@opens_own_scopes
def forget_old_attempts() -> None:
    """Delete the counters of attempts whose window is long over."""
    with connection.cursor() as cursor:
        cursor.execute("select core_throttle_sweep()")
