"""A share link of the tests' world, without its mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal_modules.accounts.models import ShareLink
from portal_modules.core.access import ActorKind
from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope


def link_to(
    company: Company,
    record: Any,
    sender: Any,
    *,
    parts: Sequence[str] = (),
    most_views: int = 5,
    **values: Any,
) -> ShareLink:
    """A link of somebody's to a record, for Rita, good for a week."""
    with company_scope(company):
        link: ShareLink = ShareLink.objects.create(
            company=company,
            customer_id=record.customer_id,
            record_type=record.record_type(),
            record_id=record.pk,
            title="What was shared",
            parts=["facts", *parts],
            recipient_name="Rita Reis",
            recipient_email="rita@bank.example",
            language="en",
            until=timezone.now() + timedelta(days=7),
            most_views=most_views,
            link_hash="0" * 64,
            sender=sender,
            sender_name=str(sender),
            **{"actor_kind": ActorKind.CONTACT, **values},
        )
    return link
