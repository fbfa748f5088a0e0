"""The customer's pages of conversations: all of them, and writing in one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import InvalidPage, Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal_modules.core.access import Access, Level
from portal_modules.core.compiled import compiled
from portal_modules.core.exceptions import Refusal
from portal_modules.core.proof import requires
from portal_modules.core.records import records
from portal_modules.core.scope import company_scope
from portal_modules.core.uploads import refused_uploads

from .actions import mark_read, write_message
from .choices import WRITING_ROLES
from .forms import MessageForm
from .models import Message, Thread

PAGE_SIZE = 20
_EXCERPT = 140


@requires(Level.REGISTERED)
@require_safe
def my_messages(request: Any) -> HttpResponse:
    """My conversations, those with something new first."""
    types = tuple(each.record_type() for each in _records_that_are_on(request))
    found: Any = [] if "page" in request.GET else _first_threads(request.access, types)
    if "page" in request.GET or len(found) > PAGE_SIZE:
        found = _threads(request.access, types)
    try:
        page = Paginator(found, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    context = {
        "page": page,
        "rows": _rows(request, page),
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "conversations/list.html", context)


def _threads(access: Access, types: tuple[str, ...]) -> QuerySet[Thread]:
    last = Message.objects.visible_to(access).said().filter(thread=OuterRef("pk"))
    last = last.order_by("-created_at", "-pk")
    mine = Thread.objects.visible_to(access).begun().filter(record_type__in=types)
    return (
        mine.with_unread(access.user_id)
        .annotate(
            last_body=Subquery(last.values("body")[:1]),
            last_author=Subquery(last.values("author_name")[:1]),
            last_author_id=Subquery(last.values("author_id")[:1]),
        )
        .order_by("-unread", "-last_message_at", "pk")
    )


@compiled
def _first_threads(access: Access, types: tuple[str, ...]) -> QuerySet[Thread]:
    """Nearly everybody's are all on the first page."""
    return _threads(access, types)[: PAGE_SIZE + 1]


@compiled
def _titled(record_type: str, access: Access, ids: tuple[UUID, ...]) -> QuerySet[Any]:
    return records.titled(record_type, access).filter(pk__in=ids)


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Any, record_type: str, pk: UUID) -> HttpResponse:
    """Say something about a record, and go back to its page."""
    record = _record(request, record_type, pk)
    place = f"{record.record_url()}#thread"
    if request.method != "POST":
        return redirect(place)
    if not request.access.has_role(record.customer_id, *WRITING_ROLES):
        raise PermissionDenied
    form = MessageForm(request.POST, request.FILES, refused=refused_uploads(request))
    if form.is_valid() and _is_written(request, record, form):
        messages.success(request, _("Your message was sent."))
        return redirect(place)
    return render(request, "conversations/write.html", {"record": record, "form": form}, status=422)


@requires(Level.REGISTERED)
@require_POST
def read(request: Any, record_type: str, pk: UUID) -> HttpResponse:
    """Somebody has seen what was said about a record."""
    record = _record(request, record_type, pk)
    with company_scope(request.company):
        mark_read(record, by=request.user)
    return redirect(f"{record.record_url()}#thread")


def _record(request: Any, record_type: str, pk: UUID) -> Any:
    record = records.find(record_type, pk, request.access, request.card.modules)
    if record is None:
        raise Http404
    return record


def _records_that_are_on(request: Any) -> Iterable[Any]:
    return (each for each in records if each._meta.app_label in request.card.modules)


def _is_written(request: Any, record: Any, form: MessageForm) -> bool:
    """Write it, or say in the form why not."""
    data = form.cleaned_data
    try:
        with company_scope(request.company):
            write_message(
                record,
                body=data["body"],
                files=data["attachments"],
                by=request.user,
                actor=request.access.actor,
                author_name=str(request.user),
            )
    except Refusal as refusal:
        form.add_error("attachments" if data["attachments"] else "body", str(refusal))
        return False
    return True


def _rows(request: Any, threads: Iterable[Any]) -> list[dict[str, Any]]:
    """Each thread with the record that it is about: one statement for each kind of record."""
    wanted: dict[str, list[UUID]] = defaultdict(list)
    for thread in threads:
        wanted[thread.record_type].append(thread.record_id)
    found = {
        (name, record.pk): record
        for name, ids in wanted.items()
        for record in _titled(name, request.access, tuple(ids))
    }
    return [
        {
            "thread": thread,
            "record": record,
            "excerpt": (thread.last_body or "")[:_EXCERPT],
            "is_mine": thread.last_author_id == request.access.user_id,
        }
        for thread in threads
        if (record := found.get((thread.record_type, thread.record_id)))
    ]
