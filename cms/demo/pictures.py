"""Pictures and logos, drawn by rule: the same on every machine, and nobody's but ours.

Everything is drawn at twice its size and scaled down, which is what makes the edges smooth.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from random import Random
from typing import TypeAlias

from PIL import Image, ImageColor, ImageDraw, ImageFont

Color: TypeAlias = tuple[int, int, int]
Canvas: TypeAlias = Image.Image

WIDTH, HEIGHT = 1280, 720
_W, _H = WIDTH * 2, HEIGHT * 2
_PAPER: Color = (250, 246, 239)
_WHITE: Color = (255, 255, 255)
LOGO_HEIGHT = 120


def picture(motif: str, color: str, accent: str, rng: Random) -> bytes:
    """A picture as WebP, in a company's two colours."""
    base, second = _rgb(color), _rgb(accent)
    canvas = _gradient(_mix(base, _PAPER, 0.86), _mix(second, _PAPER, 0.72))
    _MOTIFS[motif](canvas, base, second, rng)
    return _encoded(canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS), "WEBP", quality=82, method=3)


def logo(mark: str, name: str, color: str, accent: str) -> bytes:
    """A mark and the name beside it, as PNG on white."""
    base, second = _rgb(color), _rgb(accent)
    side, gap = LOGO_HEIGHT * 2, 36
    lines = _two_lines(name)
    font = ImageFont.load_default(size=92 if len(lines) == 1 else 80)
    text_width = max(int(font.getlength(_plain(line))) for line in lines)
    canvas = Image.new("RGB", (side + gap + text_width + 24, side), _WHITE)
    draw = ImageDraw.Draw(canvas)
    draw.rounded_rectangle((12, 12, side - 12, side - 12), 52, fill=base)
    _MARKS[mark](draw, side, second)
    step = 96
    top = (side - step * len(lines)) // 2 + step // 2
    ink = _mix(base, (0, 0, 0), 0.25)
    for place, line in enumerate(lines):
        _write(draw, side + gap, top + place * step + 32, line, font, ink)
    return _encoded(
        canvas.resize((canvas.width // 2, LOGO_HEIGHT), Image.Resampling.LANCZOS), "PNG", optimize=True
    )


def motifs() -> tuple[str, ...]:
    """The names of what can be drawn."""
    return tuple(_MOTIFS)


def _encoded(image: Canvas, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _rgb(color: str) -> Color:
    red, green, blue = ImageColor.getrgb(color)[:3]
    return red, green, blue


def _mix(one: Color, other: Color, share: float) -> Color:
    """`share` of the other colour in the first."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


@lru_cache(maxsize=1)
def _slope() -> Canvas:
    """From black on top to white at the bottom, a little aslant."""
    tall = Image.linear_gradient("L").resize((_W + 800, _H + 800))
    return tall.rotate(14, Image.Resampling.BILINEAR).crop((400, 400, 400 + _W, 400 + _H))


def _gradient(top: Color, bottom: Color) -> Canvas:
    return Image.composite(Image.new("RGB", (_W, _H), bottom), Image.new("RGB", (_W, _H), top), _slope())


def _disc(draw: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: Color) -> None:
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _ridge(rng: Random, height: float, swell: float) -> list[tuple[float, float]]:
    """The line of a hill or wave, from left to right."""
    phases = [(rng.uniform(0.6, 2.4), rng.uniform(0, math.tau), rng.uniform(0.4, 1)) for _each in range(3)]
    return [
        (
            x,
            height
            + swell * sum(math.sin(x / _W * math.tau * pace + at) * part for pace, at, part in phases) / 2,
        )
        for x in range(0, _W + 20, 20)
    ]


def _hills(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """Hills one behind the other, and a sun."""
    draw = ImageDraw.Draw(canvas)
    _disc(draw, rng.uniform(0.2, 0.8) * _W, _H * 0.3, rng.uniform(140, 230), _mix(second, _WHITE, 0.25))
    for place in range(5):
        line = _ridge(rng, _H * (0.44 + place * 0.12), 130 - place * 12)
        draw.polygon([*line, (_W, _H), (0, _H)], fill=_mix(base, _PAPER, 0.72 - place * 0.17))


def _waves(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """Bands that follow one another."""
    draw = ImageDraw.Draw(canvas)
    line = _ridge(rng, 0, 170)
    for place in range(9):
        shade = _mix(second if place == 4 else base, _PAPER, 0.78 - place * 0.085)
        drift = place * 60
        band = [(x, y + _H * (0.16 + place * 0.105) + math.sin((x + drift) / 460) * 30) for x, y in line]
        draw.polygon([*band, (_W, _H), (0, _H)], fill=shade)


def _arcs(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """Rings around two places."""
    draw = ImageDraw.Draw(canvas)
    for x, y, color in (
        (rng.uniform(0.1, 0.35) * _W, _H * rng.uniform(0.75, 1.05), base),
        (rng.uniform(0.7, 0.95) * _W, _H * rng.uniform(0, 0.3), second),
    ):
        for place in range(9):
            shade = _mix(color, _PAPER, 0.16 + place * 0.09) if place % 2 == 0 else _mix(color, _PAPER, 0.82)
            _disc(draw, x, y, 1000 - place * 108, shade)


def _blocks(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """A town from afar, with lit windows and a crane."""
    draw = ImageDraw.Draw(canvas)
    _disc(draw, _W * rng.uniform(0.6, 0.85), _H * 0.3, 190, _mix(base, _WHITE, 0.45))
    for row in range(3):
        shade = _mix(second, _PAPER, 0.66 - row * 0.3)
        x = -40
        while x < _W:
            width = rng.randint(130, 260)
            top = int(_H * (0.34 + row * 0.16) + rng.randint(0, 260))
            draw.rectangle((x, top, x + width - 14, _H), fill=shade)
            _windows(
                draw,
                (x, top, width),
                _mix(base, _PAPER, 0.25) if row == 2 else _mix(shade, _PAPER, 0.22),
                rng,
            )
            x += width
    _crane(draw, _W * rng.uniform(0.16, 0.4), _mix(base, (0, 0, 0), 0.08))


def _windows(draw: ImageDraw.ImageDraw, block: tuple[int, int, int], lit: Color, rng: Random) -> None:
    x, top, width = block
    for column in range(x + 22, x + width - 44, 42):
        for line in range(top + 30, _H, 58):
            if rng.random() < 0.42:
                draw.rectangle((column, line, column + 20, line + 30), fill=lit)


def _crane(draw: ImageDraw.ImageDraw, x: float, color: Color) -> None:
    top = _H * 0.14
    draw.rectangle((x, top, x + 18, _H), fill=color)
    draw.rectangle((x - 190, top + 60, x + 620, top + 76), fill=color)
    draw.rectangle((x - 190, top + 60, x - 110, top + 140), fill=color)
    draw.line([(x + 9, top - 30), (x + 600, top + 64)], fill=color, width=7)
    draw.line([(x + 9, top - 30), (x - 170, top + 64)], fill=color, width=7)
    draw.line([(x + 470, top + 70), (x + 470, top + 330)], fill=color, width=6)
    draw.rectangle((x + 430, top + 330, x + 510, top + 384), fill=color)


def _tiles(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """A wall of glazed tiles; each picture has its own pattern."""
    draw = ImageDraw.Draw(canvas)
    side = 320
    outer, inner, turned = rng.uniform(0.62, 0.98), rng.uniform(0.24, 0.42), rng.random() < 0.5
    glaze, line = _mix(base, _PAPER, 0.9), _mix(base, _PAPER, 0.74)
    for column in range(_W // side + 1):
        for row in range(_H // side + 1):
            x, y = column * side, row * side
            fade = 0.08 + 0.5 * (column / 8) * rng.uniform(0.7, 1)
            draw.rectangle((x, y, x + side, y + side), fill=glaze, outline=line, width=4)
            _tile(
                draw, x, y, side, _mix(base, _PAPER, fade), _mix(second, _PAPER, fade), outer, inner, turned
            )


def _tile(
    draw: ImageDraw.ImageDraw,
    x: float,
    y: float,
    side: float,
    color: Color,
    second: Color,
    outer: float,
    inner: float,
    turned: bool,
) -> None:
    """A flower in the middle and a quarter of a ring in each corner: four tiles make the whole one."""
    half = side / 2
    for corner_x in (x, x + side):
        for corner_y in (y, y + side):
            reach = half * outer
            box = (corner_x - reach, corner_y - reach, corner_x + reach, corner_y + reach)
            begin = (0 if corner_y == y else 270) if corner_x == x else (90 if corner_y == y else 180)
            draw.arc(box, begin, begin + 90, fill=color, width=30)
            small = tuple(edge + (34 if place < 2 else -34) * 1.6 for place, edge in enumerate(box))
            if small[2] > small[0]:
                draw.arc(small, begin, begin + 90, fill=second, width=12)
    middle_x, middle_y = x + half, y + half
    for petal in range(8):
        angle = math.tau * petal / 8 + (math.pi / 8 if turned else 0)
        reach = half * inner * (1.25 if petal % 2 == 0 else 0.95)
        _disc(draw, middle_x + math.cos(angle) * reach, middle_y + math.sin(angle) * reach, 26, color)
    _disc(draw, middle_x, middle_y, half * inner * 0.62, second)
    _disc(draw, middle_x, middle_y, half * inner * 0.3, _PAPER)


def _sheets(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """Papers on a desk, and a seal."""
    for place in range(4):
        sheet = Image.new("RGBA", (760, 1000), (0, 0, 0, 0))
        pen = ImageDraw.Draw(sheet)
        pen.rounded_rectangle((0, 0, 759, 999), 18, fill=_mix(base, _PAPER, 0.97 - 0.05 * (3 - place)))
        pen.rectangle((80, 110, 80 + rng.randint(240, 380), 140), fill=_mix(base, _PAPER, 0.1))
        for line in range(13):
            pen.rectangle(
                (80, 220 + line * 44, 80 + rng.randint(430, 600), 232 + line * 44),
                fill=_mix(base, _PAPER, 0.68),
            )
        pen.ellipse((520, 800, 660, 940), fill=_mix(second, _PAPER, 0.1))
        pen.ellipse((548, 828, 632, 912), outline=_PAPER, width=8)
        turned = sheet.rotate(rng.uniform(-14, 14), Image.Resampling.BICUBIC, expand=True)
        x, y = 180 + place * 500 + rng.randint(-60, 60), rng.randint(90, 330)
        shadow = Image.new("RGB", turned.size, _mix(base, (0, 0, 0), 0.2))
        canvas.paste(shadow, (x + 18, y + 24), turned.getchannel("A").point(lambda alpha: alpha * 18 // 100))
        canvas.paste(turned, (x, y), turned)


def _windows_of_a_house(canvas: Canvas, base: Color, second: Color, rng: Random) -> None:
    """A front with arched windows, some of them lit."""
    draw = ImageDraw.Draw(canvas)
    draw.rectangle((0, _H * 0.1, _W, _H), fill=_mix(base, _PAPER, 0.62))
    draw.rectangle((0, _H * 0.1, _W, _H * 0.1 + 26), fill=_mix(base, _PAPER, 0.3))
    for row in range(2):
        for column in range(7):
            x, y = 110 + column * 350, _H * 0.24 + row * 560
            glass = _mix(second, _PAPER, 0.35) if rng.random() < 0.4 else _mix(base, _PAPER, 0.12)
            for reach, fill in ((26, _PAPER), (0, glass)):
                draw.ellipse((x - reach, y - reach, x + 210 + reach, y + 210 + reach), fill=fill)
                draw.rectangle((x - reach, y + 105, x + 210 + reach, y + 400 + reach), fill=fill)
            draw.rectangle((x + 99, y, x + 111, y + 400), fill=_PAPER)
            draw.rectangle((x, y + 200, x + 210, y + 212), fill=_PAPER)
            draw.rectangle((x - 40, y + 426, x + 250, y + 450), fill=_mix(base, _PAPER, 0.2))


_MOTIFS: dict[str, Callable[[Canvas, Color, Color, Random], None]] = {
    "arcs": _arcs,
    "blocks": _blocks,
    "hills": _hills,
    "house": _windows_of_a_house,
    "sheets": _sheets,
    "tiles": _tiles,
    "waves": _waves,
}


def _plain(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )


def _write(
    draw: ImageDraw.ImageDraw,
    x: float,
    baseline: float,
    text: str,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    ink: Color,
) -> None:
    """A line of text. Pillow's own font has no letter with an accent: the accents are drawn."""
    draw.text((x, baseline), _plain(text), font=font, fill=ink, anchor="ls")
    so_far = ""
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter):
            so_far += letter
            continue
        middle = x + font.getlength(so_far) - font.getlength(so_far[-1]) / 2
        top = baseline + draw.textbbox((0, 0), so_far[-1], font=font, anchor="ls")[1]
        _accent(draw, unicodedata.name(letter), middle, top, baseline, ink)


def _accent(
    draw: ImageDraw.ImageDraw, name: str, middle: float, top: float, baseline: float, ink: Color
) -> None:
    match name.removeprefix("COMBINING "):
        case "ACUTE ACCENT":
            draw.line([(middle - 6, top - 10), (middle + 12, top - 25)], fill=ink, width=9)
        case "TILDE":
            for step in range(-32, 33):
                _disc(draw, middle + step / 2, top - 15 - math.sin(step / 32 * math.pi) * 5, 4, ink)
        case "CEDILLA":
            draw.line([(middle, baseline), (middle, baseline + 8)], fill=ink, width=8)
            draw.arc((middle - 13, baseline + 4, middle + 11, baseline + 26), 270, 100, fill=ink, width=7)
        case unknown:
            raise ValueError(f"Nobody has drawn a {unknown} yet.")


def _two_lines(name: str) -> list[str]:
    words = name.split()
    return [name] if len(words) < 3 else [" ".join(words[:-1]), words[-1]]


def _arch(draw: ImageDraw.ImageDraw, side: int, second: Color) -> None:
    for reach, fill in ((66, _WHITE), (36, second)):
        middle = side / 2
        draw.pieslice((middle - reach, 66 + 66 - reach, middle + reach, 66 + 66 + reach), 180, 360, fill=fill)
        draw.rectangle((middle - reach, 130, middle + reach, 186), fill=fill)


def _lift(draw: ImageDraw.ImageDraw, side: int, second: Color) -> None:
    draw.rectangle((64, 58, side - 64, 80), fill=_WHITE)
    for top in (84, 130):
        draw.line([(76, top), (side - 76, top + 44)], fill=_WHITE, width=13)
        draw.line([(side - 76, top), (76, top + 44)], fill=_WHITE, width=13)
    draw.rectangle((56, 180, side - 56, 198), fill=second)


def _leaf(draw: ImageDraw.ImageDraw, side: int, second: Color) -> None:
    stem, tip, reach = 66.0, side - 66.0, side - 132.0
    turns = [math.pi / 2 * step / 24 for step in range(25)]
    upper = [(stem + reach - math.cos(turn) * reach, tip - math.sin(turn) * reach) for turn in turns]
    lower = [(stem + math.cos(turn) * reach, stem + math.sin(turn) * reach) for turn in turns]
    draw.polygon([*upper, *lower], fill=_WHITE)
    draw.line([(52, side - 52), (148, 92)], fill=second, width=13)


def _north(draw: ImageDraw.ImageDraw, side: int, second: Color) -> None:
    middle = side / 2
    draw.polygon([(middle, 44), (middle + 40, middle), (middle - 40, middle)], fill=second)
    draw.polygon([(middle, side - 44), (middle + 40, middle), (middle - 40, middle)], fill=_WHITE)


def _slice(draw: ImageDraw.ImageDraw, side: int, second: Color) -> None:
    middle = side / 2
    _disc(draw, middle, middle, 76, _WHITE)
    _disc(draw, middle, middle, 60, (214, 232, 190))
    for seed in range(6):
        angle = math.tau * seed / 6
        _disc(draw, middle + math.cos(angle) * 32, middle + math.sin(angle) * 32, 9, second)


_MARKS: dict[str, Callable[[ImageDraw.ImageDraw, int, Color], None]] = {
    "arch": _arch,
    "leaf": _leaf,
    "lift": _lift,
    "north": _north,
    "slice": _slice,
}
