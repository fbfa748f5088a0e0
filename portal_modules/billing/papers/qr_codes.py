"""The modules of a QR code, in a fraction of the time that it takes module by module.

All that stands still in a code of one size (finders, timing, format, which module is data) is asked of segno once; a
text is then its codewords, laid out along the same path. ISO/IEC 18004, bytes, error correction M, model 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, zip_longest
from typing import Any, Final

import segno
from segno import consts, encoder

# Any of the eight masks is read by every reader. Weighing them up against each other takes longer than setting the
# whole page, so it is always this one, the finest pattern: dark where row and column make an even number.
_MASK: Final = 0
_ERROR: Final = consts.ERROR_LEVEL_M
_LARGEST: Final = 40
_BYTES_MODE: Final = 0b0100
_LONG_COUNT_FROM: Final = 10  # from this version on the length takes two bytes
_PADDING: Final = bytes((0b11101100, 0b00010001))
_FIELD: Final = 0x11D  # x⁸ + x⁴ + x³ + x² + 1, of GF(256)
_TIMING: Final = 6  # the column that data passes over
# segno's own steps and tables have no types.
_STEPS: Final[Any] = encoder
_ROOM: Final[Any] = consts.SYMBOL_CAPACITY
_BLOCKS: Final[Any] = consts.ECC
_UNSET: Final = 2  # how segno marks a module that waits for data


@dataclass(frozen=True, slots=True)
class _Form:
    """What all codes of a version have: their modules, the places of data in its order, and its mask."""

    size: int
    modules: bytes
    places: tuple[int, ...]
    mask: int


def qr_rows(text: str) -> list[bytes]:
    """The rows from above, a byte for each module: 1 is dark. Raises `ValueError` for more than a code can hold."""
    data = text.encode()
    version = _version_for(len(data))
    form = _form(version)
    codewords = b"".join(map(bytes, _codewords(_message(data, version), version)))
    # What is left over below the last codeword is light before the mask.
    over = len(form.places) - 8 * len(codewords)
    bits = (int.from_bytes(codewords, "big") << over) ^ form.mask
    modules = bytearray(form.modules)
    for place, bit in zip(form.places, f"{bits:0{len(form.places)}b}".encode(), strict=True):
        modules[place] = bit & 1
    return [bytes(modules[at : at + form.size]) for at in range(0, len(modules), form.size)]


def _version_for(length: int) -> int:
    for version in range(1, _LARGEST + 1):
        if _room(version) >= 4 + _count_bits(version) + 8 * length:
            return version
    raise ValueError("A QR code cannot hold so much.")


def _room(version: int) -> int:
    return int(_ROOM[version][_ERROR])


def _count_bits(version: int) -> int:
    return 8 if version < _LONG_COUNT_FROM else 16


def _message(data: bytes, version: int) -> bytes:
    """Mode, length and data, filled up to what the version holds."""
    bits = (_BYTES_MODE << _count_bits(version)) | len(data)
    bits = (bits << 8 * len(data)) | int.from_bytes(data, "big")
    # Bytes end in the middle of a codeword, and the terminator fills it.
    begun = (bits << 4).to_bytes(len(data) + (_count_bits(version) + 8) // 8, "big")
    left = _room(version) // 8 - len(begun)
    return begun + (_PADDING * (left // 2 + 1))[:left]


def _codewords(message: bytes, version: int) -> Iterator[Iterable[int]]:
    """Those of data and then those of error correction, the blocks in turns."""
    blocks, corrections, at = [], [], 0
    for info in _BLOCKS[version][_ERROR]:
        for _block in range(info.num_blocks):
            block = message[at : at + info.num_data]
            at += info.num_data
            blocks.append(block)
            corrections.append(_correction(block, info.num_total - info.num_data))
    for each in (blocks, corrections):
        yield [word for word in chain.from_iterable(zip_longest(*each)) if word is not None]


def _correction(block: bytes, length: int) -> bytes:
    """What is left when a block is divided by the generator: Reed and Solomon's codewords."""
    multiples, rest, top = _multiples(length), 0, 8 * (length - 1)
    kept = (1 << top) - 1
    for word in block:
        rest = ((rest & kept) << 8) ^ multiples[word ^ (rest >> top)]
    return rest.to_bytes(length, "big")


@cache
def _multiples(length: int) -> tuple[int, ...]:
    """The generator of so many codewords, without its first one, times each number of the field."""
    generator, root = [1], 1
    for _each in range(length):
        shifted, product = [*generator, 0], [0, *(_times(each, root) for each in generator)]
        generator = [one ^ other for one, other in zip(shifted, product, strict=True)]
        root = _times(root, 2)
    return tuple(
        int.from_bytes(bytes(_times(each, number) for each in generator[1:]), "big") for number in range(256)
    )


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = (one << 1) ^ (_FIELD if one & 0x80 else 0)
        other >>= 1
    return product


@cache
def _form(version: int) -> _Form:
    drawn = segno.make(
        "-", version=version, error="m", mode="byte", mask=_MASK, micro=False, boost_error=False
    ).matrix
    size = len(drawn)
    path = [(row, column) for row, column in _path(size) if _is_data(version, row, column)]
    mask = "".join("0" if (row + column) % 2 else "1" for row, column in path)
    places = tuple(row * size + column for row, column in path)
    return _Form(size, b"".join(map(bytes, drawn)), places, int(mask, 2))


def _is_data(version: int, row: int, column: int) -> bool:
    return bool(_blank(version)[row][column] == _UNSET)


@cache
def _blank(version: int) -> tuple[bytearray, ...]:
    """All that stands still, as segno draws it before there is any data."""
    size = _STEPS.calc_matrix_size(version)
    matrix: tuple[bytearray, ...] = _STEPS.make_matrix(size, size)
    _STEPS.add_finder_patterns(matrix, size, size)
    _STEPS.add_alignment_patterns(matrix, size, size)
    return matrix


def _path(size: int) -> Iterator[tuple[int, int]]:
    """All places in the order of data: two columns at a time from the right, upwards and downwards in turns."""
    columns = [*range(size - 1, _TIMING, -2), *range(_TIMING - 1, 0, -2)]
    for turn, right in enumerate(columns):
        for row in range(size) if turn % 2 else range(size - 1, -1, -1):
            yield row, right
            yield row, right - 1
