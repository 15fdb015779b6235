"""The first rows of a result as lines of text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from workers.core.query.columns import ResultColumn

_WIDEST = 60
_NULL = "NULL"
_CONTROLS = {n: f"\\x{n:02x}" for n in (*range(32), 127)} | {9: "\\t", 10: "\\n", 13: "\\r"}


def table_lines(columns: Sequence[ResultColumn], rows: Sequence[Sequence[str | None]]) -> list[str]:
    """A header, a rule and a line for each row; numbers stand at the right, what is wide is cut with ``…``."""
    head = [shown(column.name) for column in columns]
    cells = [[shown(value) for value in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(head, *cells, strict=True)] if head else []
    right = [column.is_number for column in columns]
    lines = [_line(head, widths, [False] * len(widths)), "  ".join("─" * size for size in widths)]
    return [line.rstrip() for line in [*lines, *(_line(row, widths, right) for row in cells)]]


def shown(value: str | None) -> str:
    """A value on one line: what would move the cursor or colour the screen is written out."""
    if value is None:
        return _NULL
    text = value[: _WIDEST * 2].translate(_CONTROLS)
    text = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cf", "Cs") else "�" for sign in text)
    if width(text) <= _WIDEST and len(value) <= _WIDEST * 2:
        return text
    while width(text) >= _WIDEST:
        text = text[:-1]
    return text + "…"


def width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, size, at_right in zip(cells, widths, right, strict=True):
        space = " " * (size - width(cell))
        padded.append(space + cell if at_right else cell + space)
    return "  ".join(padded)
