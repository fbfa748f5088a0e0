"""No line of a log has a secret in it, whoever wrote it."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from portal_modules.core.logs import RedactingFormatter

TOKEN = f"{uuid4().hex}{'a1B2-' * 9}"
WAYS = ("access/link", "access/reset/link", "access/first/link", "access/invited", "access/arrive", "s", "i")


def line_of(text: str) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, text, (), None)
    return RedactingFormatter().format(record)


@pytest.mark.parametrize("way", [*WAYS, "access/staff/link", "my/payments/pay/invoice"])
def test_no_link_stands_in_a_log(way: str) -> None:
    line = line_of(f"Internal Server Error: /p/castro-lima/en/{way}/{TOKEN}/")
    assert TOKEN not in line
    assert TOKEN[:32] not in line
    assert f"/en/{way}/" in line, "where it happened is told"


def test_nor_a_number_nor_what_was_asked() -> None:
    line = line_of("Not Found: /en/lookup/?number=7K3M-9QXT-4R and 7K3M-9QXT-4R")
    assert "7K3M" not in line


def test_ids_of_records_stay() -> None:
    pk = str(uuid4())
    assert pk in line_of(f"Forbidden: /en/my/billing/invoices/{pk}/")


def test_one_event_is_one_line() -> None:
    assert "\n" not in line_of("first\nsecond\r\nthird")
