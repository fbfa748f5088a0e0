"""What templates write is what Django alone would have written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template, base, engines
from django.template.defaultfilters import urlizetrunc
from django.utils import timezone, translation
from django.utils.functional import lazystr
from django.utils.safestring import SafeString, mark_safe
from hypothesis import given
from hypothesis import strategies as st

from portal_modules.core.templatetags.days import moment
from portal_modules.core.templatetags.linked import linked


class Shouting(str):
    """Text with ideas of its own."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.upper()


class Page:
    """Knows its own HTML."""

    def __html__(self) -> str:
        return "<b>page</b>"


VALUES: list[Any] = [
    "a <b> & 'c' \"d\"",
    "",
    mark_safe("<i>kept</i>"),  # noqa: S308 (is what is tested)
    lazystr("<lazy>"),
    Shouting("<loud>"),
    Page(),
    None,
    True,
    1234567,
    1234.5,
    Decimal("1234.50"),
    date(2026, 11, 5),
    datetime(2026, 11, 5, 23, 30, tzinfo=UTC),
    ["<x>", 1],
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("escapes", [True, False])
@pytest.mark.parametrize("language", ["pt-br", "es", "en"])
def test_every_kind_of_value_is_written_as_ever(value: Any, escapes: bool, language: str) -> None:
    write: Any = base.render_value_in_context
    assert write.writes_plain_text_directly
    (original,) = [each.cell_contents for each in write.__closure__ if callable(each.cell_contents)]
    context = Context(autoescape=escapes)
    with translation.override(language), timezone.override("America/Santiago"):
        assert write(value, context) == original(value, context)
        assert isinstance(write(value, context), SafeString) == isinstance(
            original(value, context), SafeString
        )


def test_a_text_that_is_safe_only_for_itself_stays_so() -> None:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    template = Template(
        "{{ text }}{% autoescape off %}{{ text }}{% endautoescape %}{{ text|safe }}", engine=engine
    )
    assert template.render(Context({"text": "<p>"})) == "&lt;p&gt;<p><p>"


@given(st.text(st.sampled_from("aB .:@/&<>\n\t-_~w0é,;()'\"h"), max_size=60))
def test_links_in_texts_are_those_of_django(text: str) -> None:
    assert linked(text, 60) == urlizetrunc(text, 60)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Veja www.example.com, ou escreva a ana@example.com.", 2),
        ("https://example.com/?a=1&b=2", 1),
        ("<script>alert(1)</script>", 0),
        ("javascript:alert(1)", 0),
        ("Nada. Mesmo nada: nada.", 0),
    ],
)
def test_texts_of_people_are_shown_as_text(text: str, links: int) -> None:
    shown = linked(text, 60)
    assert shown.count("<a ") == links
    assert "<script" not in shown
    assert 'href="javascript' not in shown


def test_a_moment_is_written_for_each_language_and_place() -> None:
    at = datetime(2026, 11, 5, 23, 30, tzinfo=UTC)
    shown = {}
    for zone in ("America/Santiago", "Europe/Lisbon"):
        for language in ("pt-br", "en"):
            with translation.override(language), timezone.override(zone):
                shown[zone, language] = moment(timezone.localtime(at))
    assert len(set(shown.values())) == 4
    assert "2026-11-05T20:30:00-03:00" in shown["America/Santiago", "en"]
    assert "05/11/2026" in shown["America/Santiago", "pt-br"]
