"""Adjectives of the outbox, of the bell, and of what people chose to be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models.functions import Now

from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import DeliveryState, MailChoice

if TYPE_CHECKING:
    from portal_modules.core.access import Access


class OutboxQuerySet(models.QuerySet[Any]):
    """Messages of the outbox."""

    def due(self, at: datetime | Now) -> Self:
        """Those to be sent by then; `Now()` is the database's clock."""
        return self.filter(state=DeliveryState.WAITING, next_try_at__lte=at)


class BellQuerySet(CustomerOwnedQuerySet):
    """What the bell rang for."""

    def visible_to(self, access: Access) -> Self:
        """What it rang for to whoever is looking, of the customers and records that they still see."""
        found = super().visible_to(access).about_what_is_seen(access, "record_type", "record_id")
        return found.filter(user=access.user_id)

    def unread(self) -> Self:
        """Those that nobody has looked at yet."""
        return self.filter(read_at=None)

    def about(self, events: Iterable[str]) -> Self:
        """Those of these events."""
        return self.filter(event__in=list(events))


class MailPreferenceQuerySet(models.QuerySet[Any]):
    """What people chose."""

    def switched_off(self, event: str) -> Self:
        """The choices not to be mailed of an event."""
        return self.filter(event=event, choice=MailChoice.NEVER)
