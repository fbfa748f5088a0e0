"""The doors: the ways in which a company lets its customers in, each with its page.

A company chooses which are open, and in which order, by the setting `accounts.doors`; the first is the one
that stands on its home page. A new way in is one `Door` more, registered by the module that brings it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.access import Level
from portal_modules.core.companies import CompanyCard
from portal_modules.core.exceptions import RegistryError

from .help_channels import whom_to_ask
from .tax_ids import tax_id_name

Text = str | Promise
# The switch of registering by oneself; whoever is invited comes in without it.
REGISTERING = "accounts.register"


@dataclass(frozen=True, slots=True)
class Door:
    """One way in.

    `page` is the name of the address where somebody comes in by it, `box` the template of the short form of
    the home page, which posts there. `reaches` is the level of proof that it gives, a second factor aside.
    `register` and `forgotten` name the addresses for who comes for the first time and for who lost what opens
    it; empty where the door has no such thing (a door without a secret, or one that staff give out). `asks` are
    the fields of its first page.
    """

    name: str
    label: Text
    how: Text
    reaches: Level
    page: str
    box: str
    register: str = ""
    forgotten: str = ""
    asks: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Where somebody comes in by it."""
        return reverse(self.page)

    @property
    def register_url(self) -> str:
        """Where somebody becomes known who has no account yet; empty where nobody can by themselves."""
        return reverse(self.register) if self.register else ""

    @property
    def forgotten_url(self) -> str:
        """Where somebody goes who lost what opens it."""
        return reverse(self.forgotten) if self.forgotten else ""


class DoorRegistry:
    """All doors that a company can open, by their names."""

    def __init__(self) -> None:
        self._doors: dict[str, Door] = {}

    def register(self, door: Door) -> Door:
        """Add one; refuses a second of the same name."""
        if door.name in self._doors:
            raise RegistryError(f"The door {door.name!r} is registered twice.")
        self._doors[door.name] = door
        return door

    def get(self, name: str) -> Door:
        """The door of a name; an unknown one is an error that names the known."""
        try:
            return self._doors[name]
        except KeyError:
            raise RegistryError(
                f"There is no door {name!r}; known: {', '.join(sorted(self._doors))}."
            ) from None

    def open_in(self, card: CompanyCard) -> list[Door]:
        """Those that a company has open, the first one first. A name that is gone is left out."""
        return [self._doors[name] for name in card.setting("accounts.doors") if name in self._doors]

    def __iter__(self) -> Iterator[Door]:
        return iter(self._doors.values())


doors = DoorRegistry()

BY_EMAIL = doors.register(
    Door(
        name="email",
        label=_("E-mail and password"),
        how=_("With the e-mail of your contract and the password that you chose."),
        reaches=Level.PASSWORD,
        page="accounts:sign_in",
        box="accounts/box_email.html",
        asks=("login", "password"),
        register="accounts:register",
        forgotten="accounts:reset",
    )
)
# The same page as above; who comes for the first time names the tax id beside the address.
BY_FIRST_ACCESS = doors.register(
    Door(
        name="tax_id_email",
        label=_("E-mail and password"),
        how=_("With the e-mail that is registered with us and the password that you chose."),
        reaches=Level.PASSWORD,
        page="accounts:sign_in",
        box="accounts/box_email.html",
        asks=("login", "password"),
        register="accounts:first",
        forgotten="accounts:reset",
    )
)
BY_ACCESS_CODE = doors.register(
    Door(
        name="access_code",
        label=_("Tax number and access code"),
        how=_("With the code that we sent to your company by mail."),
        reaches=Level.REGISTERED,
        page="accounts:with_code",
        box="accounts/box_access_code.html",
        asks=("tax_id", "code"),
    )
)
BY_TAX_ID_PASSWORD = doors.register(
    Door(
        name="tax_id_password",
        label=_("Tax number, e-mail and password"),
        how=_("With the number of your company, your e-mail and your password."),
        reaches=Level.PASSWORD,
        page="accounts:three",
        box="accounts/box_three.html",
        asks=("tax_id", "login", "password"),
        register="accounts:first",
        forgotten="accounts:reset",
    )
)
BY_TAX_ID_LINK = doors.register(
    Door(
        name="tax_id_link",
        label=_("Tax number and a link by mail"),
        how=_("You choose one of your registered addresses, and a link comes there. There is no password."),
        reaches=Level.REGISTERED,
        page="accounts:tax_link",
        box="accounts/box_tax_id.html",
        asks=("tax_id",),
    )
)
BY_TAX_ID_ONLY = doors.register(
    Door(
        name="tax_id_only",
        label=_("Tax number only"),
        how=_("At once, and without anything personal."),
        reaches=Level.TAX_ID,
        page="accounts:tax_only",
        box="accounts/box_tax_id.html",
        asks=("tax_id",),
    )
)
# The doors behind which there are passwords: what proves an address, and a new password, is the same for all.
WITH_PASSWORD = (BY_EMAIL, BY_FIRST_ACCESS, BY_TAX_ID_PASSWORD)
# Whoever comes in by one of these can prove an address and choose a password, to prove more in place.
AUTHENTICATING = (*WITH_PASSWORD, BY_ACCESS_CODE, BY_TAX_ID_LINK)


def through(*wanted: Door) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A page of one door, or of several: not there in a company that keeps them shut."""

    def guard(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
            if not any(door in wanted for door in doors.open_in(request.card)):
                raise Http404
            return view(request, *args, **kwargs)

        return guarded

    return guard


def box_of(request: Any, door: Door | None = None) -> dict[str, Any]:
    """What the sign-in box of a page shows: the first door, or another, and the rest as links."""
    opened = doors.open_in(request.card)
    if not opened:
        return {}
    first = door or opened[0]
    may_register = request.card.is_on(REGISTERING)
    return {
        "door": first,
        "other_doors": _beside(first, opened),
        "register_url": first.register_url if may_register else "",
        "password_url": first.forgotten_url,
        "tax_id_name": tax_id_name(request.company.country),
    }


def door_context(request: Any, door: Door) -> dict[str, Any]:
    """What the page of a door shows beside its form: the other ways in, and whom to ask."""
    return {
        "door": door,
        "other_doors": _beside(door, doors.open_in(request.card)),
        "missing_url": reverse("accounts:missing"),
        "help_channels": whom_to_ask(request),
    }


def _beside(door: Door, opened: list[Door]) -> list[Door]:
    """The others, but for those that share its page."""
    return [each for each in opened if each.page != door.page]
