"""Kinds of long work, and the chunk of a job that is done in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, TypeVar

from django.contrib.auth import get_user_model
from django.db import OperationalError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.exceptions import Refusal, RegistryError
from portal_modules.core.languages import in_each_language
from portal_modules.core.models import Job, JobFault, JobItem

logger = logging.getLogger(__name__)

Text = str | Promise
K = TypeVar("K", bound="type[JobKind]")

_LONGEST_WHAT, _LONGEST_REASON = 200, 500


class JobKind:
    """One kind of long work. `right` is what somebody needs to see and to stop it."""

    name: ClassVar[str]
    label: ClassVar[Text]
    right: ClassVar[str] = ""
    chunk_size: ClassVar[int] = 50
    # What it counts beside what is done and refused, by the name it has in `Job.counts`.
    count_labels: ClassVar[Mapping[str, Text]] = {}

    def size_of_chunk(self, job: Job) -> int:
        """How many steps are done in one transaction: a second or two of work."""
        return self.chunk_size

    def title(self, job: Job) -> str:
        """What it is called where it is shown; asked for in the language of whoever looks."""
        return str(self.label)

    def links(self, job: Job) -> list[tuple[Text, str]]:
        """Where its result is to be seen: words and address, once it has ended."""
        return []

    def work(self, chunk: Chunk) -> None:
        """Do the steps from `chunk.start` up to, and without, `chunk.stop`."""
        raise NotImplementedError

    def finish(self, job: Job) -> None:
        """What follows the last chunk, in its transaction."""


class JobRegistry:
    """The kinds of long work, by name."""

    def __init__(self) -> None:
        self._kinds: dict[str, JobKind] = {}

    def kind(self, kind: K) -> K:
        """Register a class; refuses a second of the same name."""
        if kind.name in self._kinds:
            raise RegistryError(f"The kind of job {kind.name!r} is registered twice.")
        self._kinds[kind.name] = kind()
        return kind

    def get(self, name: str) -> JobKind:
        """The kind of a name; an unknown one is an error that names the known ones."""
        try:
            return self._kinds[name]
        except KeyError:
            known = ", ".join(sorted(self._kinds)) or "none"
            raise RegistryError(f"There is no kind of job {name!r}; known: {known}.") from None

    def __contains__(self, name: str) -> bool:
        return name in self._kinds


jobs = JobRegistry()


@dataclass(slots=True)
class _Tally:
    done: int = 0
    faults: list[JobFault] = field(default_factory=list)


class Chunk:
    """The steps of a job that are done in one transaction, and who is taken to do them."""

    def __init__(self, job: Job, start: int, stop: int) -> None:
        self.job = job
        self.start = start
        self.stop = stop
        self._tally = _Tally()

    @cached_property
    def by(self) -> Any | None:
        """Who started it; None when they do not work here any more."""
        person: Any = self.job.started_by_id
        return get_user_model().objects.filter(pk=person).first()

    @cached_property
    def items(self) -> list[JobItem]:
        """What was handed over for these steps."""
        found = JobItem.objects.filter(job=self.job, number__gte=self.start, number__lt=self.stop)
        return list(found.order_by("number"))

    @property
    def parameters(self) -> dict[str, Any]:
        """What the whole job was started with."""
        return dict(self.job.parameters)

    def done(self, number: int = 1) -> None:
        """Count what was done."""
        self._tally.done += number

    def count(self, name: str, number: int = 1) -> None:
        """Count something else that the kind has a label for."""
        self.job.counts[name] = self.job.counts.get(name, 0) + number

    def refuse(self, reason: Text, *, what: str = "", line: int | None = None) -> None:
        """Write down what could not be done, and why."""
        self._tally.faults.append(
            JobFault(
                company_id=self.job.company_id,
                job=self.job,
                line=line,
                what=what[:_LONGEST_WHAT],
                reasons=in_each_language(reason, _LONGEST_REASON),
            )
        )

    @property
    def has_refused(self) -> bool:
        """Is something in the report?"""
        return bool(self._tally.faults)

    def take_back(self, name: str) -> None:
        """All that was done was undone: it counts as `name`, and only what was refused is in the report."""
        self.job.counts = {name: self._tally.done}
        self._tally.done = 0

    @contextmanager
    def trying(self, *, what: str = "", line: int | None = None) -> Iterator[None]:
        """One step in a savepoint: done, or undone and in the report.

        A mistake of ours is in the report, too, and in the log; it keeps nobody from the other steps. What
        the next try may well be spared, such as a deadlock, is left to it.
        """
        try:
            with transaction.atomic():
                yield
        except Refusal as refusal:
            self.refuse(refusal.sentence, what=what, line=line)
        except OperationalError:
            raise
        except Exception:
            logger.exception("job %s: a step was not possible", self.job.pk)
            self.refuse(
                _("This was not possible because of a fault on our side. Nothing of it was changed."),
                what=what,
                line=line,
            )
        else:
            self.done()

    def close(self) -> None:
        """Keep what was counted with the job."""
        JobFault.objects.bulk_create(self._tally.faults, batch_size=1000)
        self.job.done += self._tally.done
        self.job.refused += len(self._tally.faults)
