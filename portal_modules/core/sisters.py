"""Sister companies: a group that the platform's administrator made, inside which a proof counts at all of them.

Each company is read inside its own scope. There is no scope over several of them: see
`docs/decisions/0014-sisters-are-read-one-by-one.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django_scopes import scope

from portal_modules.core.companies import CompanyCard, FoundCompany, at_hand, card_of
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, Scope, database_scope, narrow


def sisters_of(company: Company) -> list[FoundCompany]:
    """The other open companies of a company's group, by name; none where it is in no group."""
    if company.group_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute("select * from core_sisters_of(%s)", [company.pk])
        return [FoundCompany(*row) for row in cursor.fetchall()]


@contextmanager
def inside(found: FoundCompany) -> Iterator[CompanyCard]:
    """Look at one company as somebody at its doors: its card, and no customer's row until `see` is called."""
    with database_scope(Scope(role=PORTAL, **found.walls())):
        card = card_of(found)
        with scope(company=card.company), at_hand(card):
            yield card


def see(customers: list[int]) -> None:
    """Have the running scope of `inside` reach these customers, which have to be of whoever is looking."""
    narrow(role=PORTAL, customers=tuple(customers))
