"""Previews and drafts: Wagtail runs the whole chain of middleware again, on a request that it makes up."""

from __future__ import annotations

import pytest

from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.core.scope import company_scope
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db


def draft(world: World) -> NewsPage:
    """A piece of news that nobody has published."""
    with company_scope(world.home.company):
        index = NewsIndexPage.objects.get(locale__language_code="en")
        page = NewsPage(
            title="Not yet", slug="not-yet", introduction="A draft", live=False, locale=index.locale
        )
        index.add_child(instance=page)
        page.save_revision()
        return page


def test_an_editor_sees_a_draft_in_the_frame_of_the_company(world: World) -> None:
    page = draft(world)
    browser = Browser().sign_in(world.home.editor)
    response = browser.get(f"/admin/pages/{page.pk}/view_draft/")
    body = response.content.decode()
    assert response.status_code == 200
    assert "A draft" in body
    assert world.home.company.name.replace("&", "&amp;") in body
    assert MARKER not in body


def test_a_preview_may_be_framed_by_the_back_office_and_by_nobody_else(world: World) -> None:
    page = draft(world)
    browser = Browser().sign_in(world.home.editor)
    with company_scope(world.home.company):
        data = {"title": "Changed", "slug": "not-yet", "date": "2026-05-12", "introduction": "Changed words"}
        data |= {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    path = f"/admin/pages/{page.pk}/edit/preview/"
    assert browser.post(path, data).json()["is_valid"] is True
    response = browser.get(path)
    assert "Changed words" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert browser.get("/admin/").headers["X-Frame-Options"] == "DENY"


def test_a_draft_is_nothing_for_everybody_else(world: World) -> None:
    page = draft(world)
    assert Browser().get("/p/castro-lima/en/news/not-yet/").status_code == 404
    assert Browser().sign_in(world.other.editor).get(f"/admin/pages/{page.pk}/view_draft/").status_code in {
        302,
        404,
    }
