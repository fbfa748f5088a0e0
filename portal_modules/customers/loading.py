"""Customers and their people out of a file, thousands at once: what is new, what changes, and what stays.

Rows are compared here and written with a few statements; the database's triggers write the history of each.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal_modules.core.importing.kinds import CHANGED, NEW, SAME, Load
from portal_modules.core.importing.writing import insert_rows, update_rows

from .models import Contact, Customer, CustomerGroup
from .reading import NO_NAME, Card, read_card, usual_kind

NOT_FOUND = _("No customer has this tax id or number.")
IS_ARCHIVED = _("This customer is archived. Bring it back first.")
OF_ANOTHER = _("The tax id and the number belong to two different customers.")

_CUSTOMER = (
    "name",
    "kind",
    "country",
    "tax_id",
    "reference",
    "is_customer",
    "is_supplier",
    "language",
    "group_id",
)
_CONTACT = ("name", "email", "phone", "position", "language", "role")
# Of `ImportKind.parts`: by tax id, by own number.
PARTS_OF_CUSTOMER, PARTS_OF_PERSON = frozenset({0, 1}), frozenset({2, 3})


@dataclass(slots=True)
class _Customer:
    """A customer that is there, or will be."""

    values: dict[str, Any]
    pk: int | None = None
    uuid: uuid.UUID | None = None
    is_archived: bool = False
    is_changed: bool = False
    contacts: list[_Contact] = field(default_factory=list)


@dataclass(slots=True)
class _Contact:
    """A person of a customer, who is there, or will be."""

    values: dict[str, Any]
    pk: int | None = None
    is_changed: bool = False


class Loading:
    """One chunk. `makes_customers` is off where only people are brought, of customers that are there."""

    def __init__(self, load: Load, *, makes_customers: bool) -> None:
        self.load = load
        self.company = load.company
        self.makes_customers = makes_customers
        self.cards = [card for row in load.good_rows() if (card := read_card(self.company, row))]
        self.groups: dict[str, int | None] = dict(CustomerGroup.objects.values_list("name", "pk"))
        self.by_tax_id: dict[tuple[str, str], _Customer] = {}
        self.by_reference: dict[str, _Customer] = {}
        self.new: list[_Customer] = []

    def run(self) -> None:
        """Find, compare, write."""
        self._find_customers()
        if self.load.writes:
            self._make_groups()
        owners = [(card, self._customer_of(card)) for card in self.cards]
        self._find_contacts({owner.pk: owner for _card, owner in owners if owner and owner.pk})
        for card, owner in owners:
            if owner is not None and card.contact and not card.row.is_refused:
                self._contact_of(card, owner)
        if self.load.writes:
            self._write([owner for _card, owner in owners if owner])

    # ---- customers --------------------------------------------------------------------------------

    def _find_customers(self) -> None:
        names = ("pk", "archived_at", *_CUSTOMER)
        of_company = Customer.objects.filter(company=self.company)
        # As their indexes say it: which countries there are, and that they are not empty.
        numbered = of_company.filter(
            country__in={card.country for card in self.cards},
            tax_id__in={card.tax_id for card in self.cards if card.tax_id},
        ).exclude(tax_id="")
        named = of_company.filter(
            reference__in={card.reference for card in self.cards if card.reference}
        ).exclude(reference="")
        found: dict[int, _Customer] = {}
        for rows in (numbered, named):
            for pk, archived_at, *values in rows.values_list(*names):
                if pk not in found:
                    customer = _Customer(dict(zip(_CUSTOMER, values, strict=True)), pk)
                    customer.is_archived = archived_at is not None
                    found[pk] = customer
                    self._know(customer)

    def _know(self, customer: _Customer) -> None:
        values = customer.values
        if values["tax_id"]:
            self.by_tax_id[values["country"], values["tax_id"]] = customer
        if values["reference"]:
            self.by_reference[values["reference"]] = customer

    def _make_groups(self) -> None:
        missing = {card.group for card in self.cards if card.group} - self.groups.keys()
        if missing:
            names = sorted(missing)
            CustomerGroup.objects.bulk_create(
                [CustomerGroup(company=self.company, name=name) for name in names], ignore_conflicts=True
            )
            self.groups.update(CustomerGroup.objects.filter(name__in=names).values_list("name", "pk"))

    def _customer_of(self, card: Card) -> _Customer | None:
        """The customer of a line, changed by it or made by it; None when the line is refused."""
        row = card.row
        owner = self.by_tax_id.get((card.country, card.tax_id)) if card.tax_id else None
        named = self.by_reference.get(card.reference) if card.reference else None
        if owner and named and owner is not named:
            row.refuse(OF_ANOTHER)
            return None
        owner = owner or named
        if owner is None:
            return self._new_customer(card)
        if owner.is_archived:
            row.refuse(IS_ARCHIVED)
            return None
        if card.tax_id and owner.values["tax_id"] and owner.values["tax_id"] != card.tax_id:
            row.refuse(OF_ANOTHER)
            return None
        self._change_customer(card, owner)
        return owner

    def _new_customer(self, card: Card) -> _Customer | None:
        if not self.makes_customers:
            card.row.refuse(NOT_FOUND)
            return None
        # In a dry run what an earlier chunk would have made is not there.
        is_known = self.load.was_said(card.row, PARTS_OF_CUSTOMER) and not self.load.writes
        if not card.customer.get("name") and not is_known:
            card.row.refuse(NO_NAME)
            return None
        values = {
            "name": "",
            "kind": usual_kind(card.country, card.tax_id),
            "country": card.country,
            "tax_id": card.tax_id,
            "reference": "",
            "is_customer": True,
            "is_supplier": False,
            "language": "",
            "group_id": self._group(card),
            **card.customer,
        }
        customer = _Customer(values, uuid=uuid.uuid4())
        self.new.append(customer)
        self._know(customer)
        card.row.outcome = SAME if is_known else NEW
        return customer

    def _change_customer(self, card: Card, owner: _Customer) -> None:
        card.row.outcome = card.row.outcome or SAME
        if not self.makes_customers:
            return
        wanted = dict(card.customer)
        if card.tax_id and not owner.values["tax_id"]:
            wanted |= {"tax_id": card.tax_id, "country": card.country}
        if card.group:
            wanted["group_id"] = self._group(card)
        if any(owner.values[name] != value for name, value in wanted.items()):
            owner.values |= wanted
            owner.is_changed = True
            card.row.outcome = CHANGED
            self._know(owner)

    def _group(self, card: Card) -> int | None:
        """In a dry run a group that will be made has no id yet, and differs from all that are there."""
        return self.groups.get(card.group, -1 if card.group else None)

    # ---- people -----------------------------------------------------------------------------------

    def _find_contacts(self, owners: dict[int | None, _Customer]) -> None:
        rows = Contact.objects.filter(company=self.company, customer_id__in=list(owners)).order_by("pk")
        for pk, customer_id, *values in rows.values_list("pk", "customer_id", *_CONTACT):
            owners[customer_id].contacts.append(_Contact(dict(zip(_CONTACT, values, strict=True)), pk))

    def _contact_of(self, card: Card, owner: _Customer) -> None:
        wanted = card.contact
        contact = self._known_contact(wanted, owner)
        if contact is None:
            values = {**dict.fromkeys(_CONTACT, ""), "name": owner.values["name"][:160], **wanted}
            owner.contacts.append(_Contact(values))
            if not self.load.was_said(card.row, PARTS_OF_PERSON):
                card.row.outcome = NEW
        elif any(contact.values[name] != value for name, value in wanted.items()):
            contact.values |= wanted
            contact.is_changed = True
            if card.row.outcome == SAME:
                card.row.outcome = CHANGED

    def _known_contact(self, wanted: dict[str, str], owner: _Customer) -> _Contact | None:
        """By the address; one without an address by the name."""
        email, name = wanted.get("email", ""), wanted.get("name", "").casefold()
        for contact in owner.contacts:
            if email and contact.values["email"].lower() == email:
                return contact
        for contact in owner.contacts:
            if (not email or not contact.values["email"]) and contact.values["name"].casefold() == name:
                return contact
        return None

    # ---- writing ----------------------------------------------------------------------------------

    def _write(self, owners: list[_Customer]) -> None:
        company = self.company.pk
        made = insert_rows(
            Customer,
            ("company_id", "uuid", *_CUSTOMER),
            [(company, each.uuid, *(each.values[name] for name in _CUSTOMER)) for each in self.new],
            returning=("uuid", "id"),
        )
        ids = dict(made)
        for each in self.new:
            each.pk = ids[each.uuid]
        touched = {each.pk: each for each in owners}
        changed = [each for each in touched.values() if each.is_changed and each.uuid is None]
        update_rows(
            Customer, _CUSTOMER, [(each.pk, *(each.values[name] for name in _CUSTOMER)) for each in changed]
        )
        people = [(each.pk, contact) for each in touched.values() for contact in each.contacts]
        insert_rows(
            Contact,
            ("company_id", "customer_id", *_CONTACT),
            [
                (company, customer, *(contact.values[name] for name in _CONTACT))
                for customer, contact in people
                if contact.pk is None
            ],
        )
        update_rows(
            Contact,
            _CONTACT,
            [
                (contact.pk, *(contact.values[name] for name in _CONTACT))
                for _customer, contact in people
                if contact.pk is not None and contact.is_changed
            ],
        )
