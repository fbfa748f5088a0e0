"""Processes from a file: opened, moved and closed through their actions, and nobody is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from portal_modules.core.jobs import work_on
from portal_modules.core.models import ImportFile, Job, JobFault
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Customer
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.choices import ProcessState
from portal_modules.processes.models import PhaseEntry, Process
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

NEW = "/admin/imports/new/processes/"
HEADINGS = "Número;Registo;Código do cliente;Tipo;Fase;Fase desde;Aberto em;Estado;Assunto"
GOOD = [
    "OLD-1;IRN-1;C1;Nacionalidade CASTRO-OWN;Registry CASTRO-OWN;12/05/2026;2026-03-02;;Neto",
    ";IRN-2;C1;citizenship castro-own;;;02.03.2026;Concluído;",
]


@pytest.fixture
def clerk(world: World) -> Browser:
    with company_scope(world.home.company):
        Customer.objects.filter(pk=world.home.customers["charlie"].pk).update(reference="C1")
    return Browser().sign_in(world.home.clerk)


def run(world: World, browser: Browser, *lines: str, **more: Any) -> tuple[Job, Job]:
    """The trial run and the import."""
    upload = SimpleUploadedFile("p.csv", "\n".join([HEADINGS, *lines]).encode())
    answer = browser.post(NEW, {"file": upload})
    assert answer.status_code == 302
    with company_scope(world.home.company):
        table = ImportFile.objects.latest("created_at")
    columns = {f"column_{name}": str(at) for name, at in table.mapping.items()}
    assert len(columns) == 9, columns
    found = []
    for step, data in (("columns", {**columns, **more}), ("confirm", {})):
        answer = browser.post(f"/admin/imports/{table.pk}/{step}/", data)
        assert answer.status_code == 302
        pk = answer.headers["Location"].rstrip("/").rpartition("/")[2]
        work_on.call(pk, world.home.company.pk)
        with company_scope(world.home.company):
            found.append(Job.objects.get(pk=pk))
            if step == "columns":
                assert not OutboxMessage.objects.exists()
    return found[0], found[1]


def counted(job: Job) -> tuple[int, int, int, int]:
    counts = [job.counts.get(name, 0) for name in ("new", "changed", "same")]
    return counts[0], counts[1], counts[2], job.refused


@pytest.mark.row("V03")
def test_processes_are_opened_where_they_were_and_the_second_time_changes_nothing(
    world: World, clerk: Browser
) -> None:
    check, load = run(world, clerk, *GOOD)
    assert counted(check) == counted(load) == (2, 0, 0, 0)
    with company_scope(world.home.company):
        first = Process.objects.get(lookup_number="OLD-1")
        assert (first.phase, first.phase_since) == (world.home.phases[1], date(2026, 5, 12))
        assert (first.opened_on, first.title, first.needs_second_datum) == (date(2026, 3, 2), "Neto", True)
        second = Process.objects.get(registry_number="IRN-2")
        assert (second.state, second.phase) == (ProcessState.CLOSED, world.home.phases[0])
        assert not OutboxMessage.objects.exists(), "it happened long ago"
        entries = PhaseEntry.objects.count()
    check, load = run(world, clerk, *GOOD)
    assert counted(check) == counted(load) == (0, 0, 2, 0)
    with company_scope(world.home.company):
        assert PhaseEntry.objects.count() == entries


def test_a_file_moves_closes_and_corrects_and_tells_only_if_that_is_chosen(
    world: World, clerk: Browser
) -> None:
    run(world, clerk, *GOOD)
    line = "old-1;IRN-1b;;;Decision CASTRO-OWN;01/06/2026;;;"
    check, load = run(world, clerk, line, tells="on")
    assert counted(check) == counted(load) == (0, 1, 0, 0)
    with company_scope(world.home.company):
        process = Process.objects.get(lookup_number="OLD-1")
        assert (process.phase, process.registry_number) == (world.home.phases[2], "IRN-1b")
        assert OutboxMessage.objects.filter(event="processes.phase_changed").count() == 1


@pytest.mark.parametrize(
    "line",
    [
        "OLD-9;;C9;Nacionalidade CASTRO-OWN;;;;;",
        "OLD-9;;;Nacionalidade CASTRO-OWN;;;;;",
        "OLD-9;;C1;;;;;;",
        "OLD-9;;C1;Unheard;;;;;",
        "OLD-9;;C1;Nacionalidade CASTRO-OWN;Unheard;;;;",
        "OLD-9;;C1;Nacionalidade CASTRO-OWN;;;31/02/2026;;",
        "OLD-9;;C1;Nacionalidade CASTRO-OWN;;;2999-01-01;;",
        "OLD-9;;C1;Nacionalidade CASTRO-OWN;;;yesterday;;",
        "OLD-9;;C1;Nacionalidade CASTRO-OWN;;;;somewhere;",
        "***;;C1;Nacionalidade CASTRO-OWN;;;;;",
        f"OLD-9;{'r' * 80};C1;Nacionalidade CASTRO-OWN;;;;;",
        f"OLD-9;;C1;Nacionalidade CASTRO-OWN;;;;;{'t' * 300}",
        "OLD-9;;C1;Citizenship ALTURA-SECRET;;;;;",
        ";REG-77;;;;;;;x",
    ],
)
def test_a_line_that_cannot_be_is_refused_and_the_others_taken(
    world: World, clerk: Browser, line: str
) -> None:
    check, load = run(world, clerk, GOOD[0], line)
    assert counted(check) == counted(load) == (1, 0, 0, 1)
    with company_scope(world.home.company):
        assert [fault.line for fault in JobFault.objects.filter(job=load)] == [3]
        assert not Process.objects.filter(lookup_number="OLD-9").exists()
