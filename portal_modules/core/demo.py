"""What a module's `demo.py` is given, and what it may tell of itself.

A module's part of the demo world is a file or package `demo` beside its manifest, found by its presence:

    def load(company: Company, world: DemoWorld, rng: Random) -> None: ...
    def load_beside(company: Company, world: DemoWorld, rng: Random) -> None: ...
    def show(company: Company, world: DemoWorld, shown: Shown) -> None: ...

Each may be left out. `load` is called once for each company, inside its scope, in one transaction, after the
parts of the modules that this one depends on; `load_beside` when all modules have loaded, for what stands beside
the records of others. `rng` is seeded: whatever it decides is the same on every machine. `show` adds the
addresses of the module's pages, each under a name of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any, TypeAlias

from django.conf import settings
from django.urls import get_script_prefix, reverse, set_script_prefix

from portal_modules.core.choices import StaffRole
from portal_modules.core.models import Company, StaffMembership

# pt, es and en of one text.
Words: TypeAlias = tuple[str, str, str]
LANGUAGES = ("pt", "es", "en")


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Somebody who works in a company of the demo; customers see whoever has a job title."""

    role: StaffRole
    name: str
    email: str
    has_app: bool = False  # an authenticator app, whose secret the demo tells
    job_title: Words = ("", "", "")
    phone: str = ""
    whatsapp: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody at a customer; with `signs_in` they have a login, in these roles, else as an owner."""

    name: str
    email: str
    language: str
    phone: str = ""
    position: str = ""
    signs_in: bool = False
    may_only_look: bool = False
    roles: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DemoCustomer:
    """A customer and their people; the first one is whom modules find them by."""

    name: str
    country: str
    people: Sequence[DemoPerson]
    is_organisation: bool = False
    sites: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Who is who in one company, and the day that all dates are counted from."""

    today: date
    staff: Sequence[DemoStaff]
    customers: Sequence[DemoCustomer]

    def working_as(self, *roles: StaffRole) -> Any:
        """The login of the first of these roles that somebody has; the company's scope has to be in force."""
        members = {member.role: member.user for member in StaffMembership.objects.select_related("user")}
        return next((members[role] for role in roles if role in members), None)


@dataclass(slots=True)
class Shown:
    """What is printed of one company: addresses by name, and numbers with a few words about each.

    `carried` is what the company's doors ask of somebody besides e-mail and password, by their e-mail.
    """

    urls: dict[str, str] = field(default_factory=dict)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    carried: dict[str, dict[str, str]] = field(default_factory=dict)


Load: TypeAlias = Callable[[Company, DemoWorld, Random], None]
Show: TypeAlias = Callable[[Company, DemoWorld, Shown], None]


def by_language(field_name: str, words: Words) -> dict[str, str]:
    """`{"name_pt": …, "name_es": …, "name_en": …}`, as translated models take it."""
    return {f"{field_name}_{language}": text for language, text in zip(LANGUAGES, words, strict=True)}


def staff_address(name: str, *args: Any) -> str:
    """The address of a page of the back office."""
    before = get_script_prefix()
    set_script_prefix("/")
    try:
        return f"{settings.PUBLIC_ORIGIN}{reverse(name, args=args)}"
    finally:
        set_script_prefix(before)
