"""Terms and privacy notices: written and published by editors, read by everybody, accepted by customers."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from portal_modules.accounts.actions import publish_text, write_draft
from portal_modules.accounts.choices import LegalKind
from portal_modules.accounts.demo import load
from portal_modules.accounts.exceptions import AlreadyPublished, DraftExists, NothingWritten
from portal_modules.accounts.models import LegalAcceptance, LegalText
from portal_modules.core.demo import DemoWorld
from portal_modules.core.models import LogEntry
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import Contact
from tests.accounts.mailing import code_in, mails_to
from tests.accounts.people import COMPANY_PAGES, HOME, OTHER, SIGN_IN, Visitor, app_code, give_app
from tests.world.browsing import Browser
from tests.world.companies import PASSWORD, CompanyWorld, World, add_customer, make_user
from tests.world.owner import as_owner

pytestmark = pytest.mark.django_db

AGREE = f"{COMPANY_PAGES}agree/"
MY = f"{HOME}my/"
CATALOGUE = "/admin/snippets/accounts/legaltext/"


def draft(side: CompanyWorld, kind: str = "terms", **fields: Any) -> LegalText:
    with company_scope(side.company):
        bodies = {f"body_{language}": f"<p>Text {language} {kind}</p>" for language in ("pt", "es", "en")}
        return write_draft(LegalText(company=side.company, kind=kind, **{**bodies, **fields}))


def publish(side: CompanyWorld, kind: str = "terms", **fields: Any) -> LegalText:
    text = draft(side, kind, **fields)
    with company_scope(side.company):
        return publish_text(text, by=side.editor)


def accepted_by(user: Any) -> list[tuple[str, int, str]]:
    with as_owner():
        rows = LegalAcceptance._base_manager.filter(user=user).order_by("text__kind", "text__version")
        return list(rows.values_list("text__kind", "text__version", "language"))


@pytest.mark.row("Z04")
def test_from_the_draft_to_the_foot_of_every_page(world: World, browser: Visitor) -> None:
    editor = Browser().sign_in(world.home.editor)
    assert editor.get(CATALOGUE).status_code == 200
    made = editor.post(
        f"{CATALOGUE}add/",
        {
            "kind": "terms",
            "must_accept": "on",
            **{f"body_{language}": _rich(f"Rules in {language}") for language in ("pt", "es", "en")},
            **{f"changes_{language}": "" for language in ("pt", "es", "en")},
        },
    )
    assert made.status_code == 302, made.content.decode()
    with company_scope(world.home.company):
        text = LegalText.objects.get()
    assert (text.version, text.published_at) == (1, None)
    assert browser.get(f"{HOME}terms/").status_code == 404, "a draft is the editors'"
    assert "/terms/" not in browser.get(HOME).content.decode()

    page = editor.get(f"{CATALOGUE}publish/{text.pk}/")
    assert "next sign-in" in page.content.decode()
    assert editor.post(f"{CATALOGUE}publish/{text.pk}/").status_code == 302
    shown = browser.get(f"{HOME}terms/")
    assert shown.status_code == 200
    body = shown.content.decode()
    assert "Rules in en" in body
    assert "Version 1 of" in body
    assert f'href="{HOME}terms/"' in browser.get(HOME).content.decode()
    assert "Rules in es" in browser.get(HOME.replace("/en/", "/es/") + "terms/").content.decode()
    assert browser.get(f"{OTHER}terms/").status_code == 404, "each company has its own"
    with company_scope(world.home.company):
        assert LogEntry.objects.filter(action="accounts.publish_text").count() == 1


def _rich(words: str) -> str:
    """As the editor's widget sends it."""
    return (
        '{"blocks": [{"key": "a", "text": "%s", "type": "unstyled", "depth": 0, "inlineStyleRanges": [], '
        '"entityRanges": [], "data": {}}], "entityMap": {}}' % words
    )


@pytest.mark.row("Z04")
def test_a_new_version_is_asked_for_at_sign_in_and_kept(world: World, browser: Visitor) -> None:
    publish(world.home)
    publish(world.home, "privacy")
    asked = browser.enter("alice@example.com", next=f"{MY}processes/")
    assert asked.url.startswith(AGREE)
    assert browser.get(MY).status_code == 302, "not before it is accepted"
    page = browser.get(asked.url).content.decode()
    assert "Terms of use" in page
    assert "Privacy notice" in page
    refused = browser.send(AGREE, {"seen": _seen(page)})
    assert refused.status_code == 422
    assert accepted_by(world.alice) == []
    key = browser.key
    done = browser.send(AGREE, {"seen": _seen(page), "accept": "on", "next": f"{MY}processes/"})
    assert done.url == f"{MY}processes/"
    assert browser.key != key
    assert browser.get(f"{MY}processes/").status_code == 200
    assert accepted_by(world.alice) == [("privacy", 1, "en"), ("terms", 1, "en")]
    assert Visitor().enter("alice@example.com").url == MY, "and not again"

    publish(world.home, changes_en="The second one.")
    publish(world.home, "privacy", must_accept=False)
    assert browser.get(MY).status_code == 200, "who is in goes on"
    later = Visitor()
    page = later.get(later.enter("alice@example.com").url).content.decode()
    assert "The second one." in page
    assert "Privacy notice" not in page.split("<main")[1].split("</main")[0], (
        "a corrected spelling asks nobody"
    )
    later.send(AGREE, {"seen": _seen(page), "accept": "on"})
    assert accepted_by(world.alice) == [("privacy", 1, "en"), ("terms", 1, "en"), ("terms", 2, "en")]
    mine = later.get(f"{COMPANY_PAGES}account/").content.decode()
    assert "Terms of use, version 2" in mine
    assert f"{HOME}terms/1/" in mine


def _seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def test_whoever_missed_a_version_is_shown_the_newest(world: World, browser: Visitor) -> None:
    publish(world.home)
    publish(world.home, must_accept=False)
    page = browser.get(browser.enter("alice@example.com").url).content.decode()
    browser.send(AGREE, {"seen": _seen(page), "accept": "on"})
    assert accepted_by(world.alice) == [("terms", 2, "en")]


def test_what_is_accepted_is_what_was_shown(world: World, browser: Visitor) -> None:
    publish(world.home)
    page = browser.get(browser.enter("alice@example.com").url).content.decode()
    publish(world.home)
    for seen in (_seen(page), "", "1,2,3", "x" * 201, "\x00"):
        answer = browser.send(AGREE, {"seen": seen, "accept": "on"})
        assert answer.status_code == 422
        assert 'name="accept" required id="id_accept" checked' not in answer.content.decode()
    assert "texts have changed" in browser.send(AGREE, {"seen": _seen(page), "accept": "on"}).content.decode()
    assert accepted_by(world.alice) == []


def test_the_page_is_nobody_elses(world: World, browser: Visitor) -> None:
    publish(world.home)
    for stranger in (Visitor(), browser):
        assert stranger.get(AGREE).url == MY
        assert stranger.send(AGREE, {"accept": "on"}).url == MY
        browser.enter("dora@example.com", url=f"{OTHER}access/sign-in/")
    assert accepted_by(world.dora) == []


def test_it_comes_after_the_second_factor(world: World, browser: Visitor) -> None:
    publish(world.home)
    secret = give_app(world.alice)
    step = browser.enter("alice@example.com").url
    assert "second-step" in step
    assert browser.get(AGREE).url == MY
    assert browser.get(MY).status_code == 302
    asked = browser.send(step, {"code": app_code(secret)})
    assert asked.url.startswith(AGREE)
    page = browser.get(AGREE).content.decode()
    assert browser.send(AGREE, {"seen": _seen(page), "accept": "on"}).url == MY
    assert browser.kept()["access.grants"][str(world.home.company.pk)]["level"] == 40


def test_coming_back_to_the_door_leads_to_what_is_left(world: World, browser: Visitor) -> None:
    publish(world.home)
    browser.enter("alice@example.com")
    assert browser.get(f"{SIGN_IN}?next={MY}").url.startswith(AGREE)
    browser.send(f"{COMPANY_PAGES}sign-out/")
    assert browser.get(SIGN_IN).status_code == 200


def test_registering_accepts_what_holds(world: World, browser: Visitor) -> None:
    publish(world.home)
    publish(world.home, "privacy", must_accept=False)
    with company_scope(world.home.company):
        Contact.objects.create(customer=world.home.customers["alice"], name="Nina", email="nina@example.com")
    browser.send(f"{COMPANY_PAGES}register/", {"email": "nina@example.com"})
    code = code_in(mails_to(world.home.company, "nina@example.com")[-1])
    choose = browser.send(f"{COMPANY_PAGES}register/code/", {"code": code}).url
    page = browser.get(choose).content.decode()
    assert f'href="{HOME}terms/1/"' in page
    pair = {"password1": "the quick brown lawyer 1", "password2": "the quick brown lawyer 1"}
    without = browser.send(choose, {**pair, "seen": _seen(page)})
    assert without.status_code == 422
    assert "read and accept" in without.content.decode()
    assert browser.send(choose, {**pair, "seen": _seen(page), "accept": "on"}).url == MY
    with as_owner():
        user = LegalAcceptance._base_manager.latest("pk").user
    assert accepted_by(user) == [("privacy", 1, "en"), ("terms", 1, "en")]


def test_earlier_versions_stay_readable(world: World, browser: Visitor) -> None:
    publish(world.home, body_en="<p>The first words</p>")
    publish(world.home, body_en="<p>The second words</p>")
    first = browser.get(f"{HOME}terms/1/").content.decode()
    assert "The first words" in first
    assert "does not hold any more" in first
    assert "The second words" in browser.get(f"{HOME}terms/").content.decode()
    for number in ("0", "3", "99999999999999999999999"):
        assert browser.get(f"{HOME}terms/{number}/").status_code == 404


class TestNobodyChangesWhatIsOut:
    def test_by_the_action(self, world: World) -> None:
        text = publish(world.home)
        with company_scope(world.home.company):
            for verb in (lambda: write_draft(text), lambda: publish_text(text, by=None)):
                with pytest.raises(AlreadyPublished):
                    verb()

    def test_by_the_database(self, world: World) -> None:
        text = publish(world.home)
        with company_scope(world.home.company):
            LegalAcceptance.objects.create(text=text, user=world.alice, language="en")
            for statement in (
                lambda: LegalText.objects.update(body_en="other"),
                lambda: LegalText.objects.all().delete(),
                lambda: LegalAcceptance.objects.update(language="pt"),
                lambda: LegalAcceptance.objects.all().delete(),
            ):
                with pytest.raises(DatabaseError), transaction.atomic():
                    statement()

    def test_by_the_back_office(self, world: World) -> None:
        text = publish(world.home)
        manager = Browser(raise_request_exception=False).sign_in(world.home.manager)
        inspect = f"{CATALOGUE}inspect/{text.pk}/"
        edit = f"{CATALOGUE}edit/{text.pk}/"
        assert manager.get(edit).url == inspect
        assert manager.post(edit, {"kind": "privacy"}).url == inspect
        assert "Text en terms" in manager.get(inspect).content.decode()
        assert manager.get(f"{CATALOGUE}publish/{text.pk}/").status_code == 404
        for path in (f"{CATALOGUE}delete/{text.pk}/", f"/admin/bulk/accounts/legaltext/delete/?id={text.pk}"):
            manager.post(path)
        with company_scope(world.home.company):
            assert LegalText.objects.get().body_en == "<p>Text en terms</p>"

    def test_two_drafts_of_a_kind_are_refused(self, world: World) -> None:
        draft(world.home)
        with pytest.raises(DraftExists):
            draft(world.home)
        manager = Browser().sign_in(world.home.manager)
        answer = manager.post(f"{CATALOGUE}add/", {"kind": "terms", "body_en": _rich("x"), "changes_en": ""})
        assert answer.status_code == 200
        assert "There is a draft" in answer.content.decode()
        assert draft(world.home, "privacy").version == 1

    def test_a_language_without_a_text_is_not_published(self, world: World) -> None:
        text = draft(world.home, body_es="")
        with company_scope(world.home.company), pytest.raises(NothingWritten):
            publish_text(text, by=None)
        manager = Browser().sign_in(world.home.manager)
        manager.post(f"{CATALOGUE}publish/{text.pk}/")
        assert "every language" in manager.get(CATALOGUE).content.decode()

    def test_readers_do_not_write(self, world: World) -> None:
        text = draft(world.home)
        reader = Browser(raise_request_exception=False).sign_in(world.home.reader)
        assert reader.get(CATALOGUE).status_code == 200
        for method in (reader.get, reader.post):
            assert method(f"{CATALOGUE}publish/{text.pk}/").status_code in {302, 403}
        with company_scope(world.home.company):
            assert not LegalText.objects.get().is_published
        stranger = Browser(raise_request_exception=False).sign_in(world.other.manager)
        assert stranger.post(f"{CATALOGUE}publish/{text.pk}/").status_code == 404


def test_the_kinds_are_the_pages() -> None:
    assert {kind.value for kind in LegalKind} == {"terms", "privacy"}


def test_somebody_known_to_two_companies_accepts_for_each(world: World, browser: Visitor) -> None:
    publish(world.home)
    person = make_user("two@example.com", "Two")
    for side, name in ((world.home, "charlie"), (world.other, "dora")):
        with company_scope(side.company):
            add_customer(side, name, person, ["viewer"])
    assert browser.enter("two@example.com", PASSWORD).url.startswith(AGREE)
    other = browser.enter("two@example.com", PASSWORD, url=f"{OTHER}access/sign-in/")
    assert other.url == f"{OTHER}my/", "the other company asks for nothing"
    assert browser.get(f"{OTHER}my/").status_code == 200
    assert browser.get(MY).status_code == 302


@pytest.mark.parametrize("alias", ["castro-lima", "altura"])
def test_the_demo_has_texts_and_everybody_but_one_has_accepted_them(world: World, alias: str) -> None:
    side = world.home if alias == "castro-lima" else world.other
    person = world.alice if side is world.home else world.dora
    with company_scope(side.company):
        load(side.company, DemoWorld(today=date(2026, 11, 22), staff=[], customers=[]), Random(1))
        texts = list(LegalText.objects.order_by("kind", "version"))
        accepted = set(LegalAcceptance.objects.filter(user=person).values_list("text", flat=True))
    assert accepted == {text.pk for text in texts}
    for text in texts:
        bodies = [getattr(text, f"body_{language}") for language in ("pt", "es", "en")]
        assert all(body.count("<h2>") >= 5 and "{" not in body for body in bodies)
        assert len({body.count("<h2>") for body in bodies}) == 1
    email = f"{person.name.lower()}@example.com"
    sign_in = f"/p/{alias}/en/access/sign-in/"
    assert Visitor().enter(email, url=sign_in).url == f"/p/{alias}/en/my/", "nobody is kept waiting"
