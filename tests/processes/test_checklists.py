"""What a kind of business always needs is asked for by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal_modules.core.scope import company_scope
from portal_modules.documents.models import DocumentRequest
from portal_modules.processes.actions import move_to_phase, open_process
from portal_modules.processes.models import ChecklistItem, Process
from tests.processes.visiting import at, text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def item(world: World, title: str, **more: Any) -> ChecklistItem:
    made: ChecklistItem = ChecklistItem.objects.create(
        kind=world.home.kind, title_en=title, why_en=f"Why: {title}", example_en=f"Such as: {title}", **more
    )
    return made


def opened(world: World, **more: Any) -> Process:
    today = timezone.localdate(timezone=world.home.company.zone)
    return open_process(world.home.customers["alice"], world.home.kind, by=None, opened_on=today, **more)


def asked(process: Process) -> list[str]:
    return sorted(DocumentRequest.objects.for_record(process).values_list("title_en", flat=True))


@pytest.mark.row("N03")
def test_documents_are_asked_for_at_the_opening_and_in_their_phase(world: World) -> None:
    today = timezone.localdate(timezone=world.home.company.zone)
    with company_scope(world.home.company):
        item(world, "Passport", due_days=10)
        item(world, "Certificate", phase=world.home.phases[1], due_days=20)
        item(world, "Not any more", is_active=False)
        process = opened(world)
        assert asked(process) == ["Passport"]
        request = DocumentRequest.objects.get()
        assert (request.due_on, request.reason_en) == (today + timedelta(days=10), "Why: Passport")
        process = move_to_phase(process, world.home.phases[1], by=None, on=today)
        assert asked(process) == ["Certificate", "Passport"]
        # Whoever comes back into a phase is not asked again.
        process = move_to_phase(process, world.home.phases[0], by=None, on=today)
        process = move_to_phase(process, world.home.phases[1], by=None, on=today)
        assert asked(process) == ["Certificate", "Passport"]
    alice = Browser().sign_in(world.alice, world.home.company)
    page = text_of(alice.get(at(f"my/processes/{process.pk}/")))
    assert "Passport" in page
    assert "Certificate" in page
    assert "We need this from you" in page


def test_a_kind_asks_for_its_own_documents_only(world: World) -> None:
    with company_scope(world.other.company):
        ChecklistItem.objects.create(kind=world.other.kind, title_en="Theirs")
    with company_scope(world.home.company):
        assert asked(opened(world)) == []


def test_the_catalogue_offers_the_companys_own_phases(world: World) -> None:
    manager = Browser().sign_in(world.home.manager)
    with company_scope(world.home.company):
        item(world, "Passport")
    page = text_of(manager.get(f"/admin/snippets/processes/processkind/edit/{world.home.kind.pk}/"))
    assert "Passport" in page
    assert world.home.phases[1].name in page
    assert "ALTURA-SECRET" not in page
