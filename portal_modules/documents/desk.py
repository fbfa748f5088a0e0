"""What the home of the back office shows of documents: what was sent and not yet looked at, and what is late."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.desk import WorkItem
from portal_modules.core.rights import may

from .choices import RequestState
from .models import DocumentRequest


def work(request: Any) -> list[WorkItem]:
    """Documents that customers have sent."""
    if not may(request.user, "documents.view"):
        return []
    return [
        WorkItem(
            _("Documents to check"),
            f"{reverse('documents_documentrequest_modeladmin_index')}?state__exact={RequestState.SENT}&sort=asked_at",
            DocumentRequest.objects.filter(state=RequestState.SENT),
            icon="doc-full",
            order=15,
            since="asked_at",
        )
    ]
