"""Reading, in a browser: searching while one types, a film with captions, a programme, help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Page, expect
from wagtail.models import Collection

import cms.demo
from cms.models import CompanyDocument
from portal_modules.core.models import Channel
from portal_modules.core.scope import company_scope
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.cms.reading import add_answer, add_article, add_news, add_programme, add_section

FILES = Path(cms.demo.__file__).parent / "files"


def add_file(name: str) -> CompanyDocument:
    """One of the demo's files."""
    content = ContentFile((FILES / name).read_bytes(), name=name.replace(".", "-", 1))
    collection = Collection.objects.get(depth=2)
    document: CompanyDocument = CompanyDocument.objects.create(
        title=name, file=content, collection=collection
    )
    return document


def fill(counter: Counter, language: str) -> None:
    """Something to read, for everyone and for customers."""
    words: dict[str, Any] = {
        "pt": ("Certidões antigas servem?", "Para a conferência, sim.", "Como fotografar", "Traduções"),
        "es": ("¿Sirven las partidas antiguas?", "Para la revisión, sí.", "Cómo fotografiar", "Traducciones"),
    }
    question, answer, title, programme = words[language]
    with company_scope(counter.world.home.company):
        Channel.objects.create(purpose="support", kind="phone", value="+351 210 000 077")
        add_answer(question, answer, language=language)
        captions = [
            {"language": each, "file": add_file(f"photograph.{each}.vtt")} for each in ("pt", "es", "en")
        ]
        film = {"title": title, "film": add_file("photograph.mp4"), "captions": captions}
        paper = add_file(f"phases.{language}.pdf")
        section = add_section(language, title="Documentos")
        add_article(section, title, audience="customers", body=[("film", film), ("document", paper)])
        add_programme(programme, language=language, code="CASTRO15")
        add_news("Novas", language=language)


@pytest.mark.row("P01")
@pytest.mark.row("P02")
@pytest.mark.row("P03")
@pytest.mark.row("P04")
@pytest.mark.parametrize(("device", "language"), [("phone", "pt"), ("desktop", "es")])
def test_a_customer_reads_what_is_meant_for_them(
    counter: Counter, request: Any, device: str, language: str
) -> None:
    fill(counter, language)
    page: Page = request.getfixturevalue(device)
    company = counter.world.home.company
    # A stranger finds the answer while they type, and is told whom to ask where there is none.
    page.goto(counter.address("support/", language=language))
    expect(page.get_by_role("link", name="fotograf")).to_have_count(0)
    box = page.get_by_role("searchbox")
    box.press_sequentially("antig")
    found = page.locator("#found")
    expect(found.get_by_role("link")).to_have_count(1)
    box.fill("xilofone")
    expect(found.get_by_role("link", name="+351 210 000 077")).to_be_visible()
    assert violations(page) == []
    # Signed in, the article for customers is there, with a film that plays and its captions.
    counter.sign_in(page, counter.world.alice, company)
    page.goto(counter.address("support/", language=language))
    page.get_by_role("link", name="fotograf").click()
    film = page.locator("video")
    expect(film).to_be_visible()
    assert film.evaluate(
        "async film => { film.muted = true; await film.play(); film.pause(); return film.duration }"
    ) == pytest.approx(28, abs=1)
    showing = (
        "film => [...film.textTracks].filter(track => track.mode == 'showing').map(track => track.language)"
    )
    assert film.evaluate(showing) == [language]
    seek = (
        "film => new Promise(done => { film.onseeked = () => done(film.currentTime); film.currentTime = 20 })"
    )
    assert film.evaluate(seek) == pytest.approx(20, abs=0.5)
    assert violations(page) == []
    assert keeps_to_width(page)
    # Programmes and news are in the menu, and each section has its help.
    page.goto(counter.address("advantages/", language=language))
    page.get_by_role("main").get_by_role("link", name="Tradu").click()
    expect(page.get_by_text("CASTRO15")).to_be_visible()
    assert violations(page) == []
    page.locator(".help-mark").click()
    expect(page).to_have_url(counter.address("help/advantages/", language=language))
    page.goto(counter.address("help/", language=language))
    assert violations(page) == []
    assert keeps_to_width(page)


@pytest.mark.row("C05")
def test_without_scripts_everything_is_found_all_the_same(counter: Counter, chromium: Any) -> None:
    fill(counter, "pt")
    context = chromium.new_context(base_url=counter.origin, java_script_enabled=False)
    page = context.new_page()
    page.goto(counter.address("support/faq/", language="pt"))
    page.get_by_role("searchbox").fill("certidao")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("#found").get_by_role("link")).to_have_count(1)
    page.goto(counter.address("help/", language="pt"))
    assert page.locator(".feature").count() >= 4
    context.close()
