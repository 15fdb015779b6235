"""Texts by number: each is kept once, as UTF-8, and judged once, however many cells show it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from workers.importing.columnar.text_judging import UNJUDGED, judge, judge_rest
from workers.importing.columnar.text_marks import solid_ends

_SURROGATE = re.compile(b"\xed[\xa0-\xbf]")
Bytes: TypeAlias = NDArray[np.uint8]
Whole: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]


class TextPool:
    """Texts as ranges of one buffer.

    Attributes:
        buffer: UTF-8, in which lone surrogates are written like other characters (Python's ``surrogatepass``).
        starts: Where each text begins.
        lengths: Bytes of each text; none is empty, for an empty text is a blank cell.
    """

    def __init__(self, buffer: bytes | Bytes, starts: Whole, lengths: Whole) -> None:
        """Take over the arrays."""
        self.buffer: Bytes = np.frombuffer(buffer, np.uint8) if isinstance(buffer, bytes) else buffer
        self.starts = starts
        self.lengths = lengths
        self._texts: list[str | None] | None = None
        self._shapes: dict[frozenset[str], Bytes] = {}
        self._spaced: Flags | None = None
        self._dirty: Flags | None = None
        self._has_nul: bool | None = None

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextPool:
        """The pool of some texts, in their order."""
        pieces = [text.encode("utf-8", "surrogatepass") for text in texts]
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        return cls(b"".join(pieces), ranges_of(lengths), lengths)

    @classmethod
    def joined(cls, pools: Sequence[TextPool]) -> TextPool:
        """All texts of some pools, one pool after the other."""
        moved, at = [], 0
        for pool in pools:
            moved.append(pool.starts + at)
            at += len(pool.buffer)
        return cls(
            np.concatenate([pool.buffer for pool in pools]),
            np.concatenate(moved),
            np.concatenate([pool.lengths for pool in pools]),
        )

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, number: int) -> str:
        """One text; decoded once."""
        if self._texts is None:
            self._texts = [None] * len(self.starts)
        known = self._texts[number]
        if known is None:
            start, length = int(self.starts[number]), int(self.lengths[number])
            known = self._texts[number] = self.buffer[start : start + length].tobytes().decode("utf-8", "surrogatepass")
        return known

    def texts(self, numbers: Whole) -> list[str]:
        """The texts of these numbers."""
        return list(map(self.text, numbers.tolist()))

    def shapes(self, tokens: Collection[str], numbers: Whole) -> Bytes:
        """The place in `SHAPES` of each of these texts.

        Args:
            tokens: Texts that stand for NULL; they and texts of white space only are `Shape.TOKEN`.
            numbers: The texts.
        """
        known = self._shapes.get(frozenset(tokens))
        if known is None:
            known = self._shapes[frozenset(tokens)] = np.full(len(self), UNJUDGED, np.uint8)
        found = known[numbers]
        new = found == UNJUDGED
        if new.any():
            wanted = np.zeros(len(self), np.bool_)
            wanted[numbers[new]] = True
            unknown = np.flatnonzero(wanted)
            shapes = judge(self.buffer, self.starts[unknown], self.lengths[unknown], tokens)
            rest = np.flatnonzero(shapes == UNJUDGED)
            if len(rest):
                shapes[rest] = judge_rest(self.texts(unknown[rest]), tokens)
            known[unknown] = shapes
            found = known[numbers]
        return found

    @property
    def spaced(self) -> Flags:
        """Which texts have white space around other characters."""
        if self._spaced is None:
            self._spaced = np.zeros(len(self), np.bool_)
            filled = np.flatnonzero(self.lengths > 0)
            if len(filled):
                solid = solid_ends(self.buffer, self.starts[filled], self.lengths[filled])
                for number in filled[~solid].tolist():
                    text = self.text(number)
                    bare = text.strip()
                    self._spaced[number] = bool(bare) and len(bare) != len(text)
        return self._spaced

    @property
    def dirty(self) -> Flags:
        """Which texts hold what PostgreSQL cannot: NUL or a lone surrogate."""
        if self._dirty is None:
            self._dirty = np.zeros(len(self), np.bool_)
            data = self.buffer.tobytes()
            # Surrogates begin with 0xED and go on with 0xA0 or more, which no other character does.
            if b"\0" in data or (b"\xed" in data and _SURROGATE.search(data)):
                for number in range(len(self)):
                    self._dirty[number] = _is_dirty(self.text(number))
        return self._dirty

    @property
    def has_nul(self) -> bool:
        """Whether some text holds a NUL character."""
        if self._has_nul is None:
            self._has_nul = bool((self.buffer == 0).any())
        return self._has_nul


def ranges_of(lengths: Whole) -> Whole:
    """Where each of some pieces begins that lie one after the other."""
    starts = np.zeros(len(lengths), np.int64)
    np.cumsum(lengths[:-1], out=starts[1:])
    return starts


def _is_dirty(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


_NARROW = 64
"""Texts of up to so many bytes are gathered in rows of the longest one's length."""


def padded(pool: TextPool, numbers: Whole, width: int) -> Bytes:
    """The bytes of each text in a row of `width`; what is right of its end does not matter."""
    buffer = pool.buffer
    if not len(pool):
        return np.zeros((len(numbers), width), np.uint8)
    starts = pool.starts[numbers]
    last = len(buffer) - width
    if last < 0 or int(starts.max(initial=0)) > last:
        buffer = np.concatenate([buffer, np.zeros(width, np.uint8)])
    windows: Any = np.ndarray((len(buffer) - width + 1,), f"V{width}", buffer, 0, (1,))
    rows: Bytes = windows[starts].view(np.uint8).reshape(len(numbers), width)
    return rows


def gather(pool: TextPool, numbers: Whole) -> tuple[Bytes, Whole]:
    """The bytes of these texts one after the other, and the length of each."""
    lengths = pool.lengths[numbers]
    width = int(lengths.max(initial=0))
    if 0 < width <= _NARROW:
        return padded(pool, numbers, width)[np.arange(width) < lengths[:, None]], lengths
    total = int(lengths.sum())
    if not total:
        return np.zeros(0, np.uint8), lengths
    ends = np.cumsum(lengths)
    shift = pool.starts[numbers] - (ends - lengths)
    return pool.buffer[np.arange(total) + np.repeat(shift, lengths)], lengths
