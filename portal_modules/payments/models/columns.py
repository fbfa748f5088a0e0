"""The column that every amount of the ledger has."""

from __future__ import annotations

from typing import Any

from django.db import models


def money(label: Any, **more: Any) -> Any:
    """A column of money, `numeric(18,4)`; the database checks the digits of the row's currency."""
    return models.DecimalField(label, max_digits=18, decimal_places=4, **more)
