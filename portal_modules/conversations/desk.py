"""What the home of the back office shows of conversations: who waits for an answer."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.desk import WorkItem
from portal_modules.core.rights import may

from .models import Thread


def work(request: Any) -> list[WorkItem]:
    """Messages of customers that nobody has answered."""
    if not may(request.user, "conversations.view"):
        return []
    return [
        WorkItem(
            _("Messages to answer"),
            f"{reverse('conversations_thread_modeladmin_index')}?waits_for_staff__exact=1&sort=last_message_at",
            Thread.objects.begun().filter(waits_for_staff=True),
            icon="comment",
            order=5,
            since="last_message_at",
        )
    ]
