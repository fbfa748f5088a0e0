"""What is let in of files, and what is refused: each refusal has its sentence, and nothing is kept."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pillow_heif
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from portal_modules.core.access import ActorKind
from portal_modules.core.scope import company_scope
from portal_modules.core.uploads import FileRefused, safe_name
from portal_modules.documents import exceptions
from portal_modules.documents.actions import store_file, sweep_files
from portal_modules.documents.guard import check_upload
from portal_modules.documents.models import Document, private_storage
from tests.documents import samples
from tests.documents.folders import files_of
from tests.documents.samples import docx, pdf, photo_with_place, picture, upload, xlsx
from tests.patience import soon
from tests.world.companies import World

MEGABYTE = 1024 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"


def heic() -> bytes:
    """A picture as a phone takes it."""
    target = BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "red")).save(target)
    return target.getvalue()


GOOD: dict[str, tuple[bytes, str, str]] = {
    "a.pdf": (pdf(), "application/pdf", "a.pdf"),
    "a.PNG": (picture(), "image/png", "a.PNG"),
    "a.jpeg": (picture("JPEG"), "image/jpeg", "a.jpeg"),
    "a.webp": (picture("WEBP"), "image/webp", "a.webp"),
    "a.heic": (heic(), "image/jpeg", "a.jpg"),
    "taken.jpg": (heic(), "image/jpeg", "taken.jpg"),
    "wrong.jpg": (picture(), "image/png", "wrong.png"),
    "a.xml": (samples.NOTE, "application/xml", "a.xml"),
    "a.csv": ("nome;valor\nJoão;=1+1\n".encode("latin-1"), "text/csv", "a.csv"),
    "a.txt": ("Olá — tudo bem?\r\n".encode(), "text/plain", "a.txt"),
    "a.docx": (docx(), f"{OFFICE}.wordprocessingml.document", "a.docx"),
    "a.xlsx": (xlsx(), f"{OFFICE}.spreadsheetml.sheet", "a.xlsx"),
}

BAD: dict[str, tuple[str, bytes, type[FileRefused]]] = {
    "a drawing": ("x.svg", samples.SVG, exceptions.TypeNotAllowed),
    "a page": ("x.html", samples.HTML, exceptions.TypeNotAllowed),
    "a page behind a PDF's name": ("a.pdf.html", samples.HTML, exceptions.TypeNotAllowed),
    "no extension": ("passport", picture(), exceptions.TypeNotAllowed),
    "an archive": ("a.zip", docx(), exceptions.TypeNotAllowed),
    "a page named .txt": ("a.txt", b"hello\n" * 50 + samples.HTML, exceptions.NotWhatItSays),
    "a page named .csv": ("a.csv", b"a;b\n<ScRiPt>alert(1)</ScRiPt>", exceptions.NotWhatItSays),
    "a page in UTF-16": ("a.txt", samples.HTML.decode().encode("utf-16"), exceptions.NotWhatItSays),
    "a page named .pdf": ("a.pdf", samples.HTML, exceptions.NotWhatItSays),
    "a page named .png": ("a.png", samples.HTML, exceptions.NotWhatItSays),
    "a drawing named .xml": ("a.xml", samples.SVG, exceptions.NotWhatItSays),
    "a page named .xml": ("a.xml", b"<html><script>1</script></html>", exceptions.NotWhatItSays),
    "a program named .png": ("a.png", samples.EXE, exceptions.NotWhatItSays),
    "a program named .txt": ("a.txt", samples.EXE, exceptions.NotWhatItSays),
    "a program named .pdf": ("a.pdf", samples.EXE, exceptions.NotWhatItSays),
    "a program named .docx": ("a.docx", samples.EXE, exceptions.NotWhatItSays),
    "nothing": ("a.pdf", b"", exceptions.EmptyFile),
    "a PDF cut short": ("a.pdf", pdf()[:200], exceptions.NotWhatItSays),
    "a PDF that points nowhere": (
        "a.pdf",
        pdf().replace(b"startxref\n", b"startxref\n9"),
        exceptions.NotWhatItSays,
    ),
    "a picture cut short": ("a.png", picture(size=(300, 300))[:-60], exceptions.NotWhatItSays),
    "30,000 x 30,000": ("a.png", samples.huge_png(), exceptions.PictureTooLarge),
    "13,000 x 13,000": ("a.png", samples.huge_png(13_000, 13_000), exceptions.PictureTooLarge),
    "a little too many": ("a.png", samples.huge_png(8_000, 6_251), exceptions.PictureTooLarge),
    "laughs": ("a.xml", samples.LAUGHS, exceptions.NotWhatItSays),
    "somebody else's file": ("a.xml", samples.OUTSIDE, exceptions.NotWhatItSays),
    "endless depth": ("a.xml", b"<a>" * 50_000 + b"</a>" * 50_000, exceptions.NotWhatItSays),
    "XML that is none": ("a.xml", b"hello", exceptions.NotWhatItSays),
    "XML of 1 MB and a byte": ("a.xml", b"<a>" + b" " * (MEGABYTE - 6) + b"</a>", exceptions.XmlTooLarge),
    "a workbook named .docx": ("a.docx", xlsx(), exceptions.NotWhatItSays),
    "macros": ("a.docx", docx(**{"word/vbaProject.bin": b"x"}), exceptions.HasMacros),
    "macros by type": (
        "a.xlsx",
        samples.office("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        exceptions.HasMacros,
    ),
    "a bomb": ("a.xlsx", xlsx(**{"xl/big.xml": b"\x00" * (60 * MEGABYTE)}), exceptions.NotWhatItSays),
    "a way out": ("a.docx", docx(**{"../../etc/passwd": b"x"}), exceptions.NotWhatItSays),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_let_in(name: str) -> None:
    content, content_type, shown = GOOD[name]
    checked = check_upload(upload(name, content, "application/x-nonsense"))
    assert (checked.content_type, checked.name) == (content_type, shown)
    assert (checked.thumbnail is not None) == content_type.startswith("image/")


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_refused_with_a_sentence_and_soon(world: World, case: str) -> None:
    name, content, refusal = BAD[case]
    with soon(), company_scope(world.home.company), pytest.raises(refusal) as refused:
        keep(world, name, content)
    assert name in str(refused.value)
    nothing_is_kept(world)


def keep(world: World, name: str, content: bytes) -> Document:
    """As the clerk would, beside alice's process."""
    return store_file(
        world.home.processes["alice"],
        upload(name, content),
        by=world.home.clerk,
        actor=ActorKind.STAFF,
        author_name="Clerk",
    )


def nothing_is_kept(world: World) -> None:
    """No row, and no file in the company's folder."""
    with company_scope(world.home.company):
        assert not Document.objects.exists()
    assert files_of(world) == []


def test_exactly_twenty_megabytes_are_let_in_and_not_a_byte_more(world: World) -> None:
    line = b"a;b;c\n"
    most = 20 * MEGABYTE
    content = (line * (most // len(line) + 1))[:most]
    assert check_upload(upload("a.csv", content)).content.size == most
    with pytest.raises(exceptions.FileTooLarge):
        check_upload(upload("a.csv", content + b"a"))


def test_a_photo_tells_nothing_but_what_it_shows_and_stands_upright() -> None:
    checked = check_upload(upload("p.jpg", photo_with_place()))
    kept = checked.content.read()
    assert b"SECRET" not in kept
    remade = Image.open(BytesIO(kept))
    assert remade.size == (40, 60), "it was turned upright"
    assert not dict(remade.getexif())


def test_what_hides_behind_a_picture_is_not_kept() -> None:
    hidden = picture() + b"<script>alert(document.domain)</script>" + samples.EXE
    assert b"script" not in check_upload(upload("p.png", hidden)).content.read()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\pass.pdf", "pass.pdf"),
        ("a\u202egnp.exe", "agnp.exe"),
        ('"><img src=x onerror=alert(1)>.png', "___img src=x onerror=alert(1)_.png"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("\x00\x01.pdf", "file.pdf"),
        ("con.txt", "_con.txt"),
        (" . . ", "file"),
        ("", "file"),
        ("é\u0301" * 300 + ".pdf", None),
        ("a." + "b" * 300, None),
    ],
)
def test_names_are_made_safe(typed: str, shown: str | None) -> None:
    name = safe_name(typed)
    assert shown is None or name == shown
    assert 0 < len(name) <= 200
    assert not set(name) & set('\x00\r\n/\\"<>')


def test_a_file_goes_with_the_transaction_that_wrote_it(world: World) -> None:
    with pytest.raises(RuntimeError), company_scope(world.home.company):
        document = keep(world, "p.png", picture())
        assert len(files_of(world)) == 2, "the picture and the small one"
        assert private_storage().exists(str(document.file))
        raise RuntimeError("something else went wrong")
    nothing_is_kept(world)


def test_a_file_stays_when_only_something_beside_it_is_rolled_back(world: World) -> None:
    with company_scope(world.home.company):
        document = keep(world, "p.pdf", pdf())
        with pytest.raises(RuntimeError), company_scope(world.home.company):
            raise RuntimeError
        assert private_storage().exists(str(document.file))


def test_what_no_row_knows_is_swept_when_it_is_old(world: World) -> None:
    with company_scope(world.home.company):
        kept = keep(world, "p.png", picture())
        lost = private_storage().save(f"documents/{world.home.company.pk}/ab/{'ab' * 16}", ContentFile(b"x"))
        assert sweep_files(world.home.company, before=timezone.now() - timedelta(hours=1)) == 0
        assert sweep_files(world.home.company, before=timezone.now() + timedelta(hours=1)) == 1
        assert not private_storage().exists(lost)
        for each in (kept.file, kept.thumbnail):
            assert private_storage().exists(str(each))
