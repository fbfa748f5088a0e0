"""The board: the open processes of one kind, by phase. They are moved by dragging, or by the form on each card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal_modules.core.exceptions import Refusal
from portal_modules.core.rights import may

from ..actions import move_to_phase
from ..models import Phase, Process, ProcessKind
from .lateness import days_late, late_in_words
from .narrowing import KIND, PHASE

MOST_CARDS = 20  # of each column; the rest is in the register


class MovedMeanwhile(Refusal):
    """Somebody else was quicker."""


@dataclass(frozen=True, slots=True)
class Card:
    """A process on the board; `late` is in words."""

    process: Process
    url: str
    late: str


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A phase with the processes that are in it; `url` lists all of them, and `next_phase` comes after it."""

    phase: Phase
    count: int
    cards: list[Card]
    url: str
    next_phase: int | None

    @property
    def left_out(self) -> int:
        """How many are not on the board."""
        return self.count - len(self.cards)


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: Any) -> HttpResponse:
    """One kind, chosen in the address; else the first that is offered."""
    if not may(request.user, "processes.view"):
        raise PermissionDenied
    if request.method == "POST":
        return _move(request)
    kinds = list(ProcessKind.objects.all())
    kind = _chosen(kinds, request.GET.get("kind", ""))
    phases = list(Phase.objects.filter(kind=kind)) if kind else []
    context = {
        "kinds": kinds,
        "kind": kind,
        "phases": phases,
        "columns": _columns(kind, phases) if kind else [],
        "may_move": may(request.user, "processes.edit"),
        "register_url": reverse("processes_process_modeladmin_index"),
    }
    return render(request, "processes/staff_board.html", context)


def _chosen(kinds: list[ProcessKind], named: str) -> ProcessKind | None:
    if named:
        found = next((kind for kind in kinds if str(kind.pk) == named), None)
        if found is None:
            raise Http404
        return found
    return next((kind for kind in kinds if kind.is_active), kinds[0] if kinds else None)


def _columns(kind: ProcessKind, phases: list[Phase]) -> list[BoardColumn]:
    opened = Process.objects.open().filter(kind=kind)
    counts = dict(opened.order_by().values_list("phase").annotate(found=Count("pk")))
    place = Window(RowNumber(), partition_by=[F("phase")], order_by=[F("phase_since").asc(), F("pk").asc()])
    # Their keys come from the index alone; only the rows that are shown are read.
    first = Process.objects.filter(
        pk__in=opened.order_by().annotate(place=place).filter(place__lte=MOST_CARDS).values("pk")
    )
    cards: dict[int, list[Card]] = {}
    for process in first.select_related("customer", "phase", "kind").order_by("phase_since", "pk"):
        cards.setdefault(process.phase_id, []).append(_card(process))
    following = [*(phase.pk for phase in phases[1:]), None]
    return [
        BoardColumn(phase, counts.get(phase.pk, 0), cards.get(phase.pk, []), _list_of(kind, phase), after)
        for phase, after in zip(phases, following, strict=True)
    ]


def _card(process: Process) -> Card:
    url = reverse("processes_process_modeladmin_inspect", args=[process.pk])
    days = days_late(process)
    return Card(process, url, late_in_words(days) if days else "")


def _list_of(kind: ProcessKind, phase: Phase) -> str:
    index = reverse("processes_process_modeladmin_index")
    return f"{index}?state__exact=open&{KIND}={kind.pk}&{PHASE}={phase.pk}"


def _move(request: Any) -> HttpResponse:
    if not may(request.user, "processes.edit"):
        raise PermissionDenied
    process = get_object_or_404(Process.objects.all(), pk=_uuid(request.POST.get("process", "")))
    phase = get_object_or_404(
        Phase.objects.filter(kind=process.kind_id), pk=_number(request.POST.get("phase", ""))
    )
    seen = _number(request.POST.get("seen", ""))
    try:
        with transaction.atomic():
            _refuse_stale(process, seen)
            move_to_phase(process, phase, by=request.user, on=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, f"{process.number_shown}: {refusal}")
    else:
        words = {"number": process.number_shown, "phase": phase}
        messages.success(
            request, _("%(number)s is in the phase %(phase)s now. The customer is told.") % words
        )
    return HttpResponseRedirect(f"{reverse('processes_board')}?kind={process.kind_id}")


def _refuse_stale(process: Process, seen: int) -> None:
    """It has to be where whoever moves it has seen it."""
    now = (
        Process.objects.select_for_update(no_key=True, of=("self",))
        .select_related("phase")
        .get(pk=process.pk)
    )
    if now.phase_id != seen:
        words = _("Somebody moved it meanwhile: it is in the phase %(phase)s. Nothing was changed.")
        raise MovedMeanwhile(words % {"phase": now.phase})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        raise Http404
    return int(text)
