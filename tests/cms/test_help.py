"""Help: all that the portal can do, by mode and by what is on, and the "?" of each section."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from cms.help.models import HelpIndexPage, HelpPage
from cms.help.shipped import shipped_help
from portal_modules.core.models import CompanyModule, CompanySetting
from portal_modules.core.scope import company_scope
from tests.cms.reading import EN, add_article, add_programme, add_section, below, readers
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

HELP = f"{EN}help/"


@pytest.mark.row("C05")
def test_the_page_shows_all_that_the_portal_can_do_each_with_how_and_a_link(world: World) -> None:
    with company_scope(world.home.company):
        add_article(add_section(), "One")
        add_programme("Two")
    response = Browser().sign_in(world.alice, world.home.company).get(HELP)
    features = {feature.title: feature for feature in response.context["features"]}
    assert {"News", "Support", "Advantages", "Second factor and sessions", "Your home page"} <= set(features)
    for feature in features.values():
        assert feature.what, feature.title
        assert "<li>" in feature.how or "<p>" in feature.how, feature.title
        assert feature.url.startswith(EN), feature.title
        # The one of the cards asks for the password again first.
        opened = Browser().sign_in(world.alice, world.home.company).get(feature.url, follow=True)
        assert opened.status_code == 200
    assert features["News"].help_url == f"{HELP}news/"


@pytest.mark.row("C05")
def test_only_what_is_on_in_the_company_is_listed(world: World) -> None:
    def addresses() -> set[str]:
        return {feature.url for feature in Browser().get(HELP).context["features"]}

    assert {f"{EN}my/processes/", f"{EN}lookup/"} <= addresses()
    assert f"{EN}support/" not in addresses(), "nothing is in it yet"
    with company_scope(world.home.company):
        CompanySetting.objects.create(name="function:processes.lookup", value=False)
    assert f"{EN}lookup/" not in addresses()
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    assert f"{EN}my/processes/" not in addresses()


@pytest.mark.row("C05")
def test_the_page_is_of_the_mode(world: World) -> None:
    people = readers(world)
    by_number = {feature.url for feature in people["number"].get(HELP).context["features"]}
    assert by_number == {f"{EN}lookup/", f"{EN}lookup/process/", f"{EN}news/"}
    stranger = {feature.url: feature for feature in people["stranger"].get(HELP).context["features"]}
    assert stranger[f"{EN}my/processes/"].needs_sign_in
    assert not stranger[f"{EN}news/"].needs_sign_in
    alice = {feature.url: feature for feature in people["alice"].get(HELP).context["features"]}
    assert not any(feature.needs_sign_in for feature in alice.values())
    assert f"{EN}lookup/" not in alice


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("my/", "my-home"),
        ("my/processes/", "processes-list"),
        ("news/", "news"),
        ("support/", "support"),
        ("support/faq/", "support"),
        ("advantages/", "advantages"),
        ("access/second-factor/", "mfa-index"),
    ],
)
def test_every_section_has_a_question_mark(world: World, path: str, page: str) -> None:
    alice = Browser().sign_in(world.alice, world.home.company)
    body = alice.get(f"{EN}{path}").content.decode()
    assert f'class="help-mark" href="{HELP}{page}/"' in body
    assert alice.get(f"{HELP}{page}/").status_code == 200


def test_the_detail_of_a_section_leads_to_the_same_page(world: World) -> None:
    process = world.home.processes["alice"]
    alice = Browser().sign_in(world.alice, world.home.company)
    body = alice.get(f"{EN}my/processes/{process.pk}/").content.decode()
    assert f'class="help-mark" href="{HELP}processes-list/"' in body


def test_editors_change_help_and_take_it_away(world: World) -> None:
    with company_scope(world.home.company):
        page = HelpPage.objects.get(key="news", locale__language_code="en")
        page.introduction = "Our own words"
        page.save_revision().publish()
    assert "Our own words" in Browser().get(HELP).content.decode()
    with company_scope(world.home.company):
        page.unpublish()
    assert "help-mark" not in Browser().get(f"{EN}news/").content.decode()
    assert "What the company has to tell its customers" in Browser().get(HELP).content.decode()


def test_help_is_there_in_each_language(world: World) -> None:
    with company_scope(world.home.company):
        for key in {text.key for text in shipped_help()}:
            pages = HelpPage.objects.live().filter(key=key)
            assert {page.locale.language_code for page in pages} == {"pt", "es", "en"}, key
            assert len({page.translation_key for page in pages}) == 1


def test_missing_help_is_added_and_what_was_changed_stays(world: World) -> None:
    with company_scope(world.home.company):
        HelpPage.objects.filter(key="support", locale__language_code="en").update(introduction="Changed")
        HelpPage.objects.get(key="news", locale__language_code="es").delete()
    output = StringIO()
    call_command("add_missing_help", stdout=output)
    assert "castro-lima: 1" in output.getvalue()
    assert "altura: 0" in output.getvalue()
    with company_scope(world.home.company):
        assert HelpPage.objects.get(key="support", locale__language_code="en").introduction == "Changed"
        assert HelpPage.objects.filter(key="news").count() == 3


def test_one_help_page_for_each_section(world: World) -> None:
    with company_scope(world.home.company):
        index = below(HelpIndexPage)
    editor = Browser().sign_in(world.home.editor)
    data = {
        "title": "News again",
        "slug": "news-again",
        "key": "news",
        "introduction": "Words",
        "how": "null",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    answer = editor.post(f"/admin/pages/add/help/helppage/{index.pk}/", data).content.decode()
    assert "There is a help page for this section already." in answer
    with company_scope(world.home.company):
        assert HelpPage.objects.filter(key="news").count() == 3


@pytest.mark.row("AA01")
def test_pages_have_a_skip_link_and_labelled_breadcrumbs(world: World) -> None:
    body = Browser().get(f"{HELP}news/").content.decode()
    assert '<a class="skip-link" href="#main">' in body
    assert '<nav class="breadcrumbs" aria-label="You are here">' in body
    trail = body[body.index('class="breadcrumbs"') : body.index("</nav>", body.index('class="breadcrumbs"'))]
    assert f'href="{EN}"' in trail
    assert f'href="{HELP}"' in trail
