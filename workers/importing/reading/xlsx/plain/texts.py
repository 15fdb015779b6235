"""Texts in worksheet XML: what may stand there, references to characters, and the escapes of spreadsheets."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from workers.importing.columnar.text_pool import TextPool, ranges_of
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.xlsx.exact import read_shared_strings, unescape
from workers.importing.reading.xlsx.plain.words import Chunk

_ENTITY = re.compile(rb"&(?:lt|gt|amp|quot|apos|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {b"&lt;": b"<", b"&gt;": b">", b"&amp;": b"&", b"&quot;": b'"', b"&apos;": b"'"}
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
_AMPERSAND = ord("&")
DECLARATION = (
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="[uU][tT][fF]-8")?(?: standalone="\w+")? ?\?>\s*)?'
)
"""An XML declaration that names no other encoding, or none."""
_SHARED_HEAD = re.compile(DECLARATION + rb"<sst(?:\s+[\w:]+=\"[^\"<&]*\")*\s*>")
_TAGS = 4
"""Of a plain shared string."""
_SHARED = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<>]*)</t></si>')


def is_plain_text(content: bytes) -> bool:
    """Whether a piece of XML is UTF-8 with known references, without what XML forbids or line ends to be changed."""
    array = np.frombuffer(content, np.uint8)
    if (
        len(array)
        and int(array.min()) < ord(" ")
        and bool(((array < ord(" ")) & (array != ord("\n")) & (array != ord("\t"))).any())
    ):
        return False
    if not content.isascii():
        try:
            content.decode()
        except UnicodeDecodeError:
            return False
        if any(mark in content for mark in _NO_CHARACTERS):
            return False
    if b"]]>" in content:
        return False
    return b"&" not in content or _references_are_known(content)


def _references_are_known(content: bytes) -> bool:
    count = 0
    for found in _ENTITY.finditer(content):
        count += 1
        number = int(found[1]) if found[1] else int(found[2], 16) if found[2] else 0x20
        if not _is_character(number):
            return False
    return count == content.count(b"&")


def _is_character(number: int) -> bool:
    """XML 1.0, production 2."""
    return (
        number in (0x9, 0xA, 0xD)
        or 0x20 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    )


def decoded(content: bytes) -> bytes:
    """Text with its references replaced."""
    return _ENTITY.sub(_character, content) if b"&" in content else content


def _character(found: re.Match[bytes]) -> bytes:
    named = _NAMED.get(found[0])
    if named is not None:
        return named
    return chr(int(found[1]) if found[1] else int(found[2], 16)).encode()


def escaped(content: bytes) -> bytes:
    """Text as a cell shows it: references replaced, ``_xHHHH_`` decoded; lone surrogates as `TextPool` keeps them."""
    content = decoded(content)
    if b"_x" not in content:
        return content
    return unescape(content.decode()).encode("utf-8", "surrogatepass")


def text_pool(chunk: Chunk, starts: Any, stops: Any, escapes: Any) -> TextPool:
    """The pool of some texts of a chunk.

    Args:
        chunk: The chunk, which `is_plain_text`.
        starts: Where each text begins, in rising order.
        stops: Where it ends.
        escapes: Whether ``_xHHHH_`` is to be decoded in it.
    """
    lengths = stops - starts
    data = chunk.data
    if b"&" not in data and b"_x" not in data:
        return TextPool(chunk.array, starts, lengths)
    changed = _with_references(chunk, starts, stops)
    pieces: list[bytes] = []
    moved: list[int] = []
    for place in changed:
        text = data[starts[place] : stops[place]]
        new = escaped(text) if escapes[place] else decoded(text)
        if new != text:
            pieces.append(new)
            moved.append(place)
    if not moved:
        return TextPool(chunk.array, starts, lengths)
    sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
    starts, lengths = starts.copy(), lengths.copy()
    starts[moved] = len(data) + ranges_of(sizes)
    lengths[moved] = sizes
    return TextPool(data + b"".join(pieces), starts, lengths)


def _with_references(chunk: Chunk, starts: Any, stops: Any) -> list[int]:
    """Places of the texts that hold an ampersand or an escape."""
    marks = np.flatnonzero(
        (chunk.array == _AMPERSAND) | ((chunk.array == ord("_")) & (np.append(chunk.array[1:], 0) == ord("x")))
    )
    places = np.searchsorted(starts, marks, side="right") - 1
    inside = (places >= 0) & (marks < stops[places])
    return list(dict.fromkeys(places[inside].tolist()))


def shared_pool(package: ZipPackage, part: str | None, limits: ReadLimits) -> TextPool:
    """The shared strings of a workbook, as cells show them; empty ones among them.

    Raises:
        UserError: ``damaged`` or ``too-large``.
    """
    if part is None:
        return TextPool.of(())
    texts = None
    if package.size(part) <= limits.part_size:
        texts = _plain_shared(package.read(part))
    if texts is None:
        return TextPool.of(read_shared_strings(package, part, limits))
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return TextPool(b"".join(texts), ranges_of(lengths), lengths)


def _plain_shared(content: bytes) -> list[bytes] | None:
    """The shared strings of a part; None where one has runs of different looks, phonetic signs or other markup."""
    head = _SHARED_HEAD.match(content)
    end = content.rfind(b"</sst>")
    if not head or end < head.end() or content[end + len(b"</sst>") :].strip():
        return None
    body = content[head.end() : end]
    if not is_plain_text(body):
        return None
    texts: list[bytes] = _SHARED.findall(body)
    if body.count(b"<") != _TAGS * len(texts) or body.count(b">") != _TAGS * len(texts):
        return None
    if b"&" not in body and b"_x" not in body:
        return texts
    return [escaped(text) if b"&" in text or b"_x" in text else text for text in texts]
