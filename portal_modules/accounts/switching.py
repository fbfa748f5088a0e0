"""For which customer somebody acts: the selector at the top of each page, for whoever has several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.addresses import whole_address
from portal_modules.core.companies import CompanyCard
from portal_modules.core.looking import memberships_of
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.core.sisters import inside, sisters_of
from portal_modules.customers.models import Customer

# Of a sister's customers the selector names so many; the company itself shows all.
MOST_OF_SISTER: Final = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """One customer, or with an empty value all of them."""

    value: str
    label: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Sister:
    """A company of the same group in which whoever is looking has customers, too.

    `choose_url` takes the choice; where the sister has a host of its own, `over_url` leads there instead.
    """

    name: str
    choose_url: str
    over_url: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Switcher:
    """What can be chosen, and what is."""

    choices: list[Choice]
    sisters: list[Sister]

    @property
    def current(self) -> str:
        """The name of what is chosen."""
        return next((choice.label for choice in self.choices if choice.is_current), "")


def customers_of(company: Company, ids: list[int]) -> list[Customer]:
    """Somebody's customers of a company by name, looked up as theirs whichever of them is chosen now."""
    with company_scope(company, role=PORTAL, customers=ids):
        return list(Customer.objects.filter(pk__in=ids).order_by("name", "pk"))


def switcher_of(request: Any) -> Switcher | None:
    """The customers of whoever is looking, here and at sisters; None where there is nothing to choose."""
    access = request.access
    sisters = sisters_for(request)
    if len(access.held) < 2 and not sisters:
        return None
    customers = customers_of(request.company, [grant.customer_id for grant in access.held])
    is_narrowed = len(access.memberships) < len(access.held)
    here = [
        Choice(str(customer.uuid), customer.name, customer.pk in access.customer_ids and is_narrowed)
        for customer in customers
    ]
    if len(here) == 1:
        return Switcher([Choice("", here[0].label, is_current=True)], sisters)
    return Switcher([Choice("", _("All customers"), is_current=not is_narrowed), *here], sisters)


def sisters_for(request: Any) -> list[Sister]:
    """The sisters of the company in which this person has customers: two statements for each."""
    found = []
    for sister in sisters_of(request.company):
        with inside(sister) as card:
            held = memberships_of(request.user.pk, card.company)
            if not held:
                continue
            customers = customers_of(card.company, [grant.customer_id for grant in held])
        found.append(_sister(request, card, customers))
    return found


def language_at(request: Any, sister: Company) -> str:
    """The language that is read now, if a sister speaks it; else the sister's own."""
    spoken: str = request.public_language
    return spoken if spoken in sister.languages else sister.language


def is_on_this_host(request: Any, sister: Company) -> bool:
    """Do a sister's pages share the session of this one?

    Below the platform's own host name all companies do; a name of its own has another.
    """
    return not sister.own_host and request.alias is not None


def _sister(request: Any, card: CompanyCard, customers: list[Customer]) -> Sister:
    company = card.company
    choose_url = urlsplit(
        whole_address(company, language_at(request, company), "accounts:choose_customer")
    ).path
    is_here = is_on_this_host(request, company)
    return Sister(
        name=company.name,
        choose_url=choose_url if is_here else "",
        over_url="" if is_here else reverse("accounts:go_over", args=[company.uuid]),
        choices=[Choice(str(customer.uuid), customer.name) for customer in customers[:MOST_OF_SISTER]],
    )
