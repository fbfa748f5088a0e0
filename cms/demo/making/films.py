"""The two films of the demo, drawn frame by frame and encoded as H.264, with captions in three languages.

    pip install av                        # FFmpeg's libraries as a wheel; nothing else of the project needs it
    python -m cms.demo.making.films       # from the project's folder; writes to cms/demo/files

They have no sound: what is said stands in the captions. Each is below 500 kB.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeAlias

import av  # type: ignore[import-not-found,unused-ignore]  # only where films are made
from PIL import Image, ImageDraw, ImageFont

DEMO = Path(__file__).resolve().parent.parent
FILES = DEMO / "files"
WIDTH, HEIGHT, SCALE, RATE = 960, 540, 2, 15
LANGUAGES = ("pt", "es", "en")

PAPER, WHITE, INK = (247, 243, 236), (255, 255, 255), (34, 52, 60)
BASE, DEEP, SOFT, ACCENT = (31, 78, 95), (20, 52, 64), (200, 215, 220), (200, 128, 60)

Draw: TypeAlias = ImageDraw.ImageDraw
Scene: TypeAlias = Callable[[Draw, float], None]


def eased(value: float, begin: float, end: float) -> float:
    """How far between two moments, softly at both ends."""
    part = min(1.0, max(0.0, (value - begin) / (end - begin)))
    return part * part * (3 - 2 * part)


def between(one: float, other: float, part: float) -> float:
    """A value on the way from one to the other."""
    return one + (other - one) * part


def box(
    draw: Draw,
    x: float,
    y: float,
    width: float,
    height: float,
    radius: float,
    *,
    fill: Any = None,
    outline: Any = None,
    edge: float = 1,
) -> None:
    """A box with round corners, in the film's own pixels."""
    corners = tuple(round(each * SCALE) for each in (x, y, x + width, y + height))
    draw.rounded_rectangle(corners, round(radius * SCALE), fill, outline, round(edge * SCALE))


def dot(draw: Draw, x: float, y: float, radius: float, fill: Any) -> None:
    """A disc."""
    draw.ellipse(tuple(round(e * SCALE) for e in (x - radius, y - radius, x + radius, y + radius)), fill=fill)


def line(draw: Draw, points: Sequence[tuple[float, float]], fill: Any, width: float) -> None:
    """A line with round joints."""
    draw.line(
        [(x * SCALE, y * SCALE) for x, y in points], fill=fill, width=round(width * SCALE), joint="curve"
    )


def words(
    draw: Draw, x: float, y: float, text: str, size: float, fill: Any = INK, anchor: str = "mm"
) -> None:
    """Figures and letters that are the same in every language."""
    font = ImageFont.load_default(size=size * SCALE)
    draw.text((x * SCALE, y * SCALE), text, font=font, fill=fill, anchor=anchor)


def phone(draw: Draw, x: float, y: float, width: float = 190, height: float = 370) -> None:
    """A phone, its screen empty."""
    box(draw, x, y, width, height, 26, fill=DEEP)
    box(draw, x + 10, y + 12, width - 20, height - 24, 18, fill=WHITE)


# ---- following an application by its number ---------------------------------------------------------


def letter_scene(draw: Draw, at: float) -> None:
    """An envelope opens, and a letter with a number comes out of it."""
    rise = eased(at, 0.6, 2.2)
    box(draw, 310, 210, 340, 220, 12, fill=SOFT)
    box(draw, 340, between(225, 70, rise), 280, 200, 8, fill=WHITE)
    top = between(225, 70, rise)
    for place in range(3):
        box(draw, 364, top + 26 + place * 20, (210, 170, 190)[place], 8, 4, fill=SOFT)
    glow = eased(at, 2.4, 3.2)
    shade = tuple(round(between(a, b, glow)) for a, b in zip(SOFT, ACCENT, strict=True))
    box(draw, 364, top + 100, 232, 54, 10, outline=shade, edge=4)
    words(draw, 480, top + 127, "4F7K-2M9Q-XD", 24, BASE)
    box(draw, 310, 300, 340, 130, 12, fill=BASE)
    line(draw, [(312, 302), (480, 396), (648, 302)], PAPER, 4)


def typing_scene(draw: Draw, at: float) -> None:
    """The number is typed on a phone."""
    phone(draw, 385, 80)
    box(draw, 405, 110, 150, 50, 8, fill=BASE)
    box(draw, 405, 190, 150, 42, 8, outline=BASE, edge=2)
    number = "4F7K-2M9Q-XD"
    typed = number[: int(eased(at, 0.5, 3.6) * len(number))]
    words(draw, 412, 211, typed, 17, INK, anchor="lm")
    pressed = 3.9 < at < 4.4
    box(draw, 405, 250, 150, 42, 8, fill=DEEP if pressed else ACCENT)
    line(draw, [(470, 271), (480, 281), (494, 262)], WHITE, 4)
    for place in range(3):
        box(draw, 405, 320 + place * 26, (150, 120, 135)[place], 9, 4, fill=SOFT)


def steps_scene(draw: Draw, at: float) -> None:
    """The phases: those that are done, the one it is in, those to come."""
    xs = [200 + 140 * place for place in range(5)]
    reach = between(xs[0], xs[2], eased(at, 0.4, 2.8))
    line(draw, [(xs[0], 230), (xs[-1], 230)], SOFT, 6)
    line(draw, [(xs[0], 230), (reach, 230)], BASE, 6)
    for place, x in enumerate(xs):
        done = reach >= x - 4
        dot(draw, x, 230, 24, BASE if done else SOFT)
        if done and place < 2:
            line(draw, [(x - 9, 230), (x - 2, 238), (x + 11, 221)], WHITE, 4)
    if at > 3:
        dot(draw, xs[2], 230, 24 + 6 * eased(at, 3, 3.6), (226, 198, 168))
        dot(draw, xs[2], 230, 20, ACCENT)
        notice = eased(at, 3.6, 4.6)
        box(draw, 260, between(350, 310, notice), 440, 90, 14, fill=(225, 236, 247))
        for place, width in enumerate((300, 240)):
            box(draw, 300, between(350, 310, notice) + 28 + place * 24, width, 10, 5, fill=(120, 160, 200))


def lock_scene(draw: Draw, at: float) -> None:
    """Papers stay behind a lock."""
    shut = eased(at, 0.8, 1.8)
    for place in range(3):
        box(draw, 330 + place * 46, 120 + place * 16, 190, 250, 10, fill=WHITE)
        for row in range(6):
            box(draw, 352 + place * 46, 150 + place * 16 + row * 30, 130, 8, 4, fill=SOFT)
    y = between(230, 250, shut)
    draw.arc(
        tuple(round(edge * SCALE) for edge in (434, y - 70 + 20 * shut, 526, y + 30 + 20 * shut)),
        180,
        360,
        fill=BASE,
        width=14 * SCALE,
    )
    box(draw, 415, 262, 130, 108, 14, fill=BASE)
    dot(draw, 480, 308, 13, PAPER)
    box(draw, 475, 310, 10, 32, 4, fill=PAPER)


# ---- photographing a document ---------------------------------------------------------------------


def sheet(draw: Draw, x: float, y: float, width: float, height: float, back: bool = False) -> None:
    """A paper with lines and a seal; on its back a stamp and nothing else."""
    box(draw, x, y, width, height, 6, fill=WHITE)
    if back:
        dot(draw, x + width * 0.62, y + height * 0.68, width * 0.17, ACCENT)
        dot(draw, x + width * 0.62, y + height * 0.68, width * 0.12, WHITE)
        dot(draw, x + width * 0.62, y + height * 0.68, width * 0.09, ACCENT)
        return
    box(draw, x + width * 0.12, y + height * 0.09, width * 0.46, height * 0.035, 3, fill=BASE)
    for row in range(9):
        share = (0.76, 0.7, 0.74, 0.5, 0.76, 0.68, 0.72, 0.4, 0.6)[row]
        box(draw, x + width * 0.12, y + height * (0.2 + row * 0.065), width * share, 6, 3, fill=SOFT)
    dot(draw, x + width * 0.76, y + height * 0.87, width * 0.09, ACCENT)


def table(draw: Draw, shade: Any = (70, 74, 78)) -> None:
    """A dark table from above."""
    box(draw, 0, 0, WIDTH, HEIGHT, 0, fill=shade)


def table_scene(draw: Draw, at: float) -> None:
    """A document is laid on a dark table."""
    table(draw)
    sheet(draw, between(-280, 360, eased(at, 0.4, 2)), 90, 250, 350)


def light_scene(draw: Draw, at: float) -> None:
    """A shadow lies over it; by the window it is gone."""
    bright = eased(at, 2.2, 3.6)
    table(draw, tuple(round(between(a, b, bright)) for a, b in ((58, 92), (62, 96), (66, 98))))
    sheet(draw, 360, 90, 250, 350)
    if bright < 1:
        x = between(300, 980, bright)
        line(draw, [(x, 60), (x + 190, 480)], (64, 68, 72), 120)
    box(draw, 60, 70, 170, 230, 6, fill=tuple(round(between(90, value, bright)) for value in (250, 240, 200)))
    line(draw, [(145, 70), (145, 300)], PAPER, 8)
    line(draw, [(60, 185), (230, 185)], PAPER, 8)


def frame_scene(draw: Draw, at: float) -> None:
    """The phone comes from above until all four corners are in its picture."""
    table(draw, (92, 96, 98))
    sheet(draw, 360, 90, 250, 350)
    part = eased(at, 0.4, 2.6)
    x, y = between(520, 315, part), between(200, 50, part)
    width, height = between(200, 340, part), between(170, 430, part)
    held = at > 3
    colour = (118, 190, 120) if held else WHITE
    for corner_x, across in ((x, 1), (x + width, -1)):
        for corner_y, down in ((y, 1), (y + height, -1)):
            points = [
                (corner_x + 44 * across, corner_y),
                (corner_x, corner_y),
                (corner_x, corner_y + 44 * down),
            ]
            line(draw, points, colour, 9)
    if held:
        dot(draw, 800, 270, 44, (118, 190, 120))
        line(draw, [(780, 270), (795, 287), (824, 252)], WHITE, 9)


def reading_scene(draw: Draw, at: float) -> None:
    """One line is read on the screen."""
    phone(draw, 360, 40, 240, 460)
    zoom = eased(at, 0.6, 2.2)
    width = between(150, 200, zoom)
    for row in range(7):
        y = between(150, 130, zoom) + row * between(34, 46, zoom)
        chosen = row == 3 and zoom == 1
        if chosen:
            box(draw, 374, y - 14, 212, 40, 6, fill=(243, 226, 206))
        share = (0.96, 0.8, 0.9, 0.94, 0.7, 0.86, 0.5)[row]
        box(draw, 380, y, width * share, 12, 5, fill=BASE if chosen else SOFT)


def back_scene(draw: Draw, at: float) -> None:
    """The paper is turned: the stamp is on its back."""
    table(draw, (92, 96, 98))
    turn = eased(at, 0.6, 2.2)
    width = 250 * abs(1 - 2 * turn)
    sheet(draw, 485 - max(8.0, width) / 2, 90, max(8.0, width), 350, back=turn > 0.5)
    if at > 3:
        dot(draw, 800, 270, 44, (118, 190, 120))
        line(draw, [(780, 270), (795, 287), (824, 252)], WHITE, 9)


FILMS: dict[str, Sequence[tuple[Scene, float]]] = {
    "number": ((letter_scene, 6), (typing_scene, 6), (steps_scene, 8), (lock_scene, 6)),
    "photograph": (
        (table_scene, 4.5),
        (light_scene, 6),
        (frame_scene, 6.5),
        (reading_scene, 5.5),
        (back_scene, 5.5),
    ),
}


def frame(scenes: Sequence[tuple[Scene, float]], at: float) -> Image.Image:
    """The picture at a moment; scenes fade into one another through paper."""
    canvas = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), PAPER)
    for scene, lasts in scenes:
        if at < lasts:
            scene(ImageDraw.Draw(canvas), at)
            shown = min(eased(at, 0, 0.35), 1 - eased(at, lasts - 0.35, lasts))
            canvas = Image.blend(Image.new("RGB", canvas.size, PAPER), canvas, shown)
            break
        at -= lasts
    return canvas.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def encode(name: str, scenes: Sequence[tuple[Scene, float]]) -> None:
    """The film as MP4, its index in front so that it begins before it is there whole, and its poster."""
    lasts = sum(seconds for _scene, seconds in scenes)
    with av.open(str(FILES / f"{name}.mp4"), "w", options={"movflags": "+faststart"}) as film:
        stream = film.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = Fraction(1, RATE)
        stream.options = {"crf": "27", "preset": "veryslow", "profile": "main"}
        for number in range(round(lasts * RATE)):
            picture = av.VideoFrame.from_image(frame(scenes, number / RATE))
            for packet in stream.encode(picture):
                film.mux(packet)
        for packet in stream.encode():
            film.mux(packet)
    frame(scenes, scenes[0][1] - 1).save(FILES / f"{name}.webp", quality=80, method=6)


def clock(seconds: float) -> str:
    """A time as WebVTT writes it."""
    return f"{int(seconds // 60):02}:{seconds % 60:06.3f}"


def caption(name: str) -> None:
    """The captions of a film, one file for each language."""
    found = tomllib.loads((DEMO / "texts/castro-lima/films.toml").read_text())["caption"]
    for place, language in enumerate(LANGUAGES):
        cues = [
            f"{clock(each['begins'])} --> {clock(each['ends'])}\n{each['said'][place]}\n"
            for each in found
            if each["film"] == name
        ]
        (FILES / f"{name}.{language}.vtt").write_text("WEBVTT\n\n" + "\n".join(cues))


def main() -> None:
    """Make them all."""
    for name, scenes in FILMS.items():
        encode(name, scenes)
        caption(name)


if __name__ == "__main__":
    main()
