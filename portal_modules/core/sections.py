"""Sections: which parts of the portal are there for which roles of a customer's people.

A module is a section, and its manifest says in `seen_by` whose it is. What a role does not see does not exist
for it: no entry in the menu, no card, no counter, no row in a list, no address, no mail.
"""

from __future__ import annotations

from collections.abc import Iterable

from portal_modules.core.access import Access
from portal_modules.core.modules import modules
from portal_modules.core.records import records


def seen_by(label: str) -> frozenset[str]:
    """The roles that a module is for; an empty set is all of them."""
    return modules.get(label).seen_by if label in modules else frozenset()


def customers_seen(label: str, access: Access) -> list[int]:
    """The customers for whom whoever is looking sees what is in a module: none before enough is proved for it."""
    return [] if label in access.shut else access.customers_with(seen_by(label))


def is_there(label: str, access: Access) -> bool:
    """Is a module there for whoever is looking? Of visitors only the level of proof is asked.

    One that is shut is there: its entry in the menu leads to where more is proved.
    """
    return not access.is_customers or bool(access.customers_with(seen_by(label)))


def is_seen_by(roles: Iterable[str], labels: Iterable[str]) -> bool:
    """Does somebody with these roles see all of these modules?"""
    wanted = [seen_by(label) for label in labels]
    return all(not of_module or not of_module.isdisjoint(roles) for of_module in wanted)


def hidden_types(access: Access) -> list[tuple[list[int], list[str]]]:
    """What is kept from whoever is looking though it is their customers': customers, and types of records.

    What hangs from such a record, a thread or a file, is not there either. Usually it is nothing.
    """
    found = []
    for label in sorted({record._meta.app_label for record in records}):
        seen = customers_seen(label, access)
        if hidden := [pk for pk in access.customer_ids if pk not in seen]:
            types = [record.record_type() for record in records if record._meta.app_label == label]
            found.append((hidden, types))
    return found
