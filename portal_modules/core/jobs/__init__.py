"""Long work in chunks, which a killed worker leaves to the next, and which never does anything twice.

A module names its kinds of work in `jobs.py`:

    @jobs.kind
    class MoveProcesses(JobKind):
        name = "processes.move"
        label = _("Move processes to a phase")
        right = "processes.edit"

        def work(self, chunk: Chunk) -> None:
            for item in chunk.items:
                with chunk.trying(what=str(item.value)):
                    ...  # one action, in a savepoint of its own

and starts one with `start_job("processes.move", by=request.user, items=ids)`. A chunk is one transaction,
in the company's staff scope and in the language of whoever started it; the position moves on in the same
transaction. What a chunk hands to the outside world (a mail) goes through the outbox like everything else.
"""

from .kinds import Chunk, JobKind, JobRegistry, Text, jobs
from .starting import cancel_job, resume_job, start_job
from .working import do_at_once, forget_old_jobs, sweep_jobs, work_on

__all__ = [
    "Chunk",
    "JobKind",
    "JobRegistry",
    "Text",
    "cancel_job",
    "do_at_once",
    "forget_old_jobs",
    "jobs",
    "resume_job",
    "start_job",
    "sweep_jobs",
    "work_on",
]
