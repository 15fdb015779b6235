"""What can be told of each line of a region: figures that a learnt judgement of its role rests on.

Every figure is small, free of units where it can be, and looks at a line itself, at the lines close to it, or at what
its columns hold in the whole region. What the line is, is for `forest` and `decode` to say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from workers.core.layout.header_groups import is_numbering, is_ruler, units_share
from workers.core.layout.lines import DATE, DATE_TEXT, ERROR, NUMBER, NUMBER_TEXT, TEXT, TIME, TOKEN, Line
from workers.core.layout.tail import begins_total, is_figure_word, is_total_word, reads_as_note
from workers.core.model.cells import CellRange, CellValue

_NEAR: Final = 8
_GROUP: Final = {
    NUMBER: "n",
    NUMBER_TEXT: "n",
    TOKEN: "o",
    ERROR: "n",
    DATE: "d",
    DATE_TEXT: "d",
    TIME: "d",
    TEXT: "t",
    "b": "b",
}
_NUMERIC: Final = re.compile(r"[-+(~<>≤≥]?[\s$€£¥₽]*\d[\d.,\s\u00a0\u202f']*\)?\s*[%‰*a-z]?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d(?:\.0)?(?:\s?[-/\u2013]\s?\d\d(?:\d\d)?)?\W?[\d*rpef]?")
_PERIOD: Final = re.compile(
    r"(?:[1-4][qtk]|q[1-4]|h[12]|[1-4]\s?кв|fy|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|янв|фев|мар|апр|ма[йя]|"
    r"июн|июл|авг|сен|окт|ноя|дек|ene|abr|ago|dic|mai|juin|juil|août|déc|mär|okt|dez|gen|mag|giu|lug|set|ott|sty|lut|"
    r"kwi|maj|cze|lip|sie|wrz|paź|lis|gru|oca|şub|nis|haz|tem|eyl|eki|kas|ara|\d+\s?[月月年年]|平成|令和|昭和|mon|tue|"
    r"wed|thu|fri|sat|sun)",
    re.IGNORECASE,
)
_FORM: Final = re.compile(r"[^\W\d_]+")
_DIGITS: Final = re.compile(r"\d+")


@dataclass(slots=True)
class _Row:
    """One line, looked at once."""

    line: Line
    groups: dict[int, str]
    texts: list[str]
    own: list[float]


OWN: Final = (
    "width", "fill", "distinct", "numbers", "years", "dates", "words", "tokens", "longest", "mean_length", "indent",
    "span", "bold", "total_word", "figure_word", "note_word", "single", "colon", "lower_case", "first_is_number",
    "numbering", "units", "periods", "brackets", "merged_cells", "merged_widest", "merged_down", "under_merged",
    "gap_before", "gap_after", "words_a_text", "digits_in_texts", "inner_gaps", "ruler", "begins_total", "runs",
    "even_steps",
)  # fmt: skip
AROUND: Final = (
    "place", "place_share", "left", "over_numbers", "over_dates", "covered", "like_below", "like_above", "width_below",
    "width_above", "widest_above", "on_line_above", "on_line_below", "fits_columns", "against_columns", "again_column",
    "again_row", "pattern_share", "above_numbers", "below_numbers", "new_columns", "repeats_above", "form_below",
    "sums_above", "adds_up", "single_above", "single_below", "distinct_below", "data_before", "first_column_filled",
    "first_column_below", "like_next", "like_last", "over_next", "again_above", "data_after", "wider_below",
)  # fmt: skip
REGION: Final = (
    "all_numbers",
    "all_words",
    "all_longest",
    "all_single",
    "all_gaps",
    "all_colons",
    "all_lines",
    "all_width",
)
CONTEXT: Final = (-2, -1, 1, 2)
_LENT: Final = len(OWN) + len(AROUND)
NAMES: Final = (
    *OWN,
    *AROUND,
    *REGION,
    *(f"{name}@{place:+d}" for place in CONTEXT for name in (*OWN, *AROUND)),
)


def evidence(lines: Sequence[Line], merged: Sequence[CellRange], bold: frozenset[int]) -> list[list[float]]:
    """The figures of each line, in the order of `NAMES`.

    Args:
        lines: The lines of one region.
        merged: The sheet's merged areas.
        bold: Rows that are wholly bold.
    """
    if not lines:
        return []
    spans = _merged_by_row(merged, lines)
    widths = sorted(line.width for line in lines)
    wide = max(1, widths[int(0.9 * (len(widths) - 1))])
    left = min(min(line.cells) for line in lines)
    rows = [_row(lines, place, spans, bold, wide, left) for place in range(len(lines))]
    base = _around(rows, wide)
    whole = [[*row.own, *around] for row, around in zip(rows, base, strict=True)]
    blank = [-1.0] * _LENT
    region = _region(rows)
    found = []
    for place, figures in enumerate(whole):
        full = [*figures, *region]
        for step in CONTEXT:
            other = place + step
            full += whole[other] if 0 <= other < len(whole) else blank
        found.append(full)
    return found


def _merged_by_row(merged: Sequence[CellRange], lines: Sequence[Line]) -> dict[int, list[CellRange]]:
    """The merged areas that touch each of the lines' rows; a sheet with very many is looked at in part."""
    numbers = {line.number for line in lines}
    found: defaultdict[int, list[CellRange]] = defaultdict(list)
    for area in merged[:20_000]:
        for number in range(area.first_row, min(area.last_row, area.first_row + 50) + 1):
            if number in numbers:
                found[number].append(area)
    return found


def _row(
    lines: Sequence[Line],
    place: int,
    spans: dict[int, list[CellRange]],
    bold: frozenset[int],
    wide: int,
    left: int,
) -> _Row:
    line = lines[place]
    cells, kinds = line.cells, line.kinds
    groups: dict[int, str] = {}
    texts: list[str] = []
    years = dates = periods = brackets = digits = tokens = 0
    for column, kind in kinds.items():
        group = _GROUP.get(kind, "t")
        value = cells[column]
        if group == "t":
            text = str(value).strip()
            if _NUMERIC.fullmatch(text):
                group = "n"
            else:
                texts.append(text)
                periods += _PERIOD.match(text) is not None
                brackets += text[:1] in "([（" and text[-1:] in ")]）"
                digits += any(map(str.isdigit, text))
        if group in "nt" and _is_year(value):
            years += 1
        dates += group == "d"
        tokens += group == "o"
        groups[column] = group
    width = line.width
    numbers = sum(1 for group in groups.values() if group in "no")
    columns = sorted(cells)
    lengths = [len(text) for text in texts]
    areas = spans.get(line.number, ())
    across = [a for a in areas if a.last_column > a.first_column and a.first_row == line.number]
    first = texts[0] if texts else ""
    following = lines[place + 1].gap if place + 1 < len(lines) else 9
    own = [
        float(min(width, 60)),
        width / wide,
        len({str(value) for value in cells.values()}) / width,
        numbers / width,
        years / width,
        dates / width,
        len(texts) / width,
        tokens / width,
        float(max(lengths, default=0)),
        sum(lengths) / len(lengths) if lengths else 0.0,
        float(min(columns[0] - left, 20)),
        float(min(columns[-1] - columns[0] + 1, 60)),
        float(line.number in bold),
        float(any(is_total_word(text) for text in texts[:3])),
        float(any(is_figure_word(text) for text in texts[:3])),
        float(reads_as_note(first)) if first else 0.0,
        float(width == 1),
        float(first.endswith((":", "："))),
        float(any(text[:1].islower() for text in texts)),
        float(groups[columns[0]] in "no"),
        float(is_numbering(line)),
        units_share(line),
        periods / width,
        brackets / width,
        sum(1 for a in across) / width,
        max((a.last_column - a.first_column + 1 for a in across), default=1) / wide,
        sum(1 for a in areas if a.last_row > a.first_row and a.first_row == line.number) / width,
        sum(1 for a in areas if a.first_row < line.number) / width,
        float(min(line.gap, 9)),
        float(min(following, 9)),
        sum(len(text.split()) for text in texts) / len(texts) if texts else 0.0,
        digits / len(texts) if texts else 0.0,
        (columns[-1] - columns[0] + 1 - width) / wide,
        float(is_ruler(line)),
        float(any(begins_total(text) for text in texts[:2])),
        _runs(line, columns) / width,
        float(_even_steps(line, columns, groups)),
    ]
    return _Row(line, groups, texts, own)


def _runs(line: Line, columns: Sequence[int]) -> int:
    """How many different things stand side by side: a text repeated over its neighbours counts once."""
    cells = line.cells
    return 1 + sum(1 for left, right in pairwise(columns) if cells[left] != cells[right] or line.kinds[left] != TEXT)


def _even_steps(line: Line, columns: Sequence[int], groups: dict[int, str]) -> bool:
    """Whether the numbers of a row, three or more, go up or down in even steps, as years do."""
    numbers = [number for c in columns if groups[c] == "n" and (number := _number(line.cells[c])) is not None]
    steps = {round(right - left, 6) for left, right in pairwise(numbers)}
    return len(numbers) >= 3 and len(steps) == 1 and steps != {0.0}


def _is_year(value: CellValue) -> bool:
    if isinstance(value, (int, float)):
        return 1800 <= value <= 2100 and value == int(value)
    return isinstance(value, str) and _YEAR.fullmatch(value.strip()) is not None


def _around(rows: Sequence[_Row], wide: int) -> list[list[float]]:
    """What the other lines say of each line."""
    count = len(rows)
    columns = _column_groups(rows)
    values: defaultdict[int, Counter[str]] = defaultdict(Counter)
    patterns: Counter[frozenset[int]] = Counter()
    whole: Counter[tuple[str, ...]] = Counter()
    keys: list[tuple[str, ...]] = []
    for row in rows:
        patterns[frozenset(row.groups)] += 1
        for column, group in row.groups.items():
            if group == "t":
                values[column][str(row.line.cells[column])] += 1
        key = tuple(str(value).strip() for value in row.line.cells.values())
        keys.append(key)
        whole[key] += 1
    found = []
    widest = 0
    numeric = 0
    data = sum(1 for row in rows if row.own[3] >= 0.3 and row.line.width > 1)
    seen: defaultdict[int, set[str]] = defaultdict(set)
    first = min(columns, default=0)
    for place, row in enumerate(rows):
        below = rows[place + 1 : place + 1 + _NEAR]
        above = rows[max(0, place - _NEAR) : place]
        groups = row.groups
        width = row.line.width
        words = [column for column, group in groups.items() if group == "t"]
        under = _majority(below)
        over = [column for column in groups if column in under]
        text_over = sum(1 for c in words if under.get(c) == "n") / len(words) if words else 0.0
        date_over = sum(1 for c in words if under.get(c) == "d") / len(words) if words else 0.0
        typed = [c for c in groups if columns.get(c, "t") != "t"]
        sums, adds = _sums(rows, place)
        again = sum(1 for c in words if values[c][str(row.line.cells[c])] > 1)
        forms = _forms(row, below[:1])
        found.append([
            float(min(place, 50)),
            place / count,
            float(min(count - place, 30)),
            text_over,
            date_over,
            len(over) / width,
            _mean([_likeness(groups, other.groups) for other in below[:4]]),
            _mean([_likeness(groups, other.groups) for other in above[-4:]]),
            _mean([other.line.width for other in below[:5]]) / wide,
            _mean([other.line.width for other in above[-5:]]) / wide,
            widest / wide,
            sum(1 for c in groups if above and c in above[-1].groups) / width,
            sum(1 for c in groups if below and c in below[0].groups) / width,
            sum(1 for c in typed if groups[c] in (columns[c], "o")) / len(typed) if typed else -1.0,
            sum(1 for c in typed if groups[c] == "t") / len(typed) if typed else -1.0,
            again / len(words) if words else 0.0,
            float(min(whole[keys[place]] - 1, 5)) if width > 1 else 0.0,
            patterns[frozenset(groups)] / count,
            _mean([other.own[3] for other in above[-4:]]),
            _mean([other.own[3] for other in below[:4]]),
            sum(1 for c in groups if not any(c in other.groups for other in above)) / width,
            float(width > 1 and any(keys[place] == keys[other] for other in range(max(0, place - 200), place))),
            forms,
            sums,
            adds,
            _mean([float(other.line.width == 1) for other in above[-3:]]),
            _mean([float(other.line.width == 1) for other in below[:3]]),
            _mean([other.own[2] for other in below[:4]]),
            min(numeric, 20) / 20,
            float(first in groups),
            _mean([float(first in other.groups) for other in below[:5]]),
            _likeness(groups, below[0].groups) if below else 0.0,
            _likeness(groups, above[-1].groups) if above else 0.0,
            _text_over(words, below[:3]),
            sum(1 for c in words if str(row.line.cells[c]) in seen[c]) / width,
            min(data, 20) / 20,
            max((other.line.width for other in below[:3]), default=0) / width,
        ])  # fmt: skip
        widest = max(widest, width)
        data -= row.own[3] >= 0.3 and width > 1
        for column in words:
            seen[column].add(str(row.line.cells[column]))
        numeric += row.own[3] >= 0.5 and width > 1
    return found


def _text_over(words: Sequence[int], below: Sequence[_Row]) -> float:
    """Share of a row's texts with a number or a date below, before any other text, within a few rows."""
    right = 0
    for column in words:
        next_group = next((row.groups[column] for row in below if column in row.groups), "t")
        right += next_group in "nd"
    return right / len(words) if words else 0.0


def _region(rows: Sequence[_Row]) -> list[float]:
    """What the region is like as a whole: figures, words, forms."""
    return [
        _mean([row.own[3] for row in rows]),
        _mean([row.own[6] for row in rows]),
        _mean([min(row.own[8], 200.0) for row in rows]),
        _mean([row.own[16] for row in rows]),
        _mean([float(row.line.gap > 0) for row in rows]),
        _mean([row.own[17] for row in rows]),
        float(min(len(rows), 60)),
        _mean([row.own[0] for row in rows]),
    ]


def _column_groups(rows: Sequence[_Row]) -> dict[int, str]:
    """What most cells of each column of the region are."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for column, group in row.groups.items():
            if group != "o":
                counts[column][group] += 1
    return {column: number.most_common(1)[0][0] for column, number in counts.items()}


def _majority(rows: Sequence[_Row]) -> dict[int, str]:
    """What the cells of each column are in some rows, where most of them agree."""
    counts: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row in rows:
        for column, group in row.groups.items():
            counts[column]["n" if group == "o" else group] += 1
    found = {}
    for column, number in counts.items():
        group, most = number.most_common(1)[0]
        found[column] = group if most >= 0.6 * number.total() else "t"
    return found


def _likeness(one: dict[int, str], other: dict[int, str]) -> float:
    """Share of the columns of two rows that hold the same kind."""
    every = len(one.keys() | other.keys())
    return sum(1 for column, group in one.items() if other.get(column) == group) / every if every else 0.0


def _forms(row: _Row, below: Sequence[_Row]) -> float:
    """Share of a row's texts built like the text directly below: the same runs of letters and digits."""
    words = [c for c, group in row.groups.items() if group == "t"]
    if not words or not below:
        return 0.0
    same = 0
    other = below[0]
    for column in words:
        if other.groups.get(column) == "t":
            same += _form(str(row.line.cells[column])) == _form(str(other.line.cells[column]))
    return same / len(words)


def _form(text: str) -> str:
    return _FORM.sub("a", _DIGITS.sub("9", text.strip()))


def _sums(rows: Sequence[_Row], place: int) -> tuple[float, float]:
    """In which share of its number columns a row is the sum of rows right above, and over how many rows."""
    row = rows[place]
    columns = [c for c, group in row.groups.items() if group == "n"]
    if not columns or place < 2:
        return 0.0, 0.0
    right = 0
    longest = 0
    tried = 0
    for column in columns[:12]:
        total = _number(row.line.cells[column])
        if total is None or not total:
            continue
        tried += 1
        found = _run_that_adds(rows, place, column, total)
        right += found > 1
        longest = max(longest, found)
    return (right / tried if tried else 0.0), float(min(longest, 20))


def _run_that_adds(rows: Sequence[_Row], place: int, column: int, total: float) -> int:
    """Over how many numbers directly above a number is their sum; 0 where it is none."""
    near = max(1e-9 * abs(total), 0.006 if total != int(total) else 1e-6)
    found = 0.0
    count = 0
    for above in range(place - 1, max(-1, place - 61), -1):
        value = rows[above].line.cells.get(column)
        number = None if value is None else _number(value)
        if number is None:
            continue
        found += number
        count += number != 0
        if count > 1 and abs(found - total) <= near:
            return count
    return 0


def _number(value: CellValue) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, str):
        try:
            return float(value.strip().replace(",", ""))
        except ValueError:
            return None
    return None


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
