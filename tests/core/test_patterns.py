"""What is rendered once and filled is what the template would have written, and nobody's words become markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.template import engines
from django.test import override_settings
from django.utils import translation
from django.utils.safestring import SafeString

from portal_modules.core.companies import card_of_company
from portal_modules.core.exceptions import RegistryError
from portal_modules.core.patterns import Pattern
from portal_modules.core.scope import company_scope
from tests.world.companies import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(world: World) -> Any:
    with company_scope(world.home.company):
        return card_of_company(world.home.company)


@pytest.fixture
def write(tmp_path: Path, settings: Any) -> Any:
    """A template of this test's own."""
    own = [
        {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]},
        *settings.TEMPLATES[1:],
    ]

    def written(text: str) -> str:
        (tmp_path / "row.html").write_text(text)
        return "row.html"

    with override_settings(TEMPLATES=own):
        engines._engines = {}
        yield written
    engines._engines = {}


def test_words_are_escaped_and_ready_made_parts_are_not(card: Any, write: Any) -> None:
    row = Pattern(write("<b title='{{ name }}'>{{ name }}</b>{{ part }}"), texts=("name", "part"))
    html = row.fill(card, {}, {"name": "<script>'\"&", "part": SafeString("<i>x</i>")})
    assert html == ("<b title='&lt;script&gt;&#x27;&quot;&amp;'>&lt;script&gt;&#x27;&quot;&amp;</b><i>x</i>")
    assert row.fill(card, {}, {"name": 7, "part": ""}) == "<b title='7'>7</b>"


def test_a_word_that_looks_like_a_place_is_only_a_word(card: Any, write: Any) -> None:
    row = Pattern(write("{{ one }}|{{ other }}"), texts=("one", "other"))
    assert row.fill(card, {}, {"one": "\ue000other\ue001", "other": "x"}) == "\ue000other\ue001|x"


def test_each_form_and_each_language_has_its_own(card: Any, write: Any) -> None:
    text = '{% load i18n %}{% if is_open %}{% translate "State" %}: {% endif %}{{ name }}'
    row = Pattern(write(text), texts=("name",))
    said = []
    for language in ("en", "es"):
        with translation.override(language):
            said += [row.fill(card, {"is_open": value}, {"name": "x"}) for value in (True, False)]
    assert said == ["State: x", "x", "Estado: x", "x"]


def test_a_key_stands_in_an_address(card: Any, write: Any) -> None:
    row = Pattern(write("{% url 'billing:invoice' pk %}"), texts=(), ids=("pk",))
    for pk in (uuid4(), uuid4()):
        assert row.fill(card, {}, {"pk": pk}).endswith(f"/billing/invoices/{pk}/")


def test_a_template_that_does_more_with_a_word_is_refused(card: Any, write: Any) -> None:
    row = Pattern(write("{{ name|slice:':3' }}"), texts=("name",))
    with pytest.raises(RegistryError, match="more with a word"):
        row.fill(card, {}, {"name": "abcdef"})
    twice = Pattern("row.html", texts=("name",))
    with pytest.raises(RegistryError, match="cannot be form and word"):
        twice.fill(card, {"name": True}, {"name": "x"})
