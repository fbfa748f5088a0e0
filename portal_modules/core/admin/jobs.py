"""The pages of long work: what is under way, how far one has come, and what of it was refused."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal_modules.core.admin.exports import without_formula
from portal_modules.core.choices import OPEN_JOBS, JobState
from portal_modules.core.exceptions import Refusal
from portal_modules.core.jobs import JobKind, cancel_job, jobs, resume_job
from portal_modules.core.languages import in_this_language
from portal_modules.core.models import Job, JobFault
from portal_modules.core.modules import modules
from portal_modules.core.rights import may

_ON_A_PAGE = 50
_FAULTS_ON_A_PAGE = 100
_FILE_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


def visible_jobs(user: Any) -> QuerySet[Job]:
    """The jobs of the company in scope whose kind of work is this person's, too."""
    rights = [right.name for module in modules for right in module.rights if may(user, right.name)]
    found: QuerySet[Job] = Job.objects.filter(right__in=rights)
    return found


def _job(request: Any, pk: UUID) -> Job:
    return get_object_or_404(visible_jobs(request.user), pk=pk)


@require_safe
def job_list(request: Any) -> HttpResponse:
    """What is under way and what was done, newest first."""
    found = Paginator(visible_jobs(request.user), _ON_A_PAGE)
    page = found.get_page(request.GET.get("p"))
    rows = [(job, title_of(job)) for job in page]
    # What has ended is told here, too.
    mine = Job.objects.filter(started_by=request.user, seen_at=None, ended_at__isnull=False)
    mine.update(seen_at=timezone.now())
    return render(request, "core/admin/jobs.html", {"rows": rows, "page": page})


@require_safe
def job_page(request: Any, pk: UUID) -> HttpResponse:
    """One job: how far it has come, and at its end what became of it."""
    job = _job(request, pk)
    _note_as_seen(job, request.user)
    faults = _faults(request, job)
    return render(request, "core/admin/job.html", {**context_of(job), "faults": faults})


@require_safe
def job_progress(request: Any, pk: UUID) -> HttpResponse:
    """The part of the page that changes, for the script that asks again and again."""
    job = _job(request, pk)
    response = render(request, "core/admin/job_progress.html", context_of(job))
    response.headers["X-Job-State"] = "open" if job.is_open else "ended"
    return response


@require_safe
def job_report(request: Any, pk: UUID) -> StreamingHttpResponse:
    """What was refused, for a spreadsheet."""
    job = _job(request, pk)
    # The body is pulled when scope and language of the request are gone.
    faults, headings = job.faults.order_by("line", "pk"), [_("line"), _("what"), _("why not")]
    response = StreamingHttpResponse(
        _lines_of_report(faults, headings, get_language()), content_type="text/csv; charset=utf-8"
    )
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, f"{_('refused')}-{job.created_at:%Y-%m-%d}.csv") or "attachment"
    )
    return response


@require_safe
def job_file(request: Any, pk: UUID) -> FileResponse:
    """The file that a job has made."""
    job = _job(request, pk)
    if not job.file or job.state != JobState.DONE:
        raise Http404
    try:
        content = job.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition_header(True, job.file_name) or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = _FILE_POLICY
    return response


@require_POST
def job_cancel(request: Any, pk: UUID) -> HttpResponse:
    """Stop one."""
    job = _job(request, pk)
    try:
        cancel_job(job, by=request.user)
    except Refusal:
        messages.info(request, _("It had ended already."))
    else:
        messages.success(request, _("Stopped. What was done stays done."))
    return redirect("core_job", job.pk)


@require_POST
def job_resume(request: Any, pk: UUID) -> HttpResponse:
    """Go on with one that was stopped."""
    job = _job(request, pk)
    try:
        resume_job(job, by=request.user)
    except Refusal:
        messages.info(request, _("It is under way, or has ended."))
    return redirect("core_job", job.pk)


def kind_of(job: Job) -> JobKind | None:
    """Its kind, if the module that knows it is installed."""
    return jobs.get(job.kind) if job.kind in jobs else None


def title_of(job: Job) -> str:
    """What it is called in the reader's language."""
    kind = kind_of(job)
    return kind.title(job) if kind else job.kind


def context_of(job: Job) -> dict[str, Any]:
    """What its page shows."""
    kind = kind_of(job)
    counts = [
        (label, job.counts[name])
        for name, label in (kind.count_labels if kind else {}).items()
        if name in job.counts
    ]
    return {
        "job": job,
        "title": title_of(job),
        "counts": counts,
        "links": kind.links(job) if kind and job.state == JobState.DONE else [],
        "can_resume": job.state in {JobState.CANCELLED, JobState.FAILED} and job.position < job.total,
    }


def jobs_to_look_at(user: Any) -> tuple[int, int]:
    """How many jobs of a person are under way, and how many have ended since they looked."""
    found = Job.objects.filter(started_by=user, seen_at=None).values_list("state", flat=True)[:100]
    under_way = sum(state in OPEN_JOBS for state in found)
    return under_way, len(found) - under_way


def _note_as_seen(job: Job, user: Any) -> None:
    if not job.is_open and job.seen_at is None and job.started_by_id == user.pk:
        Job.objects.filter(pk=job.pk, seen_at=None).update(seen_at=timezone.now())


def _faults(request: Any, job: Job) -> Page[Any] | None:
    if not job.refused:
        return None
    return Paginator(job.faults.order_by("line", "pk"), _FAULTS_ON_A_PAGE).get_page(request.GET.get("p"))


def _lines_of_report(faults: QuerySet[JobFault], headings: list[str], language: str | None) -> Iterator[str]:
    buffer = StringIO()
    writer = csv.writer(buffer)
    # Spreadsheets take a file without this mark for one of the last century.
    buffer.write("\ufeff")
    writer.writerow(headings)
    for fault in faults.iterator(chunk_size=1000):
        why = in_this_language(fault.reasons, language)
        writer.writerow([fault.line or "", without_formula(fault.what), without_formula(why)])
        if buffer.tell() > 32_768:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
