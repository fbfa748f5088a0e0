"""An editor's day: news with a picture for later, seen as its readers see it, translated; words of phases and mails."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from cms.models import CompanyImage
from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.core.scope import company_scope
from portal_modules.processes.models import Phase
from tests.browser.counter import Counter, keeps_to_width, violations
from tests.cms.reading import below, publish

KIND = "/admin/snippets/processes/processkind/edit/"
WORDS = "/admin/snippets/notifications/messagewords/"


def picture() -> dict[str, object]:
    drawn = BytesIO()
    Image.new("RGB", (800, 450), "#1f5f4a").save(drawn, "PNG")
    return {"name": "office.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


@pytest.mark.row("P04")
def test_an_editor_writes_news_with_a_picture_for_later_and_looks_at_it_as_readers(
    counter: Counter, desktop: Page
) -> None:
    home = counter.world.home
    counter.sign_in(desktop, home.editor)
    desktop.goto(f"{counter.origin}/admin/images/add/")
    desktop.locator("#id_title").fill("The office")
    desktop.locator("#id_file").set_input_files(picture())  # type: ignore[arg-type]  # as Playwright's own manual
    desktop.locator("main form button[type=submit]").first.click()
    expect(desktop).to_have_url(re.compile(r"/admin/images/$"))
    with company_scope(home.company):
        image = CompanyImage.objects.get(title="The office")
        index = below(NewsIndexPage, "pt")

    desktop.goto(f"{counter.origin}/admin/pages/add/news/newspage/{index.pk}/")
    desktop.locator("#id_title").fill("Novo horário")
    desktop.locator("#id_introduction").fill("A partir de junho abrimos às oito")
    desktop.locator("#id_image-chooser [data-chooser-action-choose]").first.click()
    desktop.locator(".modal a[data-chooser-modal-choice]", has_text="The office").first.click()
    expect(desktop.locator("#id_image")).to_have_value(str(image.pk))

    desktop.locator('[data-side-panel-toggle="preview"]').click()
    frame = desktop.frame_locator("#w-preview-iframe")
    expect(frame.locator("body")).to_contain_text("A partir de junho abrimos às oito")
    modes = desktop.locator("#id_preview_mode")
    assert modes.locator("option").count() >= 3, "a visitor, somebody with a number, a customer"

    desktop.locator('[data-side-panel-toggle="status"]').click()
    desktop.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    later = timezone.localtime() + timedelta(days=2)
    field = desktop.locator("#schedule-publishing-dialog #id_go_live_at")
    field.fill(later.strftime("%Y-%m-%d %H:%M"))
    desktop.locator("#schedule-publishing-dialog button[type=submit]").press("Enter")
    desktop.wait_for_load_state()
    with company_scope(home.company):
        page = NewsPage.objects.get(title="Novo horário")
        assert page.image_id == image.pk
        assert not page.live


@pytest.mark.row("P04")
def test_an_editor_finds_what_is_untranslated_and_translates_it(counter: Counter, desktop: Page) -> None:
    home = counter.world.home
    with company_scope(home.company):
        page = publish(below(NewsIndexPage, "pt"), NewsPage(title="Mudámos de casa", introduction="Rua nova"))
    counter.sign_in(desktop, home.editor)
    desktop.goto(f"{counter.origin}/admin/")
    listed = desktop.locator("#pages-untranslated")
    expect(listed).to_contain_text("Mudámos de casa")
    assert violations(desktop) == []
    desktop.goto(f"{counter.origin}/admin/reports/untranslated/?language=es")
    desktop.locator(f'a[href="/admin/localize/submit/page/{page.pk}/"]').click()
    box = desktop.locator("main form input[type=checkbox][name=locales]")
    expect(box.first).to_be_visible()
    for at in range(box.count()):
        box.nth(at).check()
    desktop.locator("main form button[type=submit], main form input[type=submit]").first.click()
    expect(desktop).to_have_url(re.compile(r"/admin/pages/\d+/"))
    desktop.goto(f"{counter.origin}/admin/reports/untranslated/?language=es")
    expect(desktop.locator("main")).to_contain_text("Mudámos de casa")

    with company_scope(home.company):
        spanish = NewsPage.objects.get(translation_key=page.translation_key, locale__language_code="es")
    desktop.goto(f"{counter.origin}/admin/pages/{spanish.pk}/edit/")
    for words in ("Nos mudamos de casa", "Calle nueva"):
        desktop.get_by_role("button", name="Translate").first.click()
        desktop.locator("li textarea").fill(words)
        desktop.get_by_role("button", name="Save", exact=True).click()
        expect(desktop.locator("li.complete", has_text=words)).to_be_visible()
    desktop.get_by_role("button", name=re.compile("^Publish in")).click()
    expect(desktop.locator(".messages")).to_contain_text("Published")
    with company_scope(home.company):
        spanish.refresh_from_db()
        assert (spanish.title, spanish.introduction) == ("Nos mudamos de casa", "Calle nueva")
    desktop.goto(f"{counter.origin}/admin/reports/untranslated/?language=es")
    expect(desktop.locator("main")).not_to_contain_text("Mudámos de casa")


def test_a_manager_writes_phases_in_tabs_and_adds_one(counter: Counter, desktop: Page, phone: Page) -> None:
    home = counter.world.home
    counter.sign_in(desktop, home.manager)
    desktop.goto(f"{counter.origin}{KIND}{home.kind.pk}/")
    desktop.locator(".w-tabs__wrapper [role=tab]").last.click()
    first = desktop.locator("#id_phases-FORMS > *").first
    tabs = first.locator(".balcao-languages [role=tab]")
    expect(tabs).to_have_count(3)
    expect(tabs.nth(0)).to_have_attribute("aria-selected", "true")
    tabs.nth(1).click()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    expect(first.locator("#id_phases-0-name_pt")).to_be_hidden()
    first.locator("#id_phases-0-name_es").fill("En el registro")
    tabs.nth(1).press("ArrowRight")
    expect(first.locator("#id_phases-0-name_en")).to_be_visible()
    before = desktop.locator("#id_phases-FORMS > *").count()
    desktop.locator("#id_phases-ADD").click()
    added = desktop.locator(f"#id_phases-{before}-name_pt")
    expect(added).to_be_visible()
    added.fill("Arquivo")
    # Wagtail's own page has its name in a heading of the second level.
    assert [each for each in violations(desktop) if "page-has-heading-one" not in each] == []
    desktop.locator(
        "main form footer button[type=submit], main form .footer button[type=submit]"
    ).first.click()
    expect(desktop).to_have_url(re.compile(r"/processkind/$"))
    with company_scope(home.company):
        assert Phase.objects.filter(kind=home.kind, name_es="En el registro").exists()
        assert Phase.objects.filter(kind=home.kind, name_pt="Arquivo").exists()
    counter.sign_in(phone, home.manager)
    phone.goto(f"{counter.origin}{KIND}{home.kind.pk}/")
    phone.locator(".w-tabs__wrapper [role=tab]").last.click()
    assert keeps_to_width(phone)


def test_an_editor_writes_a_mail_in_own_words_and_gets_a_test(counter: Counter, desktop: Page) -> None:
    home = counter.world.home
    counter.sign_in(desktop, home.editor)
    desktop.goto(f"{counter.origin}{WORDS}")
    row = desktop.locator("tr", has_text="A business of yours entered a new phase")
    expect(row).to_contain_text("as shipped")
    assert violations(desktop) == []
    row.get_by_role("link", name=re.compile("^Change the words")).click()
    expect(desktop.locator("#id_subject_pt")).to_have_value(re.compile("."))
    desktop.locator("#id_subject_pt").fill("Novidade para {nobody}")
    save = "main form footer button[type=submit], main form .footer button[type=submit]"
    desktop.locator(save).first.click()
    expect(desktop.locator("main")).to_contain_text("{nobody}")
    desktop.locator("[role=tab]").first.click()
    desktop.locator("#id_subject_pt").fill("Novidade para {customer_name}")
    desktop.locator(save).first.click()
    expect(desktop).to_have_url(re.compile(r"/notifications/words/[\w.]+/"))
    desktop.get_by_role("button", name="Send me a test").click()
    expect(desktop.locator(".messages")).to_contain_text(home.editor.email)
    (letter,) = counter.mails_to(home.editor.email)
    assert letter.subject


def test_a_group_unfolds_over_its_rows(counter: Counter, desktop: Page) -> None:
    counter.sign_in(desktop, counter.world.home.clerk)
    desktop.goto(f"{counter.origin}/admin/processes/process/?group=phase")
    group = desktop.locator("[data-balcao-group]").first
    expect(group.locator("tbody tr")).to_have_count(0)
    group.locator("summary").click()
    expect(group.locator("tbody tr")).not_to_have_count(0)
    assert violations(desktop) == []
    group.locator("tbody th a").first.click()
    expect(desktop).to_have_url(re.compile(r"/admin/processes/process/inspect/"))
