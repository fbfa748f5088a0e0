"""Advantage programmes: running or over, for everyone or for some."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cms.advantages.models import ProgrammeIndexPage, ProgrammePage
from portal_modules.core.scope import company_scope
from tests.cms.reading import EN, add_programme, below, put_into_group, readers
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

LIST = f"{EN}advantages/"


@pytest.mark.row("P03")
def test_what_runs_and_is_meant_for_me_is_listed(world: World) -> None:
    with company_scope(world.home.company):
        group = put_into_group(world.home, "alice")
        add_programme("For everyone", ends=None)
        add_programme("Ends today", begins=0, ends=0)
        add_programme("For customers", audience="customers")
        add_programme("For the group", audience="groups", groups=(group,))
        add_programme("It is over", ends=-1)
        add_programme("Not yet", begins=1, ends=5)
    shown = {}
    for name, browser in readers(world).items():
        body = browser.get(LIST).content.decode()
        assert "It is over" not in body
        assert "Not yet" not in body
        assert "Ends today" in body
        shown[name] = {words for words in ("For everyone", "For customers", "For the group") if words in body}
    assert shown["stranger"] == shown["number"] == shown["dora"] == {"For everyone"}
    assert shown["charlie"] == {"For everyone", "For customers"}
    assert shown["alice"] == {"For everyone", "For customers", "For the group"}


@pytest.mark.row("P03")
def test_a_programme_says_how_until_when_and_under_which_conditions(world: World) -> None:
    with company_scope(world.home.company):
        page = add_programme(
            "Translations", partner="Letra", code="CASTRO15", conditions="<p>Once for each customer.</p>"
        )
    body = Browser().get(f"{LIST}{page.slug}/").content.decode()
    for words in ("Show this page.", "Once for each customer.", "CASTRO15", "Letra", "Until <time"):
        assert words in body


@pytest.mark.row("P03")
def test_what_is_over_answers_kindly(world: World) -> None:
    with company_scope(world.home.company):
        page = add_programme("Over", ends=-3, code="OLD")
    response = Browser().get(f"{LIST}{page.slug}/")
    body = response.content.decode()
    assert response.status_code == 200
    assert "This programme ended on" in body
    assert "See what is running now" in body
    assert "OLD" not in body, "a code that no longer works is not shown"


def test_what_has_not_begun_is_not_there(world: World) -> None:
    with company_scope(world.home.company):
        page = add_programme("Soon", begins=2, ends=9)
    assert Browser().get(f"{LIST}{page.slug}/").status_code == 404


def test_editors_see_what_is_over(world: World) -> None:
    with company_scope(world.home.company):
        add_programme("Old one", ends=-3)
        add_programme("Coming one", begins=3)
        index = below(ProgrammeIndexPage)
    body = Browser().sign_in(world.home.editor).get(f"/admin/pages/{index.pk}/").content.decode()
    assert "Old one (over since" in body
    assert "Coming one (begins on" in body


def test_it_does_not_end_before_it_begins(world: World) -> None:
    with company_scope(world.home.company):
        with pytest.raises(ValidationError):
            add_programme("Wrong", begins=5, ends=1)
        assert not ProgrammePage.objects.filter(title="Wrong").exists()


def test_an_empty_list_says_so_and_shows_the_door(world: World) -> None:
    body = Browser().get(LIST).content.decode()
    assert "No programme is running now" in body
    assert "/en/access/sign-in/" in body
    alice = Browser().sign_in(world.alice, world.home.company).get(LIST).content.decode()
    assert "The next one that is meant for you appears here." in alice


def test_a_page_for_groups_names_at_least_one(world: World) -> None:
    with company_scope(world.other.company):
        theirs = put_into_group(world.other, "dora", "Theirs")
    with company_scope(world.home.company):
        index = below(ProgrammeIndexPage)
        ours = put_into_group(world.home, "alice")
    editor = Browser().sign_in(world.home.editor)
    path = f"/admin/pages/add/advantages/programmepage/{index.pk}/"
    data = {
        "title": "For some",
        "slug": "for-some",
        "introduction": "Words",
        "begins_on": "2026-01-01",
        "how": '{"blocks": [{"key": "a", "text": "So", "type": "unstyled", "depth": 0,'
        ' "inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}}',
        "conditions": "null",
        "body-count": "0",
        "audience": "groups",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "action-publish": "1",
    }
    assert "Choose at least one group." in editor.post(path, data).content.decode()
    refused = editor.post(path, {**data, "groups": [theirs.pk]})
    assert refused.status_code == 200
    with company_scope(world.home.company):
        assert not ProgrammePage.objects.exists()
    form = editor.get(path).content.decode()
    assert "Members" in form
    assert "Theirs" not in form
    assert editor.post(path, {**data, "groups": [ours.pk]}).status_code == 302
    with company_scope(world.home.company):
        assert list(ProgrammePage.objects.get().groups.values_list("pk", flat=True)) == [ours.pk]
