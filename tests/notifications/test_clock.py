"""What runs again and again: that the clock knows it, that a worker can run it, and what it does."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import django_rq
import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone
from django_rq.cron import DjangoCronScheduler
from wagtail.models import Page

from cms.news.models import NewsIndexPage
from cms.tasks import forget_old_attempts, forget_old_sessions, publish_scheduled_pages
from portal_modules.core.models import Company
from portal_modules.core.modules import modules
from portal_modules.core.scope import PORTAL, Scope, company_scope, database_scope
from portal_modules.core.throttle import Limit
from portal_modules.notifications.actions import tell
from tests.notifications.known_event import EVENT
from tests.world.committed import CommittedWorld
from tests.world.companies import World
from tests.world.owner import as_owner


def news_of(company: Company) -> Page:
    """The news below the home page of a new company."""
    assert company.site is not None
    return company.site.root_page.get_children().type(NewsIndexPage).get().specific


def the_clock() -> DjangoCronScheduler:
    clock = DjangoCronScheduler()
    clock.load_config_from_file("cms.cron")
    return clock


def test_the_clock_knows_the_housekeeping_and_what_the_modules_declare() -> None:
    jobs = {job.name: job.interval for job in the_clock().get_jobs()}
    declared = {each.path: each.seconds for module in modules for each in module.periodic}
    assert declared["portal_modules.notifications.tasks.sweep"] == 60
    assert jobs == {
        "cms.tasks.publish_scheduled_pages": 60,
        "cms.tasks.forget_old_attempts": 3600,
        "cms.tasks.forget_old_sessions": 86400,
        "portal_modules.core.housework.look_up_waiting_hosts": 600,
        "portal_modules.core.jobs.working.forget_old_jobs": 86400,
        "portal_modules.core.jobs.working.sweep_jobs": 60,
        **declared,
    }


def test_a_worker_runs_all_that_the_clock_hands_over(committed: CommittedWorld) -> None:
    company = committed.world.home.company
    with company_scope(company):
        tell(EVENT, company=company, language="en", address="reader@example.com", payload={})
    mails, queue = django_rq.get_queue("mail"), django_rq.get_queue("default")
    assert mails.count == 1
    mails.delete(delete_jobs=True)
    clock = the_clock()
    assert len(clock.enqueue_jobs()) == len(clock.get_jobs()) == queue.count
    worker = django_rq.get_worker("mail", "default", worker_class="rq.SimpleWorker")
    worker.work(burst=True)
    assert (mails.count, queue.count) == (0, 0)
    assert list(queue.failed_job_registry.get_job_ids()) == []
    assert [message.to for message in mail.outbox] == [["reader@example.com"]]


@pytest.mark.django_db
def test_a_page_appears_when_its_time_has_come(world: World) -> None:
    past = timezone.now() - timedelta(minutes=1)
    with company_scope(world.home.company):
        page = news_of(world.home.company)
        page.unpublish()
        page.save_revision(approved_go_live_at=past)
    with company_scope(world.other.company):
        theirs = news_of(world.other.company)
        theirs.expire_at = past
        theirs.save()
    publish_scheduled_pages.func()
    with company_scope(world.home.company):
        assert Page.objects.get(pk=page.pk).live
    with company_scope(world.other.company):
        assert not Page.objects.get(pk=theirs.pk).live


@pytest.mark.django_db
def test_a_company_with_a_fault_stops_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def broken_at_the_first(name: str) -> None:
        seen.append(name)
        if len(seen) == 1:
            with connection.cursor() as cursor:
                cursor.execute("select 1 / 0")

    monkeypatch.setattr("cms.tasks.call_command", broken_at_the_first)
    publish_scheduled_pages.func()
    assert len(seen) == 2


@pytest.mark.django_db
def test_sessions_that_ended_are_forgotten() -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    with database_scope(Scope(role=PORTAL)):
        old, current = store(), store()
        old.set_expiry(-60)
        for session in (old, current):
            session["x"] = 1
            session.save()
    forget_old_sessions.func()
    with database_scope(Scope(role=PORTAL)):
        assert not store().exists(old.session_key)
        assert store().exists(current.session_key)


@pytest.mark.django_db
def test_old_counters_of_attempts_are_forgotten() -> None:
    digest = Limit("x", 5, 60)._key(("old",))
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "insert into core_throttle (key, began_at, hits) values (%s, now() - interval '2 days', 3), "
            "('new', now(), 1)",
            [digest],
        )
    forget_old_attempts.func()
    with transaction.atomic(), as_owner(), connection.cursor() as cursor:
        cursor.execute("select key from core_throttle")
        assert [key.strip() for (key,) in cursor.fetchall()] == ["new"]
