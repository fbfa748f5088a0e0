"""Long work: done in chunks, left to the next when a worker dies, told of, stopped and taken up again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation

from portal_modules.core.choices import JobState
from portal_modules.core.exceptions import Refusal, RegistryError
from portal_modules.core.jobs import Chunk, JobKind, cancel_job, jobs, resume_job, start_job
from portal_modules.core.jobs import working as work
from portal_modules.core.models import CompanyModule, Job, JobFault, LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import CustomerGroup
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


class NameGroups(JobKind):
    """Makes a group of each name; some it refuses, some break it."""

    name = "tests.name_groups"
    label = "Name groups"
    right = "customers.edit"
    chunk_size = 2
    count_labels: ClassVar = {"long": "Long names"}
    broken: ClassVar[set[str]] = set()
    finished: ClassVar[list[Any]] = []

    def work(self, chunk: Chunk) -> None:
        for item in chunk.items:
            with chunk.trying(what=item.value, line=item.number + 1):
                group = CustomerGroup.objects.create(name=item.value)
                chunk.count("long", len(item.value) > 5)
                if item.value == "no":
                    raise Refusal("This name is not for groups.")
                if item.value == "broken":
                    raise ZeroDivisionError(group)
        if self.broken & {item.value for item in chunk.items}:
            raise RuntimeError("the machine is on fire")

    def finish(self, job: Job) -> None:
        self.finished.append(job.pk)


@pytest.fixture(autouse=True)
def _a_kind() -> Iterator[None]:
    jobs.kind(NameGroups)
    NameGroups.broken, NameGroups.finished = set(), []
    yield
    del jobs._kinds[NameGroups.name]


def started(world: World, *names: str, **more: Any) -> Job:
    with company_scope(world.home.company), translation.override("en"):
        return start_job(NameGroups.name, by=world.home.clerk, items=names, **more)


def turn(job: Job) -> None:
    """What a worker does."""
    work.work_on.call(str(job.pk), job.company_id)


def now(world: World, job: Job) -> Job:
    with company_scope(world.home.company):
        return Job.objects.get(pk=job.pk)


def groups(world: World) -> set[str]:
    with company_scope(world.home.company):
        return set(CustomerGroup.objects.values_list("name", flat=True))


def test_all_is_done_in_chunks_and_what_was_refused_is_in_the_report(world: World) -> None:
    job = started(world, "one", "two", "no", "broken", "fifteen")
    turn(job)
    job = now(world, job)
    assert (job.state, job.position, job.done, job.refused) == (JobState.DONE, 5, 3, 2)
    assert job.counts["long"] >= 1
    assert groups(world) == {"one", "two", "fifteen"}
    assert NameGroups.finished == [job.pk]
    with company_scope(world.home.company):
        with translation.override("en"):
            faults = [(each.line, each.what, each.reason) for each in JobFault.objects.filter(job=job)]
        assert LogEntry.objects.filter(action="core.start_job", object_id=str(job.pk)).exists()
    assert faults[0] == (3, "no", "This name is not for groups.")
    assert faults[1][:2] == (4, "broken")
    assert "fault on our side" in faults[1][2]
    turn(job)
    assert now(world, job).done == 3, "a second run does nothing"


def test_what_was_refused_is_read_in_the_language_of_who_looks(world: World) -> None:
    job = started(world, "broken")
    turn(job)
    with company_scope(world.home.company):
        fault = JobFault.objects.get(job=job)
    with translation.override("es"):
        assert "fallo nuestro" in fault.reason
    with translation.override("pt-br"):
        said = fault.reason
    assert said not in fault.reasons["en"]
    report = Browser().sign_in(world.home.manager)
    with company_scope(world.home.company):
        type(world.home.manager).objects.filter(pk=world.home.manager.pk).update(language="pt")
    assert fault.reasons["pt-pt"] in b"".join(report.get(f"/admin/jobs/{job.pk}/report/")).decode()  # type: ignore[arg-type]


def test_a_chunk_that_breaks_is_undone_and_the_job_given_up_after_some_tries(world: World) -> None:
    NameGroups.broken = {"four"}
    job = started(world, "one", "two", "three", "four", "five")
    turn(job)
    job = now(world, job)
    assert (job.state, job.position, job.done) == (JobState.FAILED, 2, 2)
    assert groups(world) == {"one", "two"}, "nothing by halves"
    NameGroups.broken = set()
    with company_scope(world.home.company):
        resume_job(job, by=world.home.clerk)
    turn(job)
    job = now(world, job)
    assert (job.state, job.done) == (JobState.DONE, 5)
    assert groups(world) == {"one", "two", "three", "four", "five"}


def test_what_nobody_works_on_any_more_is_found_by_the_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = started(world, "one", "two", "three")
    fresh = started(world, "four")
    with company_scope(world.home.company):
        Job.objects.filter(pk=job.pk).update(
            state=JobState.RUNNING, worked_at=timezone.now() - timedelta(minutes=5)
        )
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(type(work.work_on), "enqueue", lambda _self, *args: asked.append(args))
    work.sweep_jobs.call()
    assert asked == [(str(job.pk), job.company_id)]
    work.sweep_jobs.call()
    assert len(asked) == 1, "not again at once"
    assert now(world, fresh).state == JobState.WAITING


def test_what_belongs_to_a_module_that_is_off_waits(world: World) -> None:
    job = started(world, "one", right="processes.edit")
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    turn(job)
    assert now(world, job).state == JobState.WAITING
    assert groups(world) == set()


def test_a_job_is_stopped_and_not_twice(world: World) -> None:
    job = started(world, "one", "two", "three")
    with company_scope(world.home.company):
        cancel_job(job, by=world.home.clerk)
        with pytest.raises(Refusal):
            cancel_job(job, by=world.home.clerk)
    turn(job)
    assert now(world, job).state == JobState.CANCELLED
    assert groups(world) == set()


def test_a_kind_that_nobody_knows_is_an_error(world: World) -> None:
    with company_scope(world.home.company), pytest.raises(RegistryError, match="known:"):
        start_job("tests.unheard", by=None, total=1)
    with pytest.raises(RegistryError, match="twice"):
        jobs.kind(NameGroups)


def test_old_jobs_are_forgotten_with_their_files(world: World) -> None:
    old, young = started(world, "one", "no"), started(world, "three")
    for job in (old, young):
        turn(job)
    with company_scope(world.home.company):
        job = Job.objects.get(pk=old.pk)
        job.file.save("x", ContentFile(b"x"))
        Job.objects.filter(pk=old.pk).update(ended_at=timezone.now() - work.KEPT - timedelta(days=1))
    work.forget_old_jobs.call()
    with company_scope(world.home.company):
        assert list(Job.objects.values_list("pk", flat=True)) == [young.pk]
        assert not JobFault.objects.exists()
    assert not job.file.storage.exists(job.file.name)


# ---- the pages ---------------------------------------------------------------------------------------


def test_the_pages_show_how_far_it_is_and_what_was_refused(world: World) -> None:
    job = started(world, "one", "no", "=1+1")
    clerk = Browser().sign_in(world.home.clerk)
    page = f"/admin/jobs/{job.pk}/"
    shown = clerk.get(page).content.decode()
    assert "<progress" in shown
    assert "data-job=" in shown
    assert "1 job at work" in shown
    assert clerk.get(f"{page}progress/").headers["X-Job-State"] == "open"
    turn(job)
    assert "1 job has ended" in clerk.get("/admin/").content.decode()
    assert clerk.get(f"{page}progress/").headers["X-Job-State"] == "ended"
    shown = clerk.get(page).content.decode()
    assert "This name is not for groups." in shown
    assert "data-job=" not in shown
    assert "1 job has ended" not in clerk.get("/admin/").content.decode(), "seen"
    assert "Name groups" in clerk.get("/admin/jobs/").content.decode()
    answer = clerk.get(f"{page}report/")
    report = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert report.startswith("\ufeffline,what,why not")
    assert "2,no,This name is not for groups." in report
    assert clerk.get(f"{page}file/").status_code == 404


def test_it_is_stopped_and_taken_up_by_buttons(world: World) -> None:
    job = started(world, "one")
    clerk = Browser().sign_in(world.home.clerk)
    assert clerk.get(f"/admin/jobs/{job.pk}/cancel/").status_code == 405
    assert clerk.post(f"/admin/jobs/{job.pk}/cancel/").status_code == 302
    assert now(world, job).state == JobState.CANCELLED
    assert clerk.post(f"/admin/jobs/{job.pk}/resume/").status_code == 302
    turn(job)
    for verb in ("cancel", "resume"):
        assert clerk.post(f"/admin/jobs/{job.pk}/{verb}/").status_code == 302
    assert now(world, job).state == JobState.DONE


def test_who_has_not_the_right_sees_no_job(world: World) -> None:
    job = started(world, "one", "no")
    turn(job)
    for person in (world.home.reader, world.home.editor, world.other.manager):
        browser = Browser().sign_in(person)
        assert "Name groups" not in browser.get("/admin/jobs/").content.decode()
        for part in ("", "progress/", "report/", "file/"):
            assert browser.get(f"/admin/jobs/{job.pk}/{part}").status_code == 404
        for part in ("cancel/", "resume/"):
            assert browser.post(f"/admin/jobs/{job.pk}/{part}").status_code == 404


def test_a_rolled_back_start_leaves_no_job(world: World) -> None:
    with company_scope(world.home.company):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            start_job(NameGroups.name, by=world.home.clerk, items=["one"])
            raise ZeroDivisionError
        assert not Job.objects.exists()
