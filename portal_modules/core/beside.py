"""What stands beside a record on its pages: the conversation, the files, the documents asked for.

A module of the ground floor adds its part, and no page has to know which modules those are. A part is
a function of the request and the record; it returns HTML that is safe, or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar

from django.utils.safestring import SafeString, mark_safe

from portal_modules.core.bridges import has_a_say
from portal_modules.core.records import PortalRecord

Part: TypeAlias = Callable[[Any, PortalRecord], SafeString | None]
P = TypeVar("P", bound=Part)


class Parts:
    """The parts of one kind of page, in their order."""

    def __init__(self) -> None:
        self._parts: list[tuple[int, Part]] = []

    def add(self, order: int) -> Callable[[P], P]:
        """Have a function add its part."""

        def register(part: P) -> P:
            self._parts.append((order, part))
            self._parts.sort(key=lambda pair: pair[0])
            return part

        return register

    def render(self, request: Any, record: PortalRecord) -> SafeString:
        """All of them, one below the other; those of a module that is off are left out."""
        on = request.card.modules
        found = [part(request, record) for _order, part in self._parts if has_a_say(part, on)]
        return mark_safe("\n".join(filter(None, found)))  # noqa: S308 (each part is safe)


# On the customer's page of a record, and on the page of a register that shows one.
customer_parts = Parts()
staff_parts = Parts()


# Beside the ways to pay an invoice that billing has itself: on its page, with and without a login.
paying_parts = Parts()
# Below those that the portal hears nothing of: a Pix to the company's own key, a transfer.
paid_parts = Parts()


@dataclass(frozen=True, slots=True)
class FinanceBeside:
    """What another module adds to the customer's finance page.

    `links` are labels with addresses. `pay_url` is where chosen invoices, as `?invoice=…`, are paid online, if whoever is
    looking can. `credit` is what they have in credit, by currency, and `credit_url` the page that explains it.
    """

    links: Sequence[tuple[str, str]]
    pay_url: str = ""
    credit: Mapping[str, Decimal] | None = None
    credit_url: str = ""


finance_parts: list[Callable[[Any], FinanceBeside]] = []


def beside_finance(request: Any) -> list[FinanceBeside]:
    """What modules that are on add to it."""
    return [part(request) for part in finance_parts if has_a_say(part, request.card.modules)]


# On the page that a tax id alone opens. A part gets the id of the customer that it belongs to, 0 for nobody's, and shows
# nothing that is personal: neither name nor number nor document.
NamedPart: TypeAlias = Callable[[Any, int], SafeString | None]
named_parts: list[NamedPart] = []


def beside_tax_id(request: Any, customer_id: int) -> SafeString:
    """What modules that are on show of a customer of whom only the tax id is known."""
    found = [part(request, customer_id) for part in named_parts if has_a_say(part, request.card.modules)]
    return mark_safe("\n".join(filter(None, found)))  # noqa: S308 (each part is safe)
