"""What pages to read cost: two statements for a stranger once the company's card is warm, however much there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal_modules.core.scope import company_scope
from tests.cms.reading import (
    EN,
    add_answer,
    add_article,
    add_news,
    add_programme,
    add_section,
    put_into_group,
)
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

NOT_COUNTED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "select set_config(")
KEPT = (
    "",
    "support/",
    "support/the-way/",
    "support/the-way/one/",
    "support/faq/",
    "support/faq/a-question/",
    "advantages/",
    "advantages/two/",
    "news/three/",
    "help/",
    "help/news/",
)


def statements(browser: Browser, path: str) -> list[str]:
    """The third request's, without those that only open and close."""
    for _each in range(2):
        assert browser.get(f"{EN}{path}").status_code == 200
    with CaptureQueriesContext(connection) as captured:
        browser.get(f"{EN}{path}")
    return [each["sql"] for each in captured if not each["sql"].startswith(NOT_COUNTED)]


def something_of_each(world: World) -> None:
    """A page of each kind."""
    with company_scope(world.home.company):
        add_article(add_section(), "One", body=[("heading", "Words")])
        add_answer("A question", "An answer")
        add_programme("Two")
        add_news("Three")


@pytest.mark.parametrize("path", KEPT)
def test_a_stranger_costs_two_statements_at_most(world: World, path: str) -> None:
    something_of_each(world)
    assert len(statements(Browser(), path)) <= 2, statements(Browser(), path)


@pytest.mark.parametrize("path", ["support/", "advantages/", "news/", "support/?q=words"])
def test_the_cost_does_not_grow_with_what_there_is(world: World, path: str) -> None:
    something_of_each(world)
    alice = Browser().sign_in(world.alice, world.home.company)
    with company_scope(world.home.company):
        group = put_into_group(world.home, "alice")
        add_news("For some", audience="groups", groups=(group,))
    before = len(statements(alice, path))
    with company_scope(world.home.company):
        section = add_section(title="More")
        for number in range(12):
            add_article(section, f"Words {number}")
            add_programme(f"Programme {number}")
            add_news(f"News {number}")
    assert len(statements(alice, path)) <= before
