"""Which encoding a text file is in: by its mark, by strict decoding of every byte, and only then by guessing."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workers.core.errors import UserError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Eight-bit and double-byte encodings in use; the first is what most Western files are in.
_CANDIDATES = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "koi8_r",
    "cp932", "gb18030", "big5", "euc_jp", "cp949", "cp437", "cp850", "mac_roman",
)  # fmt: skip
_SAMPLE = 256 << 10
_ENOUGH_FOREIGN = 12
"""With fewer bytes above 127 no statistics can tell; the Western code page is taken."""


# Signs that begin words only where Polish and its neighbours were taken for Western text.
_NEVER_BEFORE_LETTERS = frozenset("£¯³¹¼½¾¥¦")
_INSIDE_WORDS = frozenset("’‘'´`·-\u00ad\u2010\u2011/&+@_")
_WESTERN = ("cp1252", "latin-1", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman", "cp850", "cp437")
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
        return Encoding(wide, "every other byte is zero")
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
    if len(head) < 4 or head.count(0) < len(head) // 5:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


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
    foreign = sum(byte > 127 for byte in sample)
    if foreign >= _ENOUGH_FOREIGN:
        from charset_normalizer import from_bytes

        best = from_bytes(sample, cp_isolation=list(_CANDIDATES), threshold=0.3).best()
        if best is not None:
            name = best.encoding if best.encoding not in _WESTERN else _most_natural(sample, best.encoding)
            return Encoding(name or best.encoding, "not UTF-8; guessed from its letters")
    natural = _most_natural(sample, "cp1252")
    if natural in ("cp1252", "latin-1"):
        return Encoding(natural, "not UTF-8; the usual Western encoding")
    if natural is not None:
        return Encoding(natural, "not UTF-8; guessed from its letters")
    raise UserError.of("not-a-workbook", "The file is text in no known encoding.")


def _most_natural(sample: bytes, first: str) -> str | None:
    """The encoding in which the fewest signs stand inside words; of equals `first`, then the more usual one."""
    fitting = [name for name in dict.fromkeys((first, *_WESTERN)) if _decodes(sample, name)]
    return min(fitting, key=lambda name: _oddities(sample.decode(name)), default=None)


def _oddities(text: str) -> int:
    """How many signs stand where only letters can, and capitals behind small letters."""
    odd = 0
    for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if char < "\x80":
            continue
        if char < "\xa0":
            odd += 1
        elif char.isalpha():
            odd += char.isupper() and before.islower()
        elif after.isalpha() and char not in _INSIDE_WORDS:
            odd += before.isalpha() or char in _NEVER_BEFORE_LETTERS
    return odd


def _decodes(sample: bytes, name: str) -> bool:
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return False
    return True
