"""QR codes as they are printed: a reader finds the text in them, and what is too long is refused."""

from __future__ import annotations

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from portal_modules.billing.papers.barcodes import qr_code

PIX = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-42665544000052040000530398654041.005802BR6304ABCD"
SIDE = 4  # pixels of a module


def drawn(svg: str) -> Image.Image:
    """The boxes of the path, with the quiet zone of four modules around them."""
    found = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert found is not None
    assert found[1] == found[2]
    picture = Image.new("L", ((int(found[1]) + 8) * SIDE,) * 2, 255)
    pen = ImageDraw.Draw(picture)
    for left, top, width, back in re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", svg):
        assert left == back
        x, y = (int(left) + 4) * SIDE, (int(top) + 4) * SIDE
        pen.rectangle((x, y, x + int(width) * SIDE - 1, y + SIDE - 1), fill=0)
    return picture


@pytest.mark.parametrize(
    "text", ["1", PIX, PIX * 4, "https://example.com/ação?x=1&y=€", "日本語", "A" * 1000]
)
def test_a_reader_finds_the_text(text: str) -> None:
    (read,) = zxingcpp.read_barcodes(drawn(qr_code(text)))
    assert read.text == text
    assert read.format == zxingcpp.BarcodeFormat.QRCode
    assert read.ec_level == "M"


def test_what_no_code_holds_is_refused() -> None:
    assert qr_code("x" * 2331)
    with pytest.raises(ValueError, match="too long"):
        qr_code("x" * 2332)
