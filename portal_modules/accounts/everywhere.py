"""What somebody has with a company and its sisters, in one list: each company is read inside its own scope."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.urls import reverse

from portal_modules.core.access import Access, ActorKind, Level
from portal_modules.core.addresses import record_address
from portal_modules.core.companies import CompanyCard
from portal_modules.core.finding import plain
from portal_modules.core.looking import may_follow, memberships_of
from portal_modules.core.models import Company
from portal_modules.core.proof import shut_to
from portal_modules.core.records import records
from portal_modules.core.sections import is_there
from portal_modules.core.sisters import inside, see, sisters_of

from .switching import is_on_this_host

# Words are looked for among so many of each kind in each company, the newest; a file holds no more either.
MOST: Final = 2_000


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


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: words, one company by its uuid, and how many rows from the first on."""

    words: str = ""
    company: str = ""
    first: int = MOST

    @property
    def is_narrowed(self) -> bool:
        """Is a part of it asked for?"""
        return bool(self.words or self.company)


@dataclass(frozen=True, slots=True)
class Everywhere:
    """The newest rows that fit, how many there are, the companies to choose from, and whether some were left out."""

    rows: list[Row]
    count: int
    companies: list[tuple[str, str]]
    is_cut: bool


def rows_everywhere(request: Any, wanted: Wanted) -> Everywhere | None:
    """Records here and at the sisters, newest first; None for who belongs to no sister.

    Of a sister whose new terms somebody has not accepted nothing is shown.
    """
    user_id, language = request.user.pk, request.public_language
    companies = [(str(request.company.uuid), str(request.company.name))]
    parts: list[_Part] = []
    for sister in sisters_of(request.company):
        with inside(sister) as card:
            company = card.company
            held = memberships_of(user_id, company)
            if not held:
                continue
            access = Access(
                company=company,
                actor=ActorKind.CONTACT,
                user_id=user_id,
                memberships=held,
                held=held,
                level=Level.REGISTERED,
                shut=shut_to(card, Level.REGISTERED),
            )
            companies.append((str(company.uuid), str(company.name)))
            is_asked = wanted.company in {"", str(company.uuid)}
            if not is_asked or not all(asked(user_id) for asked in may_follow):
                continue
            see(access.customer_ids)
            found = list(_parts(card, access, language, wanted))
        if not is_on_this_host(request, company):
            found = [replace(part, rows=[_over(row, company) for row in part.rows]) for part in found]
        parts += found
    if len(companies) == 1:
        return None
    if wanted.company in {"", companies[0][0]}:
        parts += _parts(request.card, request.access, language, wanted)
    rows = heapq.merge(*(_falling(part.rows) for part in parts), key=lambda pair: pair[0], reverse=True)
    return Everywhere(
        rows=[row for _day, row in islice(rows, wanted.first)],
        count=sum(part.count for part in parts),
        companies=companies,
        is_cut=any(part.is_cut for part in parts),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """The records of one kind in one company: the newest that fit, how many there are, and were all looked at?"""

    rows: list[Row]
    count: int
    is_cut: bool


def _parts(card: CompanyCard, access: Access, language: str, wanted: Wanted) -> Iterator[_Part]:
    """Those of one company; its scope has to be in force."""
    company = card.company
    spoken = language if language in company.languages else company.language
    for record in records:
        label = record._meta.app_label
        if label not in card.modules or label in access.shut or not is_there(label, access):
            continue
        found = records.titled(record.record_type(), access)
        most = MOST if wanted.words else min(wanted.first, MOST)
        rows = [_row(each, company, spoken) for each in found[:most]]
        count = len(rows) if len(rows) < most else found.order_by().count()
        if wanted.words:
            fitting = [row for row in rows if _fits(row, wanted.words)]
            yield _Part(fitting[: wanted.first], len(fitting), is_cut=count > most)
        else:
            yield _Part(rows, min(count, MOST), is_cut=count > MOST)


def _row(each: Any, company: Company, language: str) -> Row:
    return Row(
        title=each.record_title(),
        number=each.record_number(),
        state=each.record_state(),
        on=_day(each.record_date()),
        customer=each.customer.name,
        company=company.name,
        url=record_address(company, language, each),
        icon=each.record_icon,
    )


def _fits(row: Row, words: str) -> bool:
    """Does every word stand somewhere in what the list shows, whatever its accents, capitals and hyphens?"""
    text = _bare(f"{row.title} {row.number} {row.state} {row.customer} {row.company}")
    return all(word in text for word in _bare(words).split())


def _bare(text: str) -> str:
    return re.sub(r"[-./]", "", plain(text))


def _falling(rows: list[Row]) -> Iterator[tuple[date, Row]]:
    """Each with a day that is never after the one before: lists in their own order are then put together alike,
    however far one reads."""
    least = date.max
    for row in rows:
        least = min(least, row.on or date.min)
        yield least, row


def _over(row: Row, company: Company) -> Row:
    """A record on another host: the way there goes by the sister's door, which lets in who comes from here."""
    door = reverse("accounts:go_over", args=[company.uuid])
    return replace(row, url=f"{door}?{urlencode({'next': urlsplit(row.url).path})}")


def _day(at: date | datetime | None) -> date | None:
    return at.date() if isinstance(at, datetime) else at
