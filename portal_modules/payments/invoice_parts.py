"""What payments add to billing: what paid an invoice, and that nobody is reminded of what is said to be paid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from portal_modules.billing.actions import other_pauses
from portal_modules.billing.choices import Pause
from portal_modules.billing.models import Invoice
from portal_modules.core.access import Access
from portal_modules.core.beside import customer_parts
from portal_modules.core.compiled import compiled
from portal_modules.core.presence import which_have_rows
from portal_modules.core.records import PortalRecord
from portal_modules.customers.choices import CustomerRole

from .actions import policy_in_scope
from .balances import Balance, balances_seen
from .choices import DECLARED_WAITING, CreditUse, DeclaredState
from .models import Allocation, DeclaredItem, DeclaredPayment, PaymentAttempt, PaymentProvider
from .switches import CREDIT, DECLARE

_ACTING = (CustomerRole.OWNER, CustomerRole.FINANCE)


@customer_parts.add(order=50)
def payments_of_the_invoice(request: Any, record: PortalRecord) -> SafeString | None:
    """What paid it, what is on its way, and the ways to tell of a payment and to use credit."""
    if record.record_type() != "billing.invoice":
        return None
    invoice: Any = record
    is_open = invoice.open_now > 0
    may_act = is_open and request.access.has_role(invoice.customer_id, *_ACTING)
    declares = may_act and request.card.is_on(DECLARE)
    there = beside(request, invoice) if is_open else Beside()
    context = {
        "uses": _uses(request.access, invoice.pk) if invoice.paid_total else [],
        "declared": _declared(request.access, invoice.pk) if there.declared else [],
        "attempts": _attempts(request.access, invoice.pk) if there.attempts else [],
        "declare_url": f"{reverse('payments:declare')}?invoice={invoice.pk}" if declares else "",
        "credit": _credit(request, invoice) if may_act else None,
        "use_url": reverse("payments:use_credit", args=[invoice.pk]),
        **csrf(request),
    }
    return render_to_string("payments/of_invoice.html", context)


@dataclass(frozen=True, slots=True)
class Beside:
    """Which rows there are of what can stand beside an invoice that is open."""

    accounts: bool = False
    declared: bool = False
    attempts: bool = False


def beside(request: Any, invoice: Invoice) -> Beside:
    """Asked once for a page and in one statement: most invoices have nothing of it."""
    asked: dict[Any, Beside] = request.__dict__.setdefault("payments_beside", {})
    if invoice.pk not in asked:
        rows = (
            accounts_on.about(),
            _declared.about(request.access, invoice.pk),
            _attempts.about(request.access, invoice.pk),
        )
        asked[invoice.pk] = Beside(*which_have_rows(rows))
    return asked[invoice.pk]


@compiled
def accounts_on() -> QuerySet[Any]:
    """The providers' accounts that customers can pay to now."""
    return PaymentProvider.objects.filter(is_on=True)


def is_told_of(invoice: Invoice) -> str:
    """Somebody has to look first whether it is paid."""
    told = DeclaredItem.objects.filter(invoice=invoice, declared__state__in=DECLARED_WAITING)
    return Pause.DECLARED if told.exists() else ""


other_pauses.append(is_told_of)


@compiled
def _uses(access: Access, invoice: UUID) -> QuerySet[Any]:
    uses = Allocation.objects.visible_to(access).holding().filter(invoice=invoice)
    return uses.select_related("payment", "credit").order_by("made_at", "pk")


@compiled
def _declared(access: Access, invoice: UUID) -> QuerySet[Any]:
    told = DeclaredPayment.objects.visible_to(access).filter(items__invoice=invoice)
    return told.exclude(state=DeclaredState.CONFIRMED).order_by("-created_at")


@compiled
def _attempts(access: Access, invoice: UUID) -> QuerySet[Any]:
    return PaymentAttempt.objects.visible_to(access).on_the_way().filter(items__invoice=invoice)


def _credit(request: Any, invoice: Invoice) -> Balance | None:
    if not request.card.is_on(CREDIT):
        return None
    found = balances_seen(request.access, invoice.customer_id)
    left = next((each for each in found if each.currency == invoice.currency), None)
    return left if left and policy_in_scope().credit_use != CreditUse.OFF else None
