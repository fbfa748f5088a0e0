"""What the home of the back office shows of ways in: requests for access, and invitations that did not arrive."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.desk import WorkItem
from portal_modules.core.rights import may

from .models import AccessRequest, Invitation


def work(request: Any) -> list[WorkItem]:
    """People who ask for access, and those whose link came back."""
    if not may(request.user, "customers.access"):
        return []
    return [
        WorkItem(
            _("Invitations that did not arrive"),
            f"{reverse('accounts_invitations')}?state=bounced",
            Invitation.objects.for_contacts().bounced(),
            icon="mail",
            order=50,
            pressing=True,
        ),
        WorkItem(
            _("Requests for access"),
            reverse("accounts_requests"),
            AccessRequest.objects.for_staff(),
            icon="user",
            order=49,
        ),
    ]
