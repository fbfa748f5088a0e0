"""Stripe: hosted Checkout, its customer portal, signed webhooks, through the official client.

The client makes a random key for each POST of its own; ours is the attempt's, so that a request that is sent
again, by us or by somebody who presses twice, is the same one.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

import stripe as library
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .base import (
    TOLERANCE_SECONDS,
    Account,
    Balance,
    KeyRefused,
    Meaning,
    MoneyBack,
    NotProved,
    Opened,
    Payout,
    ProviderFault,
    ProviderRefused,
    ProviderUnreachable,
    SavedMethod,
    Seen,
    SessionState,
    Told,
    Trial,
    Wanted,
)
from .methods import METHODS
from .minor import from_minor, to_minor
from .stripe_words import intent_seen, meaning_of, moment, money_back, read_event, session_seen

logger = logging.getLogger(__name__)
# What the library tells of each request may quote what was sent.
logging.getLogger("stripe").setLevel(logging.WARNING)

TIMEOUT_SECONDS: Final = (4, 12)
_METHODS: Final = ("card", "pix", "boleto", "multibanco", "mb_way")
_LOCALES: Final = {"pt-br": "pt-BR", "pt-pt": "pt", "pt": "pt", "es": "es", "en": "en"}
_HEADER: Final = re.compile(r"t=(\d{1,12})(?:,[a-z0-9_]{1,10}=[0-9A-Za-z]{1,128}){1,20}\Z")


class StripeProvider:
    """The adapter. Raises nothing but `ProviderFault`, and what the interface names for webhooks."""

    slug: ClassVar[str] = "stripe"
    label: ClassVar[str | Promise] = "Stripe"
    needs_key: ClassVar[bool] = True

    def methods(self, currency: str, country: str) -> list[str]:
        """What Checkout has for a currency and country, of those that we know how to confirm."""
        return [code for code in _METHODS if METHODS[code].is_for(currency, country)]

    def begin(self, account: Account, wanted: Wanted) -> Opened:
        """A Checkout session with one line for each invoice, and one way to pay."""
        about = {"attempt": wanted.attempt, "company": account.company}
        params: dict[str, Any] = {
            "mode": "payment",
            "client_reference_id": wanted.attempt,
            "metadata": about,
            "payment_intent_data": {"metadata": about},
            "payment_method_types": [wanted.method],
            "locale": _LOCALES.get(wanted.language, "auto"),
            "line_items": [_line(wanted, part.text, part.amount) for part in wanted.parts],
            "success_url": wanted.done_url,
            "cancel_url": wanted.back_url,
        }
        if wanted.payer:
            params["customer"] = wanted.payer
        elif wanted.payer_email:
            params["customer_email"] = wanted.payer_email
        if wanted.keep_method and wanted.payer and METHODS[wanted.method].can_be_kept:
            params["payment_intent_data"]["setup_future_usage"] = "off_session"
        with asking_stripe():
            made = stripe_client(account).v1.checkout.sessions.create(
                params=params,  # type: ignore[arg-type]  # built piece by piece
                options={"idempotency_key": wanted.key},
            )
        if not made.url:
            raise ProviderRefused("no address")
        return Opened(made.id, made.url)

    def read(self, account: Account, session: str) -> Seen:
        """The session as it stands."""
        with asking_stripe():
            return session_seen(stripe_client(account).v1.checkout.sessions.retrieve(session).to_dict())

    def close(self, account: Account, session: str) -> Seen:
        """Expire it; Stripe refuses that for one that was completed, which is then read."""
        try:
            with asking_stripe():
                return session_seen(stripe_client(account).v1.checkout.sessions.expire(session).to_dict())
        except ProviderRefused:
            return self.read(account, session)

    def verify(self, account: Account, body: bytes, headers: Mapping[str, str], now: datetime) -> Told:
        """The library checks the signature and the past; the future, the mode and the account are checked here."""
        header = headers.get("Stripe-Signature", "")
        found = _HEADER.match(header)
        if not account.webhook_secret or not found or header.count("t=") != 1:
            raise NotProved("no signature")
        if abs(now.timestamp() - int(found[1])) > TOLERANCE_SECONDS:
            raise NotProved("another time")
        try:
            library.WebhookSignature.verify_header(body.decode(), header, account.webhook_secret, None)
        except (library.SignatureVerificationError, UnicodeDecodeError):
            raise NotProved("another signature") from None
        event = read_event(body)
        if event.get("livemode") is not account.is_live:
            raise NotProved("another mode")
        if event.get("account") and event["account"] != account.account_id:
            raise NotProved("another account")
        name, kind = event.get("id"), event.get("type")
        if not isinstance(name, str) or not isinstance(kind, str) or not 0 < len(name) <= 255:
            raise NotProved("no event")
        return Told(name, kind[:100], moment(event.get("created")), event)

    def understand(self, account: Account, payload: Mapping[str, Any]) -> Meaning:
        """What an event means."""
        return meaning_of(account, payload)

    def refund(self, account: Account, charge: str, amount: Decimal, currency: str, key: str) -> MoneyBack:
        """Money back to where it came from. Boletos cannot be refunded, which Stripe says itself."""
        with asking_stripe():
            made = stripe_client(account).v1.refunds.create(
                params={
                    "payment_intent": charge,
                    "amount": to_minor(amount, currency),
                    "metadata": {"key": key},
                },
                options={"idempotency_key": key},
            )
        return money_back(made.to_dict())

    def find_refund(self, account: Account, charge: str, key: str) -> MoneyBack | None:
        """Among the refunds of the charge: each of ours carries its key."""
        with asking_stripe():
            params: Any = {"payment_intent": charge, "limit": 100}
            found = stripe_client(account).v1.refunds.list(params=params).to_dict()
        backs = (money_back(each) for each in found.get("data") or [])
        return next((back for back in backs if back.key == key), None)

    def try_out(self, account: Account) -> Trial:
        """Ask whose key it is."""
        try:
            with asking_stripe():
                found = stripe_client(account).v1.accounts.retrieve_current().to_dict()
        except KeyRefused:
            return Trial(False, _("Stripe does not know this key. Copy it again from Stripe's dashboard."))
        except ProviderUnreachable:
            return Trial(False, _("Stripe does not answer just now. Try again in a minute."))
        except ProviderFault as fault:
            return Trial(False, _("Stripe refused: %(words)s") % {"words": fault.words})
        name = str((found.get("settings") or {}).get("dashboard", {}).get("display_name") or found["id"])
        if found.get("charges_enabled") is False:
            return Trial(
                False,
                _("The key is good, but Stripe does not take payments for %(name)s yet.") % {"name": name},
                account_id=str(found["id"]),
            )
        return Trial(
            True, _("The key is good: it belongs to %(name)s.") % {"name": name}, account_id=str(found["id"])
        )

    def manage_methods(self, account: Account, payer: str, back_url: str) -> str:
        """A session of the customer portal."""
        with asking_stripe():
            made = stripe_client(account).v1.billing_portal.sessions.create(
                params={"customer": payer, "return_url": back_url}
            )
        return made.url

    def enrol(self, account: Account, payer: str, name: str, email: str, key: str) -> str:
        """A customer at Stripe."""
        if payer:
            return payer
        with asking_stripe():
            made = stripe_client(account).v1.customers.create(
                params={"name": name, "email": email, "metadata": {"company": account.company}},
                options={"idempotency_key": key},
            )
        return made.id

    def saved_methods(self, account: Account, payer: str) -> list[SavedMethod]:
        """Their cards, the one that they prefer first."""
        with asking_stripe():
            client = stripe_client(account)
            customer = client.v1.customers.retrieve(payer).to_dict()
            found = client.v1.payment_methods.list(params={"customer": payer, "type": "card"}).to_dict()
        preferred = (customer.get("invoice_settings") or {}).get("default_payment_method")
        kept = [_saved(each) for each in found.get("data", [])]
        return sorted(kept, key=lambda method: method.reference != preferred)

    def charge_saved(self, account: Account, wanted: Wanted, method: str) -> Seen:
        """A payment without its payer there. A card that is declined is an answer, and no fault."""
        about = {"attempt": wanted.attempt, "company": account.company}
        try:
            with asking_stripe():
                made = (
                    stripe_client(account)
                    .v1.payment_intents.create(
                        params={
                            "amount": to_minor(wanted.amount, wanted.currency),
                            "currency": wanted.currency.lower(),
                            "customer": wanted.payer,
                            "payment_method": method,
                            "confirm": True,
                            "off_session": True,
                            "metadata": about,
                        },
                        options={"idempotency_key": wanted.key},
                    )
                    .to_dict()
                )
        except ProviderRefused:
            return Seen(session="", state=SessionState.FAILED, attempt=wanted.attempt)
        states = {"succeeded": SessionState.PAID, "processing": SessionState.PENDING}
        return intent_seen(made, states.get(str(made.get("status")), SessionState.FAILED))

    def balances(self, account: Account) -> list[Balance]:
        """What is available and what is on its way, by currency."""
        with asking_stripe():
            found = stripe_client(account).v1.balance.retrieve().to_dict()
        sums: dict[str, dict[str, Decimal]] = {}
        for name in ("available", "pending"):
            for each in found.get(name) or []:
                currency = str(each["currency"]).upper()
                mine = sums.setdefault(currency, {"available": Decimal(0), "pending": Decimal(0)})
                mine[name] += from_minor(int(each["amount"]), currency)
        return [Balance(currency, **mine) for currency, mine in sorted(sums.items())]

    def payouts(self, account: Account, most: int = 100) -> list[Payout]:
        """The last ones, the newest first."""
        with asking_stripe():
            found = stripe_client(account).v1.payouts.list(params={"limit": min(most, 100)}).to_dict()
        return [_payout(each) for each in found.get("data", [])]


def stripe_client(account: Account) -> library.StripeClient:
    """A client of one company. Tests name another address, where a server stands that speaks as Stripe does."""
    address = getattr(settings, "STRIPE_ADDRESS", "")
    return library.StripeClient(
        account.key,
        base_addresses={"api": address} if address else {},
        http_client=library.RequestsClient(timeout=TIMEOUT_SECONDS),
        max_network_retries=1,
    )


@contextmanager
def asking_stripe() -> Iterator[None]:
    """Stripe's refusals in our words. Its own may quote a part of the key, and are not passed on."""
    try:
        yield
    except (library.AuthenticationError, library.PermissionError) as error:
        raise KeyRefused(_words(error)) from None
    except (library.APIConnectionError, library.RateLimitError, library.APIError) as error:
        logger.warning("Stripe is not reached: %s %s", type(error).__name__, _words(error))
        raise ProviderUnreachable(_words(error)) from None
    except library.StripeError as error:
        logger.warning("Stripe refused: %s %s", type(error).__name__, _words(error))
        raise ProviderRefused(_words(error)) from None


def _words(error: library.StripeError) -> str:
    """The code of a refusal, and the field that it is about: never the sentence, which may hold what was sent."""
    parts = [getattr(error, "code", None), getattr(error, "param", None), error.http_status]
    return " ".join(str(part) for part in parts if part)


def _line(wanted: Wanted, text: str, amount: Decimal) -> dict[str, Any]:
    price = {
        "currency": wanted.currency.lower(),
        "unit_amount": to_minor(amount, wanted.currency),
        "product_data": {"name": text[:250] or "-"},
    }
    return {"quantity": 1, "price_data": price}


def _saved(thing: Mapping[str, Any]) -> SavedMethod:
    card = thing.get("card") or {}
    ends = (int(card["exp_year"]), int(card["exp_month"])) if card.get("exp_year") else None
    brand = str(card.get("brand") or "card").replace("_", " ").capitalize()
    return SavedMethod(str(thing["id"]), f"{brand} •••• {card.get('last4', '')}", "card", ends)


def _payout(thing: Mapping[str, Any]) -> Payout:
    currency = str(thing["currency"]).upper()
    return Payout(
        reference=str(thing["id"]),
        amount=from_minor(int(thing["amount"]), currency),
        currency=currency,
        state=str(thing.get("status", "")),
        arrives=moment(thing["arrival_date"]) if thing.get("arrival_date") else None,
        words=str(thing.get("failure_code") or thing.get("statement_descriptor") or ""),
    )
