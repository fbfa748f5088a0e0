"""The home of the back office: what waits for staff, each with its number, and where the number leads."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal_modules.conversations.models import Thread
from portal_modules.core import companies
from portal_modules.core.models import CompanyModule
from portal_modules.core.rooms import said
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import ask_for_document
from portal_modules.documents.models import DocumentRequest
from portal_modules.feedback.models import Opinion
from portal_modules.notifications.models import OutboxMessage
from portal_modules.processes.models import Process
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World, make_process

pytestmark = pytest.mark.django_db

HOME = "/admin/"


@pytest.fixture
def clerk(world: World) -> Browser:
    return Browser().sign_in(world.home.clerk)


def numbers_of(page: str) -> dict[str, tuple[int, str]]:
    """What the work list says: the words, the number, and where it leads."""
    found = {}
    for link in re.findall(r'<a class="balcao-work__item[^>]*>.*?</a>', page, re.DOTALL):
        number = re.search(r"<strong[^>]*>(\d+)</strong>", link)
        words = re.search(r"<span>([^<]+)", link)
        href = re.search(r'href="([^"]+)"', link)
        assert number
        assert words
        assert href
        found[words[1].strip()] = int(number[1]), href[1].replace("&amp;", "&")
    return found


def fill(world: World) -> None:
    today = timezone.localdate()
    side = world.home
    with company_scope(side.company):
        Process.objects.update(phase_since=today)
        customer = side.customers["alice"]
        for _each in range(3):
            make_process(side, customer, phase_since=today - timedelta(days=60), registry_number="")
        Thread.objects.create(
            customer=customer,
            record_type="processes.process",
            record_id=side.processes["alice"].pk,
            last_message_at=timezone.now(),
            waits_for_staff=True,
        )
        asked = ask_for_document(customer, title={"en": "Paper"}, reason={}, due_on=None, by=None)
        DocumentRequest.objects.filter(pk=asked.pk).update(state="sent")
        for _each in range(2):
            OutboxMessage.objects.create(
                event="x", address="a@b.example", language="en", next_try_at=timezone.now(), state="failed"
            )
        Opinion.objects.create(mark=5, language="en", mode="number")


def rows_in(browser: Browser, address: str) -> int:
    page = browser.get(address)
    assert page.status_code == 200, address
    return len(page.context["rows"])


def test_the_work_list_says_what_waits_and_leads_there(world: World, clerk: Browser) -> None:
    fill(world)
    shown = numbers_of(clerk.get(HOME).content.decode())
    expected = {
        "Messages to answer": 1,
        "Processes past their usual time": 3,
        "Documents to check": 1,
        "Mails that failed": 2,
    }
    assert {words: number for words, (number, _href) in shown.items()} == expected
    for words, (number, href) in shown.items():
        assert rows_in(clerk, href) == number, words


def test_what_waits_longest_stands_on_top_and_its_age_is_told(world: World, clerk: Browser) -> None:
    fill(world)
    today = timezone.localdate()
    with company_scope(world.home.company):
        oldest = Process.objects.past_their_usual_time(today).order_by("pk").last()
        Process.objects.filter(pk=oldest.pk).update(phase_since=today - timedelta(days=71))
        failed = OutboxMessage.objects.filter(state="failed")
        failed.filter(pk=failed.first().pk).update(created_at=timezone.now() - timedelta(days=9))
    page = clerk.get(HOME).content.decode()
    shown = numbers_of(page)
    ages = {
        "Processes past their usual time": ("phase_since", "oldest: 71 days"),
        "Mails that failed": ("created_at", "oldest: 9 days"),
        "Documents to check": ("asked_at", "oldest: today"),
        "Messages to answer": ("last_message_at", "oldest: today"),
    }
    for words, (field, age) in ages.items():
        tile = re.search(rf"<span>{words}.*?</a>", page, re.DOTALL)
        assert tile
        assert age in tile[0], words
        rows = clerk.get(shown[words][1]).context["rows"]
        since = [getattr(each.row, field) for each in rows]
        assert since == sorted(since), words


def test_every_number_leads_to_its_rows_and_what_has_an_age_is_sorted(world: World) -> None:
    """Over all modules: no filter and no sort that the register does not know, also where nothing waits."""
    fill(world)
    manager = Browser().sign_in(world.home.manager)
    request = manager.get(HOME).wsgi_request
    with company_scope(world.home.company):
        items = [(each.url, each.rows.count(), each) for each in said(request, "desk", "work")]
        items += [(each.url, each.rows.count(), each) for each in said(request, "desk", "numbers")]
    assert sum(bool(getattr(item, "since", "")) for _url, _number, item in items) >= 6
    for url, number, item in items:
        answer = manager.get(url)
        assert answer.status_code == 200, url
        if answer.context and "column_choices" in answer.context:
            assert len(answer.context["rows"]) == number, url
        if "sort=" in url:
            column, is_down = answer.context["view"]._sorted_by()
            assert column, url
            assert not is_down
        else:
            assert not getattr(item, "since", "") or "column_choices" not in answer.context, url


def test_nothing_to_do_says_so(world: World, clerk: Browser) -> None:
    with company_scope(world.home.company):
        Process.objects.update(phase_since=timezone.localdate())
    page = clerk.get(HOME).content.decode()
    assert "Nothing waits for you" in page
    assert MARKER not in page


def test_the_charts_stand_with_a_table_behind(world: World, clerk: Browser) -> None:
    fill(world)
    page = clerk.get(HOME).content.decode()
    assert page.count("<svg viewBox") >= 2
    assert "Open processes by phase" in page
    assert re.search(r'<th scope="row"><a href="([^"]+)">Very good</a></th><td[^>]*>1</td>', page)
    bars = re.findall(r'<th scope="row"><a href="([^"]+)">[^<]*</a></th><td[^>]*>(\d+)</td>', page)
    assert bars
    for href, number in bars:
        assert rows_in(clerk, href.replace("&amp;", "&")) == int(number), href


def test_what_is_off_is_not_on_the_desk(world: World, clerk: Browser) -> None:
    fill(world)
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    companies._cards.clear()
    page = clerk.get(HOME).content.decode()
    companies._cards.clear()
    assert "Processes past their usual time" not in page
    assert "Mails that failed" in page


def test_all_counts_are_one_statement(world: World, clerk: Browser) -> None:
    fill(world)
    clerk.get(HOME)

    def statements() -> Any:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            clerk.get(HOME)
        return [each["sql"] for each in captured.captured_queries if "counted" in each["sql"]]

    assert len(statements()) == 1


def test_other_people_have_other_work(world: World) -> None:
    fill(world)
    for person in (world.home.editor, world.home.reader, world.home.manager):
        assert Browser().sign_in(person).get(HOME).status_code == 200
    stranger = Browser().sign_in(world.other.clerk).get(HOME).content.decode()
    assert "Documents to check" not in stranger
    assert "CASTRO-OWN" not in stranger


def test_the_home_counts_no_pictures(world: World) -> None:
    for person in (world.home.editor, world.home.manager):
        body = Browser().sign_in(person).get(HOME).content.decode()
        assert "/admin/images/" in body, "the menu leads there"
        assert not re.search(r"\b[01] (?:Image|Document)s?\b", body)
        assert 'class="w-summary' not in body
