"""The customer's home page, put together from what each module has to say.

A module's part is a file `home` beside its manifest, found by its presence; each function may be left out:

    def next_steps(request: HttpRequest) -> list[NextStep]: ...
    def cards(request: HttpRequest) -> list[HomeCard]: ...
    def ways_to_write(request: HttpRequest) -> list[str]: ...  # addresses; the first of all is taken

They are asked only where the module is on, inside the customer's scope. Start from `visible_to(request.access)`
and keep to one statement each: the page answers first what waits for somebody, and everybody opens it. A part
that fails or takes too long is left out and logged; it never hides the others.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

from portal_modules.core import sections
from portal_modules.core.access import Access, Level
from portal_modules.core.modules import PortalModule, modules
from portal_modules.core.presence import Rows, attempt, how_many, impatience, which_have_rows

logger = logging.getLogger(__name__)

Text = str | Promise


class Urgency(IntEnum):
    """What comes first."""

    OVERDUE = 0
    DUE_SOON = 1
    TO_DO = 2
    WAITING = 3  # nothing to do but to know: somebody else's turn


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing that waits for the customer, or that they wait for, in their words.

    `label` are the words of its one button ("Pay", "Send the document") and lead to `url`; without them the
    title is the link. `due` orders those of the same urgency. `customer` says whose it is, to who acts for several.
    """

    title: Text
    url: str
    detail: Text = ""
    label: Text = ""
    due: date | None = None
    urgency: Urgency = Urgency.TO_DO
    icon: str = "clock"
    customer: Text = ""

    @property
    def order(self) -> tuple[int, date]:
        """The most urgent first, then by the day."""
        return self.urgency, self.due or date.max


@dataclass(frozen=True, slots=True)
class HomeCard:
    """A way into a part of the portal.

    `rows` are those of the list that it leads to, as a compiled question's `about`: an empty one hides the card,
    unless something can be made there (`stays_when_empty`), and its length is the counter, which loads after
    the page. What is no list of rows says `count` instead; with neither there is no counter.
    """

    label: Text
    url: str
    icon: str
    rows: Rows | None = None
    count: Callable[[], int] | None = None
    text: Text = ""
    order: int = 100
    stays_when_empty: bool = False

    @property
    def has_counter(self) -> bool:
        """Is there something to count?"""
        return self.rows is not None or self.count is not None


@dataclass(frozen=True, slots=True)
class CountedCard:
    """A card with its number; None where nothing is counted, or counting failed."""

    card: HomeCard
    count: int | None


@dataclass(frozen=True, slots=True)
class Home:
    """What all modules have to say: the most urgent step first, the cards in their order.

    `write_url` is where a customer writes to the company.
    """

    steps: list[NextStep]
    cards: list[HomeCard]
    write_url: str = ""


def home_of(request: HttpRequest) -> Home:
    """The next steps, and the ways into all that has something to show; nothing is counted yet."""
    # A savepoint for each part costs as much as the part: they get their own once one of them has failed.
    try:
        with impatience():
            return _home(request, _said, _all_at_once)
    except Exception:
        logger.exception("The home page asks each of its parts by itself")
    with impatience():
        return _home(request, _parts, _all_or_each)


def _home(request: HttpRequest, parts: Callable[..., list[Any]], asked: Callable[..., list[bool]]) -> Home:
    steps: list[NextStep] = parts(request, "next_steps")
    found: list[HomeCard] = parts(request, "cards")
    ways: list[str] = parts(request, "ways_to_write")
    unsure = [card for card in found if card.rows is not None and not card.stays_when_empty]
    filled = asked(which_have_rows, unsure, True)
    hidden = {id(card) for card, has_rows in zip(unsure, filled, strict=True) if not has_rows}
    return Home(
        steps=sorted(steps, key=lambda step: step.order),
        cards=sorted((card for card in found if id(card) not in hidden), key=lambda card: card.order),
        write_url=next(iter(ways), ""),
    )


def way_to_write(request: HttpRequest) -> str:
    """Where whoever is signed in writes to the company; "" for others."""
    access: Access = request.access  # type: ignore[attr-defined]  # of the middleware
    if access.level < Level.REGISTERED or not access.customer_ids:
        return ""
    with impatience():
        return next(iter(_parts(request, "ways_to_write")), "")


def counted_cards(request: HttpRequest) -> list[CountedCard]:
    """The cards with their numbers; what has become empty meanwhile is not among them."""
    with impatience():
        found: list[HomeCard] = sorted(_parts(request, "cards"), key=lambda card: card.order)
        numbers = iter(_all_or_each(how_many, [card for card in found if card.rows is not None], None))
        counted = [CountedCard(card, _number(card, numbers)) for card in found]
    return [each for each in counted if each.count != 0 or each.card.stays_when_empty]


def _number(card: HomeCard, numbers: Iterator[int | None]) -> int | None:
    if card.rows is not None:
        return next(numbers)
    return attempt(card.count, None, f"the counter of {card.url}") if card.count else None


def _said(request: HttpRequest, name: str) -> list[Any]:
    """What the function of this name says in each module that has one."""
    asked = [ask for _module, room in _rooms(request) if (ask := getattr(room, name, None))]
    return [each for ask in asked for each in ask(request)]


def _parts(request: HttpRequest, name: str) -> list[Any]:
    """The same, without the modules where it fails."""
    found: list[Any] = []
    for module, room in _rooms(request):
        if ask := getattr(room, name, None):
            found += attempt(partial(_listed, ask, request), [], f"{name} of {module.label}")
    return found


def _listed(ask: Callable[[HttpRequest], Iterable[Any]], request: HttpRequest) -> list[Any]:
    return list(ask(request))


def _all_at_once(ask: Callable[..., list[Any]], asked: list[HomeCard], _otherwise: Any) -> list[Any]:
    return ask([card.rows for card in asked])


def _all_or_each(ask: Callable[[list[Rows]], list[Any]], asked: list[HomeCard], otherwise: Any) -> list[Any]:
    """All in one statement; one by one when that failed, so that a bad one is alone with it."""
    querysets = [card.rows for card in asked if card.rows is not None]
    nothing: list[Any] = []
    answers = attempt(partial(ask, querysets), nothing, "what the cards show")
    if len(answers) == len(querysets):
        return answers
    return [
        attempt(partial(ask, [queryset]), [otherwise], f"what {card.url} shows")[0]
        for card, queryset in zip(asked, querysets, strict=True)
    ]


def _rooms(request: Any) -> Iterator[tuple[PortalModule, ModuleType]]:
    for module in modules:
        label, access = module.label, request.access
        if label not in request.card.modules or label in access.shut or not sections.is_there(label, access):
            continue
        if room := _room(module.name):
            yield module, room


@cache
def _room(module_name: str) -> ModuleType | None:
    name = f"{module_name}.home"
    return import_module(name) if find_spec(name) is not None else None
