"""Answering an opinion by mail, and the averages by week and by page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scopes_disabled

from portal_modules.core.scope import company_scope
from portal_modules.feedback.actions import answer_opinion, keep_opinion
from portal_modules.feedback.exceptions import NoAddress
from portal_modules.feedback.models import Opinion, OpinionAnswer
from portal_modules.notifications.delivery import attempt
from portal_modules.notifications.models import OutboxMessage
from tests.world.browsing import Browser
from tests.world.companies import MARKER, CompanyWorld, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

REGISTER = "/admin/feedback/opinion/"


def say(
    side: CompanyWorld, mark: int = 2, *, email: str = "", page: str = "/en/", text: str = "Slow"
) -> Opinion:
    with company_scope(side.company):
        return keep_opinion(mark=mark, text=text, email=email, page=page, language="es", user_id=None)


@pytest.mark.row("Q01")
def test_whoever_left_an_address_is_answered_in_their_language(world: World, mailoutbox: list[Any]) -> None:
    opinion = say(world.home, email="someone@example.com")
    clerk = Browser().sign_in(world.home.clerk)
    page = f"/admin/feedback/answer/{opinion.pk}/"
    assert page in clerk.get(f"{REGISTER}inspect/{opinion.pk}/").content.decode()
    assert clerk.get(page).status_code == 200
    assert clerk.post(page, {"text": " "}).status_code == 422
    assert clerk.post(page, {"text": "Lo vamos a mejorar."}).status_code == 302
    with company_scope(world.home.company):
        message = OutboxMessage.objects.get(event="feedback.answered")
    attempt(message.pk, world.home.company)
    (mail,) = mailoutbox
    assert mail.to == ["someone@example.com"]
    assert "Lo vamos a mejorar." in mail.body
    assert "Slow" in mail.body
    assert "Lo vamos a mejorar." in clerk.get(f"{REGISTER}inspect/{opinion.pk}/").content.decode()


def test_who_left_none_cannot_be_answered(world: World) -> None:
    opinion = say(world.home)
    clerk = Browser().sign_in(world.home.clerk)
    assert clerk.get(f"/admin/feedback/answer/{opinion.pk}/").status_code == 404
    assert "Answer by mail" not in clerk.get(f"{REGISTER}inspect/{opinion.pk}/").content.decode()
    with company_scope(world.home.company), pytest.raises(NoAddress):
        answer_opinion(opinion, text="Hello", by=world.home.clerk)


def test_readers_and_other_companies_answer_nothing(world: World) -> None:
    opinion, foreign = (
        say(world.home, email="a@example.com"),
        say(world.other, email="b@example.com", text=MARKER),
    )
    for browser, asked in (
        (Browser().sign_in(world.home.reader), opinion),
        (Browser().sign_in(world.home.clerk), foreign),
    ):
        assert browser.post(f"/admin/feedback/answer/{asked.pk}/", {"text": "x"}).status_code in {
            302,
            403,
            404,
        }
    for side in (world.home, world.other):
        with company_scope(side.company):
            assert not OpinionAnswer.objects.exists()
            assert not OutboxMessage.objects.filter(event="feedback.answered").exists()


@pytest.mark.row("Q01")
def test_the_register_has_the_average_of_each_week_and_of_each_kind_of_page(world: World) -> None:
    number = "9f0c1c1e-0000-4000-8000-00000000000"
    for mark, at in ((5, f"/p/castro-lima/en/my/processes/{number}1/"), (2, f"/es/my/processes/{number}2/")):
        say(world.home, mark, page=at)
    old = say(world.home, 1, page="/p/castro-lima/en/lookup/process/")
    with as_owner(), scopes_disabled():
        Opinion.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=30))
    say(world.other, 1, page="/en/altura-only/")
    page = Browser().sign_in(world.home.reader).get(REGISTER)
    weeks, pages = page.context["average_by_week"], page.context["average_by_page"]
    assert [(round(week.mean, 1), week.number) for week in weeks] == [(3.5, 2), (1.0, 1)]
    assert [(each.of, each.mean, each.number) for each in pages] == [
        ("/my/processes/…/", 3.5, 2),
        ("/lookup/process/", 1.0, 1),
    ]
    assert "altura-only" not in page.content.decode()
