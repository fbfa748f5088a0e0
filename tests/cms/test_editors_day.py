"""An editor's day: news with a picture, published later, translated, and looked at as each reader sees it."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page, PageViewRestriction, Revision
from wagtail_localize.models import StringSegment, Translation

from cms.models import CompanyImage
from cms.news.models import NewsIndexPage, NewsPage
from cms.tasks import publish_scheduled_pages
from portal_modules.core.scope import company_scope
from portal_modules.customers.models import CustomerGroup
from tests.cms.reading import EN, below, publish
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

UNTRANSLATED = "/admin/reports/untranslated/"


def picture() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (800, 450), "#1f5f4a").save(drawn, "PNG")
    return SimpleUploadedFile("office.png", drawn.getvalue(), content_type="image/png")


def form(**values: Any) -> dict[str, Any]:
    """What the browser sends of the form of a piece of news."""
    sent = {
        "title": "New office hours",
        "slug": "hours",
        "date": "2026-05-12",
        "introduction": "From June on",
        "audience": "everyone",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "1000",
    }
    return {**sent, **values}


def test_there_is_one_way_to_choose_the_readers_of_a_page(world: World) -> None:
    """Wagtail's privacy stays where a page has no audience; elsewhere the audience stands in its place."""
    with company_scope(world.home.company):
        index = below(NewsIndexPage)
        page = publish(index, NewsPage(title="Hours", introduction="Now", audience="customers"))
    editor = Browser().sign_in(world.home.editor)
    shown = editor.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "Readers: Customers" in shown
    assert "Change privacy" not in shown
    address = f"/admin/pages/{page.pk}/privacy/"
    editor.post(address, {"restriction_type": "login"})
    with company_scope(world.home.company):
        assert not PageViewRestriction.objects.exists()
    unsaved = editor.get(f"/admin/pages/add/news/newspage/{index.pk}/")
    assert "Readers: Everyone" in unsaved.content.decode()


def test_an_editor_writes_news_with_a_picture_and_has_it_published_later(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    added = editor.post("/admin/images/add/", {"title": "The office", "file": picture()})
    assert added.status_code == 302
    with company_scope(world.home.company):
        image = CompanyImage.objects.get(title="The office")
        small, large = image.get_rendition("width-40").url, image.get_rendition("width-80").url
        # Pictures are served to whoever has the address, which only the page tells.
        assert re.fullmatch(r"/media/images/[\w-]{16}\.office[\w.-]*\.png", small), small
        assert small[:30] != large[:30]
        index = below(NewsIndexPage)
    place = f"/admin/pages/add/news/newspage/{index.pk}/"
    assert editor.get(place).status_code == 200
    later = timezone.now() + timedelta(hours=3)
    sent = form(
        image=image.pk, go_live_at=later.strftime("%Y-%m-%d %H:%M"), **{"action-publish": "action-publish"}
    )
    answer = editor.post(place, sent)
    assert answer.status_code == 302, answer.context["form"].errors
    with company_scope(world.home.company):
        page = NewsPage.objects.get(slug="hours")
        assert not page.live
        assert page.image_id == image.pk
    assert Browser().get(f"{EN}news/hours/").status_code == 404
    publish_scheduled_pages.func()
    assert Browser().get(f"{EN}news/hours/").status_code == 404, "too early"
    with company_scope(world.home.company):
        past = timezone.now() - timedelta(minutes=1)
        revision = Revision.objects.get(object_id=str(page.pk), approved_go_live_at__isnull=False)
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    publish_scheduled_pages.func()
    shown = Browser().get(f"{EN}news/hours/")
    assert shown.status_code == 200
    assert "New office hours" in shown.content.decode()


def test_a_picture_of_another_company_is_not_offered_and_not_taken(world: World) -> None:
    with company_scope(world.other.company):
        foreign = CompanyImage.objects.create(title=f"Theirs {MARKER}", file=picture(), width=800, height=450)
    editor = Browser().sign_in(world.home.editor)
    assert MARKER not in editor.get("/admin/images/chooser/").content.decode()
    assert editor.get(f"/admin/images/chooser/chosen/{foreign.pk}/").status_code == 404
    with company_scope(world.home.company):
        index = below(NewsIndexPage)
    answer = editor.post(
        f"/admin/pages/add/news/newspage/{index.pk}/",
        form(image=foreign.pk, **{"action-publish": "action-publish"}),
    )
    assert answer.status_code != 500
    with company_scope(world.home.company):
        assert not NewsPage.objects.filter(image__isnull=False).exists()


def test_a_page_is_translated_inside_the_walls(world: World, django_capture_on_commit_callbacks: Any) -> None:
    editor = Browser().sign_in(world.home.editor)
    with company_scope(world.home.company):
        page = publish(
            below(NewsIndexPage, "pt"), NewsPage(title="Novo horário", introduction="A partir de junho")
        )
        spanish = Locale.objects.get(language_code="es")
    row = editor.get(UNTRANSLATED, {"language": "es"}).content.decode()
    submit = f"/admin/localize/submit/page/{page.pk}/"
    assert submit in row
    assert editor.get(submit).status_code == 200
    assert editor.post(submit, {"locales": [spanish.pk], "include_subtree": ""}).status_code == 302
    with company_scope(world.home.company):
        translation = Translation.objects.get(target_locale=spanish, source__object_id=page.translation_key)
        target = Page.objects.get(translation_key=page.translation_key, locale=spanish)
        segments = list(StringSegment.objects.filter(source=translation.source).select_related("string"))
    edit = f"/admin/pages/{target.pk}/edit/"
    assert editor.get(edit).status_code == 200
    assert edit in editor.get(UNTRANSLATED, {"language": "es"}).content.decode()
    words = {"Novo horário": "Nuevo horario", "A partir de junho": "Desde junio"}
    for segment in segments:
        told = words.get(segment.string.data, segment.string.data)
        answer = editor.put(
            f"/admin/localize/translate/{translation.pk}/strings/{segment.pk}/edit/",
            f"value={told}",
            content_type="application/x-www-form-urlencoded",
        )
        assert answer.status_code in {200, 201}
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(edit, {"action": "publish"}).status_code in {200, 302}
    with company_scope(world.home.company):
        there = Page.objects.get(pk=target.pk)
        assert there.live
        path = there.url_path.partition("/news/")[2].strip("/")
    shown = Browser().get(f"/p/castro-lima/es/news/{path}/").content.decode()
    assert "Nuevo horario" in shown
    assert "Desde junio" in shown
    assert edit not in editor.get(UNTRANSLATED, {"language": "es"}).content.decode()
    stranger = Browser().sign_in(world.other.editor)
    assert stranger.get(submit).status_code in {302, 403, 404}
    assert "Novo hor" not in stranger.get(UNTRANSLATED).content.decode()


def test_what_is_written_in_one_language_only_is_listed_with_the_way(world: World) -> None:
    editor = Browser().sign_in(world.home.manager)
    page = editor.get(UNTRANSLATED, {"language": "es"}).content.decode()
    assert "CASTRO-OWN" in page, "kinds and phases of the world have no Spanish"
    assert f"/admin/snippets/processes/processkind/edit/{world.home.kind.pk}/" in page
    assert MARKER not in page
    assert editor.get(UNTRANSLATED, {"language": "xx"}).status_code == 404
    assert editor.get(UNTRANSLATED, {"page": "99"}).status_code == 404
    assert Browser().sign_in(world.home.clerk).get(UNTRANSLATED).status_code in {302, 403}


@pytest.mark.row("P04")
def test_a_page_is_looked_at_as_each_reader(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    with company_scope(world.home.company):
        friends = CustomerGroup.objects.create(name="Friends")
        others = CustomerGroup.objects.create(name="Others")
        index = below(NewsIndexPage)
        pages = {
            audience: publish(
                index,
                NewsPage(
                    title=f"For {audience}",
                    slug=audience,
                    introduction=f"WORDS-{audience}",
                    audience=audience,
                ),
                (friends,) if audience == "groups" else (),
            )
            for audience in ("everyone", "numbers", "customers", "groups")
        }
    modes = {"visitor": 1, "number": 2, "customer": 3, f"group-{others.pk}": 3, f"group-{friends.pk}": 4}
    for mode, seen in modes.items():
        for place, (audience, page) in enumerate(pages.items()):
            path = f"/admin/pages/{page.pk}/edit/preview/"
            editor.post(
                path,
                form(
                    title=page.title,
                    slug=page.slug,
                    introduction=page.introduction,
                    audience=audience,
                    groups=[friends.pk] if audience == "groups" else [],
                ),
            )
            shown = editor.get(path, {"mode": mode})
            assert shown.status_code == 200
            assert (f"WORDS-{audience}" in shown.content.decode()) is (place < seen), (mode, audience)
    path = f"/admin/pages/{index.pk}/edit/preview/"
    editor.post(path, form(title="News", slug="news"))
    for mode, seen in modes.items():
        listed = editor.get(path, {"mode": mode}).content.decode()
        assert [f"For {audience}" in listed for audience in pages] == [place < seen for place in range(4)], (
            mode
        )
    assert (
        editor.get(f"/admin/pages/{pages['groups'].pk}/edit/preview/", {"mode": "group-x"}).status_code < 500
    )
