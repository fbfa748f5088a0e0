"""Mailing a second copy."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import uuid4

from django.db import transaction

from portal_modules.core.access import ActorKind
from portal_modules.core.actions import log
from portal_modules.core.identity import normalize_email
from portal_modules.customers.models import Contact, Customer
from portal_modules.notifications.actions import tell

from .. import exceptions
from ..blocking import why_no_invoice, why_no_slip
from ..choices import CopyKind
from ..days import billing_day
from ..events import COPY_ASKED
from ..models import BankSlip, FiscalAddress, FiscalDocument, Invoice, SecondCopy
from ..owing import policy_in_scope

MOST_ADDRESSES: Final = 50


def addresses_on_file(customer: Customer) -> list[str]:
    """Where a customer is reached: its contacts, and the addresses for fiscal notes."""
    contacts = Contact.objects.filter(customer=customer).exclude(email="").values_list("email", flat=True)
    fiscal = FiscalAddress.objects.filter(customer=customer).values_list("email", flat=True)
    return sorted(dict.fromkeys(normalize_email(each) for each in (*contacts, *fiscal)))[:MOST_ADDRESSES]


@transaction.atomic
def mail_second_copy(
    of: Invoice | BankSlip | FiscalDocument,
    *,
    by: Any | None,
    actor: str = ActorKind.CONTACT,
    address: str,
    name: str = "",
    reason: str = "",
    pays_on: date | None = None,
) -> SecondCopy:
    """Have an invoice, a boleto or a fiscal note mailed.

    An address that is not on file needs the name of who is responsible for it, and a reason; both are kept.
    """
    customer = Customer.objects.select_related("company").get(pk=of.customer_id)
    address = normalize_email(address)
    is_on_file = address in addresses_on_file(customer)
    name, reason = name.strip(), reason.strip()
    if not is_on_file and not (name and reason):
        raise exceptions.CopyNeedsReason
    if why := why_no_copy(of, billing_day(customer.company)):
        raise exceptions.NotHandedOut(why)
    pk = uuid4()
    message = tell(
        COPY_ASKED,
        company=customer.company,
        language=customer.language or customer.company.language,
        address=address,
        payload={"copy_id": pk},
    )
    copy: SecondCopy = SecondCopy.objects.create(
        pk=pk,
        company_id=customer.company_id,
        customer=customer,
        kind=_kind(of),
        invoice=of if isinstance(of, Invoice) else None,
        slip=of if isinstance(of, BankSlip) else None,
        note=of if isinstance(of, FiscalDocument) else None,
        pays_on=pays_on,
        address=address,
        is_on_file=is_on_file,
        name=name[:160],
        reason=reason[:300],
        actor_kind=actor,
        asked_by=by,
        asked_by_name=str(by or "")[:160],
        message_id=message.pk,
    )
    log("billing.mail_copy", of, by=by, to=address, name=copy.name, reason=copy.reason)
    return copy


def why_no_copy(of: Invoice | BankSlip | FiscalDocument, on: date) -> Any:
    """Why something is not handed out on a day; "" where it is. A fiscal note always is."""
    match of:
        case Invoice():
            return why_no_invoice(of)
        case BankSlip():
            return why_no_slip(of.invoice, of, policy_in_scope(), on)
    return ""


def _kind(of: Invoice | BankSlip | FiscalDocument) -> CopyKind:
    match of:
        case Invoice():
            return CopyKind.INVOICE
        case BankSlip():
            return CopyKind.SLIP
    return CopyKind.NOTE
