"""What of billing is visible to whom, and how invoices are told apart."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db.models import F, Q, Sum

from portal_modules.core.records import records
from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import InvoiceState, NoteState, SlipState

if TYPE_CHECKING:
    from portal_modules.core.access import Access


class InvoiceQuerySet(CustomerOwnedQuerySet):
    """Invoices. What is overdue depends on a day: see `days.billing_day`."""

    def visible_to(self, access: Access) -> Self:
        """Those of the customers that whoever is looking belongs to; a draft is nobody's."""
        return super().visible_to(access).exclude(state=InvoiceState.DRAFT)

    def at_sites(self, access: Access) -> Q:
        """Those about a record that is there: what is about nothing, or about what is nowhere, is the customer's."""
        found = Q(pk__in=[])
        for record in records:
            if record.objects.all().knows_sites():
                there = record.objects.reached_by(access).order_by().values("pk")
                found |= Q(about_type=record.record_type(), about_id__in=there)
        return found

    def opened_by_link(self, access: Access) -> Self:
        """The ones that a link has opened in this browser."""
        return self.filter(pk__in=access.records).exclude(state=InvoiceState.DRAFT)

    def drafts(self) -> Self:
        """Those that nobody outside has seen."""
        return self.filter(state=InvoiceState.DRAFT)

    def issued(self) -> Self:
        """Those that are claimed: neither drafts nor cancelled."""
        return self.filter(state=InvoiceState.ISSUED)

    def open(self) -> Self:
        """Those of which something is owed."""
        return self.filter(state=InvoiceState.ISSUED, open_amount__gt=0)

    def paid(self) -> Self:
        """Those of which nothing is owed any more."""
        return self.filter(state=InvoiceState.ISSUED, open_amount=0)

    def overdue(self, on: date) -> Self:
        """The open ones whose day has passed, with the bank days."""
        return self.open().filter(overdue_from__lte=on)

    def pending(self, on: date) -> Self:
        """The open ones whose day is still to come."""
        return self.open().filter(Q(overdue_from__gt=on) | Q(overdue_from=None))

    def aged(self, on: date, first: int, last: int | None) -> Self:
        """The overdue ones that were due so many days ago, from the first to the last number of days."""
        found = self.overdue(on).filter(next_due_on__lte=on - timedelta(days=first))
        return found if last is None else found.filter(next_due_on__gte=on - timedelta(days=last))

    def in_period(self, first: date | None, last: date | None) -> Self:
        """Those issued from the first to the last day; None leaves an end open."""
        found = self
        if first is not None:
            found = found.filter(issued_on__gte=first)
        if last is not None:
            found = found.filter(issued_on__lte=last)
        return found

    def under_collection(self) -> Self:
        """The open ones that are not disputed and not given to an agency."""
        return self.open().filter(at_agency=False, disputed="")

    def totals(self) -> dict[str, dict[str, Any]]:
        """By currency: what was billed, what is open, what was settled. One statement."""
        rows = (
            self.order_by()
            .values("currency")
            .annotate(
                billed=Sum("total"), open=Sum("open_amount"), settled=Sum(F("total") - F("open_amount"))
            )
        )
        return {row.pop("currency"): row for row in rows}


class OfInvoiceQuerySet(CustomerOwnedQuerySet):
    """What hangs from an invoice. What hangs from none is the customer's as a whole."""

    parent_field = "invoice"


class NoteQuerySet(OfInvoiceQuerySet):
    """Fiscal notes."""

    def authorised(self) -> Self:
        """Those that hold."""
        return self.filter(state=NoteState.AUTHORISED)

    def in_period(self, first: date | None, last: date | None) -> Self:
        """Those issued from the first to the last day; None leaves an end open."""
        found = self
        if first is not None:
            found = found.filter(issued_on__gte=first)
        if last is not None:
            found = found.filter(issued_on__lte=last)
        return found


class SlipQuerySet(OfInvoiceQuerySet):
    """Boletos."""

    def visible_to(self, access: Access) -> Self:
        """Those of invoices that whoever is looking may see."""
        return super().visible_to(access).exclude(invoice__state=InvoiceState.DRAFT)

    def usable(self) -> Self:
        """Those that a bank takes money for."""
        return self.filter(state=SlipState.REGISTERED)

    def to_withdraw(self) -> Self:
        """Those that a bank still takes money for although nothing is owed: paid otherwise, credited or cancelled.

        A boleto for several instalments is owed as long as the invoice is.
        """
        nothing_owed = Q(instalment__open__lte=0) | Q(instalment=None, invoice__open_amount__lte=0)
        return self.usable().filter(nothing_owed | ~Q(invoice__state=InvoiceState.ISSUED))
