"""Editors' files: open to whoever may read a page that shows them, and delivered in parts."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Collection, PageViewRestriction

from cms.advantages.models import ProgrammePage
from cms.files import asked_part
from cms.models import CompanyDocument, ShownFile
from cms.support.models import SupportPage
from portal_modules.core.scope import company_scope
from tests.cms.reading import (
    AUDIENCES,
    MAY_READ,
    add_answer,
    add_article,
    add_programme,
    add_section,
    put_into_group,
    readers,
)
from tests.world.browsing import Browser
from tests.world.companies import World

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def add_file(name: str = "guide.pdf", content: bytes = PDF, **fields: Any) -> CompanyDocument:
    """A file in the company's library; the scope has to be in force."""
    collection = Collection.objects.get(depth=2)
    document: CompanyDocument = CompanyDocument.objects.create(
        title=name, file=ContentFile(content, name=name), collection=collection, **fields
    )
    return document


def at(document: CompanyDocument) -> str:
    """Where it is opened."""
    return f"/p/castro-lima/documents/{document.pk}/{document.filename}"


def body(response: Any) -> bytes:
    """All of an answer."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def shown_by(document: CompanyDocument, **fields: Any) -> SupportPage:
    """An article with the file in it."""
    return add_article(add_section(), "With a file", body=[("document", document)], **fields)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_file_is_open_to_whom_its_page_is_for(world: World, audience: str) -> None:
    with company_scope(world.home.company):
        group = put_into_group(world.home, "alice")
        document = add_file()
        shown_by(document, audience=audience, groups=(group,) if audience == "groups" else ())
    for name, browser in readers(world).items():
        response = browser.get(at(document))
        if audience in MAY_READ[name]:
            assert response.status_code == 200, name
            assert body(response) == PDF
        else:
            assert response.status_code == (404 if name == "charlie" else 302), name
            assert PDF[:5] not in body(response)


def test_the_most_open_of_its_pages_counts(world: World) -> None:
    with company_scope(world.home.company):
        document = add_file()
        section = add_section()
        for audience in ("customers", "everyone"):
            add_article(section, f"For {audience}", body=[("document", document)], audience=audience)
    assert Browser().get(at(document)).status_code == 200


def test_a_file_on_no_page_or_on_a_draft_is_for_staff(world: World) -> None:
    with company_scope(world.home.company):
        alone = add_file("alone.pdf")
        on_draft = add_file("draft.pdf")
        page = shown_by(on_draft)
        page.unpublish()
    for document in (alone, on_draft):
        assert Browser().get(at(document)).status_code == 302
        assert Browser().sign_in(world.alice, world.home.company).get(at(document)).status_code == 404
        assert Browser().sign_in(world.home.editor).get(at(document)).status_code == 200
        assert Browser().sign_in(world.other.editor).get(at(document)).status_code == 302


def test_a_file_taken_off_a_page_is_closed(world: World) -> None:
    with company_scope(world.home.company):
        document = add_file()
        page = shown_by(document)
    assert Browser().get(at(document)).status_code == 200
    with company_scope(world.home.company):
        page.body = [("heading", "Without it")]
        draft = page.save_revision()
    assert Browser().get(at(document)).status_code == 200, "a draft changes nothing"
    with company_scope(world.home.company):
        draft.publish()
        assert not ShownFile.objects.exists()
    assert Browser().get(at(document)).status_code == 302


def test_links_in_texts_count_too(world: World) -> None:
    with company_scope(world.home.company):
        document = add_file()
        add_answer("Where?", f'Here: <a linktype="document" id="{document.pk}">the guide</a>')
        other = add_file("conditions.pdf")
        add_programme("One", conditions=f'<p><a linktype="document" id="{other.pk}">all</a></p>')
    assert Browser().get(at(document)).status_code == 200
    assert Browser().get(at(other)).status_code == 200


def test_a_file_of_a_programme_that_has_not_begun_is_closed(world: World) -> None:
    with company_scope(world.home.company):
        document = add_file()
        add_programme("Next year", begins=30, ends=60, body=[("document", document)])
        assert ProgrammePage.objects.live().exists()
    assert Browser().get(at(document)).status_code == 302


def test_a_page_behind_a_password_does_not_give_its_file_away(world: World) -> None:
    with company_scope(world.home.company):
        document = add_file()
        page = shown_by(document)
        PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")
    assert Browser().get(at(document)).status_code == 302


@pytest.mark.parametrize(
    ("audience", "expected"), [("everyone", 200), ("numbers", 302), ("customers", 302), ("pages", 302)]
)
def test_a_file_may_say_itself_whom_it_is_for(world: World, audience: str, expected: int) -> None:
    with company_scope(world.home.company):
        document = add_file(audience=audience)
    assert Browser().get(at(document)).status_code == expected
    alice = Browser().sign_in(world.alice, world.home.company)
    assert alice.get(at(document)).status_code == (404 if audience == "pages" else 200)


def test_no_other_company_and_no_other_name_opens_it(world: World) -> None:
    with company_scope(world.home.company):
        document = add_file(audience="everyone")
    assert Browser().get(at(document).replace("castro-lima", "altura")).status_code == 404
    assert Browser().get(f"/documents/{document.pk}/{document.filename}").status_code == 404
    assert Browser().get(at(document).replace(document.filename, "other.pdf")).status_code == 404
    assert Browser().get("/p/castro-lima/documents/999999999999999999999/x.pdf").status_code == 404
    assert Browser().post(at(document)).status_code == 405


@pytest.mark.parametrize(
    ("header", "status", "part", "says"),
    [
        ("bytes=0-1", 206, PDF[:2], f"bytes 0-1/{len(PDF)}"),
        ("bytes=9-", 206, PDF[9:], f"bytes 9-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=-4", 206, PDF[-4:], f"bytes {len(PDF) - 4}-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=0-999999", 206, PDF, f"bytes 0-{len(PDF) - 1}/{len(PDF)}"),
        ("bytes=999999-", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=5-2", 416, b"", f"bytes */{len(PDF)}"),
        ("bytes=-0", 416, b"", f"bytes */{len(PDF)}"),
    ],
)
def test_a_player_asks_for_parts(world: World, header: str, status: int, part: bytes, says: str) -> None:
    with company_scope(world.home.company):
        document = add_file("film.mp4", audience="everyone")
    response = Browser().get(at(document), headers={"range": header})
    assert response.status_code == status
    assert body(response) == part
    assert response.headers["Content-Range"] == says
    assert response.headers["Accept-Ranges"] == "bytes"
    if status == 206:
        assert response.headers["Content-Length"] == str(len(part))
        assert response.headers["Content-Type"] == "video/mp4"


@pytest.mark.parametrize("header", ["bytes=0-1,4-5", "lines=1-2", "bytes=-", "bytes=x-y", "\x00"])
def test_a_part_that_means_nothing_is_the_whole(world: World, header: str) -> None:
    with company_scope(world.home.company):
        document = add_file(audience="everyone")
    assert body(Browser().get(at(document), headers={"range": header})) == PDF


@given(
    header=st.text(max_size=60) | st.from_regex(r"bytes=\d*-\d*", fullmatch=True), size=st.integers(0, 9999)
)
def test_a_part_lies_inside_the_file(header: str, size: int) -> None:
    asked = asked_part(header, size)
    if asked is not None and size:
        first, last = asked
        assert 0 <= first <= last < size


def test_a_file_says_what_it_is_and_runs_nothing(world: World) -> None:
    with company_scope(world.home.company):
        captions = add_file("film.vtt", b"WEBVTT\n", audience="everyone")
        sheet = add_file("list.csv", b"a;b\n", audience="customers")
    response = Browser().get(at(captions))
    assert response.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"
    assert "max-age" in response.headers["Cache-Control"]
    response = Browser().sign_in(world.alice, world.home.company).get(at(sheet))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("film.mp4", b"<html><script>alert(1)</script>"),
        ("guide.pdf", b"MZ\x90\x00"),
        ("captions.vtt", b"1\n00:00:01,000 --> 00:00:02,000\nHello"),
        ("notes.txt", b"\x00\x01\x02"),
        ("page.html", b"<html></html>"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(world: World, name: str, content: bytes) -> None:
    with company_scope(world.home.company):
        document = CompanyDocument(
            title=name, file=SimpleUploadedFile(name, content), collection=Collection.objects.get(depth=2)
        )
        with pytest.raises(ValidationError):
            document.full_clean()
        assert not CompanyDocument.objects.exists()


def test_editors_are_told_so_in_the_form(world: World) -> None:
    editor = Browser().sign_in(world.home.editor)
    with company_scope(world.home.company):
        collection = Collection.objects.get(depth=2).pk
    data = {"title": "Film", "collection": collection, "audience": "pages", "tags": ""}
    answer = editor.post(
        "/admin/documents/add/", {**data, "file": SimpleUploadedFile("film.mp4", b"<html>", "video/mp4")}
    )
    with company_scope(world.home.company):
        assert not CompanyDocument.objects.exists(), answer.content
    answer = editor.post(
        "/admin/documents/multiple/add/",
        {"title": "Guide", "collection": collection, "files[]": SimpleUploadedFile("guide.pdf", PDF)},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    with company_scope(world.home.company):
        assert CompanyDocument.objects.exists(), answer.content
        document = CompanyDocument.objects.get()
    page = editor.get(f"/admin/documents/edit/{document.pk}/").content.decode()
    assert at(document) in page
    assert "audience" in page
