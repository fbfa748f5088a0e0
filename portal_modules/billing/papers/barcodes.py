"""Barcodes as SVG, drawn here in exact millimetres: the slip's Interleaved 2 of 5, and QR codes.

FEBRABAN's barcode is 103 mm long and 13 mm high. 44 digits at a ratio of 1 to 3 are 405 modules.
"""

from __future__ import annotations

import re
from math import isqrt
from typing import Final

import zxingcpp

WIDTH: Final = 103
HEIGHT: Final = 13

# Two of the five elements of a digit are wide.
_DIGITS: Final = ("00110", "10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010")
_WIDE: Final = 3
_DARK: Final = re.compile(rb"\x00+")
_START: Final = (1, 1, 1, 1)
_STOP: Final = (_WIDE, 1, 1)


def bars(digits: str) -> list[int]:
    """The widths of bars and gaps in turn, in modules, beginning with a bar. An even number of digits."""
    if len(digits) % 2 or not (digits.isascii() and digits.isdigit()):
        raise ValueError("Interleaved 2 of 5 writes pairs of digits.")
    widths = list(_START)
    for black, white in zip(digits[::2], digits[1::2], strict=True):
        for bar, gap in zip(_DIGITS[int(black)], _DIGITS[int(white)], strict=True):
            widths += [_WIDE if bar == "1" else 1, _WIDE if gap == "1" else 1]
    return [*widths, *_STOP]


def slip_barcode(digits: str) -> str:
    """An SVG of 103 × 13 mm whose bars are one path."""
    widths = bars(digits)
    modules = sum(widths)
    path, at = [], 0
    for place, width in enumerate(widths):
        if place % 2 == 0:
            path.append(f"M{at} 0h{width}v{HEIGHT}h-{width}z")
        at += width
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}mm" height="{HEIGHT}mm" '
        f'viewBox="0 0 {modules} {HEIGHT}" preserveAspectRatio="none" shape-rendering="crispEdges">'
        f'<path d="{"".join(path)}" fill="#000"/></svg>'
    )


def qr_code(text: str) -> str:
    """A QR code as SVG of its own size, without the quiet zone: leave four modules around it.

    Raises `ValueError` for a text that no code can hold.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    # A byte for each module, 0 is dark. Its types do not say that an image is a buffer.
    modules = bytes(memoryview(code.to_image(add_quiet_zones=False)))  # type: ignore[arg-type]
    size = isqrt(len(modules))
    path = "".join(_runs(modules[top * size : (top + 1) * size], top) for top in range(size))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path d="{path}" fill="#000"/></svg>'
    )


def _runs(row: bytes, top: int) -> str:
    """The dark runs of a row, as boxes one module high."""
    return "".join(
        f"M{run.start()} {top}h{run.end() - run.start()}v1H{run.start()}z" for run in _DARK.finditer(row)
    )
