"""Addresses below a company's path, and words of templates, are what Django alone would have made."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix
from django.utils import translation


@pytest.mark.parametrize("prefix", ["/", "/p/castro-lima/", "/under/p/a.b%20c/"])
def test_the_prefix_stands_before_every_address(prefix: str) -> None:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        with translation.override("es"):
            assert reverse("accounts:sign_in") == f"{prefix}es/access/sign-in/"
        with translation.override("pt-br"):
            assert reverse("accounts:sign_in") == f"{prefix}pt/access/sign-in/"
        with pytest.raises(NoReverseMatch):
            reverse("accounts:nowhere")
    finally:
        set_script_prefix(before)


@pytest.mark.parametrize(
    "text",
    [
        '{% translate "Sign in" %}',
        '{% translate "Sign in" as said %}{{ said }}',
        "{% blocktranslate %}Sign in{% endblocktranslate %}",
        "{% blocktranslate trimmed asvar said %}\n Sign in \n{% endblocktranslate %}{{ said }}",
        '{% with word="Sign in" %}{% translate word %}{% endwith %}',
    ],
)
def test_words_of_a_template_follow_the_language(text: str) -> None:
    template = Template("{% load i18n %}" + text)
    for language in ("en", "pt-br", "es", "en", "pt-br"):
        with translation.override(language):
            expected = translation.gettext("Sign in")
            assert template.render(Context()) == expected


def test_words_with_values_are_said_anew() -> None:
    template = Template(
        "{% load i18n %}{% blocktranslate count n=n %}{{ n }} new{% plural %}{{ n }} new{% endblocktranslate %}"
        "{% translate word %}"
    )
    with translation.override("en"):
        assert template.render(Context({"n": 1, "word": "<b>"})) == "1 new&lt;b&gt;"
        assert template.render(Context({"n": 2, "word": "x"})) == "2 newx"
