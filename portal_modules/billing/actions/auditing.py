"""What an audit of money asks: the questions of billing, and those that other modules add."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One question; its SQL returns what names each faulty row, and knows `%(company)s`."""

    name: str
    meaning: str
    sql: str


# Questions of other modules. Their tables are there whether the module is on or not, and so is the money in them.
other_checks: list[Check] = []
