"""The words of a bank's text, as they are compared: numbers, references, tax ids and names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

_PIECE: Final = re.compile(r"[^\s,;:|()·]+")
_SIGNS: Final = re.compile(r"[A-Z0-9]+")
_SHORTEST_KEY: Final = 3
_SHORTEST_NAME: Final = 3
_SHORTEST_ALONE: Final = 5
_TWO: Final = 2

# What says how a business is owned, and what joins names.
_NOT_NAMES: Final = frozenset(
    {
        *("LTDA", "EIRELI", "EPP", "MEI", "CIA", "COMPANHIA", "LDA", "UNIPESSOAL", "SLU", "SPA", "LIMITADA"),
        *("SOCIEDADE", "SOCIEDAD", "THE", "AND", "DOS", "DAS", "DEL", "LOS", "LAS"),
        *(
            "PIX",
            "TED",
            "DOC",
            "SEPA",
            "TRANSF",
            "TRANSFERENCIA",
            "DEPOSITO",
            "CREDITO",
            "BOLETO",
            "COBRANCA",
        ),
        *("RECEBIDA", "RECEBIDO", "RECIBIDA", "RECIBIDO", "PAGAMENTO", "PAGO"),
    }
)


def plain(text: str) -> str:
    """In capitals and without accents."""
    if text.isascii():
        return text.upper()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).upper()


def key_of(written: str) -> str:
    """A number or reference bare: "FT 2026/0012" → "FT20260012", "000123" → "123"."""
    return "".join(_SIGNS.findall(plain(written))).lstrip("0")


def keys_in(text: str) -> set[str]:
    """Every number or reference that a text may name: its pieces, their parts, and two neighbours as one.

    One or two signs stand in any text.
    """
    pieces = [_SIGNS.findall(piece) for piece in _PIECE.findall(plain(text))]
    whole = ["".join(parts) for parts in pieces if parts]
    found = {*whole, *(part for parts in pieces if len(parts) > 1 for part in parts)}
    found.update(one + other for one, other in zip(whole, whole[1:], strict=False))
    return {bare for key in found if len(bare := key.lstrip("0")) >= _SHORTEST_KEY}


@lru_cache(maxsize=20_000)
def names_in(text: str) -> frozenset[str]:
    """The words of a text that may be somebody's name."""
    words = _SIGNS.findall(plain(text))
    return frozenset(
        word
        for word in words
        if len(word) >= _SHORTEST_NAME and not word.isdigit() and word not in _NOT_NAMES
    )


def is_alike(name: frozenset[str], text: frozenset[str]) -> bool:
    """Do two names in common stand in both, or the only one that a customer has?

    Banks cut long names off: the last word of the shorter may be the beginning of one.
    """
    common = len(name & text)
    if common < _TWO and len(name) > 1:
        rest = text - name
        common += any(
            len(word) > _SHORTEST_NAME and other.startswith(word) for word in rest for other in name - text
        )
    return common >= _TWO or (common == 1 and len(name) == 1 and len(next(iter(name))) >= _SHORTEST_ALONE)
