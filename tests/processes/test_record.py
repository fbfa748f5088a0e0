"""The page of a process for staff: its state, its history, and a notice before it is published."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import ModelLogEntry

from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import ask_for_document
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.models import Notice, Process
from tests.processes.visiting import text_of
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

NOTICE = {
    "verb": "notice",
    "notice-title_pt": "Pedido entregue",
    "notice-body_pt": "Entregámos o pedido na conservatória.",
    "notice-title_en": "Filed",
    "notice-body_en": "We filed <b>it</b>.",
}


def page(world: World) -> str:
    return f"/admin/processes/process/inspect/{world.home.processes['alice'].pk}/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


@pytest.mark.row("D01")
@pytest.mark.row("D04")
@pytest.mark.row("D06")
@pytest.mark.row("D10")
def test_staff_see_on_top_where_a_process_stands(world: World, clerk: Browser) -> None:
    shown = text_of(clerk.get(page(world)))
    assert "Phase 2 of 3: Registry" in shown
    assert 'aria-current="step"' in shown
    assert "days late" in shown
    assert f'data-copy="{world.home.processes["alice"].number_shown}"' in shown


@pytest.mark.row("D07")
def test_a_notice_is_seen_in_each_language_before_it_is_published(world: World, clerk: Browser) -> None:
    answer = clerk.post(page(world), {**NOTICE, "preview": "1"})
    shown = text_of(answer)
    assert answer.status_code == 200
    assert "Pedido entregue" in shown
    assert "We filed &lt;b&gt;it&lt;/b&gt;." in shown
    assert "not written: they read this" in shown
    today = timezone.localdate()
    for code in ("pt-pt", "es", "en"):
        with translation.override(code):
            assert f">{date_format(today)}</time>" in answer.content.decode(), code
    assert "Only the customer reads it" in shown
    with company_scope(world.home.company):
        assert Notice.objects.filter(process=world.home.processes["alice"]).count() == 1
        assert not OutboxMessage.objects.exists()
    marked = text_of(clerk.post(page(world), {**NOTICE, "preview": "1", "notice-is_marked": "on"}))
    assert "without signing in" in marked
    refused = clerk.post(page(world), {**NOTICE, "preview": "1", "notice-title_pt": ""})
    assert refused.status_code == 422
    assert 'value="Filed"' in text_of(refused)
    assert clerk.post(page(world), NOTICE).status_code == 302
    with company_scope(world.home.company):
        assert Notice.objects.filter(process=world.home.processes["alice"]).count() == 2


@pytest.mark.row("X01")
def test_the_history_says_who_did_what_and_what_it_said_before(world: World, clerk: Browser) -> None:
    process = world.home.processes["alice"]
    data = {"verb": "move", "move-phase": world.home.phases[2].pk, "move-on": timezone.localdate()}
    clerk.post(page(world), data)
    clerk.post(page(world), {"verb": "close", "close-on": timezone.localdate()})
    answer = clerk.get(page(world))
    changes = {
        change.label: (change.before, change.after)
        for moment in answer.context["moments"]
        for change in moment.changes
    }
    assert changes["Phase"] == ("Registry CASTRO-OWN", "Decision CASTRO-OWN")
    assert changes["State"] == ("Open", "Closed")
    assert changes["Closed on"][0] == "–"
    words = [word for moment in answer.context["moments"] for word in moment.words]
    assert {"Moved it to another phase", "Completed it"} <= set(words)
    assert answer.context["moments"][0].who == str(world.home.clerk)
    assert "<del>" in text_of(answer)
    with company_scope(world.home.company):
        entries = ModelLogEntry.objects.filter(object_id=str(process.pk), action="balcao.verb")
        assert {entry.data["verb"] for entry in entries} == {"move", "close"}
        assert {entry.user_id for entry in entries} == {world.home.clerk.pk}
    assert "Complete" in text_of(clerk.get(f"/admin/processes/process/history/{process.pk}/"))


def test_the_history_of_a_key_never_tells_the_key(world: World, clerk: Browser) -> None:
    clerk.post(page(world), {"verb": "key", "key-key": "SECRET-KEY-77"})
    shown = text_of(clerk.get(page(world)))
    assert "Kept the key at the registry" in shown
    assert "SECRET-KEY-77" not in shown


def board(world: World) -> str:
    return f"/admin/processes/board/?kind={world.home.kind.pk}"


def move(process: Process, phase: Any, seen: Any) -> dict[str, Any]:
    return {"process": process.pk, "phase": getattr(phase, "pk", phase), "seen": getattr(seen, "pk", seen)}


def test_the_board_shows_the_open_ones_by_phase_and_moves_them(world: World, clerk: Browser) -> None:
    process, phases = world.home.processes["alice"], world.home.phases
    answer = clerk.get(board(world))
    assert [column.count for column in answer.context["columns"]] == [0, 2, 0]
    assert process.number_shown in text_of(answer)
    assert clerk.post("/admin/processes/board/", move(process, phases[2], phases[1])).status_code == 302
    answer = clerk.get(board(world))
    assert [column.count for column in answer.context["columns"]] == [0, 1, 1]
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert (process.phase, process.phase_since) == (phases[2], timezone.localdate())
        assert OutboxMessage.objects.filter(event="processes.phase_changed").exists()


def test_what_somebody_else_has_moved_meanwhile_stays(world: World, clerk: Browser) -> None:
    process, phases = world.home.processes["alice"], world.home.phases
    answer = clerk.post("/admin/processes/board/", move(process, phases[2], phases[0]), follow=True)
    assert "Somebody moved it meanwhile" in text_of(answer)
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert process.phase == phases[1]


def test_the_board_refuses_what_is_not_there_and_whoever_may_not(world: World, clerk: Browser) -> None:
    process, phases = world.home.processes["alice"], world.home.phases
    theirs = world.other.processes["dora"]
    for data in (
        {},
        {"process": "x"},
        move(process, "²", phases[1]),
        move(process, world.other.phases[0], phases[1]),
        move(process, phases[2], "9" * 30),
        move(theirs, world.other.phases[2], world.other.phases[1]),
    ):
        assert clerk.post("/admin/processes/board/", data).status_code == 404
    assert clerk.get("/admin/processes/board/?kind=x").status_code == 404
    assert clerk.get(f"/admin/processes/board/?kind={world.other.kind.pk}").status_code == 404
    reader = Browser().sign_in(world.home.reader)
    assert "<form" not in text_of(reader.get(board(world))).partition("data-board")[2].partition("</main>")[0]
    assert reader.post("/admin/processes/board/", move(process, phases[2], phases[1])).status_code in {
        302,
        403,
    }
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert process.phase == phases[1]
    with company_scope(world.other.company):
        theirs.refresh_from_db()
        assert theirs.phase == world.other.phases[1]


def test_other_records_have_their_state_and_their_history_too(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        asked = ask_for_document(
            world.home.customers["alice"],
            title={"en": "A passport"},
            reason={"en": "To file"},
            due_on=None,
            record=world.home.processes["alice"],
            by=world.home.clerk,
        )
    shown = text_of(clerk.get(f"/admin/documents/documentrequest/inspect/{asked.pk}/"))
    assert "balcao-state--waiting" in shown
    assert 'id="history"' in shown
    assert "A passport" in shown
