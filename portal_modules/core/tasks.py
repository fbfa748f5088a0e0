"""Tasks: handed to the queue after the commit, run in the scope that asked for them.

The stock backend writes to Redis at once, inside the transaction: a worker could meet rows that are
not there yet, and no scope. Here a task travels with its scope, as staff of the company in force.
A task that waits for the outside world (mail, payments) is marked with `opens_own_scopes` and opens
scopes only around its parts that read or write.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import django_rq
from django.db import connection
from django_scopes import scope
from django_tasks.base import TASK_MAX_PRIORITY, Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id
from django_tasks_rq import Job, RQBackend
from django_tasks_rq.backend import failed_callback, success_callback
from redis import Redis
from redis.exceptions import RedisError
from rq.callbacks import Callback
from rq.job import JobStatus

from portal_modules.core.models import Company
from portal_modules.core.scope import NOBODY, STAFF, Scope, current_scope, database_scope

logger = logging.getLogger(__name__)

F = TypeVar("F", bound=Callable[..., Any])

_ways: dict[str, Redis] = {}


def opens_own_scopes(function: F) -> F:
    """Mark a task's function: no transaction is held around it."""
    function.opens_own_scopes = True  # type: ignore[attr-defined]  # a mark, read in ScopedJob
    return function


def _way_to(queue_name: str) -> Redis:
    """The connection of a queue, kept while the process lives: to open one costs a page more than to hand a task over.

    Its pool belongs to the process that opened it, and reconnects when Redis was away.
    """
    settings = repr(django_rq.settings.QUEUES[queue_name])
    if settings not in _ways:
        _ways[settings] = django_rq.get_connection(queue_name)
    return _ways[settings]


class ScopedJob(Job):
    """Enters the scope that enqueued it. A task without one gets none, and sees nothing."""

    def perform(self) -> Any:
        """Run it, in the scope that it carries."""
        luggage = self.meta.get("scope")
        if not luggage or getattr(self.func.func, "opens_own_scopes", False):
            return super().perform()
        wanted = replace(Scope.from_json(luggage), role=STAFF, customers=(), records=())
        with database_scope(wanted):
            company = Company.objects.get(pk=wanted.companies[0]) if len(wanted.companies) == 1 else None
            if company is None:
                return super().perform()
            with scope(company=company):
                return super().perform()


class ScopedRQBackend(RQBackend):
    """Hands tasks to the queue when the transaction that asked for them has committed.

    A task of the highest priority goes before all others of its queue.
    """

    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """A result that says "ready"; the queue hears of it after the commit.

        When Redis is gone the task is lost and said so in the log: whatever must happen has a row of
        its own (the outbox, for one) and a sweep that finds it.
        """
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        running = current_scope()
        meta = {"backend_name": self.alias, "scope": running.as_json() if running.role != NOBODY else None}

        def send() -> None:
            way = _way_to(task.queue_name)
            queue = django_rq.get_queue(task.queue_name, connection=way, job_class=ScopedJob)
            job = queue.create_job(
                task.module_path,
                args=args,
                kwargs=kwargs,
                job_id=result.id,
                status=JobStatus.SCHEDULED if task.run_after else JobStatus.QUEUED,
                on_failure=Callback(failed_callback),
                on_success=Callback(success_callback),
                meta=meta,
            )
            try:
                if task.run_after:
                    queue.schedule_job(job, task.run_after)
                else:
                    queue.enqueue_job(job, at_front=task.priority == TASK_MAX_PRIORITY)
            except RedisError as error:
                logger.error("task %s was not handed over: %s", task.module_path, error)

        connection.on_commit_outside(send)  # type: ignore[attr-defined]  # of core.pg
        return result
