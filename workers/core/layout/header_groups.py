"""Headers of several rows: which rows above the last header row belong to it, and how their texts are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from workers.core.layout.lines import DATE, DATE_TEXT, NUMBER, NUMBER_TEXT, TEXT, TOKEN, Line
from workers.core.layout.profile import Profile, profile
from workers.core.model.cells import CellRange, CellValue

_UNITS: Final = frozenset((
    "%", "‰", "$", "€", "£", "¥", "usd", "eur", "gbp", "chf", "kg", "g", "mg", "t", "lb", "oz", "km", "m", "cm",
    "mm", "mi", "ft", "in", "ha", "m²", "m2", "km²", "km2", "m³", "m3", "l", "ml", "s", "sec", "min", "h", "hr",
    "hrs", "days", "years", "kw", "mw", "gw", "kwh", "mwh", "gwh", "twh", "w", "v", "a", "hz", "khz", "mhz", "°c",
    "°f", "k", "pa", "kpa", "mpa", "bar", "j", "kj", "n", "no.", "no", "nr", "st.", "pcs",
))  # fmt: skip
_MOST_ROWS: Final = 5
_LONG_NAME: Final = 60
_NEARLY_ALL: Final = 0.75
_NUMBERED: Final = 3
_LABEL: Final = 30
_RULER: Final = 3
"""Signs that draw a line."""


def header_top(
    lines: Sequence[Line], index: int, body: Profile, merged: Sequence[CellRange], bold: frozenset[int]
) -> int:
    """Index of the first of the header lines that end with line `index`.

    Args:
        lines: The block.
        index: Its last full header line.
        body: What the data below has in common.
        merged: Merged areas of the sheet.
        bold: Rows that are wholly bold.
    """
    columns = {column for line in lines[index : index + 50] for column in line.cells}
    top = sure = index
    while top > 0 and lines[top].gap == 0 and index - top < _MOST_ROWS - 1:
        if sure == top and _names_too(lines, top - 1, index, body, merged, bold):
            sure = top - 1
        elif not _groups(lines, top - 1, top, index, columns, merged, bold):
            break
        top -= 1
    if top == sure:
        return top
    above = lines[top - 1] if top > 0 and lines[top].gap == 0 else None
    # Words scattered over several rows above a header are notes; groups stand alone or under a title.
    chatter = above is not None and above.width > 2 and not _spans_all(above, lines[index], merged)
    return sure if chatter else top


def _names_too(
    lines: Sequence[Line],
    upper: int,
    index: int,
    body: Profile,
    merged: Sequence[CellRange],
    bold: frozenset[int],
) -> bool:
    """Whether a row above a header is one more row of names.

    So are labels over codes or units, names written over several rows, and words without which names would be equal.
    """
    above, header = lines[upper], lines[index]
    texts = [str(value).strip() for value in above.cells.values()]
    if above.width < 2 or any(len(text) > _LONG_NAME for text in texts):
        return False
    if not all(_may_group(above.cells[column], kind) for column, kind in above.kinds.items()):
        return False
    typed = [c for c in body.typed() if c in header.cells]
    full = above.width >= _NEARLY_ALL * header.width and all(kind in (TEXT, TOKEN) for kind in above.kinds.values())
    same = sum(1 for c, value in above.cells.items() if header.cells.get(c) == value)
    if same >= 0.5 * above.width:
        return False
    if not set(above.cells) <= set(header.cells) | set(body.fills):
        return False
    both_bold = above.number in bold and header.number in bold
    # Two words over two names are a title and its date as often as names.
    if full and typed and (max(above.width, header.width) > 2 or both_bold):
        named = sum(1 for c in typed if c in above.cells)
        if named >= _NEARLY_ALL * len(typed):
            return True
    inner = min(above.cells) > min({*header.cells, *body.fills})
    return (both_bold and inner) or _tells_apart(lines, upper, index, merged)


def _tells_apart(lines: Sequence[Line], upper: int, index: int, merged: Sequence[CellRange]) -> bool:
    """Whether names that are equal without the words of line `upper` differ with them."""
    columns = sorted(lines[index].cells)
    with_it, without = (
        [text for text in header_texts(lines[top : index + 1], columns, merged).values() if text]
        for top in (upper, upper + 1)
    )
    gained = len(set(with_it)) - len(set(without))
    return gained > 0 and (len(set(with_it)) == len(with_it) or lines[upper].width >= 0.5 * lines[index].width)


def is_numbering(line: Line) -> bool:
    """Whether a row numbers the columns: 1, 2, 3 or (1), (2), (3) or a, b, c."""
    texts = [str(line.cells[column]).strip().strip("().[]").casefold() for column in sorted(line.cells)]
    if len(texts) < _NUMBERED:
        return False
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    letters = [chr(ord("a") + place) for place in range(min(len(texts), 26))]
    return texts in (numbers, letters)


def is_ruler(line: Line) -> bool:
    """Whether a row is a line drawn with signs, as printed reports have below the header and above a total."""
    texts = [str(value).strip() for value in line.cells.values()]
    least = _RULER if len(texts) == 1 else _RULER - 1
    return all(len(text) >= least and not text.strip("-=_+~*:|\u2500\u2501\u2550 ") for text in texts)


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
    return line.width >= 2 and units_share(line) >= 0.6


def units_share(line: Line) -> float:
    """The share of a row's cells that are units, such as kg, %, or words in brackets."""
    return sum(_is_unit(str(value).strip()) for value in line.cells.values()) / line.width


def _is_unit(text: str) -> bool:
    return text.casefold() in _UNITS or bool(re.fullmatch(r"[(\[].{1,12}[)\]]", text))


def _only_units(line: Line, typed: Sequence[int]) -> bool:
    """Whether a row holds nothing but units and dashes, units only over columns of numbers or dates."""
    units = {column for column, value in line.cells.items() if _is_unit(str(value).strip())}
    others = line.cells.keys() - units
    return bool(units) and units <= set(typed) and all(line.kinds[column] == TOKEN for column in others)


def continued(lines: Sequence[Line], index: int, body: int) -> int:
    """The body's begin after a row that goes on naming columns.

    Such a row names the row labels, like "GEO" under "TIME" and the years, or parts the columns further, like "Lower"
    and "Upper". A label that stands alone on a row is a heading inside the data when there are more of its kind below.
    """
    line = lines[body]
    rest = lines[body + 1 :]
    if not rest or any(kind not in (TEXT, TOKEN) for kind in line.kinds.values()):
        return body
    shape = profile(rest[:200])
    typed = shape.typed()
    if not line.gap and _only_units(line, typed):
        return body + 1
    if lines[index].width < 3 or TOKEN in line.kinds.values():
        return body
    if _parts_columns(line, rest[0], shape):
        return body + 1
    labels = {column for column in shape.fills if column < min(typed, default=0)}
    if line.gap or len(typed) < 2 or not set(line.cells) <= labels or min(labels) not in line.cells:
        return body
    if len(line.cells) > 1 and set(line.cells) == labels and not labels & set(lines[index].cells) - {min(labels)}:
        return body + 1
    dense = all(shape.fills[column] >= 0.95 * shape.lines for column in line.cells)
    again = any(set(other.cells) == set(line.cells) for other in rest)
    label = str(line.cells[min(labels)]).strip()
    name = len(label) <= _LABEL and not label.endswith(":") and not any(map(str.isdigit, label))
    return body + 1 if dense and name and not again else body


def _parts_columns(line: Line, following: Line, shape: Profile) -> bool:
    """Whether a row of words names columns of numbers or dates, and is no record that lacks them."""
    named = [c for c in line.cells if shape.families.get(c, "t") != "t"]
    first = min(shape.fills)
    heads = first not in line.cells or (line.gap == 1 and not following.gap)
    return len(named) >= 2 and heads and shape.families[first] == "t" and line.gap <= 1


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
