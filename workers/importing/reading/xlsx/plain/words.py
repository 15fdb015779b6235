"""Bytes looked at eight at a time: the tools that number texts and tags are read with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

PADDING = 24
"""Bytes before and after a chunk, so that words may be taken around any place in it."""

_AROUND = b" " * PADDING
_U64 = np.uint64
_ONES = _U64(0x0101010101010101)
_HIGH = _U64(0x8080808080808080)
_ZEROS = _U64(0x3030303030303030)
_TOO_MUCH = _U64(0x7676767676767676)
_ALL = 0xFFFFFFFFFFFFFFFF
LAST = np.array([0] + [(_ALL << (8 * (8 - size))) & _ALL for size in range(1, 9)], np.uint64)
"""Masks of the last bytes of a word, by their number."""
FIRST = np.array([(1 << (8 * size)) - 1 for size in range(9)], np.uint64)
"""Masks of the first bytes of a word, by their number."""


def word(text: bytes) -> Any:
    """Up to eight bytes as the word that stands where they begin."""
    return _U64(int.from_bytes(text, "little"))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some bytes of a worksheet with room around them.

    Attributes:
        data: The bytes, padded.
        end: Where the bytes themselves end.
        array: The same, as an array.
        words: The eight bytes that begin at each place, little-endian.
    """

    data: bytes
    end: int
    array: NDArray[np.uint8]
    words: Any

    @classmethod
    def of(cls, content: bytes) -> Chunk:
        """Pad some bytes; they begin at `PADDING`."""
        data = b"".join((_AROUND, content, _AROUND))
        words = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))
        return cls(data, PADDING + len(content), np.frombuffer(data, np.uint8), words)


def find_byte(words: Any, byte: int) -> tuple[Any, Any]:
    """Where a byte first stands in each word; second: whether it is there at all."""
    mixed = words ^ _U64(byte * 0x0101010101010101)
    zero = (mixed - _ONES) & ~mixed & _HIGH
    lowest = zero & (~zero + _U64(1))
    return (np.bitwise_count(lowest - _U64(1)) >> 3).astype(np.int64), zero != 0


def digits(words: Any, count: Any) -> tuple[Any, Any]:
    """The last `count` bytes of each word as a decimal number; second: whether all of them are digits."""
    mask = LAST[count]
    figures = (words & mask) - (_ZEROS & mask)
    good = ((figures | (figures + _TOO_MUCH)) & _HIGH) == 0
    pairs = (figures * _U64(10) + (figures >> _U64(8))) & _U64(0x00FF00FF00FF00FF)
    fours = (pairs * _U64(100) + (pairs >> _U64(16))) & _U64(0x0000FFFF0000FFFF)
    return (fours * _U64(10_000) + (fours >> _U64(32))) & _U64(0xFFFFFFFF), good
