"""What of the conversations is visible to whom, and what is new to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from portal_modules.core.access import ActorKind
from portal_modules.customers.querysets import CustomerOwnedQuerySet

from .choices import SAID, MessageKind

if TYPE_CHECKING:
    from uuid import UUID

    from portal_modules.core.access import Access


class MessageQuerySet(CustomerOwnedQuerySet):
    """Lines of threads."""

    def visible_to(self, access: Access) -> Self:
        """Without the notes of the staff."""
        found = super().visible_to(access)
        found = found.about_what_is_seen(access, "thread__record_type", "thread__record_id")
        return found.exclude(kind=MessageKind.NOTE)

    def shared(self, access: Access) -> Self:
        """Those of the records that a link has opened, where its sender ticked the conversation."""
        opened = access.records if "conversation" in access.parts else ()
        return self.filter(thread__record_id__in=opened).exclude(kind=MessageKind.NOTE)

    def of_record(self, record: Any) -> Self:
        """The thread of a record."""
        return self.of(record.record_type(), record.pk)

    def of(self, record_type: str, record_id: UUID) -> Self:
        """The thread of the record of a type and an id."""
        return self.filter(thread__record_type=record_type, thread__record_id=record_id)

    def said(self) -> Self:
        """Those that are addressed to the other side."""
        return self.filter(kind__in=SAID)

    def from_staff(self) -> Self:
        """What the company said."""
        return self.said().filter(actor_kind__in=(ActorKind.STAFF, ActorKind.SYSTEM))


class ThreadQuerySet(CustomerOwnedQuerySet):
    """Conversations."""

    def visible_to(self, access: Access) -> Self:
        """Those about records that whoever is looking sees."""
        return super().visible_to(access).about_what_is_seen(access, "record_type", "record_id")

    def of_record(self, record: Any) -> Self:
        """The one about a record, if there is one yet."""
        return self.filter(record_type=record.record_type(), record_id=record.pk)

    def begun(self) -> Self:
        """Those in which something was said."""
        return self.filter(last_message_at__isnull=False)

    def with_unread(self, user_id: int | None) -> Self:
        """With `unread`: how much the company said since this person of the customer's looked."""
        message = apps.get_model("conversations", "Message")
        follower = apps.get_model("conversations", "Follower")
        looked = follower.objects.filter(thread=OuterRef("thread"), user_id=user_id).values("read_until")[:1]
        new = (
            message.objects.from_staff()
            .filter(thread=OuterRef("pk"))
            .annotate(looked=Subquery(looked))
            .filter(Q(looked=None) | Q(created_at__gt=F("looked")))
            .order_by()
            .values("thread")
            .annotate(count=Count("pk"))
            .values("count")
        )
        return self.annotate(unread=Coalesce(Subquery(new, output_field=IntegerField()), 0))
