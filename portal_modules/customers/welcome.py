"""What stands on top of a customer's home page: the company's words for how things are, and who is there for them.

Both change with the company's version only, and are kept with its card.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal_modules.core.access import Access
from portal_modules.core.companies import CompanyCard

from .choices import HomeState
from .models import Customer, HomeText, StaffProfile

PLACEHOLDER = "{customer_name}"
_FIRST_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Welcome:
    """A heading and a sentence or two."""

    title: str
    text: str


def state_of(*, has_overdue: bool, has_to_do: bool, since: datetime, now: datetime) -> HomeState:
    """Which words are right: what is overdue comes before what is to do, and both before a welcome."""
    if has_overdue:
        return HomeState.OVERDUE
    if has_to_do:
        return HomeState.TO_DO
    return HomeState.FIRST if now - since < _FIRST_DAY else HomeState.NOTHING


def welcome_of(card: CompanyCard, state: HomeState, customer_name: str) -> Welcome:
    """The company's words, or the usual ones, in the reader's language."""
    texts: dict[str, Welcome] = card.remember(f"home_texts:{get_language()}", _texts)
    found = texts.get(state) or _usual(state)
    return Welcome(*(part.replace(PLACEHOLDER, customer_name) for part in (found.title, found.text)))


def person_in_charge(card: CompanyCard, access: Access) -> dict[str, Any] | None:
    """The person of the team who looks after the customer, as `components/person-card.html` takes them."""
    team = StaffProfile.team(card)
    if not team:
        return None
    mine = Customer.objects.visible_to(access).filter(person_in_charge__in=list(team))
    for customer in mine.order_by("pk"):
        if card.setting("customers.show_person", *customer.setting_levels):
            return team.get(customer.person_in_charge_id)
    return None


def _texts() -> dict[str, Welcome]:
    return {each.state: Welcome(each.title, each.text) for each in HomeText.objects.all() if each.title}


def _usual(state: HomeState) -> Welcome:
    match state:
        case HomeState.FIRST:
            return Welcome(
                _("Welcome to your area"),
                _("From now on everything about your business is here, and we write when there is news."),
            )
        case HomeState.TO_DO:
            return Welcome(_("We need something from you"), _("As soon as we have it, we go on."))
        case HomeState.OVERDUE:
            return Welcome(
                _("Something is overdue"),
                _("It can still be settled. If something stands in the way, write to us."),
            )
    return Welcome(_("Nothing waits for you"), _("We are at work, and write as soon as there is news."))
