"""What Stripe's events and objects say, in our words. Nothing here asks anybody.

Field names are those of the installed package's types (API 2026-10-28.endive); a test compares them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from .base import Account, Meaning, MoneyBack, NotReadable, Seen, SessionState
from .minor import from_minor

# Deeper than any event of Stripe's, and shallower than what the database refuses to keep.
_DEEPEST: Final = 40


def read_event(body: bytes) -> dict[str, Any]:
    """The event of a body that was proved. Raises `NotReadable` for what could not be kept either."""
    try:
        text = body.decode()
        event = json.loads(text, parse_constant=_no_constant)
        json.dumps(event, ensure_ascii=False).encode()  # lone surrogates end here
    except (ValueError, RecursionError):
        raise NotReadable("no JSON") from None
    if not isinstance(event, dict) or "\\u0000" in text or _depth(event) > _DEEPEST:
        raise NotReadable("no event")
    return event


def moment(value: object) -> datetime:
    """A time as Stripe writes it: seconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**33:
        raise NotReadable("no time")
    return datetime.fromtimestamp(value, UTC)


def session_seen(session: Mapping[str, Any]) -> Seen:
    """A Checkout session."""
    paid, status = session.get("payment_status"), session.get("status")
    if paid == "paid":
        state = SessionState.PAID
    elif status == "complete":
        state = SessionState.PENDING
    else:
        state = SessionState.EXPIRED if status == "expired" else SessionState.OPEN
    kinds = session.get("payment_method_types")
    return Seen(
        session=_text(session, "id"),
        state=state,
        attempt=_attempt(session) or _text(session, "client_reference_id"),
        charge=_id_of(session.get("payment_intent")),
        method=kinds[0] if isinstance(kinds, list) and len(kinds) == 1 and isinstance(kinds[0], str) else "",
        payer=_id_of(session.get("customer")),
        is_live=session.get("livemode") is True,
        **_money(session, "amount_total"),
    )


def intent_seen(intent: Mapping[str, Any], state: SessionState) -> Seen:
    """A PaymentIntent: one of a session carries the attempt, as the session does."""
    return Seen(
        session="",
        state=state,
        attempt=_attempt(intent),
        charge=_text(intent, "id"),
        payer=_id_of(intent.get("customer")),
        is_live=intent.get("livemode") is True,
        **_money(intent, "amount_received" if state == SessionState.PAID else "amount"),
    )


def money_back(thing: Mapping[str, Any]) -> MoneyBack:
    """A refund or a dispute: money that went back, will go, or is asked back by the payer's bank."""
    return MoneyBack(
        charge=_id_of(thing.get("payment_intent")) or _id_of(thing.get("charge")),
        reference=_text(thing, "id"),
        state=_text(thing, "status"),
        reason=_text(thing, "reason") or _text(thing, "failure_reason"),
        key=_text(thing.get("metadata") or {}, "key"),
        **_money(thing, "amount"),
    )


def meaning_of(account: Account, payload: Mapping[str, Any]) -> Meaning:
    """What an event means."""
    kind, thing = payload.get("type"), _object(payload)
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        return Meaning()
    try:
        return reader(thing)
    except (TypeError, AttributeError, LookupError, ArithmeticError, ValueError):
        raise NotReadable(str(kind)) from None


def _completed(thing: Mapping[str, Any]) -> Meaning:
    if thing.get("mode") != "payment" or thing.get("payment_status") == "no_payment_required":
        return Meaning()
    return Meaning(seen=session_seen(thing))


def _failed(thing: Mapping[str, Any]) -> Meaning:
    seen = session_seen(thing)
    # A session that failed says "complete" and "unpaid", as one that is still awaited does.
    return Meaning(seen=_with_state(seen, SessionState.FAILED))


def _expired(thing: Mapping[str, Any]) -> Meaning:
    return Meaning(seen=_with_state(session_seen(thing), SessionState.EXPIRED))


def _succeeded(thing: Mapping[str, Any]) -> Meaning:
    return Meaning(seen=intent_seen(thing, SessionState.PAID))


def _processing(thing: Mapping[str, Any]) -> Meaning:
    return Meaning(seen=intent_seen(thing, SessionState.PENDING))


def _refunded(thing: Mapping[str, Any]) -> Meaning:
    """A charge of which something went back. Its refunds stand in it, or are told by events of their own."""
    kept = (thing.get("refunds") or {}).get("data") or []
    charge = _id_of(thing.get("payment_intent")) or _text(thing, "id")
    return Meaning(refunds=[money_back({**each, "payment_intent": charge}) for each in kept])


def _one_refund(thing: Mapping[str, Any]) -> Meaning:
    return Meaning(refunds=[money_back(thing)])


def _disputed(thing: Mapping[str, Any]) -> Meaning:
    return Meaning(dispute=money_back(thing))


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Meaning]]] = {
    "checkout.session.completed": _completed,
    "checkout.session.async_payment_succeeded": _completed,
    "checkout.session.async_payment_failed": _failed,
    "checkout.session.expired": _expired,
    "payment_intent.succeeded": _succeeded,
    "payment_intent.processing": _processing,
    "charge.refunded": _refunded,
    "refund.created": _one_refund,
    "refund.updated": _one_refund,
    "refund.failed": _one_refund,
    "charge.dispute.created": _disputed,
    "charge.dispute.updated": _disputed,
    "charge.dispute.closed": _disputed,
    "charge.dispute.funds_withdrawn": _disputed,
    "charge.dispute.funds_reinstated": _disputed,
}

# What the company's endpoint at Stripe has to be told of.
EVENTS: Final = tuple(_READERS)


def _money(thing: Mapping[str, Any], name: str) -> dict[str, Any]:
    currency = _text(thing, "currency").upper()
    units = thing.get(name)
    if isinstance(units, bool) or not isinstance(units, int) or not -(2**53) < units < 2**53:
        raise NotReadable(f"{name} is no amount")
    return {"amount": from_minor(units, currency), "currency": currency}


def _with_state(seen: Seen, state: SessionState) -> Seen:
    return replace(seen, state=state)


def _attempt(thing: Mapping[str, Any]) -> str:
    kept = thing.get("metadata")
    return _text(kept, "attempt") if isinstance(kept, Mapping) else ""


def _text(thing: Mapping[str, Any], name: str) -> str:
    value = thing.get(name)
    return value[:255] if isinstance(value, str) else ""


def _id_of(value: object) -> str:
    """The id of what may be written out or only named."""
    if isinstance(value, Mapping):
        return _text(value, "id")
    return value[:255] if isinstance(value, str) else ""


def _object(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    data = payload.get("data")
    thing = data.get("object") if isinstance(data, Mapping) else None
    if not isinstance(thing, Mapping):
        raise NotReadable("no object")
    return thing


def _depth(value: object) -> int:
    """How deep lists and objects stand in each other, without recursion."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        each, level = waiting.pop()
        deepest = max(deepest, level)
        inner = each.values() if isinstance(each, dict) else each if isinstance(each, list) else ()
        waiting += [(one, level + 1) for one in inner]
    return deepest


def _no_constant(name: str) -> None:
    raise ValueError(name)
