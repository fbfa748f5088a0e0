"""The addresses of a customer as a door shows them: masked, and invented where there are none.

Whoever types a tax id sees one to three addresses, whether somebody has that number or not. Those of nobody are
the masks of a customer drawn by a keyed hash of the number: the same at every try, in the distribution of real
ones, and hardly ever another when customers come and go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from portal_modules.core.secrets import keyed_hash
from portal_modules.customers.models import Contact, Customer

from .tax_ids import NOBODY, TypedTaxId, customer_of

MOST: Final = 3
_SAMPLE: Final = 150
_DOTS: Final = "•" * 5
# Where a company has nobody on file yet.
_NOTHING_TO_DRAW_FROM: Final = ("a@e",)


@dataclass(frozen=True, slots=True)
class Offered:
    """What the page shows, and what stands behind it: nothing of the second for a number that nobody has."""

    masks: tuple[str, ...]
    customer: Customer | None
    emails: tuple[str, ...]


def mask(email: str) -> str:
    """`m•••••@g•••••`: the first letter, and the first of the domain."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}{_DOTS}@{domain[:1]}{_DOTS}"


def offered_to(typed: TypedTaxId) -> Offered:
    """The addresses to choose from. The same statements and the same work for every number.

    The company's staff scope has to be in force.
    """
    customer = customer_of(typed)
    emails = tuple(_addresses_of([customer.pk if customer else NOBODY])[:MOST])
    drawn = _drawn(typed)
    if customer is None or not emails:
        return Offered(drawn, None, ())
    return Offered(tuple(mask(email) for email in emails), customer, emails)


def is_registered(customer: Customer | None, email: str) -> bool:
    """Is it the address of somebody who may come in for this customer? One statement, whoever it is about."""
    pk = customer.pk if customer else NOBODY
    found = Contact.objects.filter(customer_id=pk, email=email, may_enter=True).exclude(email="")
    return bool(found.exists())


def stand_in(typed: TypedTaxId, choice: str) -> str:
    """An address that is nobody's, for the row of a link that is not sent: the same for the same choice."""
    return f"{keyed_hash('accounts.stand_in', typed.identity, choice)[:24]}@nobody.invalid"


def _addresses_of(customers: Sequence[int]) -> list[str]:
    rows = Contact.objects.filter(customer__in=customers, may_enter=True).exclude(email="").order_by("pk")
    return list(rows.values_list("email", flat=True)[:MOST])


def _drawn(typed: TypedTaxId) -> tuple[str, ...]:
    """The masks of the customer whose lot is the highest: one more customer takes the place of few."""
    some = Customer.objects.active().order_by("pk").values("pk")[:_SAMPLE]
    rows = Contact.objects.filter(customer__in=some, may_enter=True).exclude(email="").order_by("pk")
    people: dict[int, list[str]] = {}
    for customer_id, email in rows.values_list("customer_id", "email"):
        people.setdefault(customer_id, []).append(email)
    if not people:
        return tuple(mask(email) for email in _NOTHING_TO_DRAW_FROM)
    drawn = max(people, key=lambda pk: keyed_hash("accounts.masks", typed.identity, pk))
    return tuple(mask(email) for email in people[drawn][:MOST])
