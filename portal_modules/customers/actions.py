"""What staff do with a customer. The company's staff scope has to be in force."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events

from .events import ACCESS_WANTED
from .exceptions import ContactRefused, NoAddressToLetIn, SiteKnown
from .models import BuildingSite, Contact, Customer


@transaction.atomic
def add_contact(customer: Customer, *, by: Any | None, lets_in: bool = False, **card: str) -> Contact:
    """Write down a person of a customer, and let them in if that is wanted.

    Raises `ContactRefused` with what is wrong on the card, or `NoAddressToLetIn`.
    """
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    contact = Contact(customer=customer, company_id=customer.company_id, **card)
    try:
        contact.full_clean(exclude=["company", "customer"])
        contact.validate_constraints()
    except ValidationError as wrong:
        raise ContactRefused(" ".join(wrong.messages)) from None
    if lets_in and not contact.email:
        raise NoAddressToLetIn
    contact.save(force_insert=True)
    log("customers.add_contact", contact, by=by, customer=customer.pk)
    if lets_in:
        ask_for_access(contact, by=by)
    return contact


def ask_for_access(contact: Contact, *, by: Any | None) -> None:
    """Have a contact let in. Raises the refusal of whoever opens the doors, such as that there is no e-mail."""
    events.announce(
        ACCESS_WANTED,
        company_id=contact.company_id,
        contact_id=contact.pk,
        by_id=by.pk if by is not None else None,
    )


@transaction.atomic
def change_customer(customer: Customer, *, by: Any | None, **values: Any) -> Customer:
    """Change fields of a customer's card, such as the language or who is in charge."""
    locked: Customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if changed:
        for name in changed:
            setattr(locked, name, values[name])
        locked.save(update_fields=changed)
        log("customers.change", locked, by=by, fields=sorted(changed))
    return locked


@transaction.atomic
def archive_customer(customer: Customer, *, by: Any | None) -> None:
    """Put a customer away: nobody of theirs gets in any more, and nobody is told anything."""
    if Customer.objects.filter(pk=customer.pk, archived_at=None).update(archived_at=timezone.now()):
        log("customers.archive", customer, by=by)


@transaction.atomic
def restore_customer(customer: Customer, *, by: Any | None) -> None:
    """Take a customer back out: whoever had access has it again."""
    if Customer.objects.filter(pk=customer.pk, archived_at__isnull=False).update(archived_at=None):
        log("customers.restore", customer, by=by)


@transaction.atomic
def add_site(customer: Customer, name: str, *, by: Any | None) -> BuildingSite:
    """Write down a place of a customer. Raises `SiteKnown` where there is one of this name."""
    Customer.objects.select_for_update(no_key=True).get(pk=customer.pk)
    if BuildingSite.objects.active().filter(customer=customer, name__iexact=name).exists():
        raise SiteKnown
    site: BuildingSite = BuildingSite.objects.create(
        company_id=customer.company_id, customer=customer, name=name
    )
    log("customers.add_site", customer, by=by, site=site.pk)
    return site


@transaction.atomic
def archive_site(site: BuildingSite, *, by: Any | None) -> None:
    """Put a place away: nothing new is there, and what was stays. Accesses that are limited to it reach it still."""
    if BuildingSite.objects.active().filter(pk=site.pk).update(archived_at=timezone.now()):
        log("customers.archive_site", site.customer, by=by, site=site.pk)
