"""The sandbox behind the interface of all providers."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any, ClassVar, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import fits

from ..base import (
    TOLERANCE_SECONDS,
    Account,
    Balance,
    Meaning,
    MoneyBack,
    NotProved,
    NotReadable,
    Opened,
    Payout,
    SavedMethod,
    Seen,
    SessionState,
    Told,
    Trial,
    Wanted,
)
from ..methods import METHODS
from . import ledger
from .telling import HEADER

_HEADER: Final = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})\Z")
_NO_PAGE: Final = "00000000-0000-0000-0000-000000000000"


class SandboxProvider:
    """The adapter. Its pages are ours, and what it tells comes by the same road as a real provider's."""

    slug: ClassVar[str] = "sandbox"
    label: ClassVar[str | Promise] = _("Sandbox")
    needs_key: ClassVar[bool] = False

    def methods(self, currency: str, country: str) -> list[str]:
        """All that exist for a currency and country."""
        return [method.code for method in METHODS.values() if method.is_for(currency, country)]

    def begin(self, account: Account, wanted: Wanted) -> Opened:
        """A session, and our own page for it."""
        return ledger.open_session(account, wanted, self._page("payments:sandbox"))

    def read(self, account: Account, session: str) -> Seen:
        """The session as it stands."""
        return ledger.find_session(account, session)

    def close(self, account: Account, session: str) -> Seen:
        """Expire what is open."""
        found = ledger.find_session(account, session)
        return ledger.expire(account, session) if found.state == SessionState.OPEN else found

    def verify(self, account: Account, body: bytes, headers: Mapping[str, str], now: datetime) -> Told:
        """As a real one: a keyed hash over the second and the raw body."""
        found = _HEADER.match(headers.get(HEADER, ""))
        if not account.webhook_secret or not found:
            raise NotProved("no signature")
        if abs(now.timestamp() - int(found[1])) > TOLERANCE_SECONDS:
            raise NotProved("another time")
        wanted = hmac.new(account.webhook_secret.encode(), f"{found[1]}.".encode() + body, sha256)
        if not hmac.compare_digest(wanted.hexdigest(), found[2]):
            raise NotProved("another signature")
        try:
            event = json.loads(body)
            created = datetime.fromtimestamp(int(event["created"]), UTC)
            name, kind = str(event["id"]), str(event["kind"])
        except (ValueError, TypeError, KeyError, OverflowError, OSError, RecursionError):
            raise NotReadable("no event") from None
        if event.get("is_live") is not account.is_live:
            raise NotProved("another mode")
        return Told(name[:255], kind[:100], created, event)

    def understand(self, account: Account, payload: Mapping[str, Any]) -> Meaning:
        """What an event means."""
        try:
            return _meaning(payload)
        except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
            raise NotReadable("no session") from None

    def refund(self, account: Account, charge: str, amount: Decimal, currency: str, key: str) -> MoneyBack:
        """Back at once."""
        return ledger.give_back(account, charge, amount, key)

    def find_refund(self, account: Account, charge: str, key: str) -> MoneyBack | None:
        """From its books."""
        return ledger.given_back(account, charge, key)

    def try_out(self, account: Account) -> Trial:
        """It has no key, and always answers."""
        return Trial(True, _("The sandbox is ready. It moves no money."), is_live=False)

    def manage_methods(self, account: Account, payer: str, back_url: str) -> str:
        """Its page for kept cards."""
        ledger.send_back_to(account, payer, back_url)
        return self._page("payments:sandbox_payer").replace("{session}", payer)

    def enrol(self, account: Account, payer: str, name: str, email: str, key: str) -> str:
        """A payer."""
        return payer or ledger.enrolled(account, name, key)

    def saved_methods(self, account: Account, payer: str) -> list[SavedMethod]:
        """Their cards."""
        return ledger.kept_by(account, payer)

    def charge_saved(self, account: Account, wanted: Wanted, method: str) -> Seen:
        """With a kept card."""
        return ledger.take(account, wanted, method)

    def balances(self, account: Account) -> list[Balance]:
        """It holds nothing."""
        return []

    def payouts(self, account: Account, most: int = 100) -> list[Payout]:
        """It sends nothing."""
        return []

    @staticmethod
    def _page(name: str) -> str:
        """A page of the company's, in the language and below the prefix that are in force."""
        return reverse(name, args=[_NO_PAGE]).replace(_NO_PAGE, "{session}")


def _meaning(payload: Mapping[str, Any]) -> Meaning:
    session = payload["session"]
    amount, currency = Decimal(session["amount"]), str(session["currency"])
    if not amount.is_finite() or not fits(amount, currency):
        raise ValueError
    if payload["kind"] == "refunded":
        refund = session["refund"]
        given = Decimal(refund["amount"])
        charge, key = str(session["charge"]), str(refund.get("key", ""))
        back = MoneyBack(charge, str(refund["id"]), given, currency, "succeeded", key=key)
        return Meaning(refunds=[back])
    seen = Seen(
        session=str(session["id"]),
        state=SessionState(payload["kind"]),
        attempt=str(session["attempt"]),
        amount=amount,
        currency=currency,
        charge=str(session["charge"]),
        method=str(session["method"]),
        payer=str(session["payer"]),
    )
    return Meaning(seen=seen)
