"""A message that is written goes out after the commit."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from portal_modules.core.events import events

from .events import MESSAGE_WRITTEN
from .tasks import deliver


@events.receive(MESSAGE_WRITTEN)
def send_after_commit(message_id: UUID, company_id: int) -> None:
    """Hand it to the queue; when that is lost, the sweep finds the message.

    Of many that are written together the first one is enough: its delivery goes on with the others.
    """
    if connection.is_first_of_transaction(("notifications.deliver", company_id)):  # type: ignore[attr-defined]
        deliver.enqueue(str(message_id), company_id)
