"""Access codes: how they are made, written and read."""

from __future__ import annotations

import unicodedata
from typing import Final
from uuid import UUID

from portal_modules.core.secrets import keyed_hash

# Crockford's 32 signs: none looks like another. Twelve of them are 60 bits.
_SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 12
MAX_CODE: Final = 40
_READ_AS: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def code_of(pk: UUID) -> str:
    """The code of a row, made whenever a mail needs it: only this installation can."""
    number = int(keyed_hash("accounts.access_code", pk), 16)
    signs = []
    for _place in range(LENGTH):
        number, sign = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[sign])
    return "".join(signs)


def written(code: str) -> str:
    """`7GQ4-M2XW-9KTA`: in parts that the eye can carry."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def read_code(typed: str) -> str:
    """What was typed, bare: any case, blanks and dashes; of no length in particular, for it is only compared."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    return "".join(sign for sign in folded if sign.isalnum()).translate(_READ_AS)[:MAX_CODE]
