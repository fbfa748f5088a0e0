"""The clock: what runs again and again, for `manage.py rqcron cms.cron`.

It only hands tasks to the queue, so it makes no query and holds no scope. What nobody has taken when the
next run is due is forgotten, so that nothing piles up while no worker is there.
"""

from __future__ import annotations

from django.utils.module_loading import import_string
from django_tasks.base import Task
from rq.cron import register

from portal_modules.core.modules import Periodic, modules

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

HOUSEKEEPING = (
    Periodic("portal_modules.core.jobs.working.sweep_jobs", seconds=MINUTE),
    Periodic("portal_modules.core.jobs.working.forget_old_jobs", seconds=DAY),
    Periodic("cms.tasks.publish_scheduled_pages", seconds=MINUTE),
    Periodic("portal_modules.core.housework.look_up_waiting_hosts", seconds=10 * MINUTE),
    Periodic("cms.tasks.forget_old_attempts", seconds=HOUR),
    Periodic("cms.tasks.forget_old_sessions", seconds=DAY),
)


def schedule(job: Periodic) -> None:
    """Have a task of django_tasks enqueued at its interval.

    The clock knows functions only. A task has the name of the function that it was made of, so that is
    what the worker finds under the function's name; `meta` is what it expects of a job of a task.
    """
    task: Task[..., None] = import_string(job.path)
    register(
        task.func,
        queue_name=task.queue_name,
        interval=job.seconds,
        ttl=job.seconds,
        result_ttl=HOUR,
        failure_ttl=DAY,
        meta={"backend_name": task.backend, "scope": None},
        name=job.path,
    )


for job in (*HOUSEKEEPING, *(job for module in modules for job in module.periodic)):
    schedule(job)
