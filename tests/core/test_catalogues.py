"""The words of the site are complete in all three languages, and so are those of the libraries."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import RequestFactory
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from modeltranslation.fields import TranslationField
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


def test_fields_of_a_language_name_it_as_people_do() -> None:
    """“Asunto (portugués)”, in the language of whoever reads, in every form."""
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, TranslationField)
    ]
    assert len(fields) > 20
    words = {"es": ("portugués", "español", "inglés"), "pt-br": ("português", "espanhol", "inglês")}
    for language, named in words.items():
        with translation.override(language):
            said = {str(field.verbose_name).rpartition(" ")[2] for field in fields}
        assert said == {f"({each})" for each in named}


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("pt-br", "segunda-feira, 7 de dezembro de 2026"),
        ("pt-pt", "segunda-feira, 7 de dezembro de 2026"),
        ("es", "lunes, 7 de diciembre de 2026"),
        ("en", "Monday, 7 December 2026"),
    ],
)
def test_days_are_written_as_the_language_does(language: str, shown: str) -> None:
    day = date(2026, 12, 7)
    with translation.override(language):
        assert f"{date_format(day, 'l')}, {date_format(day)}" == shown
