"""Days and moments as people read them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone, translation

from portal_modules.core.inputs import DayInput
from portal_modules.core.templatetags.days import ago


@pytest.mark.parametrize(
    ("language", "words"),
    [("pt-br", "há 2 horas"), ("pt-pt", "há 2 horas"), ("es", "hace 2 horas"), ("en", "2 hours ago")],
)
def test_how_long_ago_is_said_once(language: str, words: str) -> None:
    with translation.override(language):
        said = ago(timezone.now() - timedelta(hours=2, seconds=5))
    assert f">{words}<" in said
    assert "atrás" not in said
    assert "title=" in said
    assert ago(None) == ""


@pytest.mark.parametrize("language", ["pt-br", "pt-pt", "es", "en"])
def test_a_day_is_written_into_its_field_as_browsers_take_it(language: str) -> None:
    with translation.override(language):
        assert 'type="date" name="on" value="2026-12-20"' in DayInput().render("on", date(2026, 12, 20))


def test_no_form_asks_for_a_day_in_another_way() -> None:
    sources = [
        *Path(settings.PROJECT, "portal_modules").rglob("*.py"),
        *Path(settings.PROJECT, "cms").rglob("*.py"),
    ]
    asking = {path.name for path in sources if "DateInput(" in path.read_text()}
    assert asking == set()
