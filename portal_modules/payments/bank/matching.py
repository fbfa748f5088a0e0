"""Which open amount a line of the bank may be for, and why.

Rule by rule, the surest first; within a rule line by line, as they stand in the file. A rule looks its candidates
up by something that the line says (a reference, a tax id with the amount, a name with the amount), so nothing is
compared with everything; of the few candidates the best scored is taken, and then it is gone: two lines are never
proposed for one open amount. The same lines and claims give the same proposals.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from .lines import StatementLine
from .reasons import Reason, Why, score_of
from .words import is_alike, key_of, keys_in, names_in

_LOOKED_AT: Final = 12
_MOST_SUMMED: Final = 24
_BEFORE, _AFTER = timedelta(days=20), timedelta(days=15)
_LONG_KEY: Final = 6  # shorter numbers stand in many texts by chance
_EXACT: Final = frozenset({Why.AMOUNT, Why.CHARGES})


@dataclass(frozen=True, slots=True)
class Claim:
    """An open amount: of an invoice, or of one of its instalments.

    `keys` are what a payer may write: its number and references. `slips` are boletos, as bank and number there.
    """

    invoice: Any
    amount: Decimal
    currency: str
    due_on: date
    instalment: Any = None
    customer: Any = None
    tax_id: str = ""
    name: str = ""
    keys: tuple[str, ...] = ()
    txids: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """So much of a line for one claim."""

    claim: Claim
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a line may be for: usually one claim, or several of one customer whose sum it is."""

    line: StatementLine
    parts: tuple[Part, ...]
    score: int
    reasons: tuple[Reason, ...]


Bucket = deque[int]
Found = tuple[tuple[int, ...], Proposal]


def propose(lines: Iterable[StatementLine], claims: Iterable[Claim]) -> dict[int, Proposal]:
    """The proposals by the number of their line; only for money that came in."""
    said = [_Said(line) for line in lines if line.amount > 0]
    book = _Book(claims, said)
    found: dict[int, Proposal] = {}
    for rule in book.rules():
        for each in said:
            if each.line.number not in found and (proposal := book.take(rule(each))):
                found[each.line.number] = proposal
    return found


class _Said:
    """A line, and what it says in a form that can be looked up."""

    __slots__ = ("amounts", "keys", "line", "names")

    def __init__(self, line: StatementLine) -> None:
        self.line = line
        found = keys_in(" | ".join(filter(None, (line.text, *line.references))))
        found.update(key_of(written) for written in (line.payer_tax_id, *line.references))
        self.keys = sorted(found - {""})
        self.names = names_in(f"{line.payer_name} {line.text}")
        # Fine and interest are paid on top of what is open.
        self.amounts = [line.amount]
        if 0 < line.charges < line.amount:
            self.amounts.append(line.amount - line.charges)


class _Book:
    """The open claims by what they can be looked up with, and which of them are spoken for."""

    def __init__(self, claims: Iterable[Claim], said: Sequence[_Said]) -> None:
        self._claims = sorted(
            claims, key=lambda claim: (claim.due_on, str(claim.invoice), str(claim.instalment))
        )
        self._taken = bytearray(len(self._claims))
        self._txid: dict[str, Bucket] = defaultdict(deque)
        self._slip: dict[tuple[str, str], Bucket] = defaultdict(deque)
        self._key: dict[str, Bucket] = defaultdict(deque)
        self._tax: dict[str, Bucket] = defaultdict(deque)
        self._amount: dict[tuple[str, Decimal], Bucket] = defaultdict(deque)
        self._with_tax: dict[tuple[str, str, Decimal], Bucket] = defaultdict(deque)
        self._with_name: dict[tuple[str, str, Decimal], Bucket] = defaultdict(deque)
        keys = {key for each in said for key in each.keys}
        amounts = {(each.line.currency, amount) for each in said for amount in each.amounts}
        for at, claim in enumerate(self._claims):
            self._enter_names(at, claim, keys)
            if (claim.currency, claim.amount) in amounts:
                self._enter_amount(at, claim, keys)
        self._alone = {key for key, bucket in self._amount.items() if len(bucket) == 1}

    def _enter_names(self, at: int, claim: Claim, keys: set[str]) -> None:
        for txid in claim.txids:
            self._txid[txid.upper()].append(at)
        for slip in claim.slips:
            self._slip[slip].append(at)
        for written in claim.keys:
            if (key := key_of(written)) in keys:
                self._key[key].append(at)
        if (tax_id := claim.tax_id.lstrip("0")) in keys:
            self._tax[tax_id].append(at)

    def _enter_amount(self, at: int, claim: Claim, keys: set[str]) -> None:
        amount = (claim.currency, claim.amount)
        self._amount[amount].append(at)
        if (tax_id := claim.tax_id.lstrip("0")) in keys:
            self._with_tax[tax_id, *amount].append(at)
        for name in names_in(claim.name):
            self._with_name[name, *amount].append(at)

    def take(self, found: Found | None) -> Proposal | None:
        """Nobody else gets what is proposed."""
        if found is None:
            return None
        places, proposal = found
        for at in places:
            self._taken[at] = 1
        return proposal

    def rules(self) -> Sequence[Callable[[_Said], Found | None]]:
        """The surest first."""
        return (
            self._by_txid,
            self._by_slip,
            self._by_key_and_amount,
            self._by_tax_id_and_amount,
            self._by_sum,
            self._by_key,
            self._by_name_and_amount,
            self._by_tax_id,
            self._by_amount,
        )

    # ---- the rules -------------------------------------------------------------------------------------

    def _by_txid(self, said: _Said) -> Found | None:
        keys = [said.line.txid.upper(), *said.keys]
        return self._best(said, [self._txid[key] for key in keys if key in self._txid])

    def _by_slip(self, said: _Said) -> Found | None:
        bucket = self._slip.get((said.line.bank, said.line.our_number))
        return self._best(said, [bucket] if bucket and said.line.our_number else [])

    def _by_key_and_amount(self, said: _Said) -> Found | None:
        return self._best(said, self._named(self._key, said), needs=_EXACT)

    def _by_tax_id_and_amount(self, said: _Said) -> Found | None:
        return self._best(said, self._of_amount(self._with_tax, said, said.keys), needs=_EXACT)

    def _by_sum(self, said: _Said) -> Found | None:
        """Several of one customer, or several parts of one invoice: the oldest that make up the amount."""
        for bucket in (*self._named(self._key, said), *self._named(self._tax, said)):
            if found := self._sum(said, bucket):
                return found
        return None

    def _by_key(self, said: _Said) -> Found | None:
        buckets = [self._key[key] for key in said.keys if key in self._key and len(key) >= _LONG_KEY]
        return self._best(said, buckets)

    def _by_name_and_amount(self, said: _Said) -> Found | None:
        buckets = self._of_amount(self._with_name, said, sorted(said.names))
        return self._best(said, sorted(buckets, key=len), needs=frozenset({Why.NAME}))

    def _by_tax_id(self, said: _Said) -> Found | None:
        return self._best(said, self._named(self._tax, said))

    def _by_amount(self, said: _Said) -> Found | None:
        """The only open one of its amount, where nothing else is known."""
        wanted = [(said.line.currency, amount) for amount in said.amounts]
        return self._best(said, [self._amount[key] for key in wanted if key in self._alone])

    # ---- looking up ------------------------------------------------------------------------------------

    def _named(self, index: Mapping[str, Bucket], said: _Said) -> list[Bucket]:
        return [index[key] for key in said.keys if key in index]

    def _of_amount(
        self, index: Mapping[tuple[str, str, Decimal], Bucket], said: _Said, names: Iterable[str]
    ) -> list[Bucket]:
        keys = [(name, said.line.currency, amount) for name in names for amount in said.amounts]
        return [index[key] for key in keys if key in index]

    def _free(self, bucket: Bucket, most: int) -> list[int]:
        """The first that are not spoken for; those that are leave the bucket, so nobody passes them again."""
        found: list[int] = []
        while bucket and len(found) < most:
            at = bucket.popleft()
            if not self._taken[at]:
                found.append(at)
        bucket.extendleft(reversed(found))
        return found

    def _best(
        self, said: _Said, buckets: Iterable[Bucket], needs: frozenset[Why] = frozenset()
    ) -> Found | None:
        """The best scored of the first in each bucket; of equals the one that was due first."""
        found: list[tuple[int, int, Proposal]] = []
        for bucket in buckets:
            for at in self._free(bucket, _LOOKED_AT):
                proposal = self._proposal(said, at)
                whys = {reason.why for reason in proposal.reasons}
                if self._claims[at].currency == said.line.currency and (not needs or whys & needs):
                    found.append((-proposal.score, at, proposal))
        if not found:
            return None
        _score, at, proposal = min(found, key=lambda each: each[:2])
        return (at,), proposal

    def _sum(self, said: _Said, bucket: Bucket) -> Found | None:
        total = Decimal(0)
        places: list[int] = []
        for at in self._free(bucket, _MOST_SUMMED):
            claim = self._claims[at]
            first = self._claims[places[0]] if places else claim
            if claim.currency != said.line.currency or claim.customer != first.customer:
                return None
            total += claim.amount
            places.append(at)
            if total >= said.line.amount:
                break
        if total != said.line.amount or len(places) < 2:  # noqa: PLR2004
            return None
        claims = [self._claims[at] for at in places]
        reasons = (
            *self._who(said, claims[0]),
            Reason(Why.SUM, str(len(claims))),
            *self._when(said, claims[0]),
        )
        parts = tuple(Part(claim, claim.amount) for claim in claims)
        return tuple(places), Proposal(said.line, parts, score_of(reasons), reasons)

    # ---- why -------------------------------------------------------------------------------------------

    def _proposal(self, said: _Said, at: int) -> Proposal:
        claim = self._claims[at]
        reasons = (*self._who(said, claim), *self._how_much(said, claim), *self._when(said, claim))
        part = Part(claim, min(said.line.amount, claim.amount))
        return Proposal(said.line, (part,), score_of(reasons), reasons)

    def _who(self, said: _Said, claim: Claim) -> list[Reason]:
        line, found = said.line, []
        if txid := next(
            (txid for txid in claim.txids if txid.upper() in {line.txid.upper(), *said.keys}), ""
        ):
            found.append(Reason(Why.TXID, txid))
        if line.our_number and (line.bank, line.our_number) in claim.slips:
            found.append(Reason(Why.OUR_NUMBER, line.our_number))
        if written := next((each for each in claim.keys if key_of(each) in said.keys), ""):
            found.append(Reason(Why.NUMBER, written))
        if claim.tax_id and claim.tax_id.lstrip("0") in said.keys:
            found.append(Reason(Why.TAX_ID, claim.tax_id))
        if is_alike(names_in(claim.name), said.names):
            found.append(Reason(Why.NAME, claim.name))
        return found

    def _how_much(self, said: _Said, claim: Claim) -> list[Reason]:
        line, found = said.line, []
        if claim.amount == line.amount:
            found.append(Reason(Why.AMOUNT))
        elif line.charges and claim.amount == line.amount - line.charges:
            found.append(Reason(Why.CHARGES, _shown(line.charges, line)))
        elif line.amount > claim.amount:
            found.append(Reason(Why.MORE, _shown(line.amount - claim.amount, line)))
        else:
            found.append(Reason(Why.LESS, _shown(claim.amount - line.amount, line)))
        if found[0].why in _EXACT and (claim.currency, claim.amount) in self._alone:
            found.append(Reason(Why.ONLY_ONE))
        return found

    def _when(self, said: _Said, claim: Claim) -> list[Reason]:
        near = claim.due_on - _BEFORE <= said.line.posted_on <= claim.due_on + _AFTER
        return [Reason(Why.DATE)] if near else []


def _shown(amount: Decimal, line: StatementLine) -> str:
    """As it is kept with the proposal: whoever shows it writes it in their language."""
    return f"{amount:f} {line.currency}"
