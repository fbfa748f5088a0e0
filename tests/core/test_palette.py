import re

import pytest
from django.utils.functional import Promise
from hypothesis import example, given
from hypothesis import strategies as st

from portal_modules.core.palette import (
    DARK_CANVAS,
    DARK_SURFACE,
    LIGHT_CANVAS,
    LIGHT_SURFACE,
    RAMP_STEPS,
    Oklch,
    Tones,
    build_palette,
    contrast,
    css_variables,
    from_oklch,
    parse_colour,
    to_hex,
    to_oklch,
)

LIGHT = (LIGHT_SURFACE, LIGHT_CANVAS)
DARK = (DARK_SURFACE, DARK_CANVAS)

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def assert_readable(tones: Tones, grounds: tuple[str, str]) -> None:
    assert contrast(tones.on_brand, tones.brand) >= 4.5
    assert contrast(tones.on_brand, tones.brand_strong) >= 4.5
    for ground in (*grounds, tones.brand_soft):
        assert contrast(tones.brand_text, ground) >= 4.5
        assert contrast(tones.focus, ground) >= 3
        assert contrast(tones.border, ground) >= 3


@given(colours)
@example("#000000")
@example("#ffffff")
@example("#ffff00")
@example("#0000ff")
@example("#767676")
@example("#7a7a7a")
def test_any_colour_holds_the_contrasts_in_light_and_dark(colour: str) -> None:
    palette = build_palette(colour)
    assert_readable(palette.light, LIGHT)
    assert_readable(palette.dark, DARK)
    # Ordinary text, the darkest and lightest of the pages, reads on the tinted background too.
    assert contrast(DARK_SURFACE, palette.light.brand_soft) >= 7
    assert contrast(LIGHT_CANVAS, palette.dark.brand_soft) >= 7


@pytest.mark.slow
def test_ten_thousand_colours_from_black_to_white_hold_the_contrasts() -> None:
    wanted = range(0, 0x1000000, 1_671)
    assert len(wanted) > 10_000
    for number in wanted:
        palette = build_palette(f"#{number:06x}")
        assert_readable(palette.light, LIGHT)
        assert_readable(palette.dark, DARK)


@given(colours)
def test_a_change_is_named_exactly_where_a_tone_is_not_the_companys_colour(colour: str) -> None:
    palette = build_palette(colour)
    named = {(change.theme, change.role): change for change in palette.changes}
    assert len(named) == len(palette.changes)
    for theme, tones in (("light", palette.light), ("dark", palette.dark)):
        for role in ("brand_text", "focus", "border"):
            assert ((theme, role) in named) == (getattr(tones, role) != colour)
    for change in palette.changes:
        assert isinstance(change.sentence, Promise)
        assert change.original == colour
        moved = to_oklch(change.became).lightness - to_oklch(colour).lightness
        assert (moved < 0) == (change.direction == "darker")


@given(colours)
def test_a_tone_moves_no_further_than_it_must(colour: str) -> None:
    palette = build_palette(colour)
    for change in palette.changes:
        if change.theme == "light" and change.role == "brand_text":
            grounds = (*LIGHT, palette.light.brand_soft)
            assert min(contrast(change.became, ground) for ground in grounds) < 4.8


def test_yellow_becomes_darker_for_text_on_light_and_stays_on_buttons() -> None:
    palette = build_palette("#ffeb3b")
    assert palette.light.brand == palette.dark.brand == "#ffeb3b"
    assert palette.light.on_brand == "#131416"
    named = {(change.theme, change.role, change.direction) for change in palette.changes}
    assert named == {
        ("light", "brand_text", "darker"),
        ("light", "focus", "darker"),
        ("light", "border", "darker"),
    }


def test_navy_stays_on_light_and_becomes_lighter_on_dark() -> None:
    palette = build_palette("#0b1f3a")
    assert palette.light.brand_text == "#0b1f3a"
    assert {change.theme for change in palette.changes} == {"dark"}
    assert {change.direction for change in palette.changes} == {"lighter"}


def test_the_one_grey_that_takes_neither_white_nor_ink_darkens_and_is_told_once() -> None:
    palette = build_palette("#7a7a7a")
    assert palette.light.brand == palette.dark.brand != "#7a7a7a"
    assert [change.theme for change in palette.changes if change.role == "brand"] == ["light"]


@given(colours)
def test_a_pressed_button_looks_different(colour: str) -> None:
    tones = build_palette(colour).light
    step = to_oklch(tones.brand_strong).lightness - to_oklch(tones.brand).lightness
    assert abs(step) > 0.03


@given(colours)
def test_a_ramp_goes_from_light_to_dark_and_keeps_the_hue(colour: str) -> None:
    ramp = build_palette(colour).ramp
    assert list(ramp) == list(RAMP_STEPS)
    lightnesses = [to_oklch(step).lightness for step in ramp.values()]
    assert lightnesses == sorted(lightnesses, reverse=True)
    base, middle = to_oklch(colour), to_oklch(ramp[500])
    if base.chroma > 0.05 and middle.chroma > 0.05:
        assert abs((base.hue - middle.hue + 180) % 360 - 180) < 6


# The sRGB primaries in CSS Color 4's own sample code.
@pytest.mark.parametrize(
    ("colour", "lightness", "chroma", "hue"),
    [
        ("#ff0000", 0.62796, 0.25768, 29.234),
        ("#00ff00", 0.86644, 0.29483, 142.495),
        ("#0000ff", 0.45201, 0.31321, 264.052),
        ("#ffffff", 1.0, 0.0, 0.0),
        ("#000000", 0.0, 0.0, 0.0),
    ],
)
def test_oklch_agrees_with_published_values(colour: str, lightness: float, chroma: float, hue: float) -> None:
    found = to_oklch(colour)
    assert found.lightness == pytest.approx(lightness, abs=1e-4)
    assert found.chroma == pytest.approx(chroma, abs=1e-4)
    assert found.hue == pytest.approx(hue, abs=0.01)


@given(colours)
def test_srgb_survives_the_way_through_oklch(colour: str) -> None:
    assert from_oklch(to_oklch(colour)) == colour


@given(st.floats(0, 1), st.floats(0, 0.5), st.floats(0, 360))
def test_outside_the_gamut_the_lightness_stays(lightness: float, chroma: float, hue: float) -> None:
    found = to_oklch(from_oklch(Oklch(lightness, chroma, hue)))
    # Eight bits round coarsely near black.
    assert found.lightness == pytest.approx(lightness, abs=0.02 if lightness > 0.2 else 0.08)


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#ffffff", "#000000", 21.0), ("#ffffff", "#ffffff", 1.0), ("#ffffff", "#767676", 4.54)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)
    assert contrast(second, first) == contrast(first, second)


@pytest.mark.parametrize(
    ("text", "rgb"), [("#fff", (255, 255, 255)), ("#1aF", (0x11, 0xAA, 0xFF)), ("#0B1f3a", (11, 31, 58))]
)
def test_both_ways_of_writing_a_colour_are_read(text: str, rgb: tuple[int, int, int]) -> None:
    assert parse_colour(text) == rgb
    assert len(to_hex(rgb)) == 7


@pytest.mark.parametrize(
    "text",
    ["", "#", "fff", "#ff", "#ffff", "#fffff", "#ggg", "#12345６", "#+1+1+1", "#fff ", "red", "#" * 100_000],
)
def test_anything_else_is_no_colour(text: str) -> None:
    with pytest.raises(ValueError, match="#rrggbb"):
        build_palette(text)


@given(colours)
def test_the_style_sheet_holds_nothing_but_colours(colour: str) -> None:
    tones = r"(--[a-z0-9-]+:#[0-9a-f]{6};)+"
    assert re.fullmatch(
        rf":root\{{{tones}\}}\n"
        rf"@media \(prefers-color-scheme: dark\)\{{:root:not\(\[data-theme=light\]\)\{{{tones}\}}\}}\n"
        rf":root\[data-theme=dark\]\{{{tones}\}}\n",
        css_variables(build_palette(colour)),
    )


def test_the_style_sheet_names_every_role_in_each_theme() -> None:
    css = css_variables(build_palette("#0b7a5f"))
    for name in ("brand", "on-brand", "brand-text", "brand-strong", "brand-soft", "focus", "brand-border"):
        assert css.count(f"--{name}:") == 3
    # The neutral edge of fields and tables is not the company's.
    assert "--border:" not in css
    assert css.count("--brand-500:") == 1
