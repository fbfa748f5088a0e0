"""Days and moments as people read them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

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
