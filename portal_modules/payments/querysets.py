"""What of payments is visible to whom, and what is left of them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import DECLARED_WAITING, ON_THE_WAY, LineState, RefundState

_MONEY: Any = DecimalField(max_digits=18, decimal_places=4)


def _rows(name: str) -> Any:
    """All rows of a model of this module, which is defined after its querysets."""
    return apps.get_model("payments", name).objects.all()


def _sum(rows: Any, of: str) -> Coalesce:
    """The sum of the amounts of rows that point at the row outside by a column; nothing is zero."""
    found = (
        rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(sum=Sum("amount")).values("sum")
    )
    return Coalesce(Subquery(found), Value(0), output_field=_MONEY)


class PaymentQuerySet(CustomerOwnedQuerySet):
    """Payments."""

    def with_left(self) -> Self:
        """Each with `used` (for invoices), `given_back` and `left`, which is the customer's credit."""
        back = _rows("Refund").exclude(steps__state=RefundState.FAILED)
        return self.annotate(
            used=_sum(_rows("Allocation"), "payment"), given_back=_sum(back, "payment")
        ).annotate(left=F("amount") - F("fees") - F("used") - F("given_back"))

    def with_something_left(self) -> Self:
        """Those of which something is the customer's credit."""
        return self.with_left().filter(left__gt=0)

    def as_credit(self) -> Self:
        """Those whose rest is the customer's to use: it was not refused when it came."""
        return self.filter(surplus_held=False)

    def held(self) -> Self:
        """Those whose rest waits for somebody to give it back or to use it."""
        return self.filter(surplus_held=True).with_something_left()

    def refund_failed(self) -> Self:
        """Those whose last refund has failed, as long as something of them was not used or given back otherwise."""
        refunds = _rows("Refund")
        later = refunds.filter(payment=OuterRef("payment"), made_at__gt=OuterRef("made_at"))
        failed = refunds.filter(payment=OuterRef("pk"), steps__state=RefundState.FAILED)
        return self.with_something_left().filter(Exists(failed.exclude(Exists(later))))

    def in_period(self, first: date | None, last: date | None) -> Self:
        """Those received from the first to the last day; None leaves an end open."""
        found = self
        if first is not None:
            found = found.filter(received_on__gte=first)
        if last is not None:
            found = found.filter(received_on__lte=last)
        return found

    def found_by(self, text: str) -> Self:
        """By number, invoice, payer or note."""
        text = text.strip()[:100]
        if not text:
            return self
        return self.filter(
            Q(number__icontains=text)
            | Q(payer_name__icontains=text)
            | Q(note__icontains=text)
            | Q(pk__in=_of_invoice(text))
        )

    def totals(self) -> dict[str, dict[str, Any]]:
        """By currency: what came, and how often. One statement."""
        rows = self.order_by().values("currency").annotate(received=Sum("amount"), many=Count("pk"))
        return {row.pop("currency"): row for row in rows}


def _of_invoice(text: str) -> Any:
    found = _rows("Allocation").filter(invoice__number__icontains=text, payment__isnull=False)
    return found.values("payment")


class AllocationQuerySet(CustomerOwnedQuerySet):
    """Uses of payments and credits."""

    def holding(self) -> Self:
        """Those that were not taken back altogether, with `held`, what holds of each."""
        gone = _sum(_rows("Allocation").filter(takes_back__isnull=False), "takes_back")
        return self.filter(takes_back=None).annotate(held=F("amount") + gone).filter(held__gt=0)


class AttemptQuerySet(CustomerOwnedQuerySet):
    """Attempts to pay online."""

    def on_the_way(self) -> Self:
        """Those that may still be paid."""
        return self.filter(state__in=ON_THE_WAY)


class DeclaredQuerySet(CustomerOwnedQuerySet):
    """Declared payments."""

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state__in=DECLARED_WAITING)


class BankLineQuerySet(QuerySet[Any]):
    """Lines of the bank."""

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state=LineState.OPEN)
