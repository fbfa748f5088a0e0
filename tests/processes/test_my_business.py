"""One business on its page: choosing, when it ends, the key at the registry, documents, the conversation."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.processes.actions import keep_registry_key, measure_phases
from portal_modules.processes.exceptions import KeyNotUsable
from portal_modules.processes.models import PhaseDuration, PhaseEntry, Process
from tests.processes.visiting import at, text_of, try_number, written
from tests.world.browsing import Browser
from tests.world.companies import CompanyWorld, World, make_process

pytestmark = pytest.mark.django_db

KEY = "7714-2290-XKCD"


@pytest.fixture
def alice(world: World) -> Browser:
    return Browser().sign_in(world.alice, world.home.company)


def page_of(process: Process, more: str = "") -> str:
    return at(f"my/processes/{process.pk}/{more}")


def with_key(world: World) -> Process:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        return keep_registry_key(process, KEY, by=world.home.clerk)


def close_many(side: CompanyWorld, count: int) -> None:
    """Closed cases of charlie's that were 10, 11, 12… days in each phase."""
    start = timezone.localdate() - timedelta(days=300)
    with company_scope(side.company):
        for number in range(count):
            days = [start + timedelta(days=(10 + number) * place) for place in range(4)]
            process = make_process(
                side,
                side.customers["charlie"],
                state="closed",
                phase=side.phases[2],
                opened_on=days[0],
                phase_since=days[2],
                closed_on=days[3],
            )
            PhaseEntry.objects.bulk_create(
                PhaseEntry(
                    company=side.company,
                    customer_id=process.customer_id,
                    process=process,
                    phase=phase,
                    entered_on=day,
                )
                for phase, day in zip(side.phases, days, strict=False)
            )


# ---- choosing -------------------------------------------------------------------------------------


@pytest.mark.row("D05")
def test_one_among_several_is_chosen_on_the_page(world: World, alice: Browser) -> None:
    first = world.home.processes["alice"]
    assert 'id="chooser"' not in text_of(alice.get(page_of(first))), "there is nothing to choose"
    with company_scope(world.home.company):
        other = make_process(world.home, world.home.customers["alice"], title="Second matter")
    page = text_of(alice.get(page_of(first)))
    assert f'<option value="{first.pk}" selected>' in page
    assert f'<option value="{other.pk}">Second matter · {written(other)}</option>' in page
    answer = alice.get(at("my/processes/choose/"), {"process": str(other.pk)})
    assert (answer.status_code, answer.headers["Location"]) == (302, page_of(other))


@pytest.mark.parametrize("typed", ["", "x", "00000000-0000-4000-8000-000000000000", "charlie"])
def test_what_is_not_theirs_cannot_be_chosen(world: World, alice: Browser, typed: str) -> None:
    pk = str(world.home.processes["charlie"].pk) if typed == "charlie" else typed
    assert alice.get(at("my/processes/choose/"), {"process": pk}).status_code == 404


@pytest.mark.row("D02", "D04")
def test_the_numbers_stand_on_the_page(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    page = text_of(alice.get(page_of(process)))
    assert f"#{written(process)}" in page
    assert "REG-77" in page


# ---- when it ends ---------------------------------------------------------------------------------


@pytest.mark.row("D10")
def test_from_twenty_closed_cases_on_these_tell_how_long_it_takes(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    since = timezone.localdate() - timedelta(days=2)
    with company_scope(world.home.company):
        Process.objects.filter(pk=process.pk).update(phase_since=since)
        close_many(world.home, 19)
        measure_phases()
    way = alice.get(page_of(process)).context["way"]
    assert (way.expected.begin, way.expected.until) == (
        since + timedelta(days=20),
        since + timedelta(days=40),
    )
    assert way.expected.cases == 0
    close_many(world.home, 2)
    with company_scope(world.home.company):
        measure_phases()
    response = alice.get(page_of(process))
    expected, finish = response.context["way"].expected, response.context["way"].finish
    # 10 to 28 days, and 10 and 11 again: the middle of 21 is 18, four of five took 24 at most.
    assert (expected.begin, expected.until, expected.cases) == (
        since + timedelta(days=18),
        since + timedelta(days=24),
        21,
    )
    assert (finish.begin, finish.until) == (since + timedelta(days=36), since + timedelta(days=48))
    assert "from 21 closed cases" in text_of(response)
    by_number = Browser()
    try_number(by_number, written(process))
    assert "from 21 closed cases" in text_of(by_number.get(at("lookup/process/")))


def test_what_is_not_closed_any_more_is_not_counted(world: World) -> None:
    close_many(world.home, 3)
    with company_scope(world.home.company):
        measure_phases()
        assert PhaseDuration.objects.count() == 3
    with company_scope(world.other.company):
        assert PhaseDuration.objects.count() == 0
    with company_scope(world.home.company):
        Process.objects.update(state="open", closed_on=None)
        with connection.cursor() as cursor:
            # In a test all is one transaction, and its clock stands still.
            cursor.execute("update processes_phaseduration set measured_at = now() - interval '1 day'")
        measure_phases()
        assert PhaseDuration.objects.count() == 0


def test_a_phase_that_takes_longer_says_so_kindly(world: World, alice: Browser) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        Process.objects.filter(pk=process.pk).update(phase_since=date(2025, 1, 1))
    page = text_of(alice.get(page_of(process)))
    assert "This phase is taking longer than usual. We are following it." in page
    assert "All done" not in page


# ---- the key at the registry ----------------------------------------------------------------------


@pytest.mark.row("D03")
def test_the_key_is_shown_on_click_and_written_down(world: World, alice: Browser) -> None:
    process = with_key(world)
    page = text_of(alice.get(page_of(process)))
    assert "Show the key" in page
    assert KEY not in page
    answer = alice.post(page_of(process, "key/"))
    assert KEY in text_of(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    part = alice.post(page_of(process, "key/"), headers={"HX-Request": "true"})
    assert KEY in text_of(part)
    assert "<html" not in text_of(part)
    hidden = alice.get(page_of(process, "key/"), headers={"HX-Request": "true"})
    assert KEY not in text_of(hidden)
    assert "Show the key" in text_of(hidden)
    assert alice.get(page_of(process, "key/")).headers["Location"] == page_of(process)
    assert KEY not in text_of(alice.get(page_of(process)))
    with company_scope(world.home.company):
        shown = LogEntry.objects.filter(action="processes.show_key")
        assert [(entry.actor_id, entry.object_id) for entry in shown] == [
            (world.alice.pk, str(process.pk))
        ] * 2


def test_the_key_is_nowhere_in_plain_text(world: World) -> None:
    process = with_key(world)
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert KEY.encode() not in bytes(process.registry_key)
        history: Any = process
        assert all("registry_key" not in vars(event) for event in history.events.all())
        for entry in LogEntry.objects.all():
            assert KEY not in f"{entry.details}"
    manager = Browser().sign_in(world.home.manager)
    for url in (
        "/admin/processes/process/",
        f"/admin/processes/process/inspect/{process.pk}/",
        f"/admin/processes/process/edit/{process.pk}/",
        "/admin/processes/process/?export=csv",
    ):
        answer = manager.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert KEY.encode() not in body
        assert bytes(process.registry_key) not in body


def test_nobody_else_gets_the_key_by_any_verb(world: World) -> None:
    process = with_key(world)
    by_number = Browser()
    try_number(by_number, written(process))
    strangers = {
        "charlie": (Browser().sign_in(world.charlie, world.home.company), 404),
        "dora": (Browser().sign_in(world.dora, world.other.company), 302),
        "number": (by_number, 302),
        "nobody": (Browser(), 302),
    }
    for name, (browser, status) in strangers.items():
        for method in ("get", "post", "put", "delete", "patch"):
            answer = getattr(browser, method)(page_of(process, "key/"))
            assert answer.status_code in {status, 405}, (name, method)
            assert KEY not in text_of(answer)
    with company_scope(world.home.company):
        assert not LogEntry.objects.filter(action="processes.show_key").exists()


def test_staff_write_the_key_and_never_read_it(world: World) -> None:
    process = world.home.processes["alice"]
    url = f"/admin/processes/process/inspect/{process.pk}/"
    clerk = Browser().sign_in(world.home.clerk)
    assert clerk.post(url, {"verb": "key", "key-key": f" {KEY} "}).status_code == 302
    assert KEY not in text_of(clerk.get(url))
    assert KEY in text_of(Browser().sign_in(world.alice, world.home.company).post(page_of(process, "key/")))
    assert clerk.post(url, {"verb": "key", "key-key": "x" * 500}).status_code == 422
    assert clerk.post(url, {"verb": "key", "key-key": ""}).status_code == 302
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert process.registry_key is None
        with pytest.raises(KeyNotUsable):
            keep_registry_key(process, "two\nlines", by=None)
    reader = Browser().sign_in(world.home.reader)
    assert reader.post(url, {"verb": "key", "key-key": KEY}).status_code in {302, 403}
    with company_scope(world.home.company):
        process.refresh_from_db()
        assert process.registry_key is None


def test_keys_outlive_a_change_of_the_secret_key(world: World, settings: Any) -> None:
    process = with_key(world)
    alice = Browser().sign_in(world.alice, world.home.company)
    old = settings.SECRET_KEY
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one, long enough to be one", [old]
    said = StringIO()
    call_command("in_each_company", "--only", "castro-lima", "renew_registry_keys", stdout=said)
    assert "1 renewed" in said.getvalue()
    settings.SECRET_KEY_FALLBACKS = []
    alice = Browser().sign_in(world.alice, world.home.company)
    assert KEY in text_of(alice.post(page_of(process, "key/")))


# ---- the rest of the page -------------------------------------------------------------------------


def test_words_of_others_are_shown_as_text(world: World, alice: Browser) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        Process.objects.filter(pk=process.pk).update(title=evil, registry_number=evil[:60])
    for url in (page_of(process), at("my/processes/"), at("my/")):
        page = text_of(alice.get(url))
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("count", [10, 10_000])
def test_the_page_takes_the_same_queries_at_any_size(
    world: World, alice: Browser, count_queries: Any, count: int
) -> None:
    process = world.home.processes["alice"]
    fill_with(world.home, process, count)
    alice.get(page_of(process))
    for url, most in ((page_of(process), 12), (at("my/"), 14)):
        with count_queries() as queries:
            assert alice.get(url).status_code == 200
        assert len(queries) <= most, "\n".join(queries)


def fill_with(side: CompanyWorld, process: Process, count: int) -> None:
    """So many businesses of the same customer, and notices of this one."""
    step = 500  # a statement has its time, and each row its history
    with company_scope(side.company), connection.cursor() as cursor:
        for first in range(0, count, step):
            numbers = [first, min(first + step, count) - 1, process.pk]
            cursor.execute(_PROCESSES, numbers)
            cursor.execute(_NOTICES, numbers)


_PROCESSES = """
insert into processes_process (id, company_id, customer_id, kind_id, phase_id, title, lookup_number,
                               needs_second_datum, registry_number, state, opened_on, phase_since)
select gen_random_uuid(), company_id, customer_id, kind_id, phase_id, 'Matter ' || n, 'N' || n, false, '',
       'open', opened_on, phase_since
  from processes_process, generate_series(%s, %s) n where id = %s
"""
_NOTICES = """
insert into processes_notice (company_id, customer_id, process_id, title, title_en, body, body_en, is_marked,
                              published_at, created_at)
select company_id, customer_id, id, 'N', 'N', 'x', 'x', false, now(), now()
  from processes_process, generate_series(%s, %s) n where id = %s
"""
