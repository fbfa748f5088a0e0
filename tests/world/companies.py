"""Factories: companies, staff and customers as tests need them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from portal_modules.core.actions import NewCompany, create_company, grant_staff
from portal_modules.core.choices import StaffRole
from portal_modules.core.models import Company
from portal_modules.core.numbers import new_lookup_number
from portal_modules.core.scope import company_scope
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact, Customer, Membership
from portal_modules.processes.models import Notice, Phase, Process, ProcessKind
from portal_modules.users.models import User
from tests.world.owner import as_owner

PASSWORD = "a sentence that nobody guesses"
MARKER = "ALTURA-SECRET"  # in every text of the other company: a page that shows it leaks


@dataclass
class CompanyWorld:
    """One company with people."""

    company: Company
    manager: User
    editor: User
    clerk: User
    reader: User
    kind: ProcessKind
    phases: list[Phase]
    processes: dict[str, Process] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)


@dataclass
class World:
    """castro-lima (alice, bob, charlie) and altura (dora)."""

    home: CompanyWorld
    other: CompanyWorld
    alice: User
    bob: User
    charlie: User
    dora: User
    root: User


# By tests.conftest, once for each worker: the world, and the name of a database that holds only it.
built: World | None = None
database = ""


def make_user(email: str, name: str, **fields: Any) -> User:
    """A person with the password of all tests."""
    with transaction.atomic(), as_owner():
        return User.objects.create_user(email, PASSWORD, name=name, language="en", **fields)


def build_world() -> World:
    """The two companies."""
    root = make_user("root@platform.test", "Root", is_superuser=True)
    home = build_company("castro-lima", "Castro & Lima Advogados", "PT", mark="CASTRO-OWN")
    other = build_company("altura", "Altura Locações", "BR", mark=MARKER)
    people = {}
    for name, side, customer, roles in (
        ("alice", home, "alice", [CustomerRole.OWNER]),
        ("bob", home, "alice", [CustomerRole.VIEWER]),
        ("charlie", home, "charlie", [CustomerRole.OWNER]),
        ("dora", other, "dora", [CustomerRole.OWNER]),
    ):
        people[name] = make_user(f"{name}@example.com", name.capitalize())
        with company_scope(side.company):
            add_customer(side, customer, people[name], roles)
    return World(home=home, other=other, root=root, **people)


def build_company(alias: str, name: str, country: str, *, mark: str) -> CompanyWorld:
    """A company whose own texts carry the mark, with four people and a kind of process."""
    company = create_company(NewCompany(name=f"{name} {mark}", alias=alias, country=country), by=None)
    staff = {}
    for role in (StaffRole.MANAGER, StaffRole.EDITOR, StaffRole.OPERATOR, StaffRole.READER):
        person = make_user(f"{role}@{alias}.test", f"{role} {mark}")
        with company_scope(company):
            grant_staff(company, person, role, by=None)
        staff[role] = person
    with company_scope(company):
        kind = ProcessKind.objects.create(name_en=f"Citizenship {mark}", name_pt=f"Nacionalidade {mark}")
        phases = [
            Phase.objects.create(
                kind=kind,
                position=position,
                name_en=f"{words} {mark}",
                name_pt=f"{words} {mark}",
                description_en=f"What happens: {words} {mark}",
                usual_days_min=20,
                usual_days_max=40,
            )
            for position, words in enumerate(("Documents", "Registry", "Decision"))
        ]
    return CompanyWorld(
        company=company,
        manager=staff[StaffRole.MANAGER],
        editor=staff[StaffRole.EDITOR],
        clerk=staff[StaffRole.OPERATOR],
        reader=staff[StaffRole.READER],
        kind=kind,
        phases=phases,
    )


def add_customer(side: CompanyWorld, name: str, user: User, roles: list[str]) -> Customer:
    """A customer with one process and a marked notice, whom the user belongs to. The scope has to be in force."""
    mark = side.company.name.split()[-1]
    customer = side.customers.get(name)
    if customer is None:
        customer = Customer.objects.create(name=f"{name.capitalize()} {mark}", country=side.company.country)
        side.customers[name] = customer
    contact = Contact.objects.create(customer=customer, name=f"{user.name} {mark}", email=user.email)
    Membership.objects.create(customer=customer, user=user, contact=contact, roles=roles)
    if name not in side.processes:
        process = make_process(side, customer)
        side.processes[name] = process
        Notice.objects.create(
            process=process,
            title_en=f"Sent to the registry {mark}",
            body_en=f"We sent it {mark}",
            is_marked=True,
            published_at="2026-05-12T10:00Z",
        )
    return customer


def make_process(side: CompanyWorld, customer: Customer, **fields: Any) -> Process:
    """A process in its second phase."""
    values = {
        "kind": side.kind,
        "phase": side.phases[1],
        "title": f"Matter {side.company.name.split()[-1]}",
        "lookup_number": new_lookup_number(),
        "registry_number": "REG-77",
        "opened_on": date(2026, 3, 2),
        "phase_since": date(2026, 5, 12),
        **fields,
    }
    return Process.objects.create(customer=customer, **values)
