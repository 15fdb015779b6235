"""Where a block's header ends and its data begins, by evidence.

A header names columns: its cells are texts where the cells below are numbers or dates, it fills the columns that the
rows below fill, its words differ and do not come again below. Rows of groups stand above it; titles and notes are
narrower than the table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from workers.core.cells import CellRange, CellValue
from workers.core.layout_lines import (
    BOOLEAN,
    DATE,
    DATE_TEXT,
    ERROR,
    NUMBER,
    NUMBER_TEXT,
    TEXT,
    TIME,
    TOKEN,
    TYPED,
    Line,
)

SEARCH_LINES: Final = 60
"""How many filled rows from the top of a block may be title, notes and header."""
_PROSE: Final = 60
_UNITS: Final = frozenset(
    [
        "%",
        "‰",
        "$",
        "€",
        "£",
        "¥",
        "usd",
        "eur",
        "gbp",
        "chf",
        "kg",
        "g",
        "mg",
        "t",
        "lb",
        "oz",
        "km",
        "m",
        "cm",
        "mm",
        "mi",
        "ft",
        "in",
        "ha",
        "m²",
        "m2",
        "km²",
        "km2",
        "m³",
        "m3",
        "l",
        "ml",
        "s",
        "sec",
        "min",
        "h",
        "hr",
        "hrs",
        "days",
        "years",
        "kw",
        "mw",
        "gw",
        "kwh",
        "mwh",
        "gwh",
        "twh",
        "w",
        "v",
        "a",
        "hz",
        "khz",
        "mhz",
        "°c",
        "°f",
        "k",
        "pa",
        "kpa",
        "mpa",
        "bar",
        "j",
        "kj",
        "n",
        "no.",
        "no",
        "nr",
        "st.",
        "pcs",
    ]
)
_FAMILY: Final = {NUMBER: "n", NUMBER_TEXT: "N", DATE: "d", DATE_TEXT: "D", TIME: "d", BOOLEAN: "b", TEXT: "t"}


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


@dataclass(frozen=True, slots=True)
class Profile:
    """What the rows of a body have in common.

    Attributes:
        families: Per column what most of its cells are: ``n`` number, ``N`` number in a text, ``d`` and ``D`` the same
            of dates, ``b`` boolean, ``t`` text.
        fills: Per column how many rows fill it.
        lines: How many rows there are.
        width: Typical number of filled cells in a row.
    """

    families: dict[int, str]
    fills: dict[int, int]
    lines: int
    width: float

    def typed(self) -> list[int]:
        """Columns whose cells are something other than words."""
        return [column for column, family in self.families.items() if family != "t"]


def profile(lines: Sequence[Line]) -> Profile:
    """The common features of some rows."""
    counts: dict[int, Counter[str]] = {}
    for line in lines:
        for column, kind in line.kinds.items():
            counts.setdefault(column, Counter())[kind] += 1
    return _profile_of(counts, [line.width for line in lines])


def _profile_of(counts: dict[int, Counter[str]], widths: Sequence[int]) -> Profile:
    families: dict[int, str] = {}
    fills: dict[int, int] = {}
    for column in sorted(counts):
        number = counts[column]
        fills[column] = sum(number.values())
        families[column] = _family(number)
    ordered = sorted(widths)
    typical = float(ordered[len(ordered) // 2]) if ordered else 0.0
    return Profile(families, fills, len(widths), typical)


def _family(kinds: Counter[str]) -> str:
    meaning = sum(number for kind, number in kinds.items() if kind not in (TOKEN, ERROR))
    if not meaning:
        return "n" if kinds[ERROR] else "t"
    groups = Counter[str]()
    for kind, number in kinds.items():
        if kind in _FAMILY:
            groups[_FAMILY[kind]] += number
    best, number = groups.most_common(1)[0]
    if number >= 0.6 * meaning:
        return best
    numbers = groups["n"] + groups["N"]
    return "n" if numbers >= 0.6 * meaning else "t"


def fits(kind: str, family: str) -> bool:
    """Whether a cell of this kind is what a column of this family holds."""
    return kind in (TOKEN, ERROR) or _FAMILY.get(kind) == family or (family == "n" and kind == NUMBER_TEXT)


def contrasts(kind: str, family: str) -> bool:
    """Whether a cell of this kind stands out from such a column, as a header's does."""
    if family == "t":
        return False
    # "2005" written as text above real numbers is a header too.
    return kind == TEXT or (kind in (NUMBER_TEXT, DATE_TEXT) and family in "ndb") or (kind == DATE and family in "nN")


def find_header(lines: Sequence[Line], merged: Sequence[CellRange], bold: frozenset[int]) -> Header:
    """The most convincing split of these lines; a Header of 0 rows when none is."""
    best = _best_split(lines, bold)
    if best is None:
        return Header(0, 0, 0.0, "no row stands out as a header")
    index, score, why = best
    body = index + 1
    top = _header_top(lines, index, merged, bold)
    body = _continued(lines, index, body)
    rows = body - top
    if rows > 1:
        why += f"; {rows} header rows belong together"
    return Header(top, rows, score, why)


def _best_split(lines: Sequence[Line], bold: frozenset[int]) -> tuple[int, float, str] | None:
    """Index of the last full header line, its score and the evidence."""
    limit = min(len(lines) - 1, SEARCH_LINES)
    if max((line.width for line in lines), default=0) == 1:
        # In a single column every row has the same shape, so only the first can be told from the others.
        limit = min(limit, 1)
    if limit < 1:
        return None
    counts: dict[int, Counter[str]] = {}
    widths: list[int] = []
    for line in lines[limit + 1 :]:
        widths.append(line.width)
        for column, kind in line.kinds.items():
            counts.setdefault(column, Counter())[kind] += 1
    best: tuple[int, float, str] | None = None
    values = _values_below(lines)
    for index in range(limit - 1, -1, -1):
        below = lines[index + 1]
        widths.append(below.width)
        for column, kind in below.kinds.items():
            counts.setdefault(column, Counter())[kind] += 1
        score, why = _score(lines, index, _profile_of(counts, widths), bold, values)
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
    sequence = not data_above and _is_sequence(line, body) and not _is_sequence(lines[index + 1], body)
    named = {
        c
        for c, kind in kinds.items()
        if kind in (TEXT, TOKEN) or (c in body.families and contrasts(kind, body.families[c]))
    }
    if sequence:
        named |= {c for c, kind in kinds.items() if kind in TYPED}
    contrast = sum(1 for c in typed if c in named and c in kinds) / len(typed) if typed else 0.0
    odd = sum(1 for c in kinds if c not in named) / len(kinds)
    texts = [str(v).strip().casefold() for v in line.cells.values()]
    distinct = len(set(texts)) / len(texts)
    again = sum(1 for c, v in line.cells.items() if c in values and values[c][v] > 1) / len(kinds)
    prose = sum(1 for t in texts if len(t) > _PROSE) / len(texts)
    next_line = lines[index + 1]
    score = 2.0 * covered + 0.4 * distinct - 3.5 * odd - 1.5 * again - 0.8 * prose
    if typed:
        weight = min(1.0, 0.6 + 0.1 * len(typed))
        score += 2.5 * weight * contrast - (0.8 if contrast < 0.3 else 0.0)
    elif body.families:
        score += 0.5
    score -= 1.5 * _header_like(next_line, body) + 0.02 * index + min(3.0, 0.6 * data_above)
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


def _is_sequence(line: Line, body: Profile) -> bool:
    """Whether the row's numbers or dates count up or down in even steps, as years over columns do."""
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
    steps = {round(b - a, 6) for a, b in pairwise(numbers)}
    years = all(1700 <= number <= 2200 and number == int(number) for number in numbers)
    labelled = len(numbers) >= 4 and line.kinds[min(line.cells)] == TEXT
    return len(steps) == 1 and steps != {0.0} and (years or labelled or steps in ({1.0}, {-1.0}))


def _values_below(lines: Sequence[Line]) -> dict[int, Counter[CellValue]]:
    """How often each text stands in each column; the header's own is one of them."""
    found: dict[int, Counter[CellValue]] = {}
    for line in lines:
        for column, kind in line.kinds.items():
            if kind == TEXT:
                found.setdefault(column, Counter())[line.cells[column]] += 1
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


def _header_top(lines: Sequence[Line], index: int, merged: Sequence[CellRange], bold: frozenset[int]) -> int:
    """Index of the first of the header lines that end with line `index`."""
    columns = {column for line in lines[index : index + 50] for column in line.cells}
    top = index
    while top > 0 and lines[top].gap == 0 and _groups(lines, top - 1, top, index, columns, merged, bold):
        top -= 1
    if top == index:
        return index
    above = lines[top - 1] if top > 0 and lines[top].gap == 0 else None
    # Words scattered over several rows above a header are notes; groups stand alone or under a title.
    chatter = above is not None and above.width > 2 and not _spans_all(above, lines[index], merged)
    return index if chatter else top


def _spans_all(line: Line, header: Line, merged: Sequence[CellRange]) -> bool:
    return line.width <= 1 or any(
        area.first_row == line.number and area.last_column - area.first_column + 1 >= 0.8 * header.width
        for area in merged
    )


def _groups(
    lines: Sequence[Line],
    upper: int,
    lower: int,
    index: int,
    columns: set[int],
    merged: Sequence[CellRange],
    bold: frozenset[int],
) -> bool:
    """Whether line `upper` groups the columns that line `lower` names."""
    above, below = lines[upper], lines[lower]
    if not all(_may_group(above.cells[column], kind) for column, kind in above.kinds.items()):
        return False
    if lower == index and _is_units(below) and above.width >= 0.6 * below.width:
        return True
    spans = [columns & set(_span(above, column, merged, columns)) for column in sorted(above.cells)]
    if not all(spans) or above.width > max(below.width, 0.7 * len(columns)):
        return False
    if not _has_spans(above, merged) and not set(above.cells) <= set(below.cells):
        return _completes(above, below) and above.number in bold and below.number in bold
    singles = sum(1 for span in spans if len(span) == 1 and span <= set(below.cells))
    if not _has_spans(above, merged) and singles >= sum(1 for span in spans if len(span) > 1) > 0:
        # Words that mostly stand over one name each are a sentence spread over cells.
        return False
    widest = max(map(len, spans))
    covered = len(set().union(*spans)) / len(columns)
    if widest < 2:
        return _completes(above, below) and above.number in bold and below.number in bold
    if len(spans) == 1:
        # One text over everything is a title; one over some of the columns is a group.
        return covered < 0.8 and min(spans[0]) > min(columns) and _merged_from(above, min(spans[0]), merged)
    # A few words in the first columns only are a title with a date, not groups.
    return covered >= 0.5 or min(above.cells) > min(columns)


def _may_group(value: CellValue, kind: str) -> bool:
    """Whether a cell can name a group: a text, a date, or a number that is a year."""
    if kind in (NUMBER, NUMBER_TEXT):
        text = str(value).strip()
        return text.isdecimal() and 1700 <= int(text) <= 2200
    return kind in (TEXT, DATE, DATE_TEXT, TOKEN)


def _has_spans(line: Line, merged: Sequence[CellRange]) -> bool:
    """Whether the row has areas merged over several columns, which then say what belongs together."""
    return any(
        area.first_row <= line.number <= area.last_row and area.last_column > area.first_column for area in merged
    )


def _completes(above: Line, below: Line) -> bool:
    """Whether two rows share out the names: where one is blank, the other is filled."""
    return above.width > 1 and not set(above.cells) & set(below.cells)


def _merged_from(line: Line, column: int, merged: Sequence[CellRange]) -> bool:
    return any(
        area.first_row == line.number and area.first_column == column and area.last_column > column for area in merged
    )


def _span(line: Line, column: int, merged: Sequence[CellRange], columns: set[int]) -> range:
    """The columns that a group's cell stands for: its merged area, else up to the next filled cell."""
    in_row = [area for area in merged if area.first_row <= line.number <= area.last_row]
    for area in in_row:
        if area.first_column == column:
            return range(column, area.last_column + 1)
    if _has_spans(line, merged):
        return range(column, column + 1)
    later = [c for c in line.cells if c > column]
    return range(column, min(later) if later else max(columns | {column}) + 1)


def _is_units(line: Line) -> bool:
    texts = [str(value).strip() for value in line.cells.values()]
    units = sum(1 for t in texts if t.casefold() in _UNITS or re.fullmatch(r"[(\[].{1,12}[)\]]", t))
    return len(texts) >= 2 and units >= 0.6 * len(texts)


def _continued(lines: Sequence[Line], index: int, body: int) -> int:
    """The body's begin after a row that only names the row labels, such as "GEO" under "TIME" and the years.

    A label that stands alone on a row is a heading inside the data when there are more of its kind below.
    """
    line = lines[body]
    rest = lines[body + 1 :]
    if not rest or line.gap or lines[index].width < 3 or any(kind != TEXT for kind in line.kinds.values()):
        return body
    shape = profile(rest[:200])
    typed = shape.typed()
    labels = {column for column in shape.fills if column < min(typed, default=0)}
    dense = all(shape.fills[column] >= 0.95 * shape.lines for column in line.cells if column in labels)
    if len(typed) < 2 or not set(line.cells) <= labels or min(labels) not in line.cells or not dense:
        return body
    again = any(set(other.cells) == set(line.cells) for other in rest)
    return body if again or str(line.cells[min(labels)]).strip().endswith(":") else body + 1


def header_texts(lines: Sequence[Line], columns: Sequence[int], merged: Sequence[CellRange]) -> dict[int, str | None]:
    """The header of each column: the texts of the header lines from top to bottom, joined by one space.

    Groups are carried over the columns that they stand for. A column without any text gets None.
    """
    parts: dict[int, list[str]] = {column: [] for column in columns}
    named = {column for line in lines for column in line.cells}
    for position, line in enumerate(lines):
        last = position == len(lines) - 1
        spans = {column: _span(line, column, merged, named) for column in line.cells}
        for column in columns:
            value = line.cells.get(column)
            if value is None and not last:
                value = next((line.cells[c] for c, span in spans.items() if column in span and column != c), None)
                below = any(column in other.cells for other in lines[position + 1 :])
                if value is not None and not below and not _merged_over(line, column, merged):
                    value = None
            if value is not None:
                parts[column].append(_written(value))
    return {column: " ".join(texts) if texts else None for column, texts in parts.items()}


def _merged_over(line: Line, column: int, merged: Sequence[CellRange]) -> bool:
    return any(
        area.first_row <= line.number <= area.last_row and area.first_column <= column <= area.last_column
        for area in merged
    )


def _written(value: CellValue) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value)
    return text.removesuffix(" 00:00:00")
