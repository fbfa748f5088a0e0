"""What every payment provider can be asked, and the words in which it answers.

An adapter knows its provider's API and nothing of ours: no request, no model, no scope. It gets an `Account`
with opened secrets, waits for the outside world, and is therefore called outside of any transaction.
What it must do is written in `docs/module-author.md`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Protocol

from django.utils.functional import Promise

Text = str | Promise

# How far the clock of a webhook may be from ours, to either side.
TOLERANCE_SECONDS = 300


class ProviderFault(Exception):
    """The provider could not do what was asked. `words` are safe to be shown to staff: no key is in them."""

    def __init__(self, words: str = "") -> None:
        self.words = words
        super().__init__(words)


class ProviderUnreachable(ProviderFault):
    """It did not answer, or has a fault of its own: the same may be asked again."""


class ProviderRefused(ProviderFault):
    """It understood and said no: asking again does not help."""


class KeyRefused(ProviderRefused):
    """The key that was kept is not one of theirs, or may not do this."""


class NotProved(Exception):
    """A webhook that does not come from the provider, or is not meant for this account."""


class NotReadable(Exception):
    """A webhook that is proved and cannot be read."""


@dataclass(frozen=True, slots=True)
class Account:
    """A company's account at a provider, its secrets opened. Never logged, never kept."""

    company: str
    company_id: int
    kind: str
    is_live: bool
    key: str = field(default="", repr=False)
    webhook_secret: str = field(default="", repr=False)
    account_id: str = ""
    country: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """One line of what is paid: what for, and how much of it."""

    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Wanted:
    """A payment that somebody begins. `key` is the same whenever the same attempt is begun again."""

    attempt: str
    key: str
    currency: str
    parts: Sequence[Part]
    method: str
    language: str
    done_url: str
    back_url: str
    payer: str = ""
    payer_email: str = ""
    keep_method: bool = False

    @property
    def amount(self) -> Decimal:
        """What is paid in all."""
        return sum((part.amount for part in self.parts), Decimal(0))


@dataclass(frozen=True, slots=True)
class Opened:
    """A hosted page that waits for the payer."""

    session: str
    url: str


class SessionState(Enum):
    """How a payment stands at the provider."""

    OPEN = "open"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Seen:
    """A payment as the provider sees it. `charge` is what its money is found by, there and here."""

    session: str
    state: SessionState
    attempt: str = ""
    amount: Decimal = Decimal(0)
    currency: str = ""
    charge: str = ""
    method: str = ""
    payer: str = ""
    is_live: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A webhook that was proved: the event as it came, to be kept before anything is made of it."""

    event_id: str
    kind: str
    created: datetime
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MoneyBack:
    """Money of a charge that went back: by a refund, or because the payer's bank took it."""

    charge: str
    reference: str
    amount: Decimal
    currency: str
    state: str
    reason: str = ""
    # The key under which we asked for it; "" where somebody else did.
    key: str = ""


@dataclass(frozen=True, slots=True)
class SavedMethod:
    """A way to pay that the provider keeps for a payer: what may be shown of it, and until when it is good."""

    reference: str
    label: str
    method: str
    ends: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an event says. All parts are empty for one that changes nothing here.

    With `in_doubt` it says too little: the session is asked again, and that answer counts.
    """

    seen: Seen | None = None
    refunds: Sequence[MoneyBack] = ()
    dispute: MoneyBack | None = None
    in_doubt: bool = False


@dataclass(frozen=True, slots=True)
class Trial:
    """What the test button shows: did the provider accept the key, and in which words does it answer?"""

    is_good: bool
    sentence: Text
    account_id: str = ""
    is_live: bool | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """What lies at the provider, by currency."""

    currency: str
    available: Decimal
    pending: Decimal


@dataclass(frozen=True, slots=True)
class Payout:
    """What the provider has sent, or will send, to the company's bank account."""

    reference: str
    amount: Decimal
    currency: str
    state: str
    arrives: datetime | None = None
    words: str = ""


class Provider(Protocol):
    """A payment provider. Every function that asks it raises `ProviderFault` in one of its kinds."""

    slug: ClassVar[str]
    label: ClassVar[Text]
    needs_key: ClassVar[bool]

    def methods(self, currency: str, country: str) -> list[str]:
        """The ways to pay that it has for a currency, in a company of a country: codes of `methods`."""
        ...

    def begin(self, account: Account, wanted: Wanted) -> Opened:
        """Open its page for a payment. Asked twice with one key it opens one page."""
        ...

    def read(self, account: Account, session: str) -> Seen:
        """How a payment stands there now."""
        ...

    def close(self, account: Account, session: str) -> Seen:
        """Take a page back that nobody has paid on; what was paid stays so, and is what it answers."""
        ...

    def verify(self, account: Account, body: bytes, headers: Mapping[str, str], now: datetime) -> Told:
        """The event of a webhook. Raises `NotProved` and `NotReadable`; asks nobody."""
        ...

    def understand(self, account: Account, payload: Mapping[str, Any]) -> Meaning:
        """What an event means; asks nobody. Raises `NotReadable`."""
        ...

    def refund(self, account: Account, charge: str, amount: Decimal, currency: str, key: str) -> MoneyBack:
        """Send money of a charge back. Asked twice with one key it goes back once."""
        ...

    def find_refund(self, account: Account, charge: str, key: str) -> MoneyBack | None:
        """What became of a refund that was asked for under a key; None where it never heard of it."""
        ...

    def try_out(self, account: Account) -> Trial:
        """Is the key good? Never raises: what is wrong is said."""
        ...

    def manage_methods(self, account: Account, payer: str, back_url: str) -> str:
        """The address of its own page where a payer adds and removes ways to pay; used once, never kept."""
        ...

    def enrol(self, account: Account, payer: str, name: str, email: str, key: str) -> str:
        """The provider's name for a payer, made where there is none yet."""
        ...

    def saved_methods(self, account: Account, payer: str) -> list[SavedMethod]:
        """The ways to pay that a payer has kept there, the preferred one first."""
        ...

    def charge_saved(self, account: Account, wanted: Wanted, method: str) -> Seen:
        """Take a payment with a kept way to pay, without its owner being there."""
        ...

    def balances(self, account: Account) -> list[Balance]:
        """What lies there."""
        ...

    def payouts(self, account: Account, most: int = 100) -> list[Payout]:
        """The last payouts."""
        ...
