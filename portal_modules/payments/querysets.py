"""What of payments is visible to whom, and what is left of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, Self

from django.apps import apps
from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import DECLARED_WAITING, KEY_IS_GOOD, ON_THE_WAY, LineState, RefundState

if TYPE_CHECKING:
    from portal_modules.core.access import Access

_MONEY: Any = DecimalField(max_digits=18, decimal_places=4)

# What an allocation is of, and what it is for.
_USED: Final = {
    "payment": ("payments", "Payment"),
    "credit": ("billing", "Credit"),
    "invoice": ("billing", "Invoice"),
}


def _rows(name: str) -> Any:
    """All rows of a model of this module, which is defined after its querysets."""
    return apps.get_model("payments", name).objects.all()


def _sum(rows: Any, of: str) -> Coalesce:
    """The sum of the amounts of rows that point at the row outside by a column; nothing is zero."""
    found = (
        rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(sum=Sum("amount")).values("sum")
    )
    return Coalesce(Subquery(found), Value(0), output_field=_MONEY)


def _own(by: str, access: Access) -> Q:
    return Q(**{by: access.user_id}) if access.user_id else Q(pk__in=[])


def _of_invoices_there(name: str, of: str, access: Access, own: Q) -> Q:
    """With rows for invoices that an access which is limited to sites reaches, or one's own; with none for others.

    What is for nothing, or for what is elsewhere too, would tell of the customer's other money.
    """
    there = apps.get_model("billing", "Invoice").objects.reached_by(access).order_by().values("pk")
    rows = _rows(name).filter(**{of: OuterRef("pk")})
    return (Q(Exists(rows)) | own) & ~Q(Exists(rows.exclude(invoice__in=there)))


class PaymentQuerySet(CustomerOwnedQuerySet):
    """Payments."""

    def at_sites(self, access: Access) -> Q:
        """Those that paid what is there, and those of one's own; none of which something paid for elsewhere."""
        own = _own("attempt__begun_by", access) | _own("declared__declared_by", access)
        return _of_invoices_there("Allocation", "payment", access, own)

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

    def refund_silent(self, at: datetime) -> Self:
        """Those with a refund of which the provider has said nothing: it is not asked for again by itself."""
        return self.filter(Exists(_rows("Refund").silent(at).filter(payment=OuterRef("pk"))))

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


class OfPaymentQuerySet(CustomerOwnedQuerySet):
    """What hangs from a payment."""

    parent_field = "payment"


class RefundQuerySet(OfPaymentQuerySet):
    """Refunds."""

    def unanswered(self) -> Self:
        """Those that a provider is to carry out, and of which it has said nothing."""
        return self.filter(steps=None, provider_refund="", payment__provider__isnull=False)

    def silent(self, at: datetime) -> Self:
        """Those of which it has said nothing for so long that asking again may pay twice."""
        return self.unanswered().filter(made_at__lt=at - KEY_IS_GOOD)


class AllocationQuerySet(CustomerOwnedQuerySet):
    """Uses of payments and credits."""

    def at_sites(self, access: Access) -> Q:
        """Those for what is there, of payments and credits that are there."""
        there = {
            name: apps.get_model(*label).objects.reached_by(access).order_by().values("pk")
            for name, label in _USED.items()
        }
        source = Q(payment__in=there["payment"]) | Q(credit__in=there["credit"])
        return Q(invoice__in=there["invoice"]) & source

    def holding(self) -> Self:
        """Those that were not taken back altogether, with `held`, what holds of each."""
        gone = _sum(_rows("Allocation").filter(takes_back__isnull=False), "takes_back")
        return self.filter(takes_back=None).annotate(held=F("amount") + gone).filter(held__gt=0)


class AttemptQuerySet(CustomerOwnedQuerySet):
    """Attempts to pay online."""

    def at_sites(self, access: Access) -> Q:
        """Those for what is there."""
        return _of_invoices_there("PaymentAttemptItem", "attempt", access, Q(pk__in=[]))

    def on_the_way(self) -> Self:
        """Those that may still be paid."""
        return self.filter(state__in=ON_THE_WAY)


class DeclaredQuerySet(CustomerOwnedQuerySet):
    """Declared payments."""

    def at_sites(self, access: Access) -> Q:
        """Those for what is there, and those of one's own."""
        return _of_invoices_there("DeclaredItem", "declared", access, _own("declared_by", access))

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state__in=DECLARED_WAITING)


class BankLineQuerySet(QuerySet[Any]):
    """Lines of the bank."""

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state=LineState.OPEN)
