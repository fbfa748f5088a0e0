"""Walls around pages that say whom they are meant for."""

from __future__ import annotations

from typing import Any

from portal_modules.core.walls import OWN_COMPANY, Right, company_column, wall

# The visitor's role reads no row that is for customers; which groups a customer is in is asked in code, because
# a condition with OR would cost the index.
FOR_VISITORS = f"{OWN_COMPANY} and audience = any('{{everyone,numbers}}')"


def wall_for_audience(table: str) -> list[Any]:
    """The wall of a page's own columns, and that of the groups that it is for."""
    return [
        company_column(table),
        wall(table, portal=Right(OWN_COMPANY), visitor=Right(FOR_VISITORS)),
        *wall_groups(f"{table}_groups"),
    ]


def wall_groups(table: str) -> list[Any]:
    """The wall of the links from pages to groups of customers: both are of one company."""
    return [
        company_column(table),
        wall(
            table,
            portal=Right(OWN_COMPANY),
            same_company={"customergroup_id": "customers_customergroup"},
        ),
    ]
