"""Where a block's header ends and its data begins, by evidence.

A header names columns: its cells are texts where the cells below are numbers or dates, it fills the columns that the
rows below fill, its words differ and do not come again below. Rows of groups stand above it; titles and notes are
narrower than the table.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from workers.core.layout.header_groups import continued, header_top, is_numbering, is_ruler
from workers.core.layout.lines import (
    DATE,
    DATE_TEXT,
    NUMBER,
    NUMBER_TEXT,
    TEXT,
    TOKEN,
    TYPED,
    Line,
)
from workers.core.layout.profile import Profile, contrasts, fits, profile, profile_of
from workers.core.model.cells import CellRange, CellValue

SEARCH_LINES: Final = 60
"""How many filled rows from the top of a block may be title, notes and header."""
_PROSE: Final = 60
_MOSTLY: Final = 0.6
_SHAPES_SEEN: Final = 50
_SHAPES_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Header:
    """The split of a block into header and data.

    Attributes:
        rows: How many lines, from `top`, are header lines; 0 without a header.
        top: Index of the first header line (of the first data line without a header).
        score: How convincing it is; above 2 is good.
        why: The evidence in words.
    """

    top: int
    rows: int
    score: float
    why: str

    @property
    def body(self) -> int:
        """Index of the first data line."""
        return self.top + self.rows


def find_header(lines: Sequence[Line], merged: Sequence[CellRange], bold: frozenset[int]) -> Header:
    """The most convincing split of these lines; a Header of 0 rows when none is."""
    places = [place for place, line in enumerate(lines) if place > SEARCH_LINES or not is_ruler(line)]
    if places and len(places) < len(lines):
        header = _find([lines[place] for place in places], merged, bold)
        top = places[header.top]
        rows = places[header.body - 1] - top + 1 if header.rows else 0
        return replace(header, top=top, rows=rows)
    return _find(lines, merged, bold)


def _find(lines: Sequence[Line], merged: Sequence[CellRange], bold: frozenset[int]) -> Header:
    best = _best_split(lines, bold)
    if best is None:
        return Header(titles_above(lines), 0, 0.0, "no row stands out as a header")
    index, score, why = best
    top = header_top(lines, index, profile(lines[index + 1 :]), merged, bold)
    # A row that numbers the columns is no name of theirs; it is left out with the remarks below the header.
    body = index if top < index and is_numbering(lines[index]) else continued(lines, index, index + 1)
    rows = body - top
    if rows > 1:
        why += f"; {rows} header rows belong together"
    return Header(top, rows, score, why)


def titles_above(lines: Sequence[Line]) -> int:
    """How many lines above data without a header are titles: lonely words over several filled columns, once."""
    count = 0
    while count < len(lines) - 2 and lines[count].width <= 2 and set(lines[count].kinds.values()) == {TEXT}:
        count += 1
    body = lines[count:]
    shape = profile(body[:_SHAPES_SEEN])
    if not count or shape.width < 2 * max(line.width for line in lines[:count]) or not shape.typed():
        return 0
    patterns = {frozenset(line.cells) for line in lines[:count]}
    return 0 if any(frozenset(line.cells) in patterns for line in body) else count


def _best_split(lines: Sequence[Line], bold: frozenset[int]) -> tuple[int, float, str] | None:
    """Index of the last full header line, its score and the evidence."""
    limit = min(len(lines) - 1, SEARCH_LINES)
    if max((line.width for line in lines), default=0) == 1:
        # In a single column every row has the same shape, so only the first can be told from the others.
        limit = min(limit, 1)
    if limit < 1:
        return None
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    widths: list[int] = []
    for line in lines[limit + 1 :]:
        widths.append(line.width)
        for column, kind in line.kinds.items():
            counts[column][kind] += 1
    best: tuple[int, float, str] | None = None
    values = _values_below(lines)
    shapes = _Shapes(lines[: limit + _SHAPES_SEEN])
    for index in range(limit - 1, -1, -1):
        below = lines[index + 1]
        widths.append(below.width)
        for column, kind in below.kinds.items():
            counts[column][kind] += 1
        score, why = _score(lines, index, profile_of(counts, widths), bold, values, shapes)
        if best is None or score >= best[1]:
            best = (index, score, why)
    return best if best and best[1] > _THRESHOLD else None


_THRESHOLD: Final = 1.2


def _score(
    lines: Sequence[Line],
    index: int,
    body: Profile,
    bold: frozenset[int],
    values: dict[int, Counter[CellValue]],
    shapes: _Shapes,
) -> tuple[float, str]:
    """How well line `index` does as the header of everything below it."""
    line = lines[index]
    used = [c for c, n in body.fills.items() if n >= max(1, 0.02 * body.lines)]
    typed = [c for c in body.typed() if c in used]
    kinds = line.kinds
    if not used or not kinds:
        return -9.0, ""
    covered = sum(1 for c in used if c in kinds) / len(used)
    data_above = _data_above(lines, index, 0.8 * body.width if not typed else None)
    sequence = not data_above and (
        _years_over(lines, index) or (_is_sequence(lines, index, body) and not _is_sequence(lines, index + 1, body))
    )
    values_too = NUMBER in kinds.values()
    named = {
        c
        for c, kind in kinds.items()
        if kind in (TEXT, TOKEN)
        or (c in body.families and contrasts(kind, body.families[c]) and not (kind == DATE and values_too))
    }
    if sequence:
        named |= {c for c, kind in kinds.items() if kind in TYPED}
    # A word over codes that are all built alike stands out as one over numbers does.
    coded = [c for c in used if c in shapes.codes and c not in typed]
    clear = {c for c in typed if c in named and c in kinds}
    clear |= {c for c in coded if kinds.get(c) == TEXT and _shape(str(line.cells[c])) != shapes.codes[c]}
    typed += coded
    contrast = len(clear) / len(typed) if typed else 0.0
    odd = sum(1 for c in kinds if c not in named) / len(kinds)
    texts = [str(v).strip().casefold() for v in line.cells.values()]
    distinct = len(set(texts)) / len(texts)
    again = _again(lines, index, values)
    prose = sum(1 for t in texts if len(t) > _PROSE) / len(texts)
    next_line = lines[index + 1]
    score = 2.0 * covered + 0.4 * distinct - 3.5 * odd - 1.5 * again - 0.8 * prose
    if typed:
        weight = min(1.0, 0.6 + 0.1 * len(typed))
        score += 2.5 * weight * contrast - (0.8 if contrast < 0.3 else 0.0)
    elif body.families:
        score += 0.5
    score -= 1.5 * _header_like(next_line, body) + 0.02 * index + min(3.0, 0.6 * data_above)
    if again >= _MOSTLY and not contrast:
        score -= 1.5
    score -= 2.0 * (1.0 - contrast) * shapes.like_data(index) + 0.5 * _siblings(lines, index)
    if line.width == 1 and len(used) > 2:
        score -= 1.0
    if line.number in bold and next_line.number not in bold:
        score += 0.8
    return score, _words(covered, contrast, len(typed), sequence)


def _data_above(lines: Sequence[Line], index: int, words: float | None) -> int:
    """How many lines above a header look like data that would be left out.

    Args:
        lines: The block.
        index: The header.
        words: Where all data is words, how many cells a line of it has at least; else None.
    """
    width = lines[index].width
    return sum(
        1
        for line in lines[:index]
        if (line.width >= 0.6 * width and any(kind in TYPED for kind in line.kinds.values()))
        or (words is not None and line.width >= max(words, 1.5))
    )


def _header_like(line: Line, body: Profile) -> float:
    """Share of the typed columns in which a line stands out although it should be data."""
    kinds = line.kinds
    typed = [c for c in body.typed() if c in kinds]
    if not typed:
        return 0.0
    against = sum(1 for c in typed if kinds[c] == TEXT)
    support = sum(1 for c in typed if fits(kinds[c], body.families[c]))
    return against / len(typed) if not support else 0.0


def _is_sequence(lines: Sequence[Line], index: int, body: Profile) -> bool:
    """Whether a row's numbers or dates count up or down in even steps, as years over columns do."""
    line = lines[index]
    numbers: list[float] = []
    for column in sorted(line.cells):
        kind, value = line.kinds[column], line.cells[column]
        if kind in (NUMBER, NUMBER_TEXT):
            try:
                numbers.append(float(str(value).strip()))
            except ValueError:
                return False
        elif kind in (DATE, DATE_TEXT):
            return sum(k in (DATE, DATE_TEXT) for k in line.kinds.values()) >= 3 and not any(
                body.families.get(c) in ("d", "D") for c, k in line.kinds.items() if k in (DATE, DATE_TEXT)
            )
    if len(numbers) < 3 or len(numbers) < 0.5 * line.width:
        return False
    years = all(map(_is_year, numbers))
    steps = {round(b - a, 6) for a, b in pairwise(numbers)}
    labelled = len(numbers) >= 4 and line.kinds[min(line.cells)] == TEXT
    return len(steps) == 1 and steps != {0.0} and (years or labelled or steps in ({1.0}, {-1.0}))


def _years_over(lines: Sequence[Line], index: int) -> bool:
    """Whether the numbers of a row are years, at least two and half of its cells, that stand out from those below."""
    line = lines[index]
    numbers = [line.cells[c] for c, kind in line.kinds.items() if kind in (NUMBER, NUMBER_TEXT)]
    written = [str(number).strip() for number in numbers]
    years = all(text.isdecimal() and _is_year(float(text)) for text in written)
    return years and len(numbers) >= max(2, 0.5 * line.width) and _years_stand_out(lines, index)


def _is_year(number: float) -> bool:
    return 1700 <= number <= 2200 and number == int(number)


def _years_stand_out(lines: Sequence[Line], index: int) -> bool:
    """Whether the columns of a row of years hold no years below, and no names above but groups."""
    line = lines[index]
    places = [c for c, kind in line.kinds.items() if kind in (NUMBER, NUMBER_TEXT)]
    seen = False
    for below in lines[index + 1 : index + 6]:
        here = [below.cells[c] for c in places if below.kinds.get(c) == NUMBER]
        seen = seen or bool(here)
        if here and all(_is_year(float(str(value))) for value in here):
            return False
    if not seen:
        return False
    if not index or line.gap:
        return True
    return sum(1 for c in places if lines[index - 1].kinds.get(c) == TEXT) < len(places)


def _again(lines: Sequence[Line], index: int, values: dict[int, Counter[CellValue]]) -> float:
    """Share of the row's cells whose text comes again below; a whole row that comes again is a repeated header."""
    line = lines[index]
    copies = sum(1 for other in lines if other.cells == line.cells)
    return sum(1 for c, v in line.cells.items() if c in values and values[c][v] > copies) / line.width


class _Shapes:
    """How the texts of each column are built, counted over the lines around a candidate for the header.

    Candidates are looked at from the last to the first, so that each line is counted once and taken out once.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        """Count the texts of all lines."""
        self._lines = lines
        self._memo: dict[str, str] = {}
        self._counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
        self._end = len(lines)
        for line in lines:
            self._add(line, 1)
        self.codes = self._codes()

    def _codes(self) -> dict[int, str]:
        """The columns whose texts are nearly all codes built alike, and how these are built."""
        lines = self._lines[-_SHAPES_SEEN:]
        seen: defaultdict[int, Counter[str]] = defaultdict(Counter)
        for line in lines:
            for column, shape in self._of(line):
                seen[column][shape] += 1
        found: dict[int, str] = {}
        for column, shapes in seen.items():
            shape, count = shapes.most_common(1)[0]
            if shape and count > _SHAPES_ENOUGH and count >= max(0.8 * shapes.total(), 0.5 * len(lines)):
                found[column] = shape
        return found

    def like_data(self, index: int) -> bool:
        """Whether a text of line `index` is built like nearly all texts of its column, as a code or an address is."""
        while self._end > index + _SHAPES_SEEN:
            self._end -= 1
            self._add(self._lines[self._end], -1)
        for column, shape in self._of(self._lines[index]):
            others = self._counts[column].total() - 1
            # One of the others may be the header.
            enough = min(0.9 * others, others - 1)
            if shape and others >= _SHAPES_ENOUGH and self._counts[column][shape] - 1 >= enough:
                return True
        return False

    def _add(self, line: Line, times: int) -> None:
        for column, shape in self._of(line):
            self._counts[column][shape] += times

    def _of(self, line: Line) -> Iterator[tuple[int, str]]:
        """The columns in which a line holds a text, and how each of these is built."""
        for column, kind in line.kinds.items():
            if kind == TEXT:
                text = str(line.cells[column])
                shape = self._memo.get(text)
                if shape is None:
                    shape = self._memo[text] = _shape(text)
                yield column, shape


def _shape(text: str) -> str:
    """How a text with digits or an at sign is built: runs of letters and of digits; empty for mere words."""
    if "@" not in text and not any(map(str.isdigit, text)):
        return ""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", text.strip()))


def _siblings(lines: Sequence[Line], index: int) -> int:
    """How many rows directly above, but for one, are filled in just the same columns, as rows of data are."""
    own = lines[index].cells.keys()
    count = 0
    while count < index and not lines[index - count].gap and lines[index - count - 1].cells.keys() == own:
        count += 1
    return max(0, count - 1)


def _values_below(lines: Sequence[Line]) -> dict[int, Counter[CellValue]]:
    """How often each text stands in each column; the header's own is one of them."""
    found: defaultdict[int, Counter[CellValue]] = defaultdict(Counter)
    for line in lines:
        for column, kind in line.kinds.items():
            if kind == TEXT:
                found[column][line.cells[column]] += 1
    return found


def _words(covered: float, contrast: float, typed: int, sequence: bool) -> str:
    said = f"it names {covered:.0%} of the columns filled below"
    if sequence:
        return f"{said}; its numbers run in even steps"
    if typed and contrast:
        return (
            f"{said}; its texts stand over numbers, dates or booleans in {round(contrast * typed)} of {typed} columns"
        )
    return f"{said}; its words do not come again below"
