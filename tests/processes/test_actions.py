"""What other modules and the back office are promised of processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from portal_modules.core.events import events
from portal_modules.core.models import LogEntry
from portal_modules.core.numbers import new_lookup_number, parse_lookup_number
from portal_modules.core.scope import company_scope
from portal_modules.processes import exceptions
from portal_modules.processes.actions import (
    cancel_process,
    close_process,
    move_to_phase,
    open_process,
    publish_notice,
    reopen_process,
)
from portal_modules.processes.choices import TRANSITIONS, ProcessState
from portal_modules.processes.events import NOTICE_PUBLISHED, OPENED, PHASE_CHANGED, STATE_CHANGED
from portal_modules.processes.models import Notice, Phase, PhaseEntry, Process, ProcessKind
from tests.world.companies import World

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _in_scope(world: World) -> Iterator[None]:
    with company_scope(world.home.company):
        yield


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What was announced about processes; who listens is not called."""
    found: list[tuple[str, dict[str, Any]]] = []
    for name in (OPENED, PHASE_CHANGED, NOTICE_PUBLISHED, STATE_CHANGED):

        def note(_name: str = name, **payload: Any) -> None:
            found.append((_name, payload))

        receivers: list[Any] = [note]
        monkeypatch.setitem(events._receivers, name, receivers)
    return found


def opened(world: World, **more: Any) -> Process:
    return open_process(
        world.home.customers["alice"], world.home.kind, by=world.home.clerk, opened_on=DAY, **more
    )


def everything() -> dict[str, Any]:
    """All that an action of processes could change."""
    connection.check_constraints()
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (Process, PhaseEntry, Notice, LogEntry)
        if model is not LogEntry
    } | {"log": LogEntry.objects.count()}


def test_opening_draws_a_number_and_enters_the_first_phase(world: World, heard: list[Any]) -> None:
    process = opened(world, title="Daughter", registry_number="REG-1")
    process.refresh_from_db()
    assert parse_lookup_number(process.lookup_number) == process.lookup_number
    assert not process.needs_second_datum
    assert process.phase == world.home.phases[0]
    assert (process.opened_on, process.phase_since, process.state) == (DAY, DAY, ProcessState.OPEN)
    entry = PhaseEntry.objects.get(process=process)
    assert (entry.phase, entry.entered_on, entry.customer_id) == (process.phase, DAY, process.customer_id)
    log = LogEntry.objects.get(action="processes.open")
    assert (log.object_id, log.actor_id) == (str(process.pk), world.home.clerk.pk)
    assert process.lookup_number not in str(log.details)
    ids = {
        "company_id": world.home.company.pk,
        "customer_id": process.customer_id,
        "process_id": process.pk,
    }
    assert heard == [(OPENED, ids)]


def test_a_taken_number_is_drawn_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, free = world.home.processes["alice"].lookup_number, new_lookup_number()
    draws = iter([taken, taken, free])
    monkeypatch.setattr("portal_modules.processes.actions.processes.new_lookup_number", lambda: next(draws))
    assert opened(world).lookup_number == free


def test_an_imported_number_is_kept_and_asks_for_more_where_it_is_easy_to_guess(world: World) -> None:
    short = opened(world, number=" irn-22 123/2026 ")
    assert (short.lookup_number, short.needs_second_datum) == ("IRN-22123/2026", True)
    drawn = opened(world, number="A7F3-9K2L-PQ88-T0")
    assert (drawn.lookup_number, drawn.needs_second_datum) == ("A7F3-9K2L-PQ88-T0", False)


def test_moving_writes_the_phase_and_the_day(world: World, heard: list[Any]) -> None:
    process = opened(world)
    moved = move_to_phase(process, world.home.phases[2], by=None, on=date(2026, 4, 1))
    moved.refresh_from_db()
    assert (moved.phase, moved.phase_since) == (world.home.phases[2], date(2026, 4, 1))
    back = move_to_phase(moved, world.home.phases[1], by=None, on=date(2026, 4, 1))
    entered = PhaseEntry.objects.filter(process=back).order_by("pk").values_list("phase_id", flat=True)
    assert list(entered) == [world.home.phases[place].pk for place in (0, 2, 1)]
    assert [name for name, _payload in heard] == [OPENED, PHASE_CHANGED, PHASE_CHANGED]
    assert heard[1][1]["phase_id"] == world.home.phases[2].pk


def test_a_notice_is_published_in_the_languages_it_is_written_in(world: World, heard: list[Any]) -> None:
    process = world.home.processes["alice"]
    notice = publish_notice(
        process,
        by=world.home.clerk,
        title={"pt": " Enviado ", "en": "Sent"},
        body={"pt": "Seguiu hoje.", "en": "It left today.", "es": " "},
        is_marked=True,
    )
    notice.refresh_from_db()
    columns = Notice.objects.filter(pk=notice.pk).values("title_pt", "title_en", "body_en", "title_es").get()
    assert columns == {
        "title_pt": "Enviado",
        "title_en": "Sent",
        "body_en": "It left today.",
        "title_es": None,
    }
    assert notice.is_marked
    assert notice.published_at is not None
    assert notice.customer_id == process.customer_id
    assert heard == [
        (
            NOTICE_PUBLISHED,
            {
                "company_id": process.company_id,
                "customer_id": process.customer_id,
                "process_id": process.pk,
                "notice_id": notice.pk,
            },
        )
    ]


ENDING: dict[ProcessState, Callable[..., Process]] = {
    ProcessState.CLOSED: close_process,
    ProcessState.CANCELLED: cancel_process,
    ProcessState.OPEN: reopen_process,
}


@pytest.mark.parametrize("before", ProcessState)
@pytest.mark.parametrize("after", ProcessState)
def test_states_change_along_the_table_only(
    world: World, heard: list[Any], before: ProcessState, after: ProcessState
) -> None:
    process = world.home.processes["alice"]
    ended = None if before == ProcessState.OPEN else date(2026, 6, 1)
    Process.objects.filter(pk=process.pk).update(state=before, closed_on=ended)
    seen = everything()
    if after in TRANSITIONS[before]:
        changed = ENDING[after](process, by=None)
        changed.refresh_from_db()
        assert changed.state == after
        today = timezone.localdate(timezone=world.home.company.zone)
        assert changed.closed_on == (None if after == ProcessState.OPEN else today)
        assert [name for name, _payload in heard] == [STATE_CHANGED]
    else:
        with pytest.raises(exceptions.StateNotAllowed):
            ENDING[after](process, by=None)
        assert everything() == seen
        assert heard == []


def test_a_refusal_leaves_everything_as_it_was(world: World, heard: list[Any]) -> None:
    home, process = world.home, world.home.processes["alice"]
    tomorrow = timezone.localdate(timezone=home.company.zone) + timedelta(days=1)
    foreign = Phase.objects.create(kind=ProcessKind.objects.create(name_en="Visa"), name_en="Interview")
    empty = ProcessKind.objects.create(name_en="Nothing in it")
    retired = ProcessKind.objects.create(name_en="Retired", is_active=False)
    archived = home.customers["charlie"]
    type(archived).objects.filter(pk=archived.pk).update(archived_at=timezone.now())
    closed = close_process(opened(world), by=None)
    words = {"en": "Words"}
    heard.clear()
    seen = everything()

    def opens(customer: Any = None, kind: Any = None, **more: Any) -> Any:
        values = {"by": None, "opened_on": DAY, **more}
        return lambda: open_process(customer or home.customers["alice"], kind or home.kind, **values)

    def moves(what: Process, phase: Phase, on: date) -> Any:
        return lambda: move_to_phase(what, phase, by=None, on=on)

    def tells(title: Any = words, body: Any = words, **more: Any) -> Any:
        return lambda: publish_notice(process, by=None, title=title, body=body, is_marked=True, **more)

    refusals: list[tuple[Any, type[Exception]]] = [
        (opens(archived), exceptions.CustomerArchived),
        (opens(kind=world.other.kind), exceptions.KindOfAnotherCompany),
        (opens(kind=retired), exceptions.KindNotOffered),
        (opens(kind=empty), exceptions.KindWithoutPhases),
        (opens(phase=foreign), exceptions.PhaseOfAnotherKind),
        (opens(opened_on=tomorrow), exceptions.DateInTheFuture),
        (opens(number=process.lookup_number), exceptions.NumberTaken),
        (opens(number="???"), exceptions.NumberNotUsable),
        (opens(number="1" * 33), exceptions.NumberNotUsable),
        (moves(process, foreign, DAY), exceptions.PhaseOfAnotherKind),
        (moves(process, process.phase, process.phase_since), exceptions.AlreadyInPhase),
        (moves(process, home.phases[2], process.phase_since - timedelta(days=1)), exceptions.BeforeItsPhase),
        (moves(process, home.phases[2], tomorrow), exceptions.DateInTheFuture),
        (moves(closed, home.phases[2], tomorrow), exceptions.ProcessNotOpen),
        (lambda: close_process(process, by=None, on=tomorrow), exceptions.DateInTheFuture),
        (lambda: cancel_process(process, by=None, on=date(2026, 1, 1)), exceptions.BeforeItsOpening),
        (tells(title={}), exceptions.NoticeIncomplete),
        (tells(title={}, body={}), exceptions.NoticeIncomplete),
        (tells(title={"fr": "Mots"}, body={"fr": "Mots"}), exceptions.NoticeIncomplete),
        (tells(title={"en": "x" * 161}), exceptions.NoticeTooLong),
        (tells(body={"en": "x" * 10_001}), exceptions.NoticeTooLong),
        (tells(at=timezone.now() + timedelta(hours=1)), exceptions.DateInTheFuture),
    ]
    for attempt, refusal in refusals:
        with pytest.raises(refusal) as refused:
            attempt()
        assert str(refused.value)
    assert everything() == seen
    assert heard == []


def test_a_process_of_another_company_is_not_even_found(world: World) -> None:
    with pytest.raises(Process.DoesNotExist):
        close_process(world.other.processes["dora"], by=None)
