"""Banks whose return files are read, and where in a record each puts what is its own.

Positions are Python's: the first is counted from 0, the last is left out. Sources, both under the MIT licence and
both quoting the banks' manuals, which were not at hand: kivanio/brcobranca (`retorno/cnab240/itau.rb` after Itaú's
“Cobrança FEBRABAN 240”, `cnab400/itau.rb` after Itaú's “Layout cobrança 400 bytes”, `cnab400/bradesco.rb` after
Bradesco's “4008-524-0121-08 Layout cobrança”), and eduardokum/laravel-boleto (`Cnab/Retorno`, for Bradesco's 240 and
for which events say that a boleto was paid).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Slice = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Bank:
    """One bank: which events say that a boleto was paid or that this was undone, and where its numbers stand.

    The number of a boleto is the same in both layouts and in the barcode, whose last 25 digits are the bank's own.
    """

    code: str
    name: str
    settled_240: frozenset[str]
    settled_400: frozenset[str]
    undone_400: frozenset[str]
    our_number_240: Slice
    our_number_400: Slice
    our_number_in_barcode: Slice
    payer_name_400: Slice | None = None


ITAU: Final = Bank(
    code="341",
    name="Itaú",
    # Paid; paid at a notary's; taken off because it was paid.
    settled_240=frozenset({"06", "08", "10"}),
    # Besides: paid in part, and paid by a transfer of the bank's own.
    settled_400=frozenset({"06", "07", "08", "10", "59"}),
    # The cheque came back.
    undone_400=frozenset({"69"}),
    our_number_240=(40, 48),
    our_number_400=(62, 70),
    # After the wallet's three digits; then come the check digit, branch and account.
    our_number_in_barcode=(22, 30),
    payer_name_400=(324, 354),
)

BRADESCO: Final = Bank(
    code="237",
    name="Bradesco",
    # Paid; paid after it was taken off, or without having been registered.
    settled_240=frozenset({"06", "17"}),
    # Besides: paid at a notary's.
    settled_400=frozenset({"06", "15", "17"}),
    # The payment was reversed.
    undone_400=frozenset({"40"}),
    # Eleven digits; the twelfth checks them.
    our_number_240=(45, 56),
    our_number_400=(70, 81),
    # After the branch's four digits and the wallet's two; then come the account and a zero.
    our_number_in_barcode=(25, 36),
)

BANKS: Final = {bank.code: bank for bank in (ITAU, BRADESCO)}


def our_number_of(barcode: str) -> str:
    """What a bank calls the boleto with a barcode of 44 digits; empty for banks that are not known."""
    bank = BANKS.get(barcode[:3])
    if bank is None:
        return ""
    start, stop = bank.our_number_in_barcode
    return barcode[start:stop].lstrip("0")
