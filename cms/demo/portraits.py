"""Portraits of people who do not exist, drawn by rule: a head, hair and shoulders on a soft ground."""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageDraw

from portal_modules.customers.photos import SIDE

_DRAWN = SIDE * 4
_GROUNDS = ((217, 231, 226), (240, 226, 207), (222, 226, 240), (236, 219, 219))
_SKINS = ((241, 205, 176), (222, 171, 132), (176, 122, 86), (124, 82, 58))
_HAIRS = ((45, 34, 30), (94, 62, 40), (150, 110, 66), (120, 116, 114))
_CLOTHES = ((38, 70, 83), (99, 62, 80), (52, 84, 60), (70, 72, 98))


def portrait(rng: Random) -> bytes:
    """A square picture as WebP."""
    canvas = Image.new("RGB", (_DRAWN, _DRAWN), rng.choice(_GROUNDS))
    draw = ImageDraw.Draw(canvas)
    skin, hair, clothes = rng.choice(_SKINS), rng.choice(_HAIRS), rng.choice(_CLOTHES)
    middle, eyes = _DRAWN // 2, int(_DRAWN * 0.44)
    is_long = rng.random() < 0.5
    if is_long:
        draw.rounded_rectangle(_around(middle, int(_DRAWN * 0.49), 0.25, 0.27), _DRAWN // 5, fill=hair)
    draw.ellipse(_around(middle, int(_DRAWN * 1.06), 0.40, 0.34), fill=clothes)
    draw.rounded_rectangle(_around(middle, int(_DRAWN * 0.68), 0.075, 0.12), _DRAWN // 20, fill=_darker(skin))
    draw.ellipse(_around(middle, int(_DRAWN * 0.45), 0.19, 0.235), fill=skin)
    draw.chord(_around(middle, int(_DRAWN * 0.405), 0.205, 0.215), 182, 358, fill=hair)
    draw.chord(_around(middle + _DRAWN // 14, int(_DRAWN * 0.33), 0.17, 0.13), 20, 200, fill=hair)
    for side in (-1, 1):
        draw.ellipse(
            _around(middle + side * _DRAWN // 13, eyes + _DRAWN // 40, 0.016, 0.018), fill=(40, 32, 30)
        )
    mouth = _around(middle, int(_DRAWN * 0.54), 0.065, 0.05)
    draw.arc(mouth, 25, 155, fill=_darker(skin, 0.6), width=_DRAWN // 80)
    file = BytesIO()
    canvas.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(file, "WEBP", quality=84)
    return file.getvalue()


def _around(x: int, y: int, half_width: float, half_height: float) -> tuple[int, int, int, int]:
    """The box around a point; its halves are shares of the whole side."""
    width, height = int(half_width * _DRAWN), int(half_height * _DRAWN)
    return x - width, y - height, x + width, y + height


def _darker(color: tuple[int, int, int], share: float = 0.86) -> tuple[int, int, int]:
    red, green, blue = color
    return int(red * share), int(green * share), int(blue * share)
