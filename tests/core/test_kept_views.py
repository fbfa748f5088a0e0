"""Views of a register that people keep: their own, and those that are shared."""

from __future__ import annotations

from typing import Any

import pytest

from portal_modules.core.models import SavedView, UsualView
from portal_modules.core.scope import company_scope
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = [pytest.mark.django_db, pytest.mark.row("V01")]

REGISTER = "/admin/processes/process/"
VIEWS = "/admin/registers/processes.process/views/"
QUERY = "columns=number_shown%2Ctitle&sort=-opened_on&state__exact=closed"


def kept(world: World) -> list[SavedView]:
    with company_scope(world.home.company):
        return list(SavedView.objects.order_by("pk"))


def keep(browser: Browser, name: str = "Closed ones", **more: Any) -> Any:
    return browser.post(VIEWS, {"name": name, "query": QUERY, **more})


def test_a_view_is_kept_opened_renamed_and_dropped(world: World) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    answer = keep(clerk)
    [view] = kept(world)
    assert answer.headers["Location"] == f"{REGISTER}?view={view.pk}"
    page = clerk.get(f"{REGISTER}?view={view.pk}")
    assert page.context["rows"] == []
    assert [column.name for column in page.context["view"].columns] == ["number_shown", "title"]
    assert not page.context["is_changed"]
    assert clerk.get(f"{REGISTER}?view={view.pk}&state__exact=open").context["is_changed"]
    one = f"{VIEWS}{view.pk}/"
    clerk.post(one, {"verb": "rename", "name": "  Done \n ones "})
    clerk.post(one, {"verb": "renew", "query": "state__exact=open"})
    [view] = kept(world)
    assert (view.name, view.query, view.is_shared) == ("Done ones", "state__exact=open", False)
    clerk.post(one, {"verb": "drop"})
    assert kept(world) == []


def test_a_list_begins_with_the_view_that_one_has_chosen(world: World) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    keep(clerk, is_usual="1")
    [view] = kept(world)
    assert clerk.get(REGISTER).headers["Location"] == f"?view={view.pk}"
    assert len(clerk.get(f"{REGISTER}?all=1").context["rows"]) == 2
    assert Browser().sign_in(world.home.manager).get(REGISTER).status_code == 200
    clerk.post(f"{VIEWS}{view.pk}/", {"verb": "forget"})
    assert clerk.get(REGISTER).status_code == 200


def test_only_who_may_shares_and_only_what_is_shared_is_seen(world: World) -> None:
    clerk, manager = (Browser().sign_in(each) for each in (world.home.clerk, world.home.manager))
    keep(clerk, is_shared="1")
    assert kept(world) == []
    keep(clerk)
    keep(manager, "For all", is_shared="1")
    keep(manager, "Mine")
    own, shared, private = kept(world)
    seen = {each.pk for each in clerk.get(f"{REGISTER}?all=1").context["views"]}
    assert seen == {own.pk, shared.pk}
    for pk, verb, status in (
        (private.pk, "rename", 404),
        (private.pk, "drop", 404),
        (private.pk, "begin", 404),
        (shared.pk, "drop", 302),
        (shared.pk, "rename", 302),
        (own.pk, "share", 302),
        (own.pk, "burn", 404),
    ):
        assert clerk.post(f"{VIEWS}{pk}/", {"verb": verb, "name": "Taken"}).status_code == status
    assert [(each.name, each.is_shared) for each in kept(world)] == [
        ("Closed ones", False),
        ("For all", True),
        ("Mine", False),
    ]
    clerk.post(f"{VIEWS}{shared.pk}/", {"verb": "begin"})
    manager.post(f"{VIEWS}{shared.pk}/", {"verb": "unshare"})
    with company_scope(world.home.company):
        assert not UsualView.objects.exists()


@pytest.mark.parametrize(
    "data",
    [{}, {"name": " "}, {"name": "x" * 61}, {"name": "Long", "query": "q=" + "x" * 3000}, {"name": "\x00"}],
)
def test_what_cannot_be_kept_is_said(world: World, data: dict[str, str]) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    assert clerk.post(VIEWS, data).status_code == 302
    assert kept(world) == []


def test_a_name_is_given_once(world: World) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    keep(clerk)
    keep(clerk)
    assert len(kept(world)) == 1


def test_other_companies_and_registers_that_are_not_theirs(world: World) -> None:
    keep(Browser().sign_in(world.home.clerk))
    [view] = kept(world)
    stranger = Browser().sign_in(world.other.manager)
    for verb in ("rename", "drop", "begin", "share"):
        assert stranger.post(f"{VIEWS}{view.pk}/", {"verb": verb, "name": "Stolen"}).status_code == 404
    assert stranger.get(f"{REGISTER}?view={view.pk}").context["view_now"] is None
    assert stranger.post("/admin/registers/nothing.there/views/", {"name": "x"}).status_code == 404
    assert Browser().post(VIEWS, {"name": "x"}).status_code in {302, 403}
    assert stranger.get(VIEWS).status_code == 405
    assert [each.name for each in kept(world)] == ["Closed ones"]
