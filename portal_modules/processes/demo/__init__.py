"""Processes of the demo world: kinds with their phases, matters that have come some way, and notices."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any

from django.utils import timezone

from portal_modules.core.addresses import whole_address
from portal_modules.core.choices import StaffRole
from portal_modules.core.demo import LANGUAGES, DemoWorld, Shown, by_language, staff_address
from portal_modules.core.models import Company
from portal_modules.core.numbers import (
    ALPHABET,
    RANDOM_CHARACTERS,
    _check_character,
    format_lookup_number,
    parse_lookup_number,
)
from portal_modules.customers.demo import customer_of
from portal_modules.customers.models import BuildingSite
from portal_modules.notifications.actions import telling_nobody

from ..actions import (
    cancel_process,
    close_process,
    measure_phases,
    move_to_phase,
    open_process,
    place_process,
    publish_notice,
)
from ..choices import ProcessState
from ..models import Phase, Process, ProcessKind, ReviewRequest
from .asking import keep_keys, load_checklists, load_reviews
from .facts import KindFacts, MatterFacts, OfficeFacts
from .law import LAW_OFFICE
from .past import load_past
from .services import BILLING, COLLECTION, RENTAL, STUDIO

OFFICES = {
    "castro-lima": LAW_OFFICE,
    "altura": RENTAL,
    "verde": COLLECTION,
    "estudio": STUDIO,
    "pepino-tech": BILLING,
}
_HOME = "example.com"
_REGISTERED_FROM = "analysis"


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """The kinds, then each matter through its phases, day by day; nobody is mailed of what is long past."""
    office = OFFICES.get(company.alias)
    if office is None:
        return
    kinds = {key: _make_kind(office, facts, place) for place, (key, facts) in enumerate(office.kinds.items())}
    staff = world.working_as(StaffRole.OPERATOR, StaffRole.MANAGER)
    stories = []
    for number, matter in enumerate(office.matters):
        kind, phases = kinds[matter.kind]
        process = _bring_forward(company, office, matter, number, kind, phases, world, rng, staff)
        with telling_nobody():
            if matter.state == ProcessState.CLOSED:
                process = close_process(process, by=staff, on=world.today - timedelta(days=3))
            elif matter.state == ProcessState.CANCELLED:
                process = cancel_process(process, by=staff, on=world.today - timedelta(days=1))
        stories.append(process)
    _place(stories, staff)
    if office is LAW_OFFICE:
        numbers = (lookup_number(company, number) for number in count(len(stories)))
        load_past(company, office, kinds, numbers, world.today, rng, staff)
        load_checklists(office, kinds, stories, staff)
        load_reviews(stories, staff)
        keep_keys(stories, rng)
    measure_phases()


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The lookup, the customer's pages, the register; and all numbers, in the order of the story."""
    office = OFFICES.get(company.alias)
    if office is None:
        return
    found = {
        process.lookup_number: process
        for process in Process.objects.select_related("kind", "phase", "customer")
    }
    stories = [found.get(lookup_number(company, number)) for number in range(len(office.matters))]
    for process in filter(None, stories):
        words = f"{process.kind} · {process.phase} · {process.customer}"
        shown.numbers.append((process.number_shown, words))
    language = company.language
    shown.urls |= {
        name: whole_address(company, language, f"processes:{page}")
        for name, page in (
            ("lookup", "lookup"),
            ("lookup_process", "lookup_process"),
            ("lost_number", "lost_number"),
            ("lost_number_done", "lost_number_done"),
            ("my_processes", "list"),
            ("my_reviews", "reviews"),
            ("my_review_new", "review_new"),
        )
    }
    shown.urls |= {
        "register_processes": staff_address("processes_process_modeladmin_index"),
        "register_kinds": staff_address("wagtailsnippets_processes_processkind:list"),
    }
    first = stories[0]
    if first is not None:
        if review := ReviewRequest.objects.filter(customer_id=first.customer_id).first():
            shown.urls["my_review"] = whole_address(company, language, "processes:review", review.pk)
        shown.urls |= {
            "my_process": whole_address(company, language, "processes:detail", first.pk),
            "register_process": staff_address("processes_process_modeladmin_inspect", first.pk),
            "register_process_edit": staff_address("processes_process_modeladmin_edit", first.pk),
            "process_share": staff_address("accounts_share", "processes.process", first.pk),
            "process_ask_document": staff_address("documents_ask", "processes.process", first.pk),
            "my_process_share": whole_address(
                company, language, "accounts:share", "processes.process", first.pk
            ),
            "register_kind_edit": staff_address("wagtailsnippets_processes_processkind:edit", first.kind_id),
        }


def _place(processes: list[Process], staff: Any) -> None:
    """Those of a customer with several places are at one after the other."""
    for number, process in enumerate(processes):
        sites = list(BuildingSite.objects.active().filter(customer=process.customer_id))
        if sites:
            place_process(process, sites[number % len(sites)], by=staff)


def lookup_number(company: Company, number: int) -> str:
    """The number of the demo's matter, the same on every machine, so that a manual can name it."""
    rng = Random(f"{company.alias}:{number}")  # noqa: S311 (it is meant to be guessed)
    while True:
        characters = "".join(rng.choice(ALPHABET) for _place in range(RANDOM_CHARACTERS))
        # One without letters would count as a former system's.
        if not characters.isdigit():
            return str(parse_lookup_number(characters + _check_character(characters)))


def _make_kind(office: OfficeFacts, facts: KindFacts, position: int) -> tuple[ProcessKind, list[Phase]]:
    kind = ProcessKind.objects.create(
        position=position, **by_language("name", facts.name), **by_language("description", facts.description)
    )
    phases = [
        Phase.objects.create(
            kind=kind,
            position=place,
            usual_days_min=low,
            usual_days_max=high,
            **by_language("name", office.phases[key].name),
            **by_language("description", office.phases[key].description),
            **by_language("customer_action", office.phases[key].action),
        )
        for place, (key, low, high) in enumerate(facts.steps)
    ]
    return kind, phases


def _bring_forward(
    company: Company,
    office: OfficeFacts,
    matter: MatterFacts,
    number: int,
    kind: ProcessKind,
    phases: list[Phase],
    world: DemoWorld,
    rng: Random,
    staff: Any,
) -> Process:
    """Open it as long ago as its way took, and go that way."""
    steps = office.kinds[matter.kind].steps
    days = _entry_days(steps, matter, world.today, rng)
    process = open_process(
        customer_of(f"{matter.email}@{_HOME}"),
        kind,
        by=staff,
        opened_on=days[0],
        phase=phases[0],
        title=matter.title,
        number=format_lookup_number(lookup_number(company, number)),
    )
    with telling_nobody():
        for phase, day in zip(phases[1:], days[1:], strict=False):
            process = move_to_phase(process, phase, by=staff, on=day)
    process.person_in_charge = staff
    if any(key == _REGISTERED_FROM for key, _low, _high in steps[: matter.step + 1]):
        process.registry_number = f"{rng.randint(10_000, 89_999)}/{days[-1].year}"
    process.save(update_fields=["person_in_charge", "registry_number"])
    with telling_nobody():
        _publish(company, office, matter, process, days, rng, staff)
    return process


def _entry_days(steps: Any, matter: MatterFacts, today: date, rng: Random) -> list[date]:
    """The day on which each phase so far was entered, the first one first."""
    longest = steps[matter.step][2]
    days = [today - timedelta(days=max(4, round(longest * matter.share)))]
    for _key, low, high in reversed(steps[: matter.step]):
        days.insert(0, days[0] - timedelta(days=rng.randint(low, high)))
    return days


def _publish(
    company: Company,
    office: OfficeFacts,
    matter: MatterFacts,
    process: Process,
    days: list[date],
    rng: Random,
    staff: Any,
) -> None:
    """The notices of the phases that it has reached, in office hours, none of them after today."""
    today = timezone.localdate(timezone=company.zone)
    entered = {
        key: day for (key, _low, _high), day in zip(office.kinds[matter.kind].steps, days, strict=False)
    }
    for key in matter.notices:
        facts = office.notices[key]
        if facts.phase and facts.phase not in entered:
            continue
        begin = entered.get(facts.phase)
        day = begin + timedelta(days=facts.days) if begin else today - timedelta(days=facts.days)
        day = max(days[0], min(day, today))
        at = datetime.combine(day, time(rng.randint(9, 16), rng.choice((5, 20, 35, 50))), company.zone)
        publish_notice(
            process,
            by=staff,
            title=dict(zip(LANGUAGES, facts.title, strict=True)),
            body=dict(zip(LANGUAGES, facts.body, strict=True)),
            is_marked=facts.is_marked,
            at=min(at, timezone.now()),
        )
