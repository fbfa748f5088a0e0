"""A message that is written goes out after the commit."""

from __future__ import annotations

from uuid import UUID

from portal_modules.core.events import events

from .events import MESSAGE_WRITTEN
from .tasks import deliver


@events.receive(MESSAGE_WRITTEN)
def send_after_commit(message_id: UUID, company_id: int) -> None:
    """Hand it to the queue; when that is lost, the sweep finds the message."""
    deliver.enqueue(str(message_id), company_id)
