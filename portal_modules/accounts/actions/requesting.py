"""Somebody's address is missing: they ask, the customer's owner or the staff answer."""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from portal_modules.core.actions import log
from portal_modules.core.events import events
from portal_modules.core.models import Company
from portal_modules.core.working_days import after_working_days
from portal_modules.customers.choices import CustomerRole
from portal_modules.customers.models import Contact, Customer, Membership
from portal_modules.notifications.actions import tell

from ..choices import RequestState
from ..events import ACCESS_REQUESTED, REQUEST_WAITS
from ..exceptions import AlreadyAnswered, NoSuchCustomer
from ..models import AccessRequest, Invitation
from ..tax_ids import NOBODY
from .colleagues import invite_colleague
from .inviting import invite_contact
from .logins import current_access
from .registering import Grant

OWNERS_TIME: Final = 2  # working days
_NOBODY: Final = "nobody@nobody.invalid"


@transaction.atomic(savepoint=False)
def ask_for_access(
    company: Company, customer: Customer | None, *, country: str, tax_id: str, language: str, **person: str
) -> None:
    """Write down that somebody's address is missing (name, email, phone), whoever has the number, or nobody.

    Asking again while it waits changes nothing. The company's staff scope has to be in force.
    """
    owner = _owner(customer)
    now = timezone.localtime(timezone=company.zone)
    row = AccessRequest(
        company=company,
        customer=customer,
        country=country,
        tax_id=tax_id,
        language=language,
        staff_from=after_working_days(now, OWNERS_TIME, company.country) if owner else now,
        **person,
    )
    AccessRequest.objects.bulk_create([row], ignore_conflicts=True)
    if not AccessRequest.objects.filter(pk=row.pk).exists():
        return
    events.announce(ACCESS_REQUESTED, company_id=company.pk, request_id=row.pk)
    # One message in any case, so that it costs the same whether somebody owns the customer or nobody does.
    tell(
        REQUEST_WAITS,
        company=company,
        language=owner.language if owner else language,
        contact=owner,
        address="" if owner else _NOBODY,
        payload={"request_id": row.pk},
        once=str(row.pk),
    )


@transaction.atomic
def accept_request(asked: AccessRequest, *, role: str = "", by: Any | None) -> Contact:
    """Make the person a contact of the customer, and invite them.

    Raises `AlreadyAnswered`, `NoSuchCustomer`, or what `invite_contact` refuses with.
    """
    locked = _locked(asked)
    if locked.customer is None:
        raise NoSuchCustomer
    contact, is_new = Contact.objects.get_or_create(
        customer=locked.customer,
        email=locked.email,
        defaults={
            "name": locked.name,
            "phone": locked.phone,
            "language": locked.language,
            "role": role,
        },
    )
    _decide(locked, RequestState.ACCEPTED, by=by)
    if is_new or not current_access(contact).exists():
        invite_contact(contact, by=by)
    return contact


@transaction.atomic
def let_request_in(asked: AccessRequest, *, grant: Grant, by: Any) -> Invitation:
    """An owner of the customer invites the person, as any colleague: with what the access is for.

    Raises `AlreadyAnswered`, `NoSuchCustomer`, or what `invite_colleague` refuses with.
    """
    locked = _locked(asked)
    if locked.customer is None:
        raise NoSuchCustomer
    invitation = invite_colleague(
        locked.customer,
        name=locked.name,
        email=locked.email,
        grant=grant,
        language=locked.language,
        by=by,
    )
    _decide(locked, RequestState.ACCEPTED, by=by)
    return invitation


@transaction.atomic
def decline_request(asked: AccessRequest, *, by: Any | None) -> None:
    """Nobody is let in by it. Raises `AlreadyAnswered`. The person is not told: they may be a stranger."""
    _decide(_locked(asked), RequestState.DECLINED, by=by)


def _locked(asked: AccessRequest) -> AccessRequest:
    rows = AccessRequest.objects.open().select_for_update(of=("self",)).filter(pk=asked.pk)
    found: AccessRequest | None = rows.select_related("customer", "company").first()
    if found is None:
        raise AlreadyAnswered
    return found


def _decide(asked: AccessRequest, state: RequestState, *, by: Any | None) -> None:
    AccessRequest.objects.filter(pk=asked.pk).update(state=state, decided_at=Now(), decided_by=by)
    log(f"accounts.request_{state}", asked, by=by)


def _owner(customer: Customer | None) -> Contact | None:
    """Who answers for a customer: the first of its owners with an access that holds and an address."""
    current = Membership.objects.filter(
        Q(until=None) | Q(until__gt=Now()), roles__contains=[CustomerRole.OWNER], contact__isnull=False
    )
    rows = current.filter(customer_id=customer.pk if customer else NOBODY).exclude(contact__email="")
    member = rows.select_related("contact").order_by("pk").first()
    return member.contact if member else None
