"""Which encoding a text file is in: by its mark, by strict decoding of every byte, and only then by guessing."""

from __future__ import annotations

import codecs
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


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding and why it was taken."""

    name: str
    evidence: str


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
    fallen = _first_not_utf8(_chain(head, stream))
    if fallen is None:
        return Encoding("utf-8", "every byte of the file is valid UTF-8")
    return _guess(fallen)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


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
            return Encoding(best.encoding, "not UTF-8; guessed from its letters")
    for name in ("cp1252", "latin-1"):
        if _decodes(sample, name):
            return Encoding(name, "not UTF-8; the usual Western encoding")
    raise UserError.of("not-a-workbook", "The file is text in no known encoding.")


def _decodes(sample: bytes, name: str) -> bool:
    try:
        sample.decode(name)
    except UnicodeDecodeError:
        return False
    return True
