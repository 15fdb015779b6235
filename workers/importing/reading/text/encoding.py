"""Which encoding a text file is in: by its mark, by strict decoding of every byte, and only then by guessing."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from workers.core.model.errors import UserError
from workers.importing.reading.text import languages, scripts

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 256 << 10
_MOST_WORDS = 500
_MOST_TIMES = 3
"""A word that comes a thousand times tells hardly more about the encoding than one that comes a few times."""
_BETWEEN_WORDS = re.compile(rb"[\x00-\x2f\x3a-\x3f]+")
"""Bytes that are no part of a character in any encoding."""
_STRAY = re.compile(b"\xc2[\x80-\x9f]")
_REPAIRS = {
    code: byte.decode("cp1252") for code in range(0x80, 0xA0) if (byte := bytes([code])) not in b"\x81\x8d\x8f\x90\x9d"
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding and why it was taken.

    Attributes:
        name: Python's name of it.
        evidence: Why, in words.
        strays: Whether the text holds control characters that are Windows-1252 bytes taken for Latin-1 when it was
            turned into UTF-8; `repaired` turns them into the letters that they were.
    """

    name: str
    evidence: str
    strays: bool = False


def repaired(text: str) -> str:
    """The text with stray control characters turned into the Windows-1252 letters that they were."""
    return text.translate(_REPAIRS)


def detect_encoding(chunks: Iterable[bytes]) -> Encoding:
    """Find the encoding of a text file, looking at all of it.

    Args:
        chunks: The whole file in pieces.

    Raises:
        UserError: ``not-a-workbook`` when no encoding fits.
    """
    stream = iter(chunks)
    head = next(stream, b"")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return Encoding(name, "its byte order mark says so")
    wide = _unmarked_wide(head)
    if wide is not None:
        return Encoding(wide, "every other byte of its digits and line ends is zero")
    watch = _StrayWatch(_chain(head, stream))
    fallen = _first_not_utf8(watch)
    if fallen is None:
        return Encoding("utf-8", "every byte of the file is valid UTF-8", watch.found)
    return _guess(fallen)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


class _StrayWatch:
    """Hands chunks on and looks for control characters that no program writes into a text on purpose."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self.found = False

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.found = self.found or _STRAY.search(chunk) is not None
            yield chunk


def _unmarked_wide(head: bytes) -> str | None:
    """The kind of UTF-16 that a text without a mark is in: its digits, delimiters and line ends hold the zeros."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 4 or even + odd < len(head) // 50:
        return None
    if max(even, odd) <= 4 * min(even, odd):
        return None
    name = "utf-16-le" if odd > even else "utf-16-be"
    try:
        text = head[: len(head) // 2 * 2].decode(name, "strict" if len(head) < _SAMPLE else "ignore")
    except UnicodeDecodeError:
        return None
    printable = sum(char.isprintable() or char in "\t\r\n" for char in text)
    return name if printable >= 0.95 * len(text) else None


def _first_not_utf8(chunks: Iterable[bytes]) -> bytes | None:
    """A sample around the foreign bytes when the file is not UTF-8, else None."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = iter(chunks)
    for chunk in rest:
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            return _foreign_lines(_chain(chunk, rest))
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return b"\xe9"
    return None


def _foreign_lines(chunks: Iterable[bytes]) -> bytes:
    """Lines with bytes above 127, up to the sample's size."""
    sample = bytearray()
    for chunk in chunks:
        for line in chunk.splitlines():
            if not line.isascii():
                sample += line + b"\n"
        if len(sample) > _SAMPLE:
            break
    return bytes(sample[:_SAMPLE])


def _guess(sample: bytes) -> Encoding:
    """The encoding in which the words with foreign letters are likeliest.

    Raises:
        UserError: ``not-a-workbook`` when no encoding can hold these bytes.
    """
    counts = Counter(word for word in _BETWEEN_WORDS.split(sample) if not word.isascii())
    chosen = dict(islice(counts.items(), _MOST_WORDS))
    weights = {name: _likelihood(name, chosen) for name in _fitting(sample)}
    best = max(weights, key=lambda name: weights[name], default=None)
    if best is None:
        raise UserError.of("not-a-workbook", "The file is text in no known encoding.")
    western = best in ("cp1252", "latin-1")
    return Encoding(best, "not UTF-8; " + ("the usual Western encoding" if western else "guessed from its letters"))


def _fitting(sample: bytes) -> Iterator[str]:
    """The encodings that can hold all of these bytes."""
    for name in (*languages.SINGLE_BYTE, *scripts.DOUBLE_BYTE):
        try:
            sample.decode(name)
        except UnicodeDecodeError:
            continue
        yield name


def _likelihood(name: str, counts: dict[bytes, int]) -> float:
    words = [(word.decode(name, "replace"), min(count, _MOST_TIMES)) for word, count in counts.items()]
    if name in scripts.DOUBLE_BYTE:
        return scripts.weight(words, name) + scripts.DOUBLE_BYTE[name][2]
    candidates, usual = languages.SINGLE_BYTE[name]
    return max(languages.weight(words, language) for language in candidates) + usual
