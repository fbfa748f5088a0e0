"""The manual of the back office: a page behind the "?" of every screen, own words, and asking."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from cms.help.models import HelpQuestion, OwnHelp
from cms.help.office import office_texts, text_of
from portal_modules.core.languages import PUBLIC_LANGUAGES
from portal_modules.core.models import CompanyModule
from portal_modules.core.scope import company_scope
from portal_modules.notifications.delivery import attempt
from portal_modules.notifications.models import OutboxMessage
from tests.world.browsing import Browser
from tests.world.companies import MARKER, World

pytestmark = pytest.mark.django_db

MANUAL = "/admin/help/"
# Not screens that somebody looks at: what pages ask for, doors, and what is not there for anybody.
NO_SCREENS = (
    "?",
    "core_company_colour",
    "core_sample_css",
    "staff_sign_in",
    "staff_forgotten",
    "staff_factor",
    "accounts_staff_invitation",
    "wagtail_modeladmin:",
    "wagtailembeds:",
    "wagtaillocales:",
    "wagtailsites:",
    "wagtailusers_groups:",
    "wagtail_bulk_action",
)


def screens() -> list[str]:
    """The names of all addresses of the back office."""
    found: set[str] = set()

    def walk(patterns: list[Any], names: list[str], path: str) -> None:
        for each in patterns:
            here = path + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, [*names, each.namespace] if each.namespace else names, here)
            elif isinstance(each, URLPattern) and here.startswith("admin/"):
                found.add(":".join([*names, each.name or "?"]))

    walk(get_resolver().url_patterns, [], "")
    return sorted(name for name in found if not name.startswith(NO_SCREENS))


@pytest.mark.row("P06")
def test_every_screen_has_a_text() -> None:
    """And one that is about it: only the frame of Wagtail falls back to the start."""
    names = screens()
    assert len(names) > 150
    assert [name for name in names if text_of(name) is None] == []
    of_modules = [
        name for name in names if not name.startswith(("wagtail", "core_", "help_", "cms_", "staff_"))
    ]
    wrong = [name for name in of_modules if (text_of(name).module or name) not in name]  # type: ignore[union-attr]
    assert not wrong


@pytest.mark.row("P06")
@pytest.mark.parametrize("language", PUBLIC_LANGUAGES)
def test_every_text_is_whole(language: str) -> None:
    with translation.override(language):
        for text in office_texts().values():
            assert str(text.title).strip()
            assert str(text.what).strip()
            assert text.steps
            assert len(str(text.title)) <= 120


@pytest.mark.row("P06")
@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/admin/", "Your day"),
        ("/admin/processes/process/", "Processes"),
        ("/admin/our-company/address/", "Address of the portal"),
        ("/admin/images/", "Images"),
        ("/admin/snippets/processes/processkind/", "Kinds of processes and phases"),
        ("/admin/feedback/opinion/", "Opinions"),
    ],
)
def test_the_question_mark_opens_the_page_of_the_screen(world: World, path: str, title: str) -> None:
    manager = Browser().sign_in(world.home.manager)
    page = manager.get(path).content.decode()
    start = page.index("balcao-strip__help")
    address = page[page.index('href="', start - 20) + 6 :].partition('"')[0].replace("&amp;", "&")
    answer = manager.get(address)
    assert answer.status_code == 200
    assert title in answer.content.decode()
    assert f'href="{path}"' in answer.content.decode()


def test_the_manual_is_searched_and_leaves_out_what_is_off(world: World) -> None:
    reader = Browser().sign_in(world.home.reader)
    assert "Kinds of processes and phases" in reader.get(MANUAL).content.decode()
    found = reader.get(MANUAL, {"q": "TXT zzz"}).content.decode()
    assert "Nothing in the manual" in found
    assert "Address of the portal" in reader.get(MANUAL, {"q": "host name"}).content.decode()
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    assert "Kinds of processes and phases" not in reader.get(MANUAL).content.decode()
    assert reader.get(f"{MANUAL}screen/processes_process_modeladmin_index/").status_code == 404
    assert reader.get(f"{MANUAL}screen/nothing/").status_code == 404
    assert (
        reader.get(f"{MANUAL}screen/wagtailadmin_home/?from=//evil.test/admin/").content.count(b"evil") <= 1
    )


@pytest.mark.row("P06")
def test_a_company_writes_its_own_words_and_is_told_when_ours_change(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    page = f"{MANUAL}screen/core_apps/"
    begun = editor.post(f"{page}own/", {"verb": "write"})
    with company_scope(world.home.company):
        own = OwnHelp.objects.get()
    assert begun.headers["Location"] == f"/admin/snippets/help/ownhelp/edit/{own.pk}/"
    assert editor.get(begun.headers["Location"]).status_code == 200
    assert (own.title_pt, own.title_en) == (own.title_pt, "Apps")
    assert "<li>" in own.how_es
    data = {f"title_{code}": "Our apps" for code in PUBLIC_LANGUAGES}
    data |= {f"what_{code}": "Ask Marta first." for code in PUBLIC_LANGUAGES}
    with company_scope(world.home.company):
        OwnHelp.objects.filter(pk=own.pk).update(**data)
    clerk = Browser().sign_in(world.home.clerk)
    assert "Ask Marta first." in clerk.get(page).content.decode()
    assert "has changed since" not in editor.get(page).content.decode()
    with company_scope(world.home.company):
        OwnHelp.objects.filter(pk=own.pk).update(shipped="an older text")
    assert "has changed since" in editor.get(page).content.decode()
    assert "What your portal can do" in editor.get(f"{page}?shipped").content.decode()
    editor.post(f"{page}own/", {"verb": "seen"})
    assert "has changed since" not in editor.get(page).content.decode()
    dora = Browser().sign_in(world.other.editor)
    assert "Marta" not in dora.get(page).content.decode()
    assert dora.get(f"/admin/snippets/help/ownhelp/edit/{own.pk}/").status_code in {302, 404}
    assert dora.post(f"{page}own/", {"verb": "forget"}).status_code == 404
    editor.post(f"{page}own/", {"verb": "forget"})
    assert "What your portal can do" in clerk.get(page).content.decode()


@pytest.mark.parametrize("who", ["clerk", "reader"])
def test_only_editors_change_the_words(world: World, who: str) -> None:
    browser = Browser().sign_in(getattr(world.home, who))
    assert browser.post(f"{MANUAL}screen/core_apps/own/", {"verb": "write"}).status_code in {302, 403}
    with company_scope(world.home.company):
        assert not OwnHelp.objects.exists()


@pytest.mark.row("T02")
@pytest.mark.parametrize("support", ["help@platform.test", ""])
def test_a_question_goes_to_whoever_helps_with_the_screen(
    world: World, settings: Any, mailoutbox: list[Any], support: str
) -> None:
    settings.SUPPORT_EMAIL = support
    clerk = Browser().sign_in(world.home.clerk)
    form = clerk.get(f"{MANUAL}ask/?screen=core_apps&from=/admin/our-company/apps/").content.decode()
    assert "Apps" in form
    assert clerk.post(f"{MANUAL}ask/", {"text": ""}).status_code == 422
    sent = {"text": "How do I switch it on?", "screen": "Apps", "address": "/admin/our-company/apps/"}
    assert clerk.post(f"{MANUAL}ask/", sent).status_code == 302
    with company_scope(world.home.company):
        question = HelpQuestion.objects.get()
        message = OutboxMessage.objects.get(event="help.asked")
    assert (question.text, question.asked_by_id) == (sent["text"], world.home.clerk.pk)
    attempt(message.pk, world.home.company)
    (mail,) = mailoutbox
    assert mail.to == [support or world.home.manager.email]
    assert "How do I switch it on?" in mail.body
    assert f"{settings.PUBLIC_ORIGIN}/admin/our-company/apps/" in mail.body
    assert world.home.clerk.email in mail.body
    assert MARKER not in mail.body


def test_a_question_leads_nowhere_else(world: World, mailoutbox: list[Any]) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    clerk.post(f"{MANUAL}ask/", {"text": "x", "screen": "y" * 150, "address": "https://evil.test/admin/"})
    with company_scope(world.home.company):
        message = OutboxMessage.objects.get(event="help.asked")
    attempt(message.pk, world.home.company)
    assert "evil.test" not in mailoutbox[0].body
    assert clerk.post(f"{MANUAL}ask/", {"text": "x" * 4001}).status_code == 422


def test_questions_are_counted(world: World) -> None:
    clerk = Browser().sign_in(world.home.clerk)
    answers = [clerk.post(f"{MANUAL}ask/", {"text": "again"}).status_code for _each in range(22)]
    assert answers[-1] == 422
    assert settings.SUPPORT_EMAIL == ""
