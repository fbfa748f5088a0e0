"""Lookup numbers by the million.

The portal makes one at a time, with the system's own randomness. Here chance may be cheap, and the check
character is looked up: it is linear, so that of a number is the exclusive or of its characters' own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import reduce
from itertools import product
from operator import xor

from portal_modules.core.numbers import ALPHABET, RANDOM_CHARACTERS, LookupNumberError, parse_lookup_number

CHUNK = 3  # characters that are looked up together
CHUNK_BITS = 5 * CHUNK


def lookup_numbers(count: int, seed: int = 2) -> Iterator[str]:
    """So many different numbers, each with its check character."""
    first, second, third = _chunks()
    mask = (1 << CHUNK_BITS) - 1
    chance = random.Random(seed)
    given: set[int] = set()
    while len(given) < count:
        bits = chance.getrandbits(3 * CHUNK_BITS)
        if bits in given:
            continue
        given.add(bits)
        one, one_check = first[bits & mask]
        two, two_check = second[bits >> CHUNK_BITS & mask]
        three, three_check = third[bits >> 2 * CHUNK_BITS]
        yield one + two + three + ALPHABET[one_check ^ two_check ^ three_check]


def _chunks() -> list[list[tuple[str, int]]]:
    """For each third of a number: every text that can stand there, with its share of the check character."""
    shares = [[_share(place, character) for character in ALPHABET] for place in range(RANDOM_CHARACTERS)]
    values = range(len(ALPHABET))
    return [
        [
            (
                "".join(ALPHABET[value] for value in chosen),
                reduce(xor, (shares[start + place][value] for place, value in enumerate(chosen))),
            )
            for chosen in product(values, repeat=CHUNK)
        ]
        for start in range(0, RANDOM_CHARACTERS, CHUNK)
    ]


def _share(place: int, character: str) -> int:
    """The value of the check character of a number that has this character at this place, and zeros else."""
    number = "0" * place + character + "0" * (RANDOM_CHARACTERS - place - 1)
    for value, check in enumerate(ALPHABET):
        try:
            parse_lookup_number(number + check)
        except LookupNumberError:
            continue
        return value
    raise AssertionError(f"{number} has no check character")
