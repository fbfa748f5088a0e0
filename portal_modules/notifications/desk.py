"""What the home of the back office shows of mails: those that did not arrive."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.desk import WorkItem
from portal_modules.core.rights import may

from .choices import NOT_ARRIVED, DeliveryState
from .models import OutboxMessage


def work(request: Any) -> list[WorkItem]:
    """Mails that were given up, and those that came back."""
    if not may(request.user, "notifications.view"):
        return []
    register = reverse("notifications_outboxmessage_modeladmin_index")
    labels = {DeliveryState.FAILED: _("Mails that failed"), DeliveryState.BOUNCED: _("Mails that came back")}
    return [
        WorkItem(
            labels[state],
            f"{register}?state__exact={state}&sort=created_at",
            OutboxMessage.objects.filter(state=state),
            icon="mail",
            order=40 + place,
            pressing=True,
            since="created_at",
        )
        for place, state in enumerate(NOT_ARRIVED)
    ]
