"""The words of the site are complete in all three languages."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from portal_modules.core.catalogues import faults


def test_every_phrase_is_said_in_every_language() -> None:
    assert faults(Path(settings.PROJECT)) == []
