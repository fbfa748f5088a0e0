"""What payments add to a statement: money that came, and money that went back, each on its day.

A statement of one tax id has only what was used for its invoices: money itself has no tax id.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db.models import F, Sum, Value
from django.utils.translation import gettext as _

from portal_modules.billing.actions import Moved, ledgers
from portal_modules.core.access import Access

from .choices import RefundState
from .models import Allocation, Payment, Refund

_NOTHING: Final = Decimal(0)


class Payments:
    """The ledger of this module. What is used of a free credit was settled when it was credited."""

    def used_for(self, invoices: Any, access: Access) -> dict[Any, Decimal]:
        """What pays some invoices, by their keys."""
        uses = Allocation.objects.visible_to(access).filter(invoice__in=invoices.order_by().values("pk"))
        rows = uses.order_by().values_list("invoice").annotate(sum=Sum("amount"))
        return dict(rows)

    def moved(self, wanted: Any) -> Iterator[Moved]:
        """Payments and refunds of the period; of one tax id, their uses for its invoices."""
        if wanted.tax_id:
            for use in _between(_uses(wanted), "allocated_on", wanted).select_related("payment", "credit"):
                source = use.payment or use.credit
                words = _("Payment %(number)s") if use.payment else _("Credit %(number)s")
                claimed, settled = max(-use.amount, _NOTHING), max(use.amount, _NOTHING)
                what = words % {"number": source.number}
                yield Moved(use.allocated_on, source.number, what, claimed, settled, use.invoice_id)
            return
        came = _between(_payments(wanted), "received_on", wanted)
        went = _between(_refunds(wanted), "refunded_on", wanted)
        both = came.order_by().values_list("received_on", "number", F("amount") - F("fees"), Value(True))
        backwards = went.order_by().values_list("refunded_on", "payment__number", F("amount"), Value(False))
        for day, number, amount, has_come in both.union(backwards, all=True):
            if has_come:
                yield Moved(day, number, _("Payment %(number)s") % {"number": number}, _NOTHING, amount)
            else:
                words = _("Refund of payment %(number)s") % {"number": number}
                yield Moved(day, number, words, amount, _NOTHING)

    def before(self, wanted: Any) -> Decimal:
        """What came before the period, less what went back."""
        if wanted.tax_id:
            return _sum(_uses(wanted).filter(allocated_on__lt=wanted.since), F("amount"))
        came = _sum(_payments(wanted).filter(received_on__lt=wanted.since), F("amount") - F("fees"))
        return came - _sum(_refunds(wanted).filter(refunded_on__lt=wanted.since), F("amount"))


def _payments(wanted: Any) -> Any:
    return Payment.objects.visible_to(wanted.access).filter(currency=wanted.currency)


def _refunds(wanted: Any) -> Any:
    found = Refund.objects.visible_to(wanted.access).filter(currency=wanted.currency)
    return found.exclude(steps__state=RefundState.FAILED)


def _uses(wanted: Any) -> Any:
    found = Allocation.objects.visible_to(wanted.access).filter(currency=wanted.currency)
    return found.filter(invoice__tax_id=wanted.tax_id)


def _between(rows: Any, name: str, wanted: Any) -> Any:
    if wanted.since:
        rows = rows.filter(**{f"{name}__gte": wanted.since})
    return rows.filter(**{f"{name}__lte": wanted.until}) if wanted.until else rows


def _sum(rows: Any, amount: Any) -> Decimal:
    return rows.aggregate(sum=Sum(amount))["sum"] or _NOTHING


ledgers.append(Payments())
