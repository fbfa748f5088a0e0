"""Why a line of the bank may be for an invoice, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal_modules.core.amounts import money_shown


class Why(StrEnum):
    """One thing that speaks for a proposal, or that whoever confirms it should know."""

    TXID = "txid"
    OUR_NUMBER = "our_number"
    NUMBER = "number"
    TAX_ID = "tax_id"
    NAME = "name"
    AMOUNT = "amount"
    CHARGES = "charges"
    SUM = "sum"
    DATE = "date"
    ONLY_ONE = "only_one"
    MORE = "more"
    LESS = "less"


_WORDS: Final[dict[Why, str | Promise]] = {
    Why.TXID: _("The Pix reference %(value)s is the invoice's."),
    Why.OUR_NUMBER: _("It pays the boleto %(value)s of this invoice."),
    Why.NUMBER: _("The bank's text names %(value)s."),
    Why.TAX_ID: _("The tax id %(value)s is the customer's."),
    Why.NAME: _("The payer's name is like the customer's: %(value)s."),
    Why.AMOUNT: _("The amount is exactly what is open."),
    Why.CHARGES: _("Without fine and interest of %(value)s it is exactly what is open."),
    Why.SUM: _("It is the sum of %(value)s open invoices of this customer."),
    Why.DATE: _("It came near the due date."),
    Why.ONLY_ONE: _("No other open invoice has this amount."),
    Why.MORE: _("It is %(value)s more than what is open."),
    Why.LESS: _("It is %(value)s less than what is open."),
}

WEIGHTS: Final[dict[Why, int]] = {
    Why.TXID: 60,
    Why.OUR_NUMBER: 60,
    Why.NUMBER: 40,
    Why.TAX_ID: 30,
    Why.NAME: 20,
    Why.AMOUNT: 30,
    Why.CHARGES: 30,
    Why.SUM: 25,
    Why.DATE: 10,
    Why.ONLY_ONE: 10,
    Why.MORE: 0,
    Why.LESS: 0,
}

# Their value is an amount with its currency: "3.45 BRL".
_MONEY: Final = frozenset({Why.CHARGES, Why.MORE, Why.LESS})

# Without any of these nobody is named, and the amount alone proves little.
NAMING: Final = frozenset({Why.TXID, Why.OUR_NUMBER, Why.NUMBER, Why.TAX_ID, Why.NAME})
_UNNAMED: Final = 40
_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with what it is about."""

    why: Why
    value: str = ""

    @property
    def words(self) -> str:
        """As a sentence, in the language in force."""
        if not self.value:
            return str(_WORDS[self.why])
        shown = self.value
        if self.why in _MONEY:
            amount, _blank, currency = self.value.partition(" ")
            shown = money_shown(Decimal(amount), currency)
        return str(_WORDS[self.why]) % {"value": shown}


def score_of(reasons: Sequence[Reason]) -> int:
    """How sure a proposal is, up to 100."""
    whys = {reason.why for reason in reasons}
    score = min(sum(WEIGHTS[why] for why in whys), _MOST)
    return score if whys & NAMING else min(score, _UNNAMED)
