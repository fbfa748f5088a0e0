"""Accounts at providers and what they tell, for tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import stripe
from django.test import Client

from portal_modules.core.models import Company
from portal_modules.core.scope import company_scope
from portal_modules.payments.models import PaymentProvider
from portal_modules.payments.providers.sandbox.telling import HEADER, signature

SECRET = "whsec_only_for_tests"
EUROS = ["card", "multibanco", "mb_way"]


def account(company: Company, kind: str = "sandbox", **facts: Any) -> PaymentProvider:
    """An account of a company that is switched on."""
    with company_scope(company):
        row = PaymentProvider(
            kind=kind,
            label=facts.pop("label", f"Online ({kind})"),
            is_on=facts.pop("is_on", True),
            methods=facts.pop("methods", EUROS),
            **facts,
        )
        row.keep_secret("sk_test_only_for_tests")
        row.keep_webhook_secret(SECRET)
        row.save()
        return row


def stripe_event(kind: str, thing: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An event as Stripe writes it."""
    return {
        "id": f"evt_{kind}_{thing.get('id', '')}",
        "object": "event",
        "api_version": "2026-10-28.endive",
        "created": int(datetime.now(UTC).timestamp()),
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
        "data": {"object": thing},
        **more,
    }


def stripe_session(attempt: str, amount: int = 10000, **more: Any) -> dict[str, Any]:
    """A Checkout session that is paid."""
    return {
        "id": f"cs_test_{attempt}",
        "object": "checkout.session",
        "mode": "payment",
        "status": "complete",
        "payment_status": "paid",
        "amount_total": amount,
        "currency": "eur",
        "client_reference_id": attempt,
        "metadata": {"attempt": attempt},
        "payment_intent": f"pi_{attempt}",
        "payment_method_types": ["card"],
        "customer": None,
        "livemode": False,
        **more,
    }


def told(
    company: Company,
    event: dict[str, Any] | bytes,
    *,
    secret: str = SECRET,
    shift: int = 0,
    header: str | None = None,
    slug: str = "stripe",
) -> Any:
    """What is answered to a webhook that Stripe would send."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    at = int(datetime.now(UTC).timestamp()) + shift
    if header is None:
        mark = stripe.WebhookSignature.generate_signature_header(body.decode(), secret, timestamp=at)
        header = mark
    return Client().post(
        f"/hooks/{slug}/{company.uuid}/",
        data=body,
        content_type="application/json",
        headers={"Stripe-Signature": header},
    )


def sandbox_told(company: Company, event: dict[str, Any]) -> Any:
    """What is answered to a webhook of the sandbox."""
    body = json.dumps(event).encode()
    return Client().post(
        f"/hooks/sandbox/{company.uuid}/",
        data=body,
        content_type="application/json",
        headers={HEADER: signature(body, SECRET, datetime.now(UTC))},
    )
