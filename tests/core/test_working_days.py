"""Working days of the four countries, with their weekends and public holidays."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from portal_modules.core.working_days import after_working_days, is_working_day

NOON = {
    "BR": ZoneInfo("America/Sao_Paulo"),
    "PT": ZoneInfo("Europe/Lisbon"),
    "ES": ZoneInfo("Europe/Madrid"),
    "CL": ZoneInfo("America/Santiago"),
}


@pytest.mark.parametrize(
    ("country", "begin", "then"),
    [
        ("BR", (2026, 11, 20), (2026, 11, 24)),  # Friday, Consciência Negra; the weekend is left out
        ("BR", (2026, 12, 23), (2026, 12, 28)),  # Christmas is a Friday
        ("PT", (2026, 4, 24), (2026, 4, 28)),  # the 25th of April is a Saturday
        ("PT", (2026, 6, 9), (2026, 6, 12)),  # the 10th is Portugal's day
        ("ES", (2026, 12, 4), (2026, 12, 9)),  # Tuesday the 8th
        ("CL", (2026, 9, 17), (2026, 9, 22)),  # Friday the 18th; the 19th is a Saturday
    ],
)
def test_two_working_days_later(
    country: str, begin: tuple[int, int, int], then: tuple[int, int, int]
) -> None:
    zone = NOON[country]
    assert after_working_days(datetime(*begin, 15, tzinfo=zone), 2, country) == datetime(
        *then, 15, tzinfo=zone
    )


def test_a_country_without_a_calendar_is_refused() -> None:
    """Rather than that its holidays are taken for working days in silence."""
    with pytest.raises(NotImplementedError):
        is_working_day(datetime(2026, 11, 20, tzinfo=NOON["BR"]).date(), "XX")
