"""QR codes: what a reader finds in them, and what another program draws for the same text."""

from __future__ import annotations

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from portal_modules.billing.papers.qr_codes import qr_rows

_QUIET, _SCALE = 4, 3
# How many bytes fill a code of each version to the brim, so that nothing is left to be padded.
BRIMS = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 666, 2331)


def read(text: str) -> str:
    """What a reader sees in the drawn code."""
    rows = qr_rows(text)
    size = len(rows)
    pixels = b"".join(rows).translate(bytes((255, 0)) + bytes(254))
    picture = Image.new("L", (size + 2 * _QUIET,) * 2, 255)
    picture.paste(Image.frombytes("L", (size, size), pixels), (_QUIET, _QUIET))
    (found,) = zxingcpp.read_barcodes(picture.resize([_SCALE * side for side in picture.size], Image.NEAREST))
    return found.text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=300))
def test_a_reader_finds_the_text(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize("length", BRIMS)
def test_a_full_code_is_what_others_draw(length: int) -> None:
    text = ("https://example.org/" * 120)[:length]
    drawn = segno.make(text, error="m", mode="byte", micro=False, boost_error=False, mask=0)
    assert qr_rows(text) == [bytes(row) for row in drawn.matrix]


def test_more_than_a_code_holds_is_refused() -> None:
    qr_rows("x" * 2331)
    with pytest.raises(ValueError, match="so much"):
        qr_rows("x" * 2332)
