"""Many processes at once: chosen in the list or found by its filter, and pasted by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.core.choices import JobState
from portal_modules.core.jobs import work_on
from portal_modules.core.models import Job, JobFault
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.documents.models import DocumentRequest
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.choices import ProcessState
from portal_modules.processes.models import Notice, Phase, PhaseEntry, Process, ProcessKind
from tests.processes.visiting import text_of
from tests.world.browsing import Browser
from tests.world.companies import World, make_process

pytestmark = pytest.mark.django_db

BULK = "/admin/processes/process/bulk/"
PASTE = "/admin/processes/paste/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def make(world: World, number: int, **fields: Any) -> list[Process]:
    """Some more processes of charlie's."""
    with company_scope(world.home.company):
        customer = world.home.customers["charlie"]
        return [
            make_process(world.home, customer, **{"registry_number": f"IRN-{at}/2026", **fields})
            for at in range(number)
        ]


def chosen(processes: Iterable[Process]) -> list[str]:
    return [str(process.pk) for process in processes]


def in_phase(world: World, processes: Iterable[Process]) -> list[str]:
    with company_scope(world.home.company):
        rows = Process.objects.filter(pk__in=chosen(processes)).order_by("registry_number")
        return [process.phase.name_en.split()[0] for process in rows.select_related("phase")]


def last_job(world: World) -> Job:
    with company_scope(world.home.company):
        return Job.objects.latest("created_at")


def move(world: World, **more: Any) -> dict[str, Any]:
    return {
        "verb": "move",
        "move-phase": world.home.phases[2].pk,
        "move-on": timezone.localdate().isoformat(),
        **more,
    }


def of_two_kinds(world: World) -> list[Process]:
    """Three of one kind, in its second phase, its last and closed; one of another, in its first."""
    ours = make(world, 3)
    with company_scope(world.home.company):
        other = ProcessKind.objects.create(name_en="Visa", name_pt="Visto", name_es="Visado")
        first, _second = (
            Phase.objects.create(kind=other, name_en=name, name_pt=name, name_es=name, position=place)
            for place, name in enumerate(("Papers", "Consulate"))
        )
        last = Phase.objects.filter(kind=ours[1].kind).order_by("position", "pk").last()
        Process.objects.filter(pk=ours[1].pk).update(phase=last)
        Process.objects.filter(pk=ours[2].pk).update(
            state=ProcessState.CLOSED, closed_on=timezone.localdate()
        )
        visa = make_process(
            world.home, world.home.customers["charlie"], kind=other, phase=first, registry_number="IRN-9/2026"
        )
    return [*ours, visa]


def test_rows_of_several_kinds_go_to_the_next_phase_of_their_own(world: World, clerk: Browser) -> None:
    processes = of_two_kinds(world)
    rows = {"chosen": chosen(processes)}
    page = clerk.post(BULK, {"verb": "next", **rows})
    seen = re.search(r'name="next-seen_at" value="(\d+)"', page.content.decode())
    assert seen
    asked = {
        "verb": "next",
        "next-on": timezone.localdate().isoformat(),
        "next-seen_at": seen[1],
        "number": 4,
        **rows,
    }
    shown = text_of(clerk.post(BULK, {**asked, "step": "check"}))
    assert "Do it for 2" in shown
    assert "The process is in the last phase of its kind." in shown
    before = in_phase(world, processes)
    assert before[0] == "Registry"
    assert before[3] == "Papers"
    clerk.post(BULK, {**asked, "step": "do"})
    job = last_job(world)
    assert (job.state, job.done, job.refused) == (JobState.DONE, 2, 2)
    after = in_phase(world, processes)
    assert after == ["Decision", before[1], before[2], "Consulate"]
    with company_scope(world.home.company):
        assert OutboxMessage.objects.filter(event="processes.phase_changed").count() == 2


def test_pressing_twice_moves_nothing_twice(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        kind = world.home.phases[0].kind
        processes = [
            make_process(world.home, world.home.customers["charlie"], kind=kind, phase=world.home.phases[0])
        ]
    rows = {"chosen": chosen(processes)}
    page = clerk.post(BULK, {"verb": "next", **rows}).content.decode()
    seen = re.search(r'name="next-seen_at" value="(\d+)"', page)
    assert seen
    asked = {
        "verb": "next",
        "next-on": timezone.localdate(),
        "next-seen_at": seen[1],
        "number": 1,
        "step": "do",
    }
    for _each in range(2):
        clerk.post(BULK, {**asked, **rows})
    with company_scope(world.home.company):
        processes[0].refresh_from_db()
        assert processes[0].phase == world.home.phases[1]
        (fault,) = JobFault.objects.all()
        assert "Somebody has moved it meanwhile." in fault.reasons.values()


def test_pasted_numbers_go_to_their_next_phase(world: World, clerk: Browser) -> None:
    processes = of_two_kinds(world)
    numbers = "IRN-0/2026\nIRN-1/2026\nIRN-9/2026"
    asked = {"numbers": numbers, "to_next": "on", "on": timezone.localdate().isoformat()}
    shown = text_of(clerk.post(PASTE, {**asked, "step": "check"}))
    assert "Move 2 processes" in shown
    assert "The process is in the last phase of its kind." in shown
    clerk.post(PASTE, {**asked, "step": "do", "good": 2})
    assert [in_phase(world, processes)[at] for at in (0, 3)] == ["Decision", "Consulate"]
    both = clerk.post(PASTE, {**asked, "phase": world.home.phases[0].pk})
    assert both.status_code == 422
    assert "Choose one phase for all of them, or their next phase." in both.content.decode()


@pytest.mark.row("V04")
def test_chosen_rows_are_moved_after_a_look_and_the_customers_told(world: World, clerk: Browser) -> None:
    processes = make(world, 3)
    with company_scope(world.home.company):
        Process.objects.filter(pk=processes[2].pk).update(phase=world.home.phases[2])
    rows = {"chosen": chosen(processes)}
    shown = text_of(clerk.post(BULK, {"verb": "move", **rows}))
    assert "For 3 rows" in shown
    assert 'name="move-phase"' in shown
    shown = text_of(clerk.post(BULK, move(world, step="check", **rows)))
    assert "Do it for 2" in shown
    assert "The process is in this phase already." in shown
    assert in_phase(world, processes) == ["Registry", "Registry", "Decision"], "only looked at"
    answer = clerk.post(BULK, move(world, step="do", number=3, **rows))
    job = last_job(world)
    assert answer.headers["Location"] == f"/admin/jobs/{job.pk}/"
    assert (job.state, job.done, job.refused) == (JobState.DONE, 2, 1)
    assert in_phase(world, processes) == ["Decision"] * 3
    with company_scope(world.home.company):
        assert OutboxMessage.objects.filter(event="processes.phase_changed").count() == 2
        assert JobFault.objects.get(job=job).reasons["en"] == "The process is in this phase already."
    assert "Processes · Move to a phase" in text_of(clerk.get(f"/admin/jobs/{job.pk}/"))


@pytest.mark.row("V04")
def test_all_that_the_filter_finds_is_done_by_a_worker(world: World, clerk: Browser) -> None:
    processes = make(world, 45)
    with company_scope(world.home.company):
        Process.objects.filter(pk__in=chosen(processes[40:])).update(state=ProcessState.CLOSED)
    query = f"{BULK}?state__exact=open&q=IRN"
    shown = text_of(clerk.post(query, move(world, step="check", all="yes")))
    assert "Do it for 40" in shown
    assert clerk.post(query, move(world, step="do", all="yes", number=40)).status_code == 302
    job = last_job(world)
    assert (job.state, job.total) == (JobState.WAITING, 40)
    work_on.call(str(job.pk), job.company_id)
    assert (last_job(world).done, last_job(world).refused) == (40, 0)
    with company_scope(world.home.company):
        assert Process.objects.filter(phase=world.home.phases[2]).count() == 40
        assert PhaseEntry.objects.filter(process__in=chosen(processes)).count() == 40


def test_a_list_that_changed_meanwhile_is_looked_at_again(world: World, clerk: Browser) -> None:
    processes = make(world, 3)
    shown = text_of(clerk.post(f"{BULK}?q=IRN", move(world, step="do", all="yes", number=2)))
    assert "The list has changed meanwhile." in shown
    assert in_phase(world, processes) == ["Registry"] * 3
    with company_scope(world.home.company):
        assert not Job.objects.exists()


def test_the_other_verbs_go_through_their_actions(world: World, clerk: Browser) -> None:
    processes = make(world, 2)
    rows = {"chosen": chosen(processes), "step": "do", "number": 2}
    today = timezone.localdate().isoformat()
    for data in (
        {"verb": "notice", "notice-title_en": "Strike", "notice-body_en": "The registry is closed."},
        {"verb": "ask", "ask-document_en": "Birth certificate", "ask-reason_en": "The registry asks for it."},
        {"verb": "person", "person-person": world.home.manager.pk},
        {"verb": "close", "close-on": today},
        {"verb": "reopen"},
        {"verb": "cancel", "cancel-on": today},
    ):
        answer = clerk.post(BULK, {**rows, **data})
        assert answer.status_code == 302, (data, text_of(answer)[-3000:])
        assert (last_job(world).done, last_job(world).refused) == (2, 0), data
    with company_scope(world.home.company):
        assert Notice.objects.filter(title_en="Strike").count() == 2
        assert DocumentRequest.objects.filter(title_en="Birth certificate").count() == 2
        for process in Process.objects.filter(pk__in=chosen(processes)):
            assert process.state == ProcessState.CANCELLED
            assert process.person_in_charge == world.home.manager


@pytest.mark.parametrize(
    "data",
    [
        {"verb": "notice", "notice-title_en": "Only a title"},
        {"verb": "move"},
        {"verb": "move", "move-phase": "foreign", "move-on": "2026-06-01"},
        {"verb": "move", "move-phase": "x", "move-on": "99999-13-41"},
        {"verb": "ask", "ask-due_on": "1999-01-01", "ask-document_en": "x"},
        {"verb": "ask"},
        {"verb": "person", "person-person": "foreign"},
        {"verb": "close", "close-on": "never"},
    ],
)
def test_a_form_that_is_wrong_is_shown_again_and_nothing_done(
    world: World, clerk: Browser, data: dict[str, Any]
) -> None:
    processes = make(world, 2)
    foreign = {"move-phase": world.other.phases[0].pk, "person-person": world.other.manager.pk}
    sent = {name: foreign[name] if value == "foreign" else value for name, value in data.items()}
    answer = clerk.post(BULK, {"chosen": chosen(processes), "step": "do", "number": 2, **sent})
    assert answer.status_code == 422
    assert in_phase(world, processes) == ["Registry"] * 2
    with company_scope(world.home.company):
        assert not Job.objects.exists()


def test_rows_of_another_company_refuse_the_whole_request(world: World, clerk: Browser) -> None:
    processes = make(world, 1)
    theirs = world.other.processes["dora"]
    for rows in (chosen([*processes, theirs]), [*chosen(processes), "x"], [], ["\x00"]):
        answer = clerk.post(BULK, move(world, step="do", number=len(rows), chosen=rows))
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/admin/processes/process/"
    assert in_phase(world, processes) == ["Registry"]
    with company_scope(world.other.company):
        theirs.refresh_from_db()
        assert theirs.phase == world.other.phases[1]


def test_who_may_only_look_changes_nothing(world: World) -> None:
    processes = make(world, 1)
    for person in (world.home.reader, world.home.editor):
        browser = Browser().sign_in(person)
        data = move(world, step="do", number=1, chosen=chosen(processes))
        assert browser.post(BULK, data).status_code in {302, 403}
        assert browser.post(PASTE, {"numbers": "IRN-0/2026"}).status_code in {302, 403}
    assert in_phase(world, processes) == ["Registry"]
    with company_scope(world.home.company):
        assert not Job.objects.exists()


def test_no_verb_and_no_row_lead_back_to_the_list(world: World, clerk: Browser) -> None:
    for data in ({}, {"verb": "burn", "chosen": chosen(make(world, 1))}, {"verb": "move"}):
        answer = clerk.post(f"{BULK}?q=IRN", data)
        assert answer.headers["Location"] == "/admin/processes/process/?q=IRN"
    assert clerk.get(BULK).status_code == 302


# ---- pasted numbers ----------------------------------------------------------------------------------


def paste(world: World, *lines: str, **more: Any) -> dict[str, Any]:
    return {"numbers": "\r\n".join(lines), "on": timezone.localdate().isoformat(), **more}


@pytest.mark.row("V04")
def test_pasted_numbers_are_looked_at_and_moved(world: World, clerk: Browser) -> None:
    processes = make(world, 4)
    with company_scope(world.home.company):
        customer: Customer = world.home.customers["charlie"]
        other = ProcessKind.objects.create(name_en="Marriage", name_pt="Casamento")
        first = Phase.objects.create(kind=other, name_en="Papers", name_pt="Papéis")
        married = make_process(
            world.home, customer, kind=other, phase=first, registry_number="MAR-1", lookup_number="OLD-77"
        )
        make_process(world.home, customer, registry_number="irn-3/2026")
    lines = [
        "irn-0/2026",
        f"{processes[1].number_shown.lower()} ; documents castro-own",
        "",
        "IRN-2/2026\tNo such phase",
        "IRN-9/2026",
        "IRN-0/2026",
        "old-77",
        "IRN-3/2026",
        "x" * 400,
    ]
    data = paste(world, *lines, phase=world.home.phases[2].pk)
    shown = text_of(clerk.post(PASTE, {**data, "step": "check"}))
    for sentence in (
        "Move 2 processes",
        "This kind of process has no phase of this name.",
        "No process has this number.",
        "It stands in the list already.",
        "This phase belongs to another kind of process.",
        "Several processes have this number.",
        "This line is too long.",
    ):
        assert sentence in shown, sentence
    assert in_phase(world, processes) == ["Registry"] * 4
    assert "Something has changed meanwhile." in text_of(clerk.post(PASTE, {**data, "step": "do", "good": 3}))
    assert clerk.post(PASTE, {**data, "step": "do", "good": 2}).status_code == 302
    job = last_job(world)
    assert (job.state, job.done, job.refused) == (JobState.DONE, 2, 0)
    assert in_phase(world, processes) == ["Decision", "Documents", "Registry", "Registry"]
    with company_scope(world.home.company):
        married.refresh_from_db()
        assert married.phase == first
        assert OutboxMessage.objects.filter(event="processes.phase_changed").count() == 2
    shown = text_of(clerk.post(PASTE, {**data, "step": "check"}))
    assert "The process is in this phase already." in shown


def test_two_hundred_numbers_are_moved_by_a_worker_and_a_second_run_moves_nothing(
    world: World, clerk: Browser
) -> None:
    processes = make(world, 200)
    lines = [process.registry_number for process in processes]
    data = paste(world, *lines, phase=world.home.phases[2].pk, step="do", good=200)
    assert clerk.post(PASTE, data).status_code == 302
    job = last_job(world)
    work_on.call(str(job.pk), job.company_id)
    work_on.call(str(job.pk), job.company_id)
    assert (last_job(world).done, last_job(world).refused) == (200, 0)
    with company_scope(world.home.company):
        assert PhaseEntry.objects.filter(process__in=chosen(processes)).count() == 200


@pytest.mark.parametrize(
    "data",
    [{}, {"numbers": " \n "}, {"numbers": "1\n" * 2001}, {"numbers": "a\x00b"}, {"numbers": "1", "on": "x"}],
)
def test_what_cannot_be_read_is_said(world: World, clerk: Browser, data: dict[str, str]) -> None:
    answer = clerk.post(PASTE, {"on": "2026-06-01", "step": "do", **data} if data else {"x": "1"})
    assert answer.status_code == 422


def test_numbers_of_another_company_are_not_found(world: World, clerk: Browser) -> None:
    theirs = world.other.processes["dora"]
    data = paste(world, theirs.lookup_number, phase=world.home.phases[2].pk, step="do", good=1)
    shown = text_of(clerk.post(PASTE, data))
    assert "No process has this number." in shown
    assert "ALTURA" not in shown
