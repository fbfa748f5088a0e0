"""The words of the site are complete in all three languages, and so are those of the libraries."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext
from wagtail.admin.views.i18n import js_catalog

from portal_modules.core import library_words
from portal_modules.core.catalogues import faults


def test_every_phrase_is_said_in_every_language() -> None:
    assert faults(Path(settings.PROJECT)) == []


def test_what_the_libraries_lack_is_said_and_nothing_that_they_say_themselves() -> None:
    assert library_words.faults(Path(settings.PROJECT)) == []


@pytest.mark.parametrize(
    ("language", "schedule", "saved"),
    [
        ("es", "Programar publicación", "Guardado"),
        ("pt-br", "Agendar publicação", "Salvo"),
        ("pt-pt", "Agendar publicação", "Gravado"),
        ("en", "Schedule to publish", "Saved"),
    ],
)
def test_staff_read_a_librarys_sentence_in_their_language(language: str, schedule: str, saved: str) -> None:
    with translation.override(language):
        assert (gettext("Schedule to publish"), gettext("Saved")) == (schedule, saved)


def test_what_a_library_says_itself_stays_as_it_says_it() -> None:
    with translation.override("es"):
        assert gettext("Unpublish") == "Despublicar"


def test_the_editors_scripts_speak_the_language_too() -> None:
    with translation.override("es"):
        catalogue = js_catalog(RequestFactory().get("/")).content.decode()
    assert "Guardando autom\\u00e1ticamente\\u2026" in catalogue
    assert '"%(num)s errores"' in catalogue
