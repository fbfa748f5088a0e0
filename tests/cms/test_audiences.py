"""Whom a page is for: in lists, searches, the menu, on the home page and at the page's own address."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from cms.audiences import Audience
from cms.news.models import NewsPage
from cms.support.models import SupportPage
from portal_modules.core.scope import PORTAL, VISITOR, company_scope
from portal_modules.customers.models import CustomerGroup
from tests.cms.reading import (
    AUDIENCES,
    EN,
    MAY_READ,
    add_answer,
    add_article,
    add_news,
    add_programme,
    add_section,
    put_into_group,
    readers,
)
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def one_for_each(world: World) -> dict[str, dict[Audience, str]]:
    """The addresses of an article, an answer, a programme and a piece of news for each audience."""
    found: dict[str, dict[Audience, str]] = {"support": {}, "faq": {}, "advantages": {}, "news": {}}
    with company_scope(world.home.company):
        group = put_into_group(world.home, "alice")
        section = add_section()
        for audience in AUDIENCES:
            fields = {"audience": audience}
            groups = (group,) if audience == Audience.GROUPS else ()
            title = f"Meant for {audience}"
            article = add_article(section, title, groups=groups, **fields)
            found["support"][audience] = f"support/{section.slug}/{article.slug}/"
            answer = add_answer(f"{title}?", f"Answer for {audience}", **fields)
            if groups:
                answer.groups = list(groups)
                answer.save()
            found["faq"][audience] = f"support/faq/{answer.slug}/"
            found["advantages"][audience] = (
                f"advantages/{add_programme(title, groups=groups, **fields).slug}/"
            )
            found["news"][audience] = f"news/{add_news(title, groups=groups, **fields).slug}/"
    return found


@pytest.mark.row("P04")
@pytest.mark.parametrize("kind", ["support", "faq", "advantages", "news"])
@pytest.mark.parametrize("order", ["strangers first", "customers first"])
def test_a_page_is_read_by_whom_it_is_for_and_by_nobody_else(world: World, kind: str, order: str) -> None:
    addresses = one_for_each(world)[kind]
    people = list(readers(world).items())
    for name, browser in people if order == "strangers first" else reversed(people):
        for audience, address in addresses.items():
            response = browser.get(f"{EN}{address}")
            if audience in MAY_READ[name]:
                assert response.status_code == 200, (name, audience)
                assert f"eant for {audience}" in response.content.decode(), (name, audience)
            elif name == "charlie":
                assert response.status_code == 404, (name, audience)
            else:
                assert response.status_code == 302, (name, audience)
                assert "/access/sign-in/?next=" in response.headers["Location"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("support/", "Meant for {}"),
        ("support/the-way/", "Meant for {}"),
        ("support/faq/", "Meant for {}"),
        ("support/?q=meant", "for {}"),
        ("support/faq/?q=meant", "for {}"),
        ("advantages/", "Meant for {}"),
        ("news/", "Meant for {}"),
        ("", "Meant for {}"),
    ],
)
def test_lists_and_searches_show_what_is_for_the_reader(world: World, path: str, words: str) -> None:
    one_for_each(world)
    with company_scope(world.home.company):
        # The home page shows three: here those of the three narrower audiences.
        NewsPage.objects.filter(audience="everyone").update(date="2020-01-01")
    for name, browser in readers(world).items():
        body = browser.get(f"{EN}{path}").content.decode()
        for audience in AUDIENCES:
            if path == "" and audience == "everyone":
                continue
            shown = words.format(audience) in body
            assert shown == (audience in MAY_READ[name]), (path, name, audience)


@pytest.mark.row("B03")
def test_a_number_opens_my_business_the_news_and_what_is_meant_for_numbers(world: World) -> None:
    number = readers(world)["number"]

    def menu() -> list[str]:
        response = number.get(f"{EN}news/")
        with translation.override("en"):
            return [str(entry["label"]) for entry in response.context["menu"]]

    with company_scope(world.home.company):
        section = add_section()
        add_article(section, "For everybody")
        add_programme("For customers", audience="customers")
    assert menu() == ["My business", "News"]
    with company_scope(world.home.company):
        add_article(section, "For numbers", audience="numbers")
    assert menu() == ["My business", "News", "Support"]


def test_the_menu_leads_to_what_has_something_for_the_reader(world: World) -> None:
    people = readers(world)

    def menu(name: str) -> set[str]:
        return {
            str(entry["label"])
            for entry in people[name].get(f"{EN}news/").context["menu"]
            if entry["url"].startswith(EN)
        }

    assert not menu("stranger") & {"Support", "Advantages"}
    with company_scope(world.home.company):
        group = put_into_group(world.home, "alice")
        add_programme("For the group", audience="groups", groups=(group,))
        add_article(add_section(), "For customers", audience="customers")
    assert not menu("stranger") & {"Support", "Advantages"}
    assert menu("charlie") & {"Support", "Advantages"} == {"Support"}
    assert menu("alice") & {"Support", "Advantages"} == {"Support", "Advantages"}


def test_who_leaves_a_group_no_longer_reads_what_is_for_it(world: World) -> None:
    with company_scope(world.home.company):
        group = put_into_group(world.home, "alice")
        page = add_article(add_section(), "For the group", audience="groups", groups=(group,))
    alice = readers(world)["alice"]
    address = f"{EN}support/the-way/{page.slug}/"
    assert alice.get(address).status_code == 200
    with company_scope(world.home.company):
        customer = world.home.customers["alice"]
        customer.group = None
        customer.save(update_fields=["group"])
    assert alice.get(address).status_code == 404


def test_a_page_that_is_narrowed_is_closed_at_once(world: World) -> None:
    with company_scope(world.home.company):
        page = add_article(add_section(), "For everybody")
    address = f"{EN}support/the-way/{page.slug}/"
    assert Browser().get(address).status_code == 200
    with company_scope(world.home.company):
        page.audience = Audience.CUSTOMERS
        page.save_revision().publish()
    assert Browser().get(address).status_code == 302
    assert "For everybody" not in Browser().get(f"{EN}support/").content.decode()


def test_the_wall_hides_from_visitors_what_is_for_customers(world: World) -> None:
    one_for_each(world)
    company = world.home.company
    for kind in (SupportPage, NewsPage):
        with company_scope(company, VISITOR):
            assert {page.audience for page in kind.objects.all()} == {"everyone", "numbers"}
        with company_scope(company, PORTAL, customers=[world.home.customers["charlie"].pk]):
            assert {page.audience for page in kind.objects.all()} == set(AUDIENCES)
        with company_scope(world.other.company, PORTAL):
            assert not kind.objects.all()


def test_a_group_of_another_company_is_refused_by_the_database(world: World) -> None:
    with company_scope(world.other.company):
        theirs = put_into_group(world.other, "dora")
    with company_scope(world.home.company):
        page = add_article(add_section(), "For a group", audience="groups")
        with pytest.raises(IntegrityError), transaction.atomic():
            SupportPage.groups.through.objects.create(supportpage_id=page.pk, customergroup_id=theirs.pk)
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")


def test_staff_make_the_groups_in_their_register(world: World) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    assert clerk.post("/admin/customers/customergroup/create/", {"name": "Families"}).status_code == 302
    assert "Families" in clerk.get("/admin/customers/customergroup/").content.decode()
    again = clerk.post("/admin/customers/customergroup/create/", {"name": "Families"})
    assert again.status_code == 200
    with company_scope(world.home.company):
        assert CustomerGroup.objects.filter(name="Families").count() == 1
    theirs = Browser().sign_in(world.other.clerk).get("/admin/customers/customergroup/").content.decode()
    assert "Families" not in theirs
