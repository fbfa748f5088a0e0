"""What was done about the access of a customer's people, newest first: the same lines for staff and for owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from portal_modules.core.models import LogEntry
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact, Customer, Membership

MOST = 15
_MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody did: what, to whom, who and when."""

    at: datetime
    by: str
    what: str
    whom: str
    detail: str = ""


def lines_of(customer: Customer) -> list[Line]:
    """The last ones of a customer: three statements. The company's staff scope has to be in force."""
    people = dict(_named(Contact.objects.filter(customer=customer), "name"))
    accesses = dict(_named(Membership.objects.filter(customer=customer), "contact__name"))
    about = Q(model="customers.contact", object_id__in=list(people)) | Q(
        model="customers.membership", object_id__in=list(accesses)
    )
    entries = LogEntry.objects.filter(about).order_by("-at", "-pk")[:MOST]
    return [_line(entry, people if entry.model == "customers.contact" else accesses) for entry in entries]


def _named(rows: Any, name: str) -> list[tuple[str, str]]:
    found = rows.annotate(name_of_row=Cast("pk", CharField())).order_by("-pk")
    return list(found.values_list("name_of_row", name)[:_MOST_PEOPLE])


def _line(entry: LogEntry, names: dict[str, str]) -> Line:
    words = {
        "customers.add_contact": _("Contact added"),
        "accounts.invite": _("Invited"),
        "accounts.send_way_back": _("Way back in sent"),
        "accounts.end_invitation": _("Invitation taken back"),
        "accounts.accept": _("Invitation taken up"),
        "accounts.register": _("Registered"),
        "accounts.end_access": _("Access taken away"),
        "accounts.change_access": _("Access changed"),
        "accounts.remove_colleague": _("Access ended by an owner"),
    }
    return Line(
        at=entry.at,
        by=entry.actor_name,
        what=words.get(entry.action, entry.action),
        whom=names.get(entry.object_id) or "",
        detail=_roles(entry.details),
    )


def _roles(details: Any) -> str:
    """The roles that were given, in words."""
    named = details.get("roles") if isinstance(details, dict) else None
    known = [str(CustomerRole(role).label) for role in named or () if role in CustomerRole.values]
    return ", ".join(known)
