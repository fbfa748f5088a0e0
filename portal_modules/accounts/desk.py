"""What the home of the back office shows of ways in: requests, lost invitations, and terms that are not out yet."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from portal_modules.core.desk import WorkItem
from portal_modules.core.rights import may

from .models import AccessRequest, DoorWait, Invitation, LegalText


def work(request: Any) -> list[WorkItem]:
    """People who ask for access, those whose link came back, and drafts of terms and privacy notices."""
    items: list[WorkItem] = []
    if may(request.user, "customers.access"):
        items += _ways_in()
    if may(request.user, "accounts.edit"):
        items.append(
            WorkItem(
                _("Drafts of terms and privacy notices"),
                reverse("wagtailsnippets_accounts_legaltext:list"),
                LegalText.objects.drafts(),
                icon="doc-full",
                order=60,
            )
        )
    return items


def _ways_in() -> list[WorkItem]:
    return [
        WorkItem(
            _("Invitations that did not arrive"),
            f"{reverse('accounts_invitations')}?state=bounced",
            Invitation.objects.for_contacts().bounced(),
            icon="mail",
            order=50,
            pressing=True,
            since="sent_at",
        ),
        WorkItem(
            _("Requests for access"),
            reverse("accounts_requests"),
            AccessRequest.objects.for_staff(),
            icon="user",
            order=49,
            since="asked_at",
        ),
        WorkItem(
            _("Made to wait at a door"),
            reverse("accounts_waiting"),
            DoorWait.objects.waiting(),
            icon="lock",
            order=51,
        ),
    ]
