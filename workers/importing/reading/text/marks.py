r"""Cells of text files that say something else than their letters: ``="00123"``, ``\N``, and the end mark of DOS."""

from __future__ import annotations

import re
from collections.abc import Iterator

END_MARK = "\x1a"
r"""Ctrl-Z, with which CP/M and DOS ended texts."""
NULL_MARK = "\\N"
"""How MySQL and PostgreSQL write NULL in text files."""

# UTF-16 puts a zero beside each sign of ASCII.
_EQUALS_BYTES = (b'="', b'=\0"')
_NULL_BYTES = (b"\\N", b"\\\0N")
_MARK_SIZE = 4
_TAIL_SIZE = 64
_EQUALS = re.compile(r'="((?:[^"]|"")*)"')
_TAIL = END_MARK + "\r\n"


def without_equals(cell: str) -> str | None:
    """The text within ``="…"``, with which programs keep Excel from reading it as a number; None for other cells."""
    found = _EQUALS.fullmatch(cell) if cell.startswith('="') else None
    return found[1].replace('""', '"') if found else None


def has_equals(text: str) -> bool:
    """Whether a cell, or one of several each in a line of its own, is written ``="…"``."""
    return '="' in text and any(map(_EQUALS.fullmatch, text.split("\n")))


def has_null_mark(text: str) -> bool:
    """Whether a cell, or one of several each in a line of its own, is the mark of a NULL."""
    return NULL_MARK in text and NULL_MARK in text.split("\n")


def mended(record: list[str]) -> list[str]:
    """A record with the texts that its marks stand for; NULL is blank."""
    return ["" if cell == NULL_MARK else cell if (text := without_equals(cell)) is None else text for cell in record]


def without_end_mark(lines: Iterator[str]) -> Iterator[str]:
    """The lines without the end mark of the last one."""
    held: str | None = None
    for line in lines:
        if held is not None:
            yield held
        held = line
    if held is not None:
        bare = held.rstrip(_TAIL)
        if bare or END_MARK not in held:
            yield bare if END_MARK in held else held


class MarkWatch:
    """Hands the chunks of a file on and looks for bytes that make a closer look at its cells necessary.

    Attributes:
        equals: Whether some cell may be written ``="…"``.
        nulls: Whether some cell may be a NULL mark.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Wrap the chunks."""
        self._chunks = chunks
        self._rest = b""
        self._tail = b""
        self.equals = False
        self.nulls = False

    def __iter__(self) -> Iterator[bytes]:
        """Itself."""
        return self

    def __next__(self) -> bytes:
        """The next chunk, once it was looked at."""
        chunk = next(self._chunks)
        self.equals = self.equals or self._holds(chunk, _EQUALS_BYTES)
        self.nulls = self.nulls or self._holds(chunk, _NULL_BYTES)
        self._rest = chunk[-_MARK_SIZE:]
        self._tail = (self._tail + chunk[-_TAIL_SIZE:])[-_TAIL_SIZE:]
        return chunk

    def _holds(self, chunk: bytes, marks: tuple[bytes, ...]) -> bool:
        seam = self._rest + chunk[:_MARK_SIZE]
        # One byte is looked for many times as fast as several.
        return any(mark in seam or (mark[:1] in chunk and mark in chunk) for mark in marks)

    @property
    def marks(self) -> bool:
        """Whether cells may say something else than their letters."""
        return self.equals or self.nulls

    @property
    def end_mark(self) -> bool:
        """Whether the text ends with Ctrl-Z."""
        return self._tail.rstrip(b"\0\r\n").endswith(END_MARK.encode())
