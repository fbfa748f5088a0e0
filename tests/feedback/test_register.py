"""The register of opinions: all of the company, with the average of those that are listed."""

from __future__ import annotations

import pytest

from portal_modules.core.scope import company_scope
from portal_modules.feedback.actions import keep_opinion
from portal_modules.feedback.models import Opinion
from tests.world.browsing import Browser
from tests.world.companies import MARKER, CompanyWorld, World

pytestmark = pytest.mark.django_db

REGISTER = "/admin/feedback/opinion/"


def say(side: CompanyWorld, mark: int, text: str = "", *, user_id: int | None = None) -> Opinion:
    with company_scope(side.company):
        return keep_opinion(mark=mark, text=text, email="", page="/en/", language="en", user_id=user_id)


def test_staff_read_what_was_said_and_the_average(world: World) -> None:
    say(world.home, 5, "All well", user_id=world.alice.pk)
    say(world.home, 2, "=1+1")
    say(world.other, 1, MARKER)
    reader = Browser().sign_in(world.home.reader)
    page = reader.get(REGISTER).content.decode()
    assert "<strong>3.5</strong>" in page
    assert "from 2 opinions" in page
    assert "All well" in page
    assert "Alice CASTRO-OWN" in page
    assert MARKER not in page
    narrowed = reader.get(f"{REGISTER}?mark__exact=5").content.decode()
    assert "<strong>5.0</strong>" in narrowed
    assert "=1+1" not in narrowed
    assert "<strong>5.0</strong>" in reader.get(f"{REGISTER}?mode__exact=login").content.decode()


def test_the_list_leaves_as_a_spreadsheet_without_formulas(world: World) -> None:
    say(world.home, 2, "=1+1")
    say(world.other, 1, MARKER)
    answer = Browser().sign_in(world.home.clerk).get(f"{REGISTER}?export=csv")
    text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()  # type: ignore[attr-defined]
    assert "'=1+1" in text
    assert MARKER not in text


def test_an_empty_register_has_no_average(world: World) -> None:
    assert "balcao-average" not in Browser().sign_in(world.home.reader).get(REGISTER).content.decode()


@pytest.mark.parametrize("verb", ["create/", "edit/{}/", "delete/{}/"])
def test_nobody_changes_what_was_said(world: World, verb: str) -> None:
    opinion = say(world.home, 1, "Slow")
    manager = Browser().sign_in(world.home.manager)
    for call in (manager.get, manager.post):
        assert call(REGISTER + verb.format(opinion.pk)).status_code in {302, 403, 404}
    with company_scope(world.home.company):
        assert Opinion.objects.get().text == "Slow"


def test_an_opinion_of_another_company_is_not_there(world: World) -> None:
    foreign = say(world.other, 1, MARKER)
    manager = Browser().sign_in(world.home.manager)
    assert manager.get(f"{REGISTER}inspect/{foreign.pk}/").status_code == 404
