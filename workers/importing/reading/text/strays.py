"""Bytes of a text file that its encoding does not know: decoded one by one, and found again in their cells."""

from __future__ import annotations

import codecs
import re
from functools import partial

MARKING = "sheetferry-marking"
"""Error handler that puts a lone surrogate in the place of each foreign byte, by which its cell is found."""
UNKNOWN = "\ufffd"

_MARK = re.compile("[\udc00-\udcff]")


def reading_as(encoding: str | None) -> str:
    """The name of an error handler that reads foreign bytes in another encoding, or as U+FFFD where that has none."""
    name = f"sheetferry-as-{encoding or 'unknown'}"
    codecs.register_error(name, partial(_read_as, encoding))
    return name


def is_marked(text: str) -> bool:
    """Whether the text holds a byte that `MARKING` has marked."""
    return not text.isascii() and _MARK.search(text) is not None


def _foreign(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end], error.end


def _read_as(encoding: str | None, error: UnicodeError) -> tuple[str, int]:
    data, end = _foreign(error)
    if encoding is None:
        return UNKNOWN, end
    return "".join(bytes([byte]).decode(encoding, "replace") for byte in data), end


def _mark(error: UnicodeError) -> tuple[str, int]:
    data, end = _foreign(error)
    return "".join(chr(0xDC00 + byte) for byte in data), end


codecs.register_error(MARKING, _mark)
