"""What of the processes is visible to whom, and how they are told apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Case, F, Q, Value, When

from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import OPEN_REVIEWS, OPEN_STATES

if TYPE_CHECKING:
    from portal_modules.core.access import Access


class ProcessQuerySet(CustomerOwnedQuerySet):
    """Processes of a company."""

    def opened_by_number(self, access: Access) -> Self:
        """The ones that a lookup number has opened in this browser."""
        return self.filter(pk__in=access.records)

    def open(self) -> Self:
        """Those that the office is at work on."""
        return self.filter(state__in=OPEN_STATES)

    def waiting_first(self) -> Self:
        """Those where the customer can do something first, then those that have waited longest."""
        has_action = Case(When(phase__customer_action="", then=Value(1)), default=Value(0))
        return self.order_by(has_action, "phase_since", "pk")

    def past_their_usual_time(self, on: date) -> Self:
        """Those that have been in their phase for longer than it usually takes."""
        return self.open().filter(
            phase__usual_days_max__isnull=False, phase_since__lt=Value(on) - F("phase__usual_days_max")
        )


class NoticeQuerySet(CustomerOwnedQuerySet):
    """What the office wrote about a process."""

    site_field = "process__site"

    def published(self) -> Self:
        """Those that customers may read."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")

    def marked(self) -> Self:
        """Those that also whoever knows the number may read."""
        return self.published().filter(is_marked=True)


class ReviewQuerySet(CustomerOwnedQuerySet):
    """What customers asked to have looked at again."""

    site_field = "process__site"

    def at_sites(self, access: Access) -> Q:
        """Those about a process that is there; what is about none is for whoever asked it."""
        there = Q(process__site__in=access.sites)
        return there | Q(process=None, asked_by=access.user_id) if access.user_id else there

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state__in=OPEN_REVIEWS)
