"""Texts whose columns are aligned with spaces, as printers, mainframes and command lines write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

_LEAST_LINES: Final = 4
_FIRST_LINES: Final = 20
_MOST_LINES: Final = 500
_APART: Final = "  "
_ALIGNED: Final = 0.8
_BLANK: Final = 0.97
_LEFT: Final = 0.6


def find_cuts(lines: Sequence[str]) -> tuple[int, ...]:
    """Where each column but the first begins; empty when the lines are not aligned.

    Columns are parted by positions that are blank in nearly all lines. Sentences have no such positions, and hardly
    ever two spaces in a row; so most lines must have some.
    """
    sample = [line.rstrip() for line in lines if line.strip()][:_MOST_LINES]
    drawn = next((groups for line in sample[:_FIRST_LINES] if len(groups := _ruler(line)) > 1), None)
    if drawn:
        return tuple((left.end() + right.start() + 1) // 2 for left, right in pairwise(drawn))
    rows = [line for line in sample if _APART in line.strip()]
    if len(rows) < max(_LEAST_LINES, _ALIGNED * len(sample)) or any("\t" in line for line in rows):
        return ()
    width = max(map(len, rows))
    padded = [line.ljust(width) for line in rows]
    blank = [sum(line[place] == " " for line in padded) >= _BLANK * len(rows) for place in range(width)]
    cuts: list[int] = []
    place = 0
    for empty, run in groupby(blank):
        first, place = place, place + len(list(run))
        if empty and first and place < width:
            cuts += _cut(first, place, padded)
    return tuple(cuts)


def _ruler(line: str) -> list[re.Match[str]]:
    """The strokes of a line that is drawn under the names of columns; empty for any other line."""
    return [] if line.strip("-=_ ") or not re.search("--|==|__", line) else list(re.finditer(r"\S+", line))


def _cut(first: int, end: int, rows: Sequence[str]) -> list[int]:
    """Where to cut in a gap from `first` up to `end`; nothing in a gap that is only one between words.

    A single blank parts columns where the first row, perhaps their header, has a word on the right of it. Columns are
    aligned on the left or, as figures are, on the right; then wider ones may still come on their left side.
    """
    if end - first == 1 and (rows[0][end] == " " or rows[0][first - 1] != " "):
        return []
    filled = [row for row in rows if row[end:].strip()]
    left = sum(row[end] != " " for row in filled) >= _LEFT * len(filled)
    return [end if left else (first + end + 1) // 2]


def parse_lines(lines: Iterable[str], cuts: Sequence[int]) -> Iterator[list[str]]:
    """Divide lines at the cuts; words that stand across a cut, as titles do, stay together on its left."""
    for line in lines:
        text = line.rstrip("\r\n")
        yield _divided(text, cuts) if text.strip() else []


def _divided(text: str, cuts: Sequence[int]) -> list[str]:
    cells: list[str] = []
    start = across = 0
    for cut in cuts:
        if " " not in text[cut - 1 : cut + 1] and cut < len(text):
            across += 1
            continue
        cells += [text[start:cut].strip(), *[""] * across]
        start, across = cut, 0
    return [*cells, text[start:].strip(), *[""] * across]
