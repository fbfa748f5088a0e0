"""The home of the back office: the day's work list first, then the numbers, put together from all modules.

A module's part is a file `desk` beside its manifest (`core/rooms.py`); each function may be left out:

    def work(request) -> list[WorkItem]: ...  # what waits for somebody of the staff
    def numbers(request) -> list[Number]: ...  # how the day stands
    def charts(request) -> list[Chart]: ...

Return a queryset and do not ask it anything: all counts of the page are one statement. Each leads to its register
with the filter that shows exactly these rows, work with what waits longest on top. Ask the rights of whoever looks:
who may not open the register is not told its number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, ClassVar, Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal_modules.core.presence import attempt, how_many_since, impatience
from portal_modules.core.rooms import said

Text = str | Promise
Asked = tuple[QuerySet[Any], str]
Answer = tuple[int, date | None]

WIDTH: Final = 320  # units of a drawing: its words are 12 of them high
ROW: Final = 38


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A kind of thing that waits for staff. `label` is read beside the number: "Reviews to answer".

    What is `pressing` is marked: somebody waits longer than they should, or something has gone wrong. `since` names
    the day or moment of a row from which it waits; `url` sorts by the same.
    """

    label: Text
    url: str
    rows: QuerySet[Any]
    icon: str = "tasks"
    order: int = 100
    detail: Text = ""
    pressing: bool = False
    since: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """How many there are of something today."""

    label: Text
    url: str
    rows: QuerySet[Any]
    order: int = 100


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it is, how long, and where its rows are. `shown` is the value as people write it."""

    label: str
    value: int
    url: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a heading. `bars` is asked once, and only on the page itself."""

    name: str
    title: Text
    bars: Callable[[], Sequence[Bar]]
    order: int = 100
    value_label: Text = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """An item or a number with how many there are, and since when the oldest waits."""

    item: Any
    count: int
    oldest: date | None = None

    @property
    def age(self) -> str:
        """For how long the oldest has waited, in words; empty where that is not known."""
        if self.oldest is None:
            return ""
        day = timezone.localdate(self.oldest) if isinstance(self.oldest, datetime) else self.oldest
        days = (timezone.localdate() - day).days
        if days < 1:
            return _("oldest: today")
        return ngettext("oldest: %(days)s day", "oldest: %(days)s days", days) % {"days": days}


@dataclass(frozen=True, slots=True)
class Row:
    """A bar in its place: where its words stand, and how wide it is, in units of the drawing."""

    bar: Bar
    words_at: int
    bar_at: int
    width: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart with its bars, the longest of which fills the width."""

    chart: Chart
    rows: list[Row]

    width: ClassVar[int] = WIDTH

    @property
    def height(self) -> int:
        """Of the drawing."""
        return ROW * len(self.rows)

    @property
    def total(self) -> int:
        """All bars together."""
        return sum(row.bar.value for row in self.rows)


@dataclass(frozen=True, slots=True)
class Desk:
    """What the home of the back office shows to one person. `is_a_desk`: there is work here that they could have."""

    work: list[Counted] = field(default_factory=list)
    numbers: list[Counted] = field(default_factory=list)
    charts: list[Drawn] = field(default_factory=list)
    is_a_desk: bool = False


def desk_of(request: Any) -> Desk:
    """The work that there is, the numbers, and the charts."""
    with impatience():
        work: list[WorkItem] = sorted(said(request, "desk", "work"), key=lambda item: item.order)
        numbers: list[Number] = sorted(said(request, "desk", "numbers"), key=lambda number: number.order)
        asked: list[WorkItem | Number] = [*work, *numbers]
        counts = _counts([(item.rows, getattr(item, "since", "")) for item in asked])
        charts: list[Chart] = sorted(said(request, "desk", "charts"), key=lambda chart: chart.order)
        drawn = [_drawn(chart) for chart in charts]
    counted = [Counted(item, *count) for item, count in zip(asked, counts, strict=True) if count is not None]
    return Desk(
        work=[each for each in counted if isinstance(each.item, WorkItem) and each.count],
        numbers=[each for each in counted if isinstance(each.item, Number)],
        charts=[each for each in drawn if each.total],
        is_a_desk=bool(work),
    )


def _counts(asked: list[Asked]) -> list[Answer | None]:
    """All in one statement; one by one when that failed, so that a bad one is alone with it."""
    nothing: list[Answer] = []
    answers = attempt(partial(how_many_since, asked), nothing, "the numbers of the desk")
    if len(answers) == len(asked):
        return list(answers)
    return [_count(each) for each in asked]


def _count(each: Asked) -> Answer | None:
    nobody: list[Answer] = []
    found = attempt(partial(how_many_since, [each]), nobody, f"how many {each[0].model._meta.label} wait")
    return found[0] if found else None


def _drawn(chart: Chart) -> Drawn:
    nothing: Sequence[Bar] = ()
    bars = list(attempt(chart.bars, nothing, f"the chart {chart.name}"))
    longest = max((bar.value for bar in bars), default=0) or 1
    rows = [
        Row(
            bar,
            ROW * place + 14,
            ROW * place + 20,
            max(2, round(WIDTH * bar.value / longest)) if bar.value else 0,
        )
        for place, bar in enumerate(bars)
    ]
    return Drawn(chart, rows)
