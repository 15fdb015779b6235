"""Which encoding a text file is in: by its mark, by strict decoding of every byte, and only then by guessing."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from workers.core.model.errors import UserError
from workers.importing.reading.text import languages, scripts
from workers.importing.reading.text.strays import UNKNOWN, reading_as

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 256 << 10
_MANY = 20
_MOST_WORDS = 500
_MOST_TIMES = 3
"""A word that comes a thousand times tells hardly more about the encoding than one that comes a few times."""
_BETWEEN_WORDS = re.compile(rb"[\x00-\x2f\x3a-\x3f]+")
"""Bytes that are no part of a character in any encoding."""
_ESCAPED = re.compile("[\udc80-\udcff]")
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
        errors: Name of the handler for bytes that the encoding does not know.
        guessed: Whether nothing but the letters speaks for it.
    """

    name: str
    evidence: str
    strays: bool = False
    errors: str = "strict"
    guessed: bool = False

    @property
    def has_foreign_bytes(self) -> bool:
        """Whether some bytes of the file are no text in this encoding."""
        return self.errors != "strict"


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
            return _marked(name, _chain(head, stream))
    wide = _unmarked_wide(head)
    if wide is not None:
        return Encoding(wide, "every other byte of its digits and line ends is zero")
    watch = _StrayWatch(_chain(head, stream))
    census = _Census.of(watch)
    if not census.invalid:
        return Encoding("utf-8", "every byte of the file is valid UTF-8", watch.found)
    if census.is_utf8:
        return _with_strays("utf-8", "nearly every byte of the file is valid UTF-8", census)
    return _guess(bytes(census.foreign[:_SAMPLE]))


def _marked(name: str, chunks: Iterator[bytes]) -> Encoding:
    """The encoding that a byte order mark names; what is not UTF-8 in a file that says it is, is a stray byte."""
    evidence = "its byte order mark says so"
    if name == "utf-8-sig":
        census = _Census.of(chunks, certain=True)
        if census.invalid:
            return _with_strays(name, evidence, census)
    return Encoding(name, evidence)


def _with_strays(name: str, evidence: str, census: _Census) -> Encoding:
    """UTF-8 but for some bytes, which are read in the encoding that their words are likeliest in."""
    try:
        other = _guess(bytes(census.words[:_SAMPLE])).name
    except UserError:
        other = "cp1252"
    single = other in languages.SINGLE_BYTE
    return Encoding(name, evidence, errors=reading_as(other if single else None))


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
    text = text.rstrip("\x1a\r\n")
    printable = sum(char.isprintable() or char in "\t\r\n" for char in text)
    return name if printable >= 0.95 * len(text) else None


@dataclass(slots=True)
class _Census:
    """How much of a file is valid UTF-8 beyond ASCII, and how much is not.

    Attributes:
        valid: Bytes that continue a character, each of which fits the one before it.
        invalid: Bytes that fit nowhere.
        foreign: Lines with bytes beyond ASCII, up to the sample's size.
        words: Words that are not UTF-8, up to the sample's size.
    """

    valid: int = 0
    invalid: int = 0
    foreign: bytearray = field(default_factory=bytearray)
    words: bytearray = field(default_factory=bytearray)

    @classmethod
    def of(cls, chunks: Iterable[bytes], *, certain: bool = False) -> _Census:
        """Look at all of a file, or as much as it takes to see that it is not UTF-8 unless that is `certain`."""
        census = cls()
        for part in _whole_lines(chunks):
            census._add(part)
            if not certain and census.is_other:
                break
        return census

    @property
    def is_utf8(self) -> bool:
        """Whether bytes fit one another far more often than they do in other encodings by accident."""
        return self.valid >= 2 * self.invalid or (self.valid >= _MANY and 2 * self.valid >= self.invalid)

    @property
    def is_other(self) -> bool:
        """Whether enough was seen to be sure that it is another encoding, and to guess which."""
        return len(self.foreign) >= _SAMPLE and self.invalid > _MANY and not self.is_utf8

    def _add(self, part: bytes) -> None:
        if part.isascii():
            return
        try:
            self.valid += len(part) - len(part.decode())
        except UnicodeDecodeError:
            self._add_lines(part)
        else:
            if len(self.foreign) < _SAMPLE:
                self.foreign += b"\n".join(line for line in part.splitlines() if not line.isascii()) + b"\n"

    def _add_lines(self, part: bytes) -> None:
        for line in part.splitlines():
            if line.isascii():
                continue
            if len(self.foreign) < _SAMPLE:
                self.foreign += line + b"\n"
            text = line.decode(errors="surrogateescape")
            bad = len(_ESCAPED.findall(text))
            self.invalid += bad
            self.valid += len(line) - len(text)
            if bad and len(self.words) < _SAMPLE:
                self.words += b" ".join(word for word in _BETWEEN_WORDS.split(line) if _is_foreign(word)) + b"\n"


def _is_foreign(word: bytes) -> bool:
    try:
        word.decode()
    except UnicodeDecodeError:
        return True
    return False


def _whole_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut at ends of lines, or between two characters where there is none."""
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        end = max(data.rfind(b"\n"), data.rfind(b"\r")) + 1 or _character_end(data)
        yield data[:end]
        rest = data[end:]
    yield rest


def _character_end(data: bytes) -> int:
    """The place before the last character of UTF-8 that begins in the data."""
    end = max(len(data) - 1, 0)
    while end > 0 and data[end] & 0xC0 == 0x80:
        end -= 1
    return end


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
    evidence = "not UTF-8; " + ("the usual Western encoding" if western else "guessed from its letters")
    errors = "strict" if _holds(best, sample) else reading_as(None)
    return Encoding(best, evidence, errors=errors, guessed=True)


def _fitting(sample: bytes) -> Iterator[str]:
    """The encodings that can hold these bytes: all of them, or in one of single bytes all but a few."""
    few = sum(byte > 0x7F for byte in sample) // _MANY
    for name in languages.SINGLE_BYTE:
        if _holds(name, sample) or sample.decode(name, "replace").count(UNKNOWN) <= few:
            yield name
    yield from (name for name in scripts.DOUBLE_BYTE if _holds(name, sample))


def _holds(name: str, sample: bytes) -> bool:
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _likelihood(name: str, counts: dict[bytes, int]) -> float:
    words = [(word.decode(name, "replace"), min(count, _MOST_TIMES)) for word, count in counts.items()]
    if name in scripts.DOUBLE_BYTE:
        return scripts.weight(words, name) + scripts.DOUBLE_BYTE[name][2]
    candidates, usual = languages.SINGLE_BYTE[name]
    return max(languages.weight(words, language) for language in candidates) + usual
