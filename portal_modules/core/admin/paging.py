"""Pages of a long list: stable, and cheap however far back they are.

Counting a million rows takes longer than showing fifty. So it stops counting at some ten thousand, which is
more than anybody pages through; and the rows of a page are fetched by the keys that an index gives, so that
what is skipped costs no joins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

COUNTED = 10_000
LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class RowPage:
    """One page. `count` is how many rows there are, or `COUNTED` where there are more (`is_more`)."""

    rows: list[Any]
    number: int
    size: int
    count: int
    is_more: bool
    has_next: bool

    @property
    def last(self) -> int | None:
        """The number of the last page; None where nobody has counted so far."""
        return None if self.is_more else max(1, -(-self.count // self.size))

    @property
    def first_row(self) -> int:
        """The place of its first row, for "51 to 75 of 300"."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last_row(self) -> int:
        """The place of its last row."""
        return (self.number - 1) * self.size + len(self.rows)

    def numbers(self) -> list[int | None]:
        """The pages to offer; None for a gap."""
        around = {1, *range(max(1, self.number - 2), self.number + 1)}
        if self.last is None:
            ahead = {self.number + 1} if self.has_next else set()
        else:
            ahead = {self.last, *range(self.number, min(self.last, self.number + 2) + 1)}
        found: list[int | None] = []
        for number in sorted(around | ahead):
            if found and found[-1] is not None and number > found[-1] + 1:
                found.append(None)
            found.append(number)
        return found


def page_of(found: QuerySet[Any], number: int, size: int, counted: int = COUNTED) -> RowPage:
    """The rows of one page; of a page behind the end, the last one. It counts as far as `counted`."""
    number = min(max(1, number), LAST_PAGE)
    count = found.order_by().values("pk")[: counted + 1].count()
    is_more = count > counted
    if not is_more:
        number = min(number, max(1, -(-count // size)))
    keys = _keys(found, number, size)
    if is_more and not keys and number > 1:
        number = max(1, -(-found.order_by().values("pk").count() // size))
        keys = _keys(found, number, size)
    rows = {row.pk: row for row in found.order_by().filter(pk__in=keys[:size])}
    return RowPage(
        rows=[rows[key] for key in keys[:size] if key in rows],
        number=number,
        size=size,
        count=min(count, counted),
        is_more=is_more,
        has_next=len(keys) > size,
    )


def _keys(found: QuerySet[Any], number: int, size: int) -> list[Any]:
    begin = (number - 1) * size
    return list(found.values_list("pk", flat=True)[begin : begin + size + 1])
