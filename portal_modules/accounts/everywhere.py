"""What somebody has with a company and its sisters, in one list: each company is read inside its own scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.addresses import record_address
from portal_modules.core.companies import CompanyCard
from portal_modules.core.looking import may_follow, memberships_of
from portal_modules.core.records import records
from portal_modules.core.sections import is_there
from portal_modules.core.sisters import inside, see, sisters_of

# Of each kind of record in each company.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One record as the list shows it."""

    title: str
    number: str
    state: str
    on: date | None
    customer: str
    company: str
    url: str
    icon: str


def rows_everywhere(request: Any) -> list[Row] | None:
    """The newest records here and at the sisters, newest first; None for who belongs to no sister.

    Of a sister whose new terms somebody has not accepted nothing is shown.
    """
    user_id, language = request.user.pk, request.public_language
    found: list[list[Row]] = []
    for sister in sisters_of(request.company):
        with inside(sister) as card:
            held = memberships_of(user_id, card.company)
            if not held:
                continue
            access = Access(
                company=card.company,
                actor=ActorKind.CONTACT,
                user_id=user_id,
                memberships=held,
                held=held,
                level=Level.REGISTERED,
            )
            may_look = all(asked(user_id) for asked in may_follow)
            see(access.customer_ids)
            found.append(list(_rows(card, access, language)) if may_look else [])
    if not found:
        return None
    found.append(list(_rows(request.card, request.access, language)))
    every = [row for rows in found for row in rows]
    return sorted(every, key=lambda row: row.on or date.min, reverse=True)


def _rows(card: CompanyCard, access: Access, language: str) -> Iterator[Row]:
    """Those of one company; its scope has to be in force."""
    company = card.company
    spoken = language if language in company.languages else company.language
    for record in records:
        label = record._meta.app_label
        if label not in card.modules or not is_there(label, access):
            continue
        for row in records.titled(record.record_type(), access)[:MOST]:
            yield Row(
                title=row.record_title(),
                number=row.record_number(),
                state=row.record_state(),
                on=_day(row.record_date()),
                customer=row.customer.name,
                company=company.name,
                url=record_address(company, spoken, row),
                icon=row.record_icon,
            )


def _day(at: date | datetime | None) -> date | None:
    return at.date() if isinstance(at, datetime) else at
