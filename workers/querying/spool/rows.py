"""Rows as PostgreSQL writes them in CSV: NULL is nothing at all, an empty text is two quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FIELD = re.compile(rb'(?:(")([^"]*(?:""[^"]*)*)"|([^,\n"]*))([,\n])')
_NEEDS_QUOTES = re.compile(r'[",\n\r]').search
_NEEDS_QUOTES_BYTES = re.compile(rb'[",\n\r]').search

Fields = tuple[bytes | None, ...]
"""One row: the bytes of each value, None for NULL."""


def parse_rows(block: bytes) -> list[Fields]:
    """The rows of a block of whole rows."""
    out: list[Fields] = []
    row: list[bytes | None] = []
    add = row.append
    for quote, quoted, plain, end in _FIELD.findall(block):
        if quote:
            add(quoted.replace(b'""', b'"') if b'"' in quoted else quoted)
        else:
            add(plain or None)
        if end == b"\n":
            out.append(tuple(row))
            row.clear()
    return out


def count_rows(block: bytes) -> int:
    """How many whole rows a block holds."""
    ends = 0
    inside = False
    # Quotation marks come in pairs within a text, so what lies between them takes turns.
    for piece in block.split(b'"'):
        if not inside:
            ends += piece.count(b"\n")
        inside = not inside
    return ends


def whole_length(block: bytes) -> int:
    """The bytes of a block up to the end of its last whole row."""
    inside = False
    place = end = 0
    for piece in block.split(b'"'):
        if not inside and (found := piece.rfind(b"\n")) >= 0:
            end = place + found + 1
        place += len(piece) + 1
        inside = not inside
    return end


def format_row(values: Sequence[str | None]) -> bytes:
    """One row in the same form as PostgreSQL's."""
    return (",".join(map(_field, values)) + "\n").encode("utf-8", "surrogatepass")


def format_fields(values: Sequence[bytes | None]) -> bytes:
    """One row of values that are UTF-8 already."""
    return b",".join(map(_bytes_field, values)) + b"\n"


def _field(value: str | None) -> str:
    if value is None:
        return ""
    if not value or _NEEDS_QUOTES(value):
        return '"' + value.replace('"', '""') + '"'
    return value


def _bytes_field(value: bytes | None) -> bytes:
    if value is None:
        return b""
    if not value or _NEEDS_QUOTES_BYTES(value):
        return b'"' + value.replace(b'"', b'""') + b'"'
    return value
