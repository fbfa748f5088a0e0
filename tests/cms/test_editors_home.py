"""What an editor finds on the home of the back office: drafts, what goes out later, and what lacks a language."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.news.models import NewsIndexPage, NewsPage
from portal_modules.accounts.models import LegalText
from portal_modules.core.scope import company_scope
from tests.cms.reading import below, publish
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db


def titles(page: str, name: str) -> str:
    """The part of the home with this list; "" where it is not there."""
    _before, found, rest = page.partition(f'id="pages-{name}"')
    return rest.partition("</section>")[0] if found else ""


def test_an_editors_home_lists_drafts_what_goes_out_later_and_what_lacks_a_language(world: World) -> None:
    with company_scope(world.home.company):
        index = below(NewsIndexPage, world.home.company.language)
        draft = NewsPage(title="Half written", introduction="x", locale=index.locale, live=False)
        index.add_child(instance=draft)
        draft.save_revision()
        later = NewsPage(title="For tomorrow", introduction="x", locale=index.locale, live=False)
        index.add_child(instance=later)
        later.go_live_at = timezone.now() + timedelta(days=1)
        later.save_revision(approved_go_live_at=later.go_live_at)
        publish(index, NewsPage(title="In one language", introduction="x"))
        publish(below(NewsIndexPage, "es"), NewsPage(title="Solo en español", introduction="x"))
        LegalText.objects.create(kind="terms", version=1, body_en="<p>x</p>")
    page = Browser().sign_in(world.home.editor).get("/admin/").content.decode()
    assert "Half written" in titles(page, "drafts")
    assert "For tomorrow" not in titles(page, "drafts")
    assert "For tomorrow" in titles(page, "scheduled")
    assert f"/admin/pages/{later.pk}/edit/" in titles(page, "scheduled")
    assert "In one language" in titles(page, "untranslated")
    assert "Half written" not in titles(page, "untranslated"), "a draft is nobody's to translate yet"
    assert "Drafts of terms and privacy notices" in page
    clerk = Browser().sign_in(world.home.clerk).get("/admin/").content.decode()
    assert titles(clerk, "drafts") == titles(clerk, "untranslated") == ""
    stranger = Browser().sign_in(world.other.editor).get("/admin/").content.decode()
    assert "Half written" not in stranger
    assert "In one language" not in stranger
