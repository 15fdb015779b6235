"""Records of BIFF12, the binary form of xlsb parts ([MS-XLSB] 2.1.4 and 2.5)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from typing import Final

from workers.core.model.errors import SheetferryError, UserError

ROW: Final = 0
CELL_BLANK: Final = 1
CELL_RK: Final = 2
CELL_ERROR: Final = 3
CELL_BOOL: Final = 4
CELL_REAL: Final = 5
CELL_TEXT: Final = 6
CELL_SHARED: Final = 7
FORMULA_TEXT: Final = 8
FORMULA_NUMBER: Final = 9
FORMULA_BOOL: Final = 10
FORMULA_ERROR: Final = 11
SHARED_ITEM: Final = 19
FONT: Final = 43
NUMBER_FORMAT: Final = 44
CELL_FORMAT: Final = 47
COLUMN_INFO: Final = 60
CELL_RICH_TEXT: Final = 62
SHEET_DATA_END: Final = 146
DIMENSION: Final = 148
WORKBOOK_PROPERTIES: Final = 153
SHEET: Final = 156
MERGED: Final = 176
TABLE: Final = 343
CELL_FORMATS_BEGIN: Final = 617
CELL_FORMATS_END: Final = 618

ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip

_MAX_RECORD = 64 << 20


def records(chunks: Iterable[bytes], what: str) -> Iterator[tuple[int, bytes]]:
    """The records of a part as ``(type, content)``.

    Raises:
        UserError: ``damaged`` when the part breaks off inside a record.
    """
    buffer = b""
    position = 0
    source = iter(chunks)
    while True:
        header = _header(buffer, position)
        if header is not None:
            kind, size, start = header
            if size > _MAX_RECORD:
                raise broken(what)
            if start + size <= len(buffer):
                yield kind, buffer[start : start + size]
                position = start + size
                continue
        chunk = next(source, None)
        if chunk is None:
            if position != len(buffer):
                raise broken(what)
            return
        buffer = buffer[position:] + chunk
        position = 0


def _header(buffer: bytes, position: int) -> tuple[int, int, int] | None:
    """Type, size and start of the content; None when more bytes are needed. Both are numbers of seven bits a byte."""
    end = len(buffer)
    if position >= end:
        return None
    kind = buffer[position]
    position += 1
    if kind & 0x80:
        if position >= end:
            return None
        kind = (kind & 0x7F) | (buffer[position] & 0x7F) << 7
        position += 1
    size = shift = 0
    while True:
        if position >= end:
            return None
        byte = buffer[position]
        position += 1
        size |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80 or shift >= 28:
            return kind, size, position


def wide_string(data: bytes, offset: int) -> tuple[str, int]:
    """A string with its length before it, and the offset after it; a missing one is empty.

    Raises:
        ValueError: when it is longer than the record.
    """
    (length,) = struct.unpack_from("<I", data, offset)
    offset += 4
    if length == 0xFFFFFFFF:
        return "", offset
    end = offset + 2 * length
    if end > len(data):
        raise ValueError("a text is longer than its record")
    return data[offset:end].decode("utf-16-le", "replace"), end


def rk_number(raw: int) -> float:
    """A number packed into four bytes ([MS-XLSB] 2.5.123, RkNumber)."""
    value: float
    if raw & 2:
        signed = raw >> 2
        value = signed - (1 << 30) if signed & (1 << 29) else signed
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))
    return value / 100 if raw & 1 else float(value)


def broken(what: str) -> SheetferryError:
    """The sentence for a part that breaks off or makes no sense."""
    return UserError.of(
        "damaged",
        f"The file is damaged: {what} breaks off or holds records that make no sense.",
        "Open it in your spreadsheet program, let it repair the file, and save it again.",
    )
