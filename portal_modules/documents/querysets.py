"""What of the files, and of the documents asked for, is visible to whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Case, F, Q, When

from portal_modules.core.companies import card_in_scope
from portal_modules.core.records import records
from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import OPEN_REQUESTS, WAITING_FOR_CUSTOMER, Scan, Visibility

if TYPE_CHECKING:
    from uuid import UUID

    from portal_modules.core.access import Access


class DocumentQuerySet(CustomerOwnedQuerySet):
    """Files of customers' records."""

    def visible_to(self, access: Access) -> Self:
        """Those that are for both sides. Whether the record is theirs to see is asked of the record."""
        found = super().visible_to(access).about_what_is_seen(access, "record_type", "record_id")
        return found.kept().filter(visibility=Visibility.BOTH)

    def shared(self, access: Access) -> Self:
        """Those beside the records that a link has opened, where its sender ticked the documents."""
        opened = access.records if "documents" in access.parts else ()
        return self.filter(record_id__in=opened, visibility=Visibility.BOTH).kept()

    def kept(self) -> Self:
        """Those that are not removed, and in which no scanner found anything."""
        return self.filter(removed_at=None).exclude(scan=Scan.INFECTED)

    def of_record(self, record: Any) -> Self:
        """The files beside a record."""
        return self.of(record.record_type(), record.pk)

    def of(self, record_type: str, record_id: UUID) -> Self:
        """The files beside the record of a type and an id."""
        return self.filter(record_type=record_type, record_id=record_id)


class RequestQuerySet(CustomerOwnedQuerySet):
    """Documents that the company asked a customer for."""

    def visible_to(self, access: Access) -> Self:
        """Those of the customers that whoever is looking belongs to, unless they are about what is switched off,
        or not for their role.
        """
        if not access.customer_ids:
            return self.none()
        found = super().visible_to(access).about_what_is_seen(access, "about_type", "about_id")
        return found.about_what_is_on()

    def at_sites(self, access: Access) -> Q:
        """Those about what is there: what is asked about nothing is asked of the customer as a whole."""
        return Q(about_id__isnull=False) & ~self.away(access, "about_type", "about_id")

    def about_what_is_on(self) -> Self:
        """Without those for records of modules that are off in the company in scope."""
        off = records.types_outside(card_in_scope().modules)
        return self.exclude(about_type__in=off) if off else self

    def open(self) -> Self:
        """Those that are neither accepted nor withdrawn."""
        return self.filter(state__in=OPEN_REQUESTS)

    def waiting_for_customer(self) -> Self:
        """Those that the customer has to send, or to send again."""
        return self.filter(state__in=WAITING_FOR_CUSTOMER)

    def most_pressing(self) -> Self:
        """First what the customer has to send, by the day it is due; then the others, newest first."""
        first = Case(When(state__in=WAITING_FOR_CUSTOMER, then=0), default=1)
        due = Case(When(state__in=WAITING_FOR_CUSTOMER, then=F("due_on")))
        return self.order_by(first, due.asc(nulls_last=True), "-number")

    def overdue(self, on: date) -> Self:
        """Those whose day is over."""
        return self.waiting_for_customer().filter(due_on__lt=on)

    def for_record(self, record: Any) -> Self:
        """Those that are needed for a record, such as a process."""
        return self.about(record.record_type(), record.pk)

    def about(self, record_type: str, record_id: UUID) -> Self:
        """Those that are needed for the record of a type and an id."""
        return self.filter(about_type=record_type, about_id=record_id)
