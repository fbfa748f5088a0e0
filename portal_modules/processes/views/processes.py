"""The customer's businesses: all of them, one of them, and its key at the registry."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal_modules.core.access import Access, Level
from portal_modules.core.compiled import compiled
from portal_modules.core.proof import requires
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import StaffProfile
from portal_modules.documents.models import Document, DocumentRequest

from ..actions import read_registry_key
from ..choosing import Choice, choices_for, choices_of
from ..exceptions import NoRegistryKey
from ..filters import ProcessFilter
from ..models import Process, ReviewRequest
from ..numbers import number_shown
from ..reading import read_own_process
from ..switches import REVIEWS, shows_times

PAGE_SIZE = 20
_MOST_FILES = 50


@requires(Level.REGISTERED)
@require_safe
def process_list(request: Any) -> HttpResponse:
    """What the customer has with the company, newest first."""
    mine = Process.objects.visible_to(request.access).select_related("kind", "phase", "customer")
    narrowed = ProcessFilter(request.GET, queryset=mine)
    context: dict[str, Any] = {"form": narrowed.form, "review_url": _review_url(request)}
    if not narrowed.is_valid():
        return render(request, "processes/list.html", {**context, "page": None}, status=422)
    try:
        page = Paginator(narrowed.qs, PAGE_SIZE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    query = request.GET.copy()
    query.pop("page", None)
    context |= {
        "page": page,
        "rows": [{"process": process, "number": number_shown(process.lookup_number)} for process in page],
        "query": f"{query.urlencode()}&" if query else "",
        "is_narrowed": any(narrowed.form.cleaned_data.values()),
        "names_customer": len(request.access.customer_ids) > 1,
        "reviews_url": reverse("processes:reviews") if _has_reviews(request) else "",
    }
    return render(request, "processes/list.html", context)


@requires(Level.REGISTERED)
@require_safe
def process_detail(request: Any, pk: UUID) -> HttpResponse:
    """One business: where it stands, what comes next, its facts, notices, documents and conversation."""
    return _detail(request, _own(request, pk))


@requires(Level.REGISTERED)
@require_safe
def choose(request: Any) -> HttpResponse:
    """The selector of a business's page, for those whose browser does not follow it by itself."""
    try:
        pk = UUID(request.GET.get("process", ""))
    except ValueError:
        raise Http404 from None
    return HttpResponseRedirect(_own(request, pk).record_url())


@requires(Level.REGISTERED)
@require_http_methods(["GET", "HEAD", "POST"])
def registry_key(request: Any, pk: UUID) -> HttpResponse:
    """The key at the registry, for one look, which is written down. GET hides it again."""
    process = _own(request, pk)
    key = ""
    if request.method == "POST":
        try:
            with company_scope(request.company):
                key = read_registry_key(process, by=request.user)
        except NoRegistryKey:
            raise Http404 from None
    if request.htmx:
        return render(request, "processes/key.html", {"process": process, "key": key})
    return _detail(request, process, key=key) if key else HttpResponseRedirect(process.record_url())


@requires(Level.REGISTERED)
@require_safe
def write(request: Any) -> HttpResponse:
    """Where somebody writes to the office: the conversation of their business, else the request for a review."""
    mine = Process.objects.visible_to(request.access).open()
    process = mine.waiting_first().only("pk").first()
    if process is None:
        return HttpResponseRedirect(_review_url(request) or reverse("processes:list"))
    return HttpResponseRedirect(f"{process.record_url()}#thread")


def _own(request: Any, pk: UUID) -> Process:
    found: list[Process] = _one(request.access, pk)
    if not found:
        raise Http404
    return found[0]


@compiled
def _one(access: Access, pk: UUID) -> QuerySet[Process]:
    mine = Process.objects.visible_to(access).select_related("kind", "customer", "site")
    return mine.filter(pk=pk)


@compiled
def _asked(access: Access, record_type: str, pk: UUID) -> QuerySet[DocumentRequest]:
    asked = DocumentRequest.objects.visible_to(access).about(record_type, pk)
    return asked.order_by("due_on", "pk")[:_MOST_FILES]


@compiled
def _files(access: Access, record_type: str, pk: UUID) -> QuerySet[Document]:
    return Document.objects.visible_to(access).of(record_type, pk)[:_MOST_FILES]


@compiled
def _mine_to_choose(access: Access) -> QuerySet[Any]:
    return choices_for(Process.objects.visible_to(access))


def _person(request: Any, process: Process) -> dict[str, Any] | None:
    """Who is in charge, where that is shown."""
    if not request.card.setting("customers.show_person", *process.customer.setting_levels):
        return None
    return StaffProfile.team(request.card).get(process.person_in_charge_id or 0)


def _review_url(request: Any, process: Process | None = None) -> str:
    """Where somebody asks for a review, with the business chosen; "" where nobody can."""
    if not request.card.is_on(REVIEWS):
        return ""
    query = f"?process={process.pk}" if process else ""
    return f"{reverse('processes:review_new')}{query}"


def _has_reviews(request: Any) -> bool:
    if not request.card.is_on(REVIEWS):
        return False
    return bool(ReviewRequest.objects.visible_to(request.access).exists())


def _detail(request: Any, process: Process, key: str = "") -> HttpResponse:
    place = request.access, process.record_type(), process.pk
    shown = read_own_process(process.pk, timezone.localdate(), [_asked.about(*place), _files.about(*place)])
    if shown is None:
        raise Http404
    has_asked, has_files = shown.has_beside
    context = {
        "process": process,
        "number": shown.number,
        "way": shown.way if shows_times(request.card, process) else shown.way.without_times(),
        "notices": shown.notices,
        "choices": _choices(request, process),
        "choose_url": reverse("processes:choose"),
        "has_key": process.registry_key is not None,
        "key": key,
        "asked": _asked(*place) if has_asked else [],
        "files": _files(*place) if has_files else [],
        "person": _person(request, process),
        "review_url": _review_url(request, process),
        "trail": [{"label": _("My business"), "url": reverse("processes:list")}],
        "names_customer": len(request.access.customer_ids) > 1,
    }
    return render(request, "processes/detail.html", context)


def _choices(request: Any, process: Process) -> list[Choice]:
    """The others, to go on to, with this one among them; nothing to choose where it is the only one."""
    found = choices_of(_mine_to_choose(request.access))
    if process.pk not in {choice.pk for choice in found}:
        found.insert(0, Choice(process.pk, process.record_title(), number_shown(process.lookup_number)))
    return found if len(found) > 1 else []
