"""Support materials: sections, articles with files and films, questions, and the search over all of it."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Collection, Locale

from cms.models import CompanyImage
from cms.support.models import SupportPage
from portal_modules.core.models import Channel
from portal_modules.core.scope import company_scope
from tests.cms.reading import EN, add_answer, add_article, add_news, add_section
from tests.cms.test_files import add_file, at
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

SEARCH = f"{EN}support/?q="


def found(question: str, language: str = "en") -> str:
    """What the search answers to a stranger."""
    return Browser().get(f"/p/castro-lima/{language}/support/", {"q": question}).content.decode()


@pytest.mark.row("P02")
def test_the_materials_stand_in_sections(world: World) -> None:
    with company_scope(world.home.company):
        way, after = add_section(), add_section(title="Afterwards")
        add_article(way, "The phases", introduction="What happens in each")
        add_article(after, "The citizen card")
        add_section(title="Nothing in it")
    body = Browser().get(f"{EN}support/").content.decode()
    for words in (
        "The way",
        "Afterwards",
        "The phases",
        "The citizen card",
        "/en/support/the-way/the-phases/",
    ):
        assert words in body
    assert "Nothing in it" not in body
    section = Browser().get(f"{EN}support/the-way/").content.decode()
    assert "What happens in each" in section
    assert "The citizen card" not in section
    assert 'aria-label="You are here"' in section


@pytest.mark.row("P02")
def test_an_article_has_files_and_a_film_with_captions(world: World) -> None:
    with company_scope(world.home.company):
        film = add_file("film.mp4", b"\x00\x00\x00\x18ftypisom")
        captions = {language: add_file(f"{language}.vtt", b"WEBVTT\n") for language in ("pt", "es", "en")}
        picture = BytesIO()
        Image.new("RGB", (1280, 720), "navy").save(picture, "PNG")
        poster = CompanyImage.objects.create(
            title="Poster",
            file=ImageFile(BytesIO(picture.getvalue()), name="p.png"),
            collection=Collection.objects.get(depth=2),
        )
        shown = {
            "title": "How to photograph",
            "film": film,
            "poster": poster,
            "captions": [{"language": language, "file": file} for language, file in captions.items()],
            "description": "<p>A sheet on a table</p>",
        }
        paper = add_file("list.pdf")
        page = add_article(add_section(), "Seen", body=[("film", shown), ("document", paper)])
    body = Browser().get(f"{EN}support/the-way/{page.slug}/").content.decode()
    assert f'<source src="{at(film)}" type="video/mp4">' in body
    for language, file in captions.items():
        assert f'src="{at(file)}" srclang="{language}"' in body
    assert 'srclang="en" label="English" default' in body
    assert 'poster="/media/images/' in body
    assert at(paper) in body
    assert "A sheet on a table" in body
    for file in (film, paper, *captions.values()):
        assert Browser().get(at(file)).status_code == 200


def test_a_film_and_captions_are_told_by_their_kind(world: World) -> None:
    with company_scope(world.home.company):
        paper = add_file()
        block = SupportPage._meta.get_field("body").stream_block.child_blocks["film"]
        film = {"title": "A", "film": paper, "poster": None, "captions": [], "description": None}
        with pytest.raises(StructBlockValidationError):
            block.clean(block.normalize(film))
        captions = block.child_blocks["captions"].child_block
        with pytest.raises(StructBlockValidationError):
            captions.clean(captions.normalize({"language": "pt", "file": paper}))


@pytest.mark.row("P07")
def test_every_page_to_read_says_when_it_was_last_published(world: World) -> None:
    published = datetime(2026, 3, 5, 12, tzinfo=UTC)
    with company_scope(world.home.company):
        pages = {
            "support/the-way/one/": add_article(add_section(), "One"),
            "support/faq/two/": add_answer("Two", "An answer"),
            "news/three/": add_news("Three"),
        }
        for page in pages.values():
            type(page).objects.filter(pk=page.pk).update(last_published_at=published)
    for path in pages:
        body = Browser().get(f"{EN}{path}").content.decode()
        assert "Last updated on" in body
        assert "2026-03-05" in body, path
    assert "Last updated on" in Browser().get(f"{EN}help/my-home/").content.decode()


@pytest.mark.row("P01")
def test_questions_stand_by_topic_and_each_has_an_address(world: World) -> None:
    with company_scope(world.home.company):
        add_answer("How long does it take?", "Some months.", topic="Times")
        add_answer("Where is my number?", "In the e-mail.", topic="The portal")
        add_answer("Can it go faster?", "No.", topic="Times")
    body = Browser().get(f"{EN}support/faq/").content.decode()
    assert body.index("How long") < body.index("Can it go faster?") < body.index("Where is my number?")
    assert body.count("<details") == 3
    assert "In the e-mail." in Browser().get(f"{EN}support/faq/where-is-my-number/").content.decode()


@pytest.mark.row("P01")
@pytest.mark.parametrize(
    "question",
    ["certidão", "certidao", "CERTIDÕES", "certid", "certidão antiga", "certdão", "antiga casamento", "anos"],
)
def test_the_search_forgives_accents_cases_endings_and_slips(world: World, question: str) -> None:
    with company_scope(world.home.company):
        add_answer("Uma certidão antiga serve?", "Depende dos anos que tem.", language="pt")
        add_answer("Quanto custa?", "Está no contrato.", language="pt")
    body = found(question, "pt")
    found_part = body[body.index('id="found"') : body.index("</search>")]
    assert "antiga" in found_part
    assert "custa" not in found_part


def test_the_search_finds_articles_by_their_text_and_marks_the_words(world: World) -> None:
    with company_scope(world.home.company):
        add_article(
            add_section(),
            "The apostille",
            introduction="A stamp from the notary",
            body=[("paragraph", "<p>It is <b>requested</b> where the paper was born.</p>")],
        )
    assert "The apostille" in found("requests paper")
    assert "<mark>notary</mark>" in found("NOTARY")
    assert "The apostille" in found("notary zzzz"), "with one word that is nowhere"


def test_the_search_keeps_to_the_language_and_to_the_company(world: World) -> None:
    with company_scope(world.home.company):
        add_answer("Documentos?", "Todos.", language="pt")
    with company_scope(world.other.company):
        add_answer(f"Documents {MARKER}?", "All.")
    body = found("document")
    assert "Documentos?" not in body
    assert MARKER not in body


@pytest.mark.row("P01")
def test_who_finds_nothing_is_told_whom_to_ask(world: World) -> None:
    with company_scope(world.home.company):
        Channel.objects.create(purpose="support", kind="phone", value="+351 210 000 077")
        Channel.objects.create(purpose="finance", kind="phone", value="+351 210 000 099")
    body = found("xylophone")
    part = body[body.index('id="found"') : body.index("</search>")]
    assert "Nothing found for “xylophone”" in part
    assert "tel:+351210000077" in part
    assert "tel:+351210000099" not in part


def test_htmx_asks_for_the_answers_alone(world: World) -> None:
    with company_scope(world.home.company):
        add_answer("Where is my number?", "In the e-mail.")
    response = Browser().get(f"{SEARCH}number", headers={"hx-request": "true"})
    body = response.content.decode()
    assert "Where is my" in body
    assert "<html" not in body


@pytest.mark.parametrize(
    "question",
    [
        "<script>alert(1)</script>",
        "' or 1=1 --",
        "a & b | !c:*",
        "((((",
        "\\",
        "%",
        "\u0000",
        "é" * 5000,
        "word " * 500,
        "𝒳 ☃ \u202e",
        ":*",
    ],
)
def test_no_question_breaks_the_search(world: World, question: str) -> None:
    with company_scope(world.home.company):
        add_answer("Where is my number?", "In the e-mail.")
    response = Browser().get(f"{EN}support/", {"q": question})
    assert response.status_code in {200, 400}
    assert "<script>alert" not in response.content.decode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(question=st.text(alphabet=st.characters(exclude_characters="\x00", codec="utf-8"), max_size=120))
def test_no_text_at_all_breaks_the_search(world: World, question: str) -> None:
    assert Browser().get(f"{EN}support/faq/", {"q": question}).status_code == 200


def test_an_empty_shelf_says_so(world: World) -> None:
    body = Browser().get(f"{EN}support/").content.decode()
    assert "Nothing here yet" in body
    assert "No questions yet" in Browser().get(f"{EN}support/faq/").content.decode()


def test_what_an_editor_previews_is_not_kept(world: World) -> None:
    with company_scope(world.home.company):
        page = add_article(add_section(), "One", body=[("heading", "As it is")])
        page.body = [("heading", "As it will be")]
        page.save_revision()
    editor = Browser().sign_in(world.home.editor)
    assert "As it will be" in editor.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    body = Browser().get(f"{EN}support/the-way/one/").content.decode()
    assert "As it is" in body
    assert "As it will be" not in body


def test_a_translation_follows_the_audience_of_its_original(world: World) -> None:
    from wagtail_localize.fields import copy_synchronised_fields

    with company_scope(world.home.company):
        page = add_article(add_section(), "One", audience="customers")
        copy = SupportPage(title="Uma", locale=Locale.objects.get(language_code="pt"))
        copy_synchronised_fields(page, copy)
        assert copy.audience == "customers"
