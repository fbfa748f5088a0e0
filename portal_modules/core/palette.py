"""A company's one colour becomes every tone its pages need, in light and in dark, and all of them readable.

The colour is taken apart in OKLCH (Björn Ottosson, "A perceptual color space for image processing",
https://bottosson.github.io/posts/oklab/), where a step of lightness looks the same for every hue, and judged
by the contrast of WCAG 2.2 (success criteria 1.4.3: text 4.5:1, and 1.4.11: what shows a control or its focus
3:1). What falls short moves in lightness, no further than it must, with its hue kept; `Palette.changes` tells
the company which tones moved.

A button keeps the company's colour as it is, however pale: its text holds 4.5:1, and its edge, drawn in
`--brand-border`, 3:1. So a style sheet draws that edge.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from math import atan2, cbrt, cos, degrees, hypot, radians, sin
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Theme: TypeAlias = Literal["light", "dark"]
Role: TypeAlias = Literal["brand", "brand_text", "focus", "border"]
Direction: TypeAlias = Literal["darker", "lighter"]
Rgb: TypeAlias = tuple[int, int, int]
Linear: TypeAlias = tuple[float, float, float]

TEXT_CONTRAST: Final = 4.5
SHAPE_CONTRAST: Final = 3.0

WHITE: Final = "#ffffff"
INK: Final = "#131416"
LIGHT_SURFACE: Final = "#ffffff"
LIGHT_CANVAS: Final = "#f7f7f5"
DARK_SURFACE: Final = "#1b1c1f"
DARK_CANVAS: Final = "#131416"

# Lightness of each step and the share of the company's chroma that it keeps: the ends of a ramp are quiet.
RAMP_STEPS: Final[dict[int, tuple[float, float]]] = {
    50: (0.975, 0.12),
    100: (0.945, 0.22),
    200: (0.895, 0.40),
    300: (0.825, 0.65),
    400: (0.735, 0.90),
    500: (0.650, 1.00),
    600: (0.565, 1.00),
    700: (0.480, 0.92),
    800: (0.400, 0.78),
    900: (0.330, 0.62),
    950: (0.250, 0.48),
}

_HEX_DIGITS: Final = frozenset("0123456789abcdefABCDEF")
_HOVER_STEP: Final = 0.06
# Below it nobody sees a step darker; above the second, a step lighter than black shows.
_DARKEST_HOVER: Final = 0.15
_LIGHTER_THAN_BLACK: Final = 0.27
# The tint is the hardest ground of each theme: a tone that reads on it reads on sunken and raised parts too.
_SOFT: Final[dict[Theme, tuple[float, float]]] = {"light": (0.95, 0.035), "dark": (0.29, 0.045)}
_LIGHTNESS_ROUNDS: Final = 8
_CHROMA_ROUNDS: Final = 8


@dataclass(frozen=True, slots=True)
class Oklch:
    """Lightness 0 to 1, chroma from 0 (grey) to about 0.32 in sRGB, hue in degrees."""

    lightness: float
    chroma: float
    hue: float


@dataclass(frozen=True, slots=True)
class Tones:
    """The roles of one theme, as `#rrggbb`."""

    brand: str
    on_brand: str
    brand_text: str
    brand_strong: str
    brand_soft: str
    focus: str
    border: str


@dataclass(frozen=True, slots=True)
class Change:
    """One tone that could not stay the company's colour, and what became of it."""

    theme: Theme
    role: Role
    direction: Direction
    original: str
    became: str

    @property
    def sentence(self) -> "_StrPromise":
        """What the admin says beside the two colours."""
        return _SENTENCES[self.theme, self.role, self.direction]


@dataclass(frozen=True, slots=True)
class Palette:
    """All tones of one company: two themes and a ramp from 50 (nearly white) to 950 (nearly black)."""

    colour: str
    light: Tones
    dark: Tones
    ramp: dict[int, str]
    changes: tuple[Change, ...]


def build_palette(colour: str) -> Palette:
    """The palette of a colour written `#rgb` or `#rrggbb`; raises ValueError for anything else."""
    original = to_hex(parse_colour(colour))
    light, dark = _tones(original, "light"), _tones(original, "dark")
    changes = (*_changes(original, light, "light"), *_changes(original, dark, "dark"))
    return Palette(original, light, dark, _ramp(to_oklch(original)), changes)


def css_variables(palette: Palette) -> str:
    """A style sheet of custom properties: one per role (`--brand-text` for `brand_text`) and ramp step.

    `border` is called `--brand-border`, since fields and tables have a neutral `--border` of their own.
    Dark follows the reader's system unless the page says `data-theme="light"`, and is forced by
    `data-theme="dark"`. It holds nothing but colours computed here, so it needs no escaping.
    """
    ramp = "".join(f"--brand-{step}:{colour};" for step, colour in palette.ramp.items())
    dark = _declarations(palette.dark)
    return (
        f":root{{{_declarations(palette.light)}{ramp}}}\n"
        f"@media (prefers-color-scheme: dark){{:root:not([data-theme=light]){{{dark}}}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
    )


def contrast(first: str, second: str) -> float:
    """WCAG 2.2 contrast ratio of two `#rrggbb` colours, 1 to 21."""
    return _ratio(_luminance(_linear(parse_colour(first))), _luminance(_linear(parse_colour(second))))


def parse_colour(text: str) -> Rgb:
    """Red, green and blue of `#rgb` or `#rrggbb`; raises ValueError for anything else."""
    digits = text[1:]
    if (
        len(text) not in (4, 7)
        or text[0] != "#"
        or not all(digit in "0123456789abcdefABCDEF" for digit in digits)
    ):
        raise ValueError("a colour is written #rgb or #rrggbb")
    pairs = [digit * 2 for digit in digits] if len(digits) == 3 else [digits[:2], digits[2:4], digits[4:]]
    red, green, blue = (int(pair, 16) for pair in pairs)
    return red, green, blue


def to_hex(rgb: Rgb) -> str:
    """`#rrggbb` in lower case."""
    return "#{:02x}{:02x}{:02x}".format(*rgb)


def to_oklch(colour: str) -> Oklch:
    """The OKLCH coordinates of an sRGB colour; a grey has hue 0."""
    red, green, blue = _linear(parse_colour(colour))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    chroma = hypot(a, b)
    if chroma < 1e-4:
        return Oklch(lightness, 0.0, 0.0)
    return Oklch(lightness, chroma, degrees(atan2(b, a)) % 360)


def from_oklch(colour: Oklch) -> str:
    """The sRGB colour of the same lightness and hue, its chroma reduced as far as the gamut demands."""
    return to_hex(_encode(_in_gamut(colour)))


def _tones(original: str, theme: Theme) -> Tones:
    base = to_oklch(original)
    brand, on_brand = _button(original, base)
    lightness, chroma = _SOFT[theme]
    soft = from_oklch(Oklch(lightness, min(base.chroma, chroma), base.hue))
    grounds = (LIGHT_SURFACE, LIGHT_CANVAS, soft) if theme == "light" else (DARK_SURFACE, DARK_CANVAS, soft)
    shape = _moved_until_readable(original, base, grounds, SHAPE_CONTRAST, theme)
    return Tones(
        brand=brand,
        on_brand=on_brand,
        brand_text=_moved_until_readable(original, base, grounds, TEXT_CONTRAST, theme),
        brand_strong=_hover(brand, on_brand),
        brand_soft=soft,
        focus=shape,
        border=shape,
    )


def _button(original: str, base: Oklch) -> tuple[str, str]:
    """The colour itself under white or ink; in the narrow band between, it darkens for white."""
    for text in (WHITE, INK):
        if contrast(original, text) >= TEXT_CONTRAST:
            return original, text
    return _darkened(base, _reads_on((WHITE,), TEXT_CONTRAST)), WHITE


def _hover(brand: str, on_brand: str) -> str:
    """A step darker, as hands expect of a pressed thing; lighter where the text or black leaves no room."""
    base = to_oklch(brand)
    darker = from_oklch(Oklch(base.lightness - _HOVER_STEP, base.chroma, base.hue))
    if base.lightness - _HOVER_STEP >= _DARKEST_HOVER and contrast(darker, on_brand) >= TEXT_CONTRAST:
        return darker
    lightness = max(base.lightness + _HOVER_STEP, _LIGHTER_THAN_BLACK)
    return from_oklch(Oklch(lightness, base.chroma, base.hue))


def _moved_until_readable(
    original: str, base: Oklch, grounds: tuple[str, ...], ratio: float, theme: Theme
) -> str:
    reads = _reads_on(grounds, ratio)
    if reads(_luminance(_linear(parse_colour(original)))):
        return original
    return _darkened(base, reads) if theme == "light" else _lightened(base, reads)


def _reads_on(grounds: tuple[str, ...], ratio: float) -> Callable[[float], bool]:
    luminances = [_luminance(_linear(parse_colour(ground))) for ground in grounds]
    return lambda luminance: all(_ratio(luminance, ground) >= ratio for ground in luminances)


def _darkened(base: Oklch, reads: Callable[[float], bool]) -> str:
    return _nearest(base, base.lightness, 0.0, reads)


def _lightened(base: Oklch, reads: Callable[[float], bool]) -> str:
    return _nearest(base, base.lightness, 1.0, reads)


def _nearest(base: Oklch, unreadable: float, readable: float, reads: Callable[[float], bool]) -> str:
    """Halves the way between a lightness that fails and one that holds; returns the last that held.

    Each is judged after rounding to eight bits, as browsers will show it.
    """
    best = _encode(_in_gamut(Oklch(readable, base.chroma, base.hue)))
    for _round in range(_LIGHTNESS_ROUNDS):
        middle = (unreadable + readable) / 2
        rgb = _encode(_in_gamut(Oklch(middle, base.chroma, base.hue)))
        if reads(_luminance(_linear(rgb))):
            best, readable = rgb, middle
        else:
            unreadable = middle
    return to_hex(best)


def _ramp(base: Oklch) -> dict[int, str]:
    return {
        step: from_oklch(Oklch(lightness, base.chroma * share, base.hue))
        for step, (lightness, share) in RAMP_STEPS.items()
    }


def _changes(original: str, tones: Tones, theme: Theme) -> Iterator[Change]:
    became: dict[Role, str] = {"brand_text": tones.brand_text, "focus": tones.focus, "border": tones.border}
    if theme == "light":
        # Buttons are the same in both themes, so they are told once.
        became = {"brand": tones.brand, **became}
    for role, colour in became.items():
        if colour != original:
            yield Change(theme, role, "darker" if theme == "light" else "lighter", original, colour)


def _declarations(tones: Tones) -> str:
    names = (field.name for field in fields(tones))
    return "".join(f"--{_property_of(name)}:{getattr(tones, name)};" for name in names)


def _property_of(role: str) -> str:
    return "brand-border" if role == "border" else role.replace("_", "-")


def _in_gamut(colour: Oklch) -> Linear:
    """Linear sRGB; outside the gamut the chroma is reduced by halving, as in CSS Color 4, section 13.2."""
    lightness = min(max(colour.lightness, 0.0), 1.0)
    a, b = cos(radians(colour.hue)), sin(radians(colour.hue))
    linear = _linear_from_oklab(lightness, a * colour.chroma, b * colour.chroma)
    if _fits(linear):
        return linear
    low, high = 0.0, colour.chroma
    linear = _linear_from_oklab(lightness, 0.0, 0.0)
    for _round in range(_CHROMA_ROUNDS):
        middle = (low + high) / 2
        candidate = _linear_from_oklab(lightness, a * middle, b * middle)
        if _fits(candidate):
            linear, low = candidate, middle
        else:
            high = middle
    return linear


def _fits(linear: Linear) -> bool:
    # A hair of tolerance: the matrices are printed with ten digits.
    return min(linear) >= -0.0001 and max(linear) <= 1.0001


def _linear_from_oklab(lightness: float, a: float, b: float) -> Linear:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encode(linear: Linear) -> Rgb:
    red, green, blue = (_encode_channel(channel) for channel in linear)
    return red, green, blue


def _encode_channel(value: float) -> int:
    value = min(max(value, 0.0), 1.0)
    encoded = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(encoded * 255)


def _decode_channel(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


_LINEAR_CHANNEL: Final = tuple(_decode_channel(value) for value in range(256))


def _linear(rgb: Rgb) -> Linear:
    red, green, blue = rgb
    return _LINEAR_CHANNEL[red], _LINEAR_CHANNEL[green], _LINEAR_CHANNEL[blue]


def _luminance(linear: Linear) -> float:
    red, green, blue = linear
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(first: float, second: float) -> float:
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


_SENTENCES: Final[dict[tuple[Theme, Role, Direction], "_StrPromise"]] = {
    ("light", "brand", "darker"): _(
        "Your colour became a little darker so that text on buttons is readable."
    ),
    ("light", "brand_text", "darker"): _("On light pages your colour became darker for links and text."),
    ("light", "focus", "darker"): _("On light pages your colour became darker for the mark of focus."),
    ("light", "border", "darker"): _("On light pages your colour became darker for edges."),
    ("dark", "brand", "darker"): _(
        "Your colour became a little darker so that white text reads on dark buttons."
    ),
    ("dark", "brand_text", "lighter"): _("On dark pages your colour became lighter for links and text."),
    ("dark", "focus", "lighter"): _("On dark pages your colour became lighter for the mark of focus."),
    ("dark", "border", "lighter"): _("On dark pages your colour became lighter for edges."),
}
