"""The sandbox's books: its sessions and payers. Each function opens the company's scope for itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, Final
from uuid import UUID, uuid5

from django.utils import timezone

from portal_modules.core.models import Company
from portal_modules.core.scope import STAFF, Scope, company_scope, database_scope

from ...models.sandbox import SandboxPayer, SandboxSession
from ..base import Account, MoneyBack, Opened, ProviderRefused, SavedMethod, Seen, SessionState, Wanted
from .telling import deliver, event_of

_ENDED: Final = ("paid", "failed", "expired")


def open_session(account: Account, wanted: Wanted, address: str) -> Opened:
    """A page that waits; the one that there is, where the key is known."""
    with _books(account):
        session, _is_new = SandboxSession.objects.get_or_create(
            key=wanted.key,
            defaults={
                "attempt": wanted.attempt,
                "method": wanted.method,
                "amount": wanted.amount,
                "currency": wanted.currency,
                "parts": [[part.text, str(part.amount)] for part in wanted.parts],
                "payer": wanted.payer,
                "done_url": wanted.done_url,
                "back_url": wanted.back_url,
            },
        )
        if session.amount != wanted.amount or session.currency != wanted.currency:
            raise ProviderRefused("idempotency_error")
    return Opened(str(session.pk), address.replace("{session}", str(session.pk)))


def find_session(account: Account, name: str) -> Seen:
    """How it stands."""
    with _books(account):
        return seen(_session(name))


def decide(session: SandboxSession, state: str, account: Account) -> SandboxSession:
    """Somebody pressed a button of the page: it is so from now on, and is told. What has ended stays as it is."""
    with _books(account):
        row = SandboxSession.objects.select_for_update().get(pk=session.pk)
        if row.state in _ENDED or row.state == state:
            return row
        row.state = state
        row.save(update_fields=["state"])
        tell(row, account)
    return row


def expire(account: Account, name: str) -> Seen:
    """Take a page back."""
    with _books(account):
        row = _session(name, lock=True)
        if row.state == "open":
            row.state = "expired"
            row.save(update_fields=["state"])
        return seen(row)


def tell(session: SandboxSession, account: Account) -> None:
    """Have the state of a session told."""
    event = event_of(session.state, str(session.pk), facts(session))
    deliver.enqueue(account.company, account.webhook_secret, event)


def give_back(account: Account, charge: str, amount: Decimal, key: str) -> MoneyBack:
    """Money of a paid session back; asked twice with one key it goes once."""
    with _books(account):
        session = _session(charge.removeprefix("sbx_ch_"), lock=True)
        reference = _refund_of(session, key)
        back = MoneyBack(charge_of(session), reference, amount, session.currency, "succeeded", key=key)
        if session.state != "paid":
            raise ProviderRefused("charge_not_paid")
        if _kept(session, key) is not None:
            return back
        if session.refunded + amount > session.amount:
            raise ProviderRefused("charge_already_refunded")
        session.refunded += amount
        session.refund_keys.append(f"{key} {amount}")
        session.save(update_fields=["refunded", "refund_keys"])
        refund = {"id": reference, "amount": str(amount), "key": key}
        event = event_of("refunded", reference, {**facts(session), "refund": refund})
        deliver.enqueue(account.company, account.webhook_secret, event)
    return back


def given_back(account: Account, charge: str, key: str) -> MoneyBack | None:
    """What went back under a key; None where it was never asked for."""
    with _books(account):
        session = _session(charge.removeprefix("sbx_ch_"))
        amount = _kept(session, key)
        if amount is None:
            return None
        reference = _refund_of(session, key)
        return MoneyBack(charge_of(session), reference, amount, session.currency, "succeeded", key=key)


def _refund_of(session: SandboxSession, key: str) -> str:
    return f"sbx_re_{uuid5(session.pk, key).hex}"


def _kept(session: SandboxSession, key: str) -> Decimal | None:
    """The amount that went back under a key, which stands behind it."""
    kept = (each.partition(" ") for each in session.refund_keys)
    return next((Decimal(amount or session.amount) for name, _space, amount in kept if name == key), None)


def enrolled(account: Account, name: str, key: str) -> str:
    """Somebody who keeps ways to pay."""
    with _books(account):
        payer, _is_new = SandboxPayer.objects.get_or_create(key=key, defaults={"name": name})
        return str(payer.pk)


def send_back_to(account: Account, payer: str, back_url: str) -> None:
    """Remember where the page of a payer leads back to."""
    with _books(account):
        if not SandboxPayer.objects.filter(pk=_uuid(payer)).update(back_url=back_url):
            raise ProviderRefused("resource_missing")


def kept_by(account: Account, payer: str) -> list[SavedMethod]:
    """The ways to pay of a payer."""
    with _books(account):
        found = SandboxPayer.objects.filter(pk=_uuid(payer)).first()
    return [] if found is None else [saved(each) for each in found.methods]


def take(account: Account, wanted: Wanted, method: str) -> Seen:
    """A payment with a kept card. One that ends in 0002 is declined, as at Stripe's."""
    with _books(account):
        payer = SandboxPayer.objects.filter(pk=_uuid(wanted.payer)).first()
        kept = {each["reference"]: saved(each) for each in (payer.methods if payer else [])}
        card, today = kept.get(method), timezone.localdate()
        is_good = card is not None and not card.label.endswith("0002")
        if card is not None and card.ends is not None and card.ends < (today.year, today.month):
            is_good = False
        session, is_new = SandboxSession.objects.get_or_create(
            key=wanted.key,
            defaults={
                "attempt": wanted.attempt,
                "method": wanted.method,
                "amount": wanted.amount,
                "currency": wanted.currency,
                "payer": wanted.payer,
                "state": "paid" if is_good else "failed",
            },
        )
        if is_new and is_good:
            tell(session, account)
        return seen(session)


def facts(session: SandboxSession) -> dict[str, Any]:
    """A session as it stands in an event."""
    return {
        "id": str(session.pk),
        "state": session.state,
        "attempt": session.attempt,
        "amount": str(session.amount),
        "currency": session.currency,
        "method": session.method,
        "payer": session.payer,
        "charge": charge_of(session),
    }


def seen(session: SandboxSession) -> Seen:
    """A session in the words of the interface."""
    return Seen(
        session=str(session.pk),
        state=SessionState(session.state),
        attempt=session.attempt,
        amount=session.amount,
        currency=session.currency,
        charge=charge_of(session),
        method=session.method,
        payer=session.payer,
    )


def charge_of(session: SandboxSession) -> str:
    """What the money of a session is found by; "" before it is paid."""
    return f"sbx_ch_{session.pk}" if session.state == "paid" else ""


def saved(row: dict[str, Any]) -> SavedMethod:
    """A kept way to pay."""
    ends = row.get("ends")
    return SavedMethod(row["reference"], row["label"], row["method"], (ends[0], ends[1]) if ends else None)


@contextmanager
def _books(account: Account) -> Iterator[None]:
    with database_scope(Scope(role=STAFF, companies=(account.company_id,))):
        company = Company.objects.get(pk=account.company_id)
    with company_scope(company):
        yield


def _session(name: str, *, lock: bool = False) -> SandboxSession:
    rows = SandboxSession.objects.select_for_update() if lock else SandboxSession.objects.all()
    found = rows.filter(pk=_uuid(name)).first()
    if found is None:
        raise ProviderRefused("resource_missing")
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ProviderRefused("resource_missing") from None
