"""Files on their way in, by HTTP: too large, too many, no room; and what is somebody else's."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal_modules.core.access import ActorKind
from portal_modules.core.models import CompanyModule
from portal_modules.core.scope import company_scope
from portal_modules.documents.actions import remove_file, store_file
from portal_modules.documents.choices import Scan, Visibility
from portal_modules.documents.models import Document, DocumentRequest, Download, SentDocument
from tests.documents import samples
from tests.documents.folders import files_of, private_files_in
from tests.documents.samples import pdf, picture, upload
from tests.documents.test_story import ask, page_of
from tests.world.browsing import Browser
from tests.world.companies import World

MEGABYTE = 1024 * 1024


@pytest.fixture
def alice(world: World) -> Browser:
    """Alice at her counter."""
    return Browser(raise_request_exception=False).sign_in(world.alice, world.home.company)


def nothing_was_sent(world: World, asked: DocumentRequest) -> None:
    """No row, no file, no change of state."""
    with company_scope(world.home.company):
        asked.refresh_from_db()
        assert asked.state == "asked"
        assert not SentDocument.objects.exists()
        assert not Document.objects.exists()
    assert files_of(world) == []


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"a;b;c\n" * (20 * MEGABYTE // 6 + 1), "is larger than 20 MB"),
        ("x.svg", samples.SVG, "is of a kind that we cannot take"),
        ("page.pdf", samples.HTML, "is not what its name says"),
        ("setup.png", samples.EXE, "is not what its name says"),
        ("big.png", samples.huge_png(), "has too many pixels"),
        ("empty.pdf", b"", "is empty"),
        ('"><img src=x onerror=alert(1)>.svg', samples.SVG, "is of a kind that we cannot take"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_nothing_is_changed(
    world: World, alice: Browser, name: str, content: bytes, words: str
) -> None:
    asked = ask(world)
    answer = alice.post(
        page_of(asked), {"attachments": [upload("good.png", picture()), upload(name, content)]}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "<img src=x" not in page
    nothing_was_sent(world, asked)


def test_no_file_at_all_is_told_so(world: World, alice: Browser) -> None:
    asked = ask(world)
    assert alice.post(page_of(asked), {}).status_code == 422
    assert alice.post(page_of(asked), {"attachments": "a text"}).status_code == 422
    nothing_was_sent(world, asked)


def test_ten_files_are_taken_and_not_one_more(world: World, alice: Browser) -> None:
    asked = ask(world)
    eleven = [upload(f"{number}.pdf", pdf()) for number in range(11)]
    answer = alice.post(page_of(asked), {"attachments": eleven})
    assert answer.status_code == 422
    assert "at most 10 files" in answer.content.decode()
    nothing_was_sent(world, asked)
    ten = [upload(f"{number}.pdf", pdf()) for number in range(10)]
    assert alice.post(page_of(asked), {"attachments": ten}).status_code == 302


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], capture_output=True, check=False
    )
    if os.geteuid() or mounted.returncode:
        pytest.skip("a small disk can be made by root only")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_where_the_disk_for_private_files_is_full_nothing_is_left(
    world: World, alice: Browser, full_disk: Path
) -> None:
    asked = ask(world)
    with private_files_in(full_disk):
        files = [upload("small.png", picture()), upload("a.csv", b"a;b;c\n" * (4 * MEGABYTE // 6))]
        answer = alice.post(page_of(asked), {"attachments": files})
    assert answer.status_code == 422
    assert "We cannot keep files at this moment" in answer.content.decode()
    assert [path for path in full_disk.rglob("*") if path.is_file()] == []
    nothing_was_sent(world, asked)


def test_where_the_disk_for_uploads_is_full_it_is_said(
    world: World, alice: Browser, full_disk: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(full_disk)
    monkeypatch.setattr(tempfile, "tempdir", str(full_disk))
    asked = ask(world)
    answer = alice.post(page_of(asked), {"attachments": [upload("a.csv", b"a;b;c\n" * (4 * MEGABYTE // 6))]})
    assert answer.status_code == 422
    assert "We cannot keep files at this moment" in answer.content.decode()
    assert [path for path in full_disk.rglob("*") if path.is_file()] == []
    nothing_was_sent(world, asked)


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options"])
def test_somebody_elses_document_is_not_there_by_any_verb(world: World, method: str) -> None:
    asked = ask(world)
    with company_scope(world.home.company):
        document = store_file(
            asked, upload("a.pdf", pdf()), by=world.alice, actor=ActorKind.CONTACT, author_name="A"
        )
    charlie = Browser(raise_request_exception=False).sign_in(world.charlie, world.home.company)
    for path in (page_of(asked), f"/p/castro-lima/files/{document.pk}/"):
        body = {"attachments": [upload("b.pdf", pdf())]} if method == "post" else {}
        answer = getattr(charlie, method)(path, body) if body else getattr(charlie, method)(path)
        assert answer.status_code in {404, 405}
        assert "Birth certificate" not in answer.content.decode()
    with company_scope(world.home.company):
        asked.refresh_from_db()
        assert asked.state == "asked"
        assert Document.objects.count() == 1
        assert not Download.objects.exists()


def test_what_is_for_staff_only_or_removed_or_of_a_module_that_is_off_is_not_served(
    world: World, alice: Browser
) -> None:
    process = world.home.processes["alice"]

    def keep(**fields: Any) -> Document:
        values = {"by": world.home.clerk, "actor": ActorKind.STAFF, "author_name": "Clerk", **fields}
        with company_scope(world.home.company):
            return store_file(process, upload("a.pdf", pdf()), **values)

    shown, note, removed, infected = keep(), keep(visibility=Visibility.STAFF), keep(), keep()
    with company_scope(world.home.company):
        remove_file(removed, by=world.home.clerk)
        infected.scan = Scan.INFECTED
        infected.save(update_fields=["scan"])

    def status(document: Document) -> int:
        return int(alice.get(f"/p/castro-lima/files/{document.pk}/").status_code)

    assert [status(each) for each in (shown, note, removed, infected)] == [200, 404, 404, 404]
    with company_scope(world.home.company):
        CompanyModule.objects.create(module="processes", is_on=False)
    assert status(shown) == 404


def test_no_file_has_an_address_of_the_file_system(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        document = store_file(
            world.home.processes["alice"],
            upload("a.png", picture()),
            by=world.home.clerk,
            actor=ActorKind.STAFF,
            author_name="Clerk",
        )
    for name in (str(document.file), str(document.thumbnail)):
        for root in ("/media/", "/static/", "/documents/", "/p/castro-lima/files/", "/private/"):
            assert alice.get(f"{root}{name}").status_code == 404
    small = alice.get(f"/p/castro-lima/files/{document.pk}/small/")
    assert small.headers["Content-Type"] == "image/jpeg"
    with company_scope(world.home.company):
        assert not Download.objects.exists(), "to see the small one is not to take it"


def test_the_name_in_the_header_is_one_name(world: World, alice: Browser) -> None:
    with company_scope(world.home.company):
        document = store_file(
            world.home.processes["alice"],
            upload("Certidão\r\nX-Evil: 1 \u202egpj.pdf", pdf()),
            by=world.home.clerk,
            actor=ActorKind.STAFF,
            author_name="Clerk",
        )
    header = alice.get(f"/p/castro-lima/files/{document.pk}/").headers
    assert "X-Evil" not in dict(header.items())
    assert header["Content-Disposition"].startswith("attachment; filename*=utf-8''Certid%C3%A3o")
    assert "\u202e" not in document.name
