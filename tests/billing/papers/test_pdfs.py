"""What was drawn, read back: by what checks archives, by a scanner of barcodes, and as text."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from portal_modules.billing import specimens
from portal_modules.billing.papers.bank_lines import line_of
from portal_modules.billing.papers.barcodes import bars
from portal_modules.billing.papers.content import DESIGNS, Party, SlipPaper, draw, draw_pages, fingerprint
from portal_modules.billing.papers.exceptions import FiscalFileRefused
from portal_modules.billing.papers.fiscal_print import fiscal_print
from portal_modules.billing.papers.typeset import attachment, picture

from .sample import BARCODE, CLAIM, PIX, URL, invoice, slip, statement
from .test_fiscal_xml import CHILEAN, NOTE

DPI = 300
INCH = 25.4


def pictures(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    return [page.render(scale=dpi / 72).to_pil() for page in pypdfium2.PdfDocument(pdf)]


def text_of(pdf: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(pages).replace("\u200b", "").split())


def codes(pdf: bytes) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in pictures(pdf):
        for code in zxingcpp.read_barcodes(each):
            found.setdefault(code.format.name, []).append(code.text)
    return found


@pytest.fixture(params=[*DESIGNS, "slip", "statement"])
def drawn(request: pytest.FixtureRequest) -> bytes:
    papers = {"slip": slip(), "statement": statement()}
    return draw(papers.get(request.param, invoice()), request.param)


def test_every_paper_is_an_archive_with_tags_and_its_own_fonts(drawn: bytes) -> None:
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        with pdf.open_metadata() as about:
            assert about["pdfaid:part"] == "3"
            assert about["pdfaid:conformance"] == "A"
            assert about["pdfuaid:part"] == "1"
            assert "Invoice FT-000123" in str(about["dc:title"])
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert "/DestOutputProfile" in intent
        assert bool(pdf.Root.MarkInfo.Marked)
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en"
        fonts = [
            font for page in pdf.pages for font in page.Resources.get("/Font", pikepdf.Dictionary()).values()
        ]
        assert fonts
        for font in fonts:
            (inner,) = font.DescendantFonts
            assert "SourceSansPro" in str(inner.BaseFont)
            assert {"/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


def test_the_same_content_makes_the_same_bytes(drawn: bytes) -> None:
    again = [draw(invoice(), design) for design in DESIGNS] + [
        draw(slip(), "slip"),
        draw(statement(), "statement"),
    ]
    assert drawn in again


def test_other_content_has_another_fingerprint() -> None:
    paper = invoice()
    assert fingerprint(paper, "classic") == fingerprint(invoice(), "classic")
    assert fingerprint(paper, "classic") != fingerprint(paper, "modern")
    assert fingerprint(paper, "classic") != fingerprint(invoice(notes="x"), "classic")


@pytest.mark.row("E13")
@pytest.mark.row("H07")
@pytest.mark.parametrize("design", DESIGNS)
def test_an_invoice_says_what_it_is_and_where_to_pay(design: str) -> None:
    pdf = draw(invoice(), design)
    text = text_of(pdf)
    assert CLAIM in text
    assert "Pay here" in text
    assert "altura.example/pt/i/0123456789abcdef/" in text
    assert "R$ 4.316,46" in text
    assert PIX in text.replace(" ", "") or PIX.replace(" ", "") in text.replace(" ", "")
    assert sorted(codes(pdf)["QRCode"]) == sorted([PIX, URL])
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        links = [str(note.A.URI) for page in opened.pages for note in page.get("/Annots", []) if "/A" in note]
    assert URL in links


@pytest.mark.row("E04")
def test_a_slips_barcode_is_read_back_and_has_the_banks_measures() -> None:
    pdf = draw(slip(), "slip")
    assert codes(pdf)["ITF"] == [BARCODE]
    assert " ".join(slip().slip.line.split()) in text_of(pdf)  # type: ignore[union-attr]  # it has one
    (page,) = pictures(pdf)
    (code,) = [each for each in zxingcpp.read_barcodes(page) if each.format.name == "ITF"]
    place = code.position
    assert (place.bottom_right.x - place.bottom_left.x) * INCH / DPI == pytest.approx(103, abs=1)
    # The form is at the foot of the page, the barcode in its lower left corner.
    assert place.bottom_left.y > page.height * 0.9
    assert place.top_left.x < page.width * 0.2


def test_a_barcode_has_the_modules_of_its_standard() -> None:
    assert sum(bars(BARCODE)) == 405
    for wrong in ("123", "12a4", "１２"):
        with pytest.raises(ValueError, match="pairs of digits"):
            bars(wrong)


def test_the_demonstrations_slip_says_so_twice() -> None:
    text = text_of(draw(slip(warning="DEMONSTRAÇÃO – NÃO PAGAR"), "slip"))
    assert text.count("DEMONSTRAÇÃO – NÃO PAGAR") == 2
    assert "NÃO PAGAR" not in text_of(draw(slip(), "slip"))


def test_a_slips_line_is_that_of_its_barcode() -> None:
    paper = slip()
    assert isinstance(paper, SlipPaper)
    assert paper.slip is not None
    assert "".join(filter(str.isdigit, paper.slip.line)) == line_of(BARCODE)


@pytest.mark.parametrize("xml", [specimens.nfe(NOTE), specimens.dte(CHILEAN)], ids=["UTF-8", "ISO-8859-1"])
def test_a_structured_note_travels_inside_byte_for_byte(xml: bytes) -> None:
    pdf = draw(invoice(attachments=[attachment("note.xml", xml, "NF-e 1234")]), "classic")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        (name,) = opened.attachments
        assert name == "note.xml"
        assert opened.attachments[name].get_file().read_bytes() == xml
        (file,) = opened.Root.AF
        assert file.AFRelationship == "/Supplement"


@pytest.mark.parametrize("design", DESIGNS)
def test_many_lines_go_on_with_their_heads_and_long_names_stay_on_the_page(design: str) -> None:
    name = "Sociedade Intermunicipal de Locações, Empreendimentos e Participações " * 3
    paper = invoice(60, text="W" * 120, customer=Party("To", name.strip()))
    with translation.override("en"):
        pages = pypdfium2.PdfDocument(draw(paper, design))
    assert len(pages) >= 2
    assert "Unit price" in pages[1].get_textpage().get_text_range()
    assert f"Page 1 of {len(pages)}" in " ".join(pages[0].get_textpage().get_text_range().split())
    for picture_of_page in pictures(draw(paper, design), dpi=50):
        right = picture_of_page.convert("L").crop(
            (
                picture_of_page.width - 8,
                picture_of_page.height // 2,
                picture_of_page.width,
                picture_of_page.height,
            )
        )
        assert right.getextrema() == (255, 255)


@pytest.mark.row("R02")
def test_a_paper_speaks_the_language_in_force() -> None:
    with translation.override("pt-br"):
        pdf = draw(invoice(language="pt-br"), "classic")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "pt-BR"


@pytest.mark.parametrize(
    "text",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        "$x^2$ *bold* _under_ `code` <label> @ref",
        "\\u{41} \\ // comment /* */",
        '"}], "claim": "x',
    ],
)
def test_what_people_wrote_is_never_markup(text: str) -> None:
    assert text in text_of(draw(invoice(1, text=text), "classic"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_can_be_printed(text: str) -> None:
    assert draw(invoice(1, text=text, notes=text, title=f"Invoice {text}"), "compact").startswith(b"%PDF")


def test_letters_without_a_glyph_do_not_stop_the_press() -> None:
    text = text_of(draw(invoice(1, text="日本 😀 Ａ ﬁ e\u0301 \ue000\x07\u202e"), "classic"))
    assert "?? ? A" in text
    assert "é" in text


def test_the_pages_are_drawn_for_the_screen_too() -> None:
    pages = draw_pages(invoice(60), "classic")
    assert len(pages) == len(pypdfium2.PdfDocument(draw(invoice(60), "classic")))
    assert {Image.open(io.BytesIO(page)).size[0] for page in pages} == {992}


def test_a_logo_is_drawn() -> None:
    logo = io.BytesIO()
    Image.new("RGBA", (400, 160), (200, 0, 0, 255)).save(logo, "PNG")
    plain = draw(invoice(), "classic")
    branded = draw(replace(invoice(), logo=picture(logo.getvalue())), "classic")
    reds = [pixel for pixel in pictures(branded, 40)[0].convert("RGB").getdata() if pixel == (200, 0, 0)]
    assert len(reds) > 100
    assert plain != branded


@pytest.mark.row("E03")
@pytest.mark.parametrize("make", [specimens.nfe, specimens.nfse], ids=["DANFE", "DANFSe"])
def test_a_fiscal_note_is_printed_from_its_xml(make: object) -> None:
    pdf = fiscal_print(make(NOTE))  # type: ignore[operator]  # both make notes
    text = text_of(pdf)
    assert "Ação & Locações <Ltda>" in text
    key = specimens.nfe_key(NOTE) if make is specimens.nfe else specimens.nfse_key(NOTE)
    assert any(key in code for found in codes(pdf).values() for code in found)


def test_a_cancelled_note_says_so_on_its_print() -> None:
    assert fiscal_print(specimens.nfe(NOTE), is_cancelled=True) != fiscal_print(specimens.nfe(NOTE))


@pytest.mark.parametrize(
    "xml",
    [
        specimens.dte(CHILEAN),
        specimens.cancellation(NOTE),
        b"<x/>",
        specimens.nfe(NOTE).replace(b"<modFrete>9", b"<modFrete>99"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(xml: bytes) -> None:
    with pytest.raises(FiscalFileRefused) as refusal:
        fiscal_print(xml)
    assert str(refusal.value).endswith(".")
