"""The public pages of a company: home, news, languages, addresses."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from cms.home.models import HomePage
from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.core.models import Channel, SocialLink
from portal_modules.core.scope import company_scope
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

HOME = "/p/castro-lima/en/"


def add_news(world: World, language: str, slug: str, key: str, **fields: str) -> NewsPage:
    """One piece of news in one language."""
    index = NewsIndexPage.objects.get(locale__language_code=language)
    locale = Locale.objects.get(language_code=language)
    page = NewsPage(title=f"News {language} {slug}", slug=slug, locale=locale, translation_key=key, **fields)
    index.add_child(instance=page)
    page.save_revision().publish()
    return page


@pytest.mark.row("S05")
@pytest.mark.row("C01")
@pytest.mark.parametrize("language", ["pt", "es", "en"])
def test_the_home_page_has_both_boxes_in_each_language(world: World, client: Client, language: str) -> None:
    response = client.get(f"/p/castro-lima/{language}/")
    body = response.content.decode()
    assert response.status_code == 200
    assert f'action="/p/castro-lima/{language}/lookup/"' in body
    assert f'action="/p/castro-lima/{language}/access/sign-in/"' in body
    assert 'name="number"' in body
    assert 'type="password"' in body
    assert MARKER not in body


@pytest.mark.row("R01")
def test_the_language_selector_keeps_the_page(world: World, client: Client) -> None:
    key = "6f1c1f1e-0000-4000-8000-000000000001"
    with company_scope(world.home.company):
        add_news(world, "en", "the-new-law", key)
        add_news(world, "pt", "a-lei-nova", key)
    body = client.get("/p/castro-lima/en/news/the-new-law/").content.decode()
    assert 'href="/p/castro-lima/pt/news/a-lei-nova/"' in body
    assert 'href="/p/castro-lima/es/news/"' in body, "where it is not translated, its section"
    body = client.get("/p/castro-lima/en/lookup/?x=1").content.decode()
    assert 'href="/p/castro-lima/pt/lookup/?x=1"' in body


@pytest.mark.row("A06")
@pytest.mark.row("C03")
def test_channels_by_purpose_and_social_networks_are_shown(world: World, client: Client) -> None:
    with company_scope(world.home.company):
        Channel.objects.create(
            purpose="access",
            kind="phone",
            value="+351 210 000 001",
            menu_path_en="option 3",
            hours_en="9 to 18",
        )
        SocialLink.objects.create(network="linkedin", url="https://linkedin.example/castro")
    body = client.get(HOME).content.decode()
    assert "tel:+351210000001" in body
    assert "option 3" in body
    assert "https://linkedin.example/castro" in body


@pytest.mark.row("I08")
def test_other_ways_to_talk_stand_on_every_page(world: World, client: Client) -> None:
    """Phone with what to press, WhatsApp, e-mail: in front of the door, and inside beside the messages."""
    ways = (
        ("phone", "+351 210 000 001", "tel:+351210000001"),
        ("whatsapp", "+351 910 000 002", "https://wa.me/351910000002"),
        ("email", "counter@castro.example", "mailto:counter@castro.example"),
    )
    with company_scope(world.home.company):
        for kind, value, _url in ways:
            Channel.objects.create(
                purpose="support", kind=kind, value=value, menu_path_en=f"option 3, item {kind}"
            )
    alice = Browser().sign_in(world.alice, world.home.company)
    pages = [
        client.get(HOME),
        client.get("/p/castro-lima/en/access/sign-in/"),
        alice.get("/p/castro-lima/en/my/"),
        alice.get(f"/p/castro-lima/en/my/processes/{world.home.processes['alice'].pk}/"),
    ]
    for page in pages:
        body = page.content.decode()
        for _kind, _value, url in ways:
            assert url in body, (page.request["PATH_INFO"], url)
    assert "option 3, item phone" in pages[0].content.decode()


def test_news_of_the_home_page_follow_what_editors_publish(world: World, client: Client) -> None:
    assert "News en one" not in client.get(HOME).content.decode()
    with company_scope(world.home.company):
        page = add_news(world, "en", "one", "6f1c1f1e-0000-4000-8000-000000000002")
    assert "News en one" in client.get(HOME).content.decode()
    with company_scope(world.home.company):
        page.unpublish()
    assert "News en one" not in client.get(HOME).content.decode()
    assert client.get("/p/castro-lima/en/news/one/").status_code == 404


@pytest.mark.row("S01")
@pytest.mark.row("S03")
def test_a_company_is_found_by_its_path_and_by_its_host(world: World, client: Client) -> None:
    by_path = client.get(HOME)
    by_host = client.get("/en/", headers={"host": "castro-lima.portal.test"})
    assert by_path.status_code == by_host.status_code == 200
    assert 'action="/en/lookup/"' in by_host.content.decode()
    assert (
        client.get("/customer/", headers={"host": "castro-lima.portal.test"}, follow=False).status_code == 302
    )
    assert client.get("/p/nobody/en/").status_code == 404
    assert client.get("/en/", headers={"host": "nobody.portal.test"}).status_code == 404


def test_the_pages_of_another_company_are_not_below_this_one(world: World, client: Client) -> None:
    with company_scope(world.other.company):
        index = NewsIndexPage.objects.get(locale__language_code="en")
        index.add_child(instance=NewsPage(title=f"Theirs {MARKER}", slug="theirs", locale=index.locale))
    assert client.get("/p/altura/en/news/theirs/").status_code == 200
    assert client.get("/p/castro-lima/en/news/theirs/").status_code == 404


@pytest.mark.row("S02")
def test_the_front_of_an_installation_lists_no_company(world: World, client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "castro" not in response.content.decode().lower()
    assert client.get("/p/castro-lima/").headers["Location"] == "/p/castro-lima/pt/"


@pytest.mark.parametrize("path", ["admin/", "health/live", "api/v1/", "hooks/stripe/x/", "demo/components/"])
def test_the_platforms_addresses_are_not_below_a_company(world: World, client: Client, path: str) -> None:
    assert client.get(f"/p/castro-lima/{path}").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "castro-lima.portal.test.evil.example", "portal.test@evil.example"]
)
def test_an_evil_host_is_refused(world: World, client: Client, host: str) -> None:
    assert client.get(HOME, headers={"host": host}).status_code == 400


@pytest.mark.row("S07")
def test_the_colour_of_the_company_is_a_style_sheet_that_may_be_kept(world: World, client: Client) -> None:
    body = client.get(HOME).content.decode()
    assert "/p/castro-lima/brand.css?v=" in body
    response = client.get("/p/castro-lima/brand.css")
    assert response.status_code == 200
    assert "--brand" in response.content.decode()
    assert "public" in response.headers["Cache-Control"]


def test_an_old_address_leads_where_editors_said(world: World, client: Client) -> None:
    with company_scope(world.home.company):
        home = HomePage.objects.get(locale__language_code="en")
        Redirect.objects.create(old_path="/en/old", site=world.home.company.site, redirect_page=home)
    assert client.get("/p/castro-lima/en/old/").headers["Location"] == "/p/castro-lima/en/"
    assert client.get("/p/altura/en/old/").status_code == 404


def test_private_pages_are_kept_nowhere(world: World, client: Client) -> None:
    for path in (HOME, "/p/castro-lima/en/lookup/", "/admin/"):
        assert "no-store" in client.get(path).headers["Cache-Control"]


def test_the_portuguese_of_the_country_is_spoken(world: World, client: Client) -> None:
    assert 'lang="pt-pt"' in client.get("/p/castro-lima/pt/").content.decode()
    assert 'lang="pt-br"' in client.get("/p/altura/pt/").content.decode()
