"""The quick lookup: what somebody with a number sees, and what not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from portal_modules.core.choices import ChannelKind, ChannelPurpose
from portal_modules.core.models import Channel, CompanySetting
from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Notice, Phase, Process
from tests.processes.visiting import CALM, at, text_of, try_number, walk, written
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def change(world: World, process: Process, **values: Any) -> None:
    with company_scope(world.home.company):
        Process.objects.filter(pk=process.pk).update(**values)


@pytest.mark.row("B01")
@pytest.mark.row("D01")
@pytest.mark.parametrize(
    ("language", "kind", "html_lang"),
    [
        ("en", "Citizenship CASTRO-OWN", "en"),
        ("pt", "Nacionalidade CASTRO-OWN", "pt-pt"),
        ("es", "Nacionalidade CASTRO-OWN", "es"),
    ],
)
def test_a_number_opens_its_process(
    world: World, client: Client, language: str, kind: str, html_lang: str
) -> None:
    process = world.home.processes["alice"]
    walk(world.home, process)
    form = client.get(at("lookup/", language))
    assert form.status_code == 200
    assert 'name="number"' in text_of(form)
    answer = try_number(client, written(process).lower().replace("-", " "), language)
    assert answer.status_code == 303
    assert answer["Location"] == at("lookup/process/", language)
    response = client.get(answer["Location"])
    page = text_of(response)
    assert response.status_code == 200
    assert f'lang="{html_lang}"' in page
    assert kind in page
    assert written(process) in page
    for phase in ("Documents", "Registry", "Decision"):
        assert f"{phase} CASTRO-OWN" in page
    assert "What happens: Registry" in page
    assert "Sent to the registry" in page
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.row("B02")
def test_a_number_shows_nobody_and_nothing_of_the_customer(world: World, client: Client) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        Notice.objects.create(
            process=process, title_en="For alice only", body_en="x", published_at=timezone.now()
        )
        Notice.objects.create(process=process, title_en="Not yet told", body_en="x", is_marked=True)
    try_number(client, written(process))
    page = text_of(client.get(at("lookup/process/")))
    for secret in (
        "Alice",
        "alice@example.com",
        "REG-77",
        "Matter",
        "For alice only",
        "Not yet told",
        "Charlie",
    ):
        assert secret not in page
    for private in (f"my/processes/{process.pk}/", "my/processes/", "my/"):
        assert client.get(at(private)).status_code in {302, 403, 404}


@pytest.mark.row("B02")
def test_a_number_opens_one_process_at_one_company(world: World, client: Client) -> None:
    process, second = world.home.processes["alice"], world.home.processes["charlie"]
    try_number(client, written(process))
    assert written(process) in text_of(client.get(at("lookup/process/")))
    try_number(client, written(second))
    page = text_of(client.get(at("lookup/process/")))
    assert written(second) in page
    assert written(process) not in page
    elsewhere = client.get(at("lookup/process/", alias="altura"))
    assert (elsewhere.status_code, elsewhere["Location"]) == (302, at("lookup/", alias="altura"))


@pytest.mark.row("B03")
def test_the_menu_has_my_business_and_news_and_nothing_else(world: World, client: Client) -> None:
    try_number(client, written(world.home.processes["alice"]))
    response = client.get(at("lookup/process/"))
    with translation.override("en"):
        labels = [str(entry["label"]) for entry in response.context["menu"]]
    assert labels == ["My business", "News"]


@pytest.mark.row("D06")
def test_the_stepper_tells_what_is_done_what_is_now_and_what_comes(world: World, client: Client) -> None:
    process = world.home.processes["alice"]
    walk(world.home, process)
    try_number(client, written(process))
    response = client.get(at("lookup/process/"))
    way = response.context["process"].way
    assert [(step.state, step.entered_on) for step in way.steps] == [
        ("done", date(2026, 3, 2)),
        ("current", date(2026, 5, 12)),
        ("coming", None),
    ]
    assert "Phase 2 of 3" in text_of(response)
    assert "Next step: Decision CASTRO-OWN" in text_of(response)


@pytest.mark.row("D06")
def test_a_phase_that_was_left_backwards_is_still_to_come(world: World, client: Client) -> None:
    process = world.home.processes["alice"]
    walk(world.home, process, times=3)
    change(world, process, phase=world.home.phases[0], phase_since=date(2026, 6, 1))
    try_number(client, written(process))
    steps = client.get(at("lookup/process/")).context["process"].way.steps
    assert [(step.state, step.entered_on) for step in steps] == [
        ("current", date(2026, 6, 1)),
        ("coming", None),
        ("coming", None),
    ]


@pytest.mark.row("D10")
def test_the_end_of_the_phase_is_expected_between_two_days(world: World, client: Client) -> None:
    process = world.home.processes["alice"]
    since = timezone.localdate() - timedelta(days=1)
    change(world, process, phase_since=since)
    try_number(client, written(process))
    response = client.get(at("lookup/process/"))
    expected = response.context["process"].way.expected
    assert (expected.begin, expected.until) == (since + timedelta(days=20), since + timedelta(days=40))
    assert "Expected between" in text_of(response)
    change(world, process, phase_since=since - timedelta(days=60))
    assert "longer than usual" in text_of(client.get(at("lookup/process/")))
    with company_scope(world.home.company):
        Phase.objects.filter(pk=process.phase_id).update(usual_days_min=None, usual_days_max=None)
    page = text_of(client.get(at("lookup/process/")))
    assert "Expected between" not in page
    assert "longer than usual" not in page


@pytest.mark.row("D08")
def test_without_a_notice_it_says_so_calmly(world: World, client: Client) -> None:
    process = world.home.processes["alice"]
    with company_scope(world.home.company):
        Notice.objects.filter(process=process).delete()
    try_number(client, written(process))
    assert "It appears here with the next update." in text_of(client.get(at("lookup/process/")))


@pytest.mark.parametrize(("state", "words"), [("closed", "Finished"), ("cancelled", "Discontinued")])
def test_what_has_ended_says_so(world: World, client: Client, state: str, words: str) -> None:
    process = world.home.processes["alice"]
    change(world, process, state=state, closed_on=date(2026, 6, 1))
    try_number(client, written(process))
    page = text_of(client.get(at("lookup/process/")))
    assert words in page
    assert "Next step" not in page
    assert "longer than usual" not in page


def test_leaving_closes_the_process_in_this_browser(world: World, client: Client) -> None:
    try_number(client, written(world.home.processes["alice"]))
    assert client.get(at("lookup/leave/")).status_code == 405
    assert client.get(at("lookup/process/")).status_code == 200
    left = client.post(at("lookup/leave/"))
    assert (left.status_code, left["Location"]) == (303, at("lookup/"))
    assert client.get(at("lookup/process/")).status_code == 302


def test_giving_a_number_changes_the_session(world: World, client: Client) -> None:
    try_number(client, written(world.home.processes["alice"]))
    first = client.cookies["balcao_session"].value
    try_number(client, written(world.home.processes["charlie"]))
    assert client.cookies["balcao_session"].value != first


def test_who_is_signed_in_goes_to_their_own_and_sees_others_as_a_visitor(world: World) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    own, foreign = world.home.processes["alice"], world.home.processes["charlie"]
    assert try_number(alice, written(own))["Location"] == at(f"my/processes/{own.pk}/")
    assert try_number(alice, written(foreign))["Location"] == at("lookup/process/")
    page = text_of(alice.get(at("lookup/process/")))
    assert written(foreign) in page
    assert "Charlie" not in page
    assert "REG-77" not in page
    assert alice.get(at(f"my/processes/{foreign.pk}/")).status_code == 404


def test_where_it_is_switched_off_there_is_no_lookup(world: World, client: Client) -> None:
    with company_scope(world.home.company):
        CompanySetting.objects.create(name="function:processes.lookup", value=False)
    for page in ("lookup/", "lookup/lost/", "lookup/lost/done/"):
        assert client.get(at(page)).status_code == 404
    answer = try_number(client, written(world.home.processes["alice"]))
    assert answer.status_code == 422
    assert CALM in text_of(answer)
    visitor = Browser().with_number(world.home.company, world.home.processes["alice"].pk)
    assert visitor.get(at("lookup/process/")).status_code == 404


def test_a_wrong_number_comes_with_the_way_to_get_help(world: World, client: Client) -> None:
    with company_scope(world.home.company):
        Channel.objects.create(
            purpose=ChannelPurpose.ACCESS, kind=ChannelKind.PHONE, value="+351 210 000 001"
        )
        Channel.objects.create(
            purpose=ChannelPurpose.FINANCE, kind=ChannelKind.PHONE, value="+351 210 000 002"
        )
    answer = try_number(client, "4F7K-2M9Q-X")
    help_channels = [channel.value for channel in answer.context["help_channels"]]
    assert help_channels == ["+351 210 000 001"]
    assert "We can help you" in text_of(answer)


@pytest.mark.parametrize("entries", [10, 1200])
def test_the_page_takes_three_queries_however_long_the_way_was(
    world: World, count_queries: Any, entries: int
) -> None:
    process = world.home.processes["alice"]
    walk(world.home, process, times=entries // 2)
    with company_scope(world.home.company):
        Notice.objects.bulk_create(
            Notice(
                process=process,
                customer_id=process.customer_id,
                company=world.home.company,
                title_en=f"Notice {number}",
                body_en="Words",
                is_marked=True,
                published_at=timezone.now(),
            )
            for number in range(entries)
        )
    visitor = Browser().with_number(world.home.company, process.pk)
    visitor.get(at("lookup/process/"))
    with count_queries() as queries:
        response = visitor.get(at("lookup/process/"))
    assert response.status_code == 200
    assert len(queries) == 3, "\n".join(queries)
