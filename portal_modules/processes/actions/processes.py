"""Verbs of processes. The company's staff scope has to be in force.

Each locks what it changes and returns it as it is afterwards; a refusal leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.models import Company, StaffMembership
from portal_modules.core.numbers import LookupNumberError, new_lookup_number
from portal_modules.customers.models import BuildingSite, Customer
from portal_modules.notifications.actions import tell, telling_nobody

from .. import exceptions
from ..choices import TRANSITIONS, ProcessState
from ..events import LOST_NUMBER, NOTICE_PUBLISHED, OPENED, PHASE_CHANGED, STATE_CHANGED
from ..models import Notice, Phase, PhaseEntry, Process, ProcessKind
from ..numbers import imported_number, is_guessable
from .checklists import ask_along_checklist

_ONE_PER_NUMBER = "processes_one_process_per_number"
_DRAWS = 5  # of 45 bits: a second collision in a row is a broken source of randomness


@transaction.atomic
def open_process(
    customer: Customer,
    kind: ProcessKind,
    *,
    by: Any | None,
    opened_on: date,
    phase: Phase | None = None,
    title: str = "",
    registry_number: str = "",
    number: str = "",
    tells_customer: bool = True,
) -> Process:
    """Open a process in its first phase, or the one named, under a number that nobody can guess.

    `number` is one of a former system: it is kept, and asks for a second datum where it is easy to guess.
    An import of many says `tells_customer=False`, and nobody is mailed.
    """
    customer = Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if customer.archived_at:
        raise exceptions.CustomerArchived
    if kind.company_id != customer.company_id:
        raise exceptions.KindOfAnotherCompany
    if not kind.is_active:
        raise exceptions.KindNotOffered
    _refuse_future(opened_on, customer.company)
    process = Process(
        company_id=customer.company_id,
        customer=customer,
        kind=kind,
        phase=_first_phase(kind) if phase is None else _own_phase(kind.pk, phase),
        title=title,
        registry_number=registry_number,
        opened_on=opened_on,
        phase_since=opened_on,
    )
    if number:
        _save_imported(process, number)
    else:
        _save_with_new_number(process)
    PhaseEntry.objects.create(process=process, phase=process.phase, entered_on=opened_on)
    log("processes.open", process, by=by, phase=process.phase_id, imported=bool(number))
    with nullcontext() if tells_customer else telling_nobody():
        events.announce(OPENED, **_ids(process))
        ask_along_checklist(process, [None, process.phase], by=by, on=opened_on)
    return process


@transaction.atomic
def move_to_phase(process: Process, phase: Phase, *, by: Any | None, on: date) -> Process:
    """Have an open process enter another phase of its kind, forwards or back, on a day that has come."""
    process = _locked(process)
    check_move(process, phase, on=on)
    left = process.phase_id
    was_there = PhaseEntry.objects.filter(process=process, phase=phase).exists()
    process.phase, process.phase_since = phase, on
    process.save(update_fields=["phase", "phase_since"])
    PhaseEntry.objects.create(process=process, phase=phase, entered_on=on)
    log("processes.move_to_phase", process, by=by, left=left, entered=phase.pk, on=on.isoformat())
    events.announce(PHASE_CHANGED, **_ids(process), phase_id=phase.pk)
    if not was_there:
        ask_along_checklist(process, [phase], by=by, on=on)
    return process


def check_move(process: Process, phase: Phase, *, on: date) -> None:
    """Raise what stands in the way of moving a process, without moving it."""
    if process.state != ProcessState.OPEN:
        raise exceptions.ProcessNotOpen
    _own_phase(process.kind_id, phase)
    if phase.pk == process.phase_id:
        raise exceptions.AlreadyInPhase
    if on < process.phase_since:
        raise exceptions.BeforeItsPhase
    _refuse_future(on, process.company)


@transaction.atomic
def publish_notice(
    process: Process,
    *,
    by: Any | None,
    title: Mapping[str, str],
    body: Mapping[str, str],
    is_marked: bool,
    at: datetime | None = None,
) -> Notice:
    """Tell the customer something about a process, in plain text by public language (`{"pt": "…"}`).

    A marked notice is also read by whoever knows the number.
    """
    process = _locked(process)
    words = _words_of_notice(title, body)
    now = timezone.now()
    if at is not None and at > now:
        raise exceptions.DateInTheFuture
    notice = Notice.objects.create(process=process, is_marked=is_marked, published_at=at or now, **words)
    log("processes.publish_notice", process, by=by, notice=notice.pk, is_marked=is_marked)
    events.announce(NOTICE_PUBLISHED, **_ids(process), notice_id=notice.pk)
    return notice


def close_process(process: Process, *, by: Any | None, on: date | None = None) -> Process:
    """The work is done; without a day, today."""
    return _change_state(process, ProcessState.CLOSED, "processes.close", by=by, on=on)


def cancel_process(process: Process, *, by: Any | None, on: date | None = None) -> Process:
    """It will not be carried on; without a day, today."""
    return _change_state(process, ProcessState.CANCELLED, "processes.cancel", by=by, on=on)


def reopen_process(process: Process, *, by: Any | None) -> Process:
    """Go on where it stopped."""
    return _change_state(process, ProcessState.OPEN, "processes.reopen", by=by, on=None)


@transaction.atomic
def send_lost_numbers(company: Company, email: str, *, language: str) -> None:
    """Have the numbers of an address sent to it, if it is on file: found out at delivery, and told nobody.

    `email` is normalised, and only looked up: the mail goes to the address that is stored.
    """
    tell(LOST_NUMBER, company=company, language=language, address=email, payload={})


@transaction.atomic
def _change_state(
    process: Process, state: ProcessState, action: str, *, by: Any | None, on: date | None
) -> Process:
    process = _locked(process)
    on = on or _today(process.company)
    check_change(process, state, on=on)
    ended_on = None if state == ProcessState.OPEN else on
    before = process.state
    process.state, process.closed_on = state, ended_on
    process.save(update_fields=["state", "closed_on"])
    log(action, process, by=by, before=str(before), after=str(state))
    events.announce(STATE_CHANGED, **_ids(process))
    return process


def check_change(process: Process, state: ProcessState, *, on: date) -> None:
    """Raise what stands in the way of ending or reopening a process, without doing it."""
    if state not in TRANSITIONS[ProcessState(process.state)]:
        raise exceptions.StateNotAllowed
    if state != ProcessState.OPEN:
        if on < process.opened_on:
            raise exceptions.BeforeItsOpening
        _refuse_future(on, process.company)


@transaction.atomic
def correct_process(
    process: Process, *, by: Any | None, title: str | None = None, registry_number: str | None = None
) -> Process:
    """Write what it is about, or its number at the registry, another way; None leaves it."""
    process = _locked(process)
    wanted = {"title": title, "registry_number": registry_number}
    changed = {
        name: text for name, text in wanted.items() if text is not None and text != getattr(process, name)
    }
    if changed:
        before = {name: getattr(process, name) for name in changed}
        for name, text in changed.items():
            setattr(process, name, text)
        process.save(update_fields=list(changed))
        log("processes.correct", process, by=by, before=before, after=changed)
    return process


@transaction.atomic
def put_in_charge(process: Process, person: Any | None, *, by: Any | None) -> Process:
    """Have somebody of the staff look after a process, or nobody."""
    process = _locked(process)
    before = process.person_in_charge_id
    if person is not None and not StaffMembership.objects.filter(user=person).exists():
        raise exceptions.NotOfTheStaff
    process.person_in_charge = person
    process.save(update_fields=["person_in_charge"])
    log("processes.put_in_charge", process, by=by, before=before, after=process.person_in_charge_id)
    return process


@transaction.atomic
def place_process(process: Process, site: BuildingSite | None, *, by: Any | None) -> Process:
    """Say at which site of its customer it is done, or that it is at none. Whoever is limited to sites sees it there.

    Raises `SiteOfAnotherCustomer`.
    """
    process = _locked(process)
    own = BuildingSite.objects.active().filter(customer=process.customer_id)
    if site is not None and not own.filter(pk=site.pk).exists():
        raise exceptions.SiteOfAnotherCustomer
    before = process.site_id
    process.site = site
    process.save(update_fields=["site"])
    log("processes.place", process, by=by, before=before, after=process.site_id)
    return process


def _locked(process: Process) -> Process:
    locked: Process = Process.objects.select_for_update(no_key=True).get(pk=process.pk)
    return locked


def _ids(process: Process) -> dict[str, Any]:
    return {"company_id": process.company_id, "customer_id": process.customer_id, "process_id": process.pk}


def _today(company: Company) -> date:
    return timezone.localdate(timezone=company.zone)


def _refuse_future(day: date, company: Company) -> None:
    if day > _today(company):
        raise exceptions.DateInTheFuture


def _first_phase(kind: ProcessKind) -> Phase:
    phase: Phase | None = Phase.objects.filter(kind_id=kind.pk).first()
    if phase is None:
        raise exceptions.KindWithoutPhases
    return phase


def _own_phase(kind_id: int, phase: Phase) -> Phase:
    if phase.kind_id != kind_id:
        raise exceptions.PhaseOfAnotherKind
    return phase


def _save_imported(process: Process, number: str) -> None:
    try:
        process.lookup_number = imported_number(number)
    except LookupNumberError:
        raise exceptions.NumberNotUsable from None
    process.needs_second_datum = is_guessable(process.lookup_number)
    if not _saved(process):
        raise exceptions.NumberTaken


def _save_with_new_number(process: Process) -> None:
    for _draw in range(_DRAWS):
        process.lookup_number = new_lookup_number()
        if _saved(process):
            return
    raise RuntimeError(f"{_DRAWS} new lookup numbers in a row were taken.")


def _saved(process: Process) -> bool:
    """False when another process of the company has the number."""
    try:
        with transaction.atomic():
            process.save(force_insert=True)
    except IntegrityError as error:
        violated = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if violated != _ONE_PER_NUMBER:
            raise
        return False
    return True


def _words_of_notice(title: Mapping[str, str], body: Mapping[str, str]) -> dict[str, str]:
    """The columns of each language: `title_pt`, `body_pt` and so on."""
    words: dict[str, str] = {}
    for language in sorted({*title, *body}):
        heading, text = title.get(language, "").strip(), body.get(language, "").strip()
        if not heading and not text:
            continue
        if language not in PUBLIC_LANGUAGES or not heading or not text:
            raise exceptions.NoticeIncomplete
        if len(heading) > 160 or len(text) > 10_000:
            raise exceptions.NoticeTooLong
        words |= {f"title_{language}": heading, f"body_{language}": text}
    if not words:
        raise exceptions.NoticeIncomplete
    return words
