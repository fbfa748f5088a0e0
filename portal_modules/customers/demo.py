"""Customers of the demo world, with their people and logins."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from django.contrib.auth import get_user_model
from stdnum.br import cnpj, cpf
from stdnum.cl import rut
from stdnum.es import nif as es_nif
from stdnum.es.dni import calc_check_digit as dni_letter
from stdnum.pt import nif as pt_nif

from portal_modules.core.choices import Country
from portal_modules.core.demo import DemoCustomer, DemoPerson, DemoWorld, Shown, staff_address
from portal_modules.core.models import Company
from portal_modules.core.scope import PORTAL, company_scope
from portal_modules.users.demo import CUSTOMER_PASSWORD, make_login

from .choices import CustomerKind, CustomerRole
from .models import BuildingSite, Contact, Customer, Membership


def load(company: Company, world: DemoWorld, rng: Random) -> None:
    """All customers of the company."""
    for wanted in world.customers:
        customer = Customer(
            name=wanted.name,
            kind=CustomerKind.ORGANISATION if wanted.is_organisation else CustomerKind.PERSON,
            country=wanted.country,
            tax_id=tax_id(wanted, rng),
            language=wanted.people[0].language,
        )
        customer.clean()
        customer.save()
        for name in wanted.sites:
            BuildingSite.objects.create(customer=customer, name=name)
        for person in wanted.people:
            _add_person(customer, person)


def show(company: Company, world: DemoWorld, shown: Shown) -> None:
    """The registers, and one row of each."""
    customer = customer_of(world.customers[0].people[0].email)
    shown.urls |= {
        "register_customers": staff_address("customers_customer_modeladmin_index"),
        "register_customer": staff_address("customers_customer_modeladmin_inspect", customer.pk),
        "register_customer_edit": staff_address("customers_customer_modeladmin_edit", customer.pk),
        "register_contacts": staff_address("customers_contact_modeladmin_index"),
    }


def first_customer(world: DemoWorld) -> Customer | None:
    """The customer whose pages the printed table leads to."""
    return customer_of(world.customers[0].people[0].email) if world.customers else None


def customer_of(email: str) -> Customer:
    """The first customer of one of their people's addresses; the company's scope has to be in force."""
    found: Customer = (
        Contact.objects.select_related("customer").filter(email=email).order_by("pk")[0].customer
    )
    return found


def login_of(contact: Contact) -> Any | None:
    """The login of a person of a customer, if they have one: staff do not see it, the doors do."""
    membership = contact.memberships.order_by("pk").first()
    if membership is None:
        return None
    with company_scope(contact.company, role=PORTAL):
        return get_user_model().objects.get(pk=membership.user_id)


def tax_id(customer: DemoCustomer, rng: Random) -> str:
    """A number that is well formed, from a range that its country has not given out as far as possible."""
    key = (Country(customer.country), customer.is_organisation)
    return _MAKERS.get(key, _MAKERS[Country(customer.country), False])(rng)


def _add_person(customer: Customer, person: DemoPerson) -> None:
    contact = Contact.objects.create(
        customer=customer,
        name=person.name,
        email=person.email,
        phone=person.phone,
        position=person.position,
        language=person.language,
    )
    if person.signs_in:
        usual = CustomerRole.VIEWER if person.may_only_look else CustomerRole.OWNER
        user = make_login(person.email, person.name, CUSTOMER_PASSWORD, person.language)
        Membership.objects.create(
            customer=customer, user=user, contact=contact, roles=list(person.roles) or [usual]
        )


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _place in range(count))


def _cpf(rng: Random) -> str:
    body = f"99{_digits(rng, 7)}"
    return next(f"{body}{check:02d}" for check in range(100) if cpf.is_valid(f"{body}{check:02d}"))


def _cnpj(rng: Random) -> str:
    body = f"99{_digits(rng, 6)}0001"
    return body + str(cnpj.calc_check_digits(body))


def _nif(first: str) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        body = first + _digits(rng, 8 - len(first))
        return body + str(pt_nif.calc_check_digit(body))

    return make


def _rut(first: str) -> Callable[[Random], str]:
    def make(rng: Random) -> str:
        body = first + _digits(rng, 8 - len(first))
        return body + str(rut.calc_check_digit(body))

    return make


def _dni(rng: Random) -> str:
    body = f"00{_digits(rng, 6)}"
    number = body + str(dni_letter(body))
    return str(es_nif.validate(number))


_MAKERS: dict[tuple[Country, bool], Callable[[Random], str]] = {
    (Country.BRAZIL, False): _cpf,
    (Country.BRAZIL, True): _cnpj,
    (Country.PORTUGAL, False): _nif("39"),
    (Country.PORTUGAL, True): _nif("599"),
    (Country.CHILE, False): _rut("38"),
    (Country.CHILE, True): _rut("67"),
    (Country.SPAIN, False): _dni,
}
