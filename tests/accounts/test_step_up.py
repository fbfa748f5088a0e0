"""More proof in place, and back with what was typed."""

from __future__ import annotations

import pytest

from portal_modules.core.actions import change_settings
from portal_modules.core.scope import company_scope
from portal_modules.users.models import User
from tests.accounts.mailing import code_in, mails_to
from tests.accounts.open_doors import ALICES, give_tax_id, open_doors
from tests.accounts.people import COMPANY_PAGES, Visitor
from tests.accounts.test_tax_link import OPENED, ask, newest_link
from tests.world.companies import PASSWORD, World
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

MORE = f"{COMPANY_PAGES}more-proof/"
RESUME = f"{COMPANY_PAGES}resume/"
ACCOUNT = f"{COMPANY_PAGES}account/"
MY = "/p/castro-lima/en/my/"
BUSINESS = f"{MY}processes/"
REVIEW = f"{BUSINESS}reviews/new/"
SECRET = "the lazy dog sleeps at 3"


@pytest.fixture
def by_link(world: World) -> Visitor:
    """A browser in which alice came in by a link."""
    open_doors(world.home.company, "tax_id_link")
    give_tax_id(world.home.company, world.home.customers["alice"], ALICES)
    browser = Visitor()
    ask(browser)
    browser.get(newest_link(world.home.company, "alice@example.com"))
    assert browser.send(OPENED).url == MY
    return browser


def asks_for(world: World, label: str, level: str) -> None:
    with company_scope(world.home.company):
        change_settings(world.home.company, {"accounts.levels": [f"{label}:{level}"]}, by=None)


def level(browser: Visitor, world: World) -> int:
    return int(browser.kept()["access.grants"][str(world.home.company.pk)]["level"])


def test_a_password_in_place_and_back(world: World, by_link: Visitor) -> None:
    asked = by_link.get(ACCOUNT)
    page = by_link.get(asked.url)
    assert page.status_code == 200
    wrong = by_link.send(MORE, {"password": "wrong", "next": ACCOUNT})
    assert wrong.status_code == 422
    assert level(by_link, world) == 20
    key = by_link.key
    right = by_link.send(MORE, {"password": PASSWORD, "next": ACCOUNT})
    assert (right.status_code, right.url) == (302, ACCOUNT)
    assert by_link.key != key
    assert level(by_link, world) == 30
    assert by_link.get(ACCOUNT).status_code == 200


def test_who_came_by_a_link_chooses_a_password_after_a_code_to_the_registered_address(
    world: World, by_link: Visitor
) -> None:
    with as_owner():
        alice = User.objects.get(pk=world.alice.pk)
        alice.set_unusable_password()
        alice.save()
    browser = Visitor(REMOTE_ADDR="198.51.100.20")
    ask(browser)
    browser.get(newest_link(world.home.company, "alice@example.com"))
    browser.send(OPENED)
    page = browser.get(browser.get(ACCOUNT).url)
    assert "You have none yet" in page.content.decode()
    assert "a•••••@e•••••" in page.content.decode()
    code_page = browser.send(f"{MORE}password/", {"next": ACCOUNT}).url
    code = code_in(mails_to(world.home.company, "alice@example.com")[-1])
    choose = browser.send(code_page, {"code": code}).url
    done = browser.send(choose, {"password1": SECRET, "password2": SECRET})
    assert (done.status_code, done.url) == (302, ACCOUNT)
    assert browser.get(ACCOUNT).status_code == 200


def test_what_was_typed_waits_and_is_sent_with_one_button(world: World, by_link: Visitor) -> None:
    asks_for(world, "processes", "30")
    page = by_link.get(REVIEW)
    assert page.url.startswith(MORE)
    sent = by_link.send(
        REVIEW, {"text": "The date of <b>my</b> birth is wrong", "password": "hush", "code": "1"}
    )
    assert sent.url == f"{MORE}?next=%2Fp%2Fcastro-lima%2Fen%2Faccess%2Fresume%2F"
    kept = by_link.kept()["access.interrupted"]
    assert kept["fields"] == [["text", "The date of <b>my</b> birth is wrong"]]
    assert "kept for ten minutes" in by_link.get(sent.url).content.decode()
    # Not before the proof is there.
    assert by_link.get(RESUME).url.startswith(MORE)
    back = by_link.send(MORE, {"password": PASSWORD, "next": RESUME})
    assert back.url == RESUME
    page = by_link.get(RESUME)
    body = page.content.decode()
    assert f'action="{REVIEW}"' in body
    assert "The date of &lt;b&gt;my&lt;/b&gt; birth is wrong" in body
    assert by_link.send(f"{RESUME}give-up/").url == MY
    assert by_link.get(RESUME).url == MY


def test_what_was_typed_is_nobody_else_s_and_of_no_other_company(world: World, by_link: Visitor) -> None:
    asks_for(world, "processes", "30")
    by_link.send(REVIEW, {"text": "Alice's own words"})
    open_doors(world.home.company, "email")
    by_link.send("/p/castro-lima/en/access/sign-out/")
    by_link.enter("charlie@example.com")
    assert by_link.get(RESUME).url == MY


def test_a_form_too_large_to_keep_is_not_kept(world: World, by_link: Visitor) -> None:
    asks_for(world, "processes", "30")
    by_link.send(REVIEW, {"text": "x" * 30_000})
    assert by_link.kept()["access.interrupted"]["fields"] == []


def test_a_company_asks_for_more_and_never_for_less(world: World, browser: Visitor) -> None:
    browser.enter("alice@example.com")
    assert browser.get(BUSINESS).status_code == 200
    asks_for(world, "processes", "40")
    asked = browser.get(BUSINESS)
    assert asked.url.startswith(MORE)
    assert "protection" in browser.get(asked.url).content.decode()
    asks_for(world, "processes", "0")
    assert browser.get(BUSINESS).status_code == 200
    assert Visitor().get(BUSINESS).status_code == 302
    # What is public stays so.
    asks_for(world, "processes", "40")
    assert Visitor().get("/p/castro-lima/en/lookup/").status_code == 200


def test_the_step_up_stays_inside_the_company(world: World, by_link: Visitor) -> None:
    for outside in ("https://evil.example/", "//evil.example", "/p/altura/en/my/", "/admin/"):
        page = by_link.get(f"{MORE}?next={outside}")
        assert f'name="next" value="{MY}"' in page.content.decode()
    assert by_link.send(MORE, {"password": PASSWORD, "next": "https://evil.example/"}).url == MY
