"""Whether lines are a table or only words: titles, properties of a report, lists, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from workers.core.layout.header import Header
from workers.core.layout.header_groups import is_numbering, is_ruler
from workers.core.layout.lines import TEXT, TYPED, Line
from workers.core.layout.profile import fits, profile
from workers.core.layout.tail import is_phrase, reads_as_note

CONVINCING: Final = 2.2
"""The score from which a header makes a table of lines that might be words only."""


def is_bulk(lines: Sequence[Line]) -> bool:
    """Whether lines are too much data to be notes, even without a header."""
    return len(lines) >= 3 and profile(lines).width >= 3


def loose_rows(parts: Sequence[list[Line]]) -> list[list[Line]]:
    """The last parts that are rows with blank rows between: all hold numbers or dates, in about the same columns."""
    found: list[list[Line]] = []
    columns: set[int] = set()
    for part in reversed(parts):
        typed = all(any(kind in TYPED for kind in line.kinds.values()) for line in part)
        here = {column for line in part for column in line.cells}
        if not typed or (columns and len(here & columns) < 0.6 * len(here)):
            break
        columns |= here
        found.insert(0, part)
    return found


def is_table(lines: Sequence[Line], header: Header, bold: frozenset[int]) -> bool:
    """Whether lines are a table rather than a title or a note."""
    widest = max(line.width for line in lines)
    body = lines[header.body :]
    if widest == 1:
        return len(lines) >= 3 and not is_prose(lines)
    typed = len(body) >= 2 and header.score >= CONVINCING and bool(profile(body).typed())
    told = len(body) >= 4 or typed or heads_bold(lines, header, bold) or is_list(body)
    if widest == 2 and (is_properties(lines) or not told):
        return False
    if header.rows:
        return header.score >= CONVINCING or len(body) >= 2 or heads_bold(lines, header, bold)
    wide = sum(1 for line in lines if line.width >= 2)
    return len(lines) >= 2 and wide >= 0.6 * len(lines) and (bool(profile(lines).typed()) or len(lines) >= 3)


def heads_bold(lines: Sequence[Line], header: Header, bold: frozenset[int]) -> bool:
    """Whether the header, and not the row below it, is bold."""
    if not header.rows:
        return False
    below = lines[header.body].number if header.body < len(lines) else 0
    return lines[header.body - 1].number in bold and below not in bold


def is_properties(lines: Sequence[Line]) -> bool:
    """Whether two columns are a list of names ending in a colon and their values, as stands above an export."""
    names = [str(line.cells[min(line.cells)]).strip() for line in lines]
    return sum(1 for name in names if name.endswith(":")) >= 0.5 * len(names)


def is_list(body: Sequence[Line]) -> bool:
    """Whether some rows are records, because a value comes again in one of their columns."""
    columns = [[line.cells.get(column) for line in body] for column in sorted({c for line in body for c in line.cells})]
    whole = all(line.width == len(columns) for line in body)
    return len(body) >= 3 and whole and any(len(set(map(str, values))) < len(values) for values in columns)


def is_prose(lines: Sequence[Line]) -> bool:
    """Whether a single column holds sentences or notes rather than a list."""
    texts = [str(v) for line in lines for v in line.cells.values()]
    if reads_as_note(texts[0]) and sum(is_phrase(text) or reads_as_note(text) for text in texts) >= 0.5 * len(texts):
        return True
    return sum(len(text) for text in texts) > 50 * len(texts)


def are_remarks(lines: Sequence[Line]) -> bool:
    """Whether lines are phrases in a single column, as they stand below a table."""
    texts = [str(v) for line in lines for v in line.cells.values()]
    single = len({column for line in lines for column in line.cells}) == 1
    return single and sum(is_phrase(text) or reads_as_note(text) for text in texts) >= 0.6 * len(texts)


def remark_rows(body: Sequence[Line], heads: Sequence[Line]) -> int:
    """How many lines directly under the header are remarks: one lonely text that is not in the first column."""
    if heads and body and is_ruler(body[0]):
        return 1
    if not heads or len(body) < 4:
        return 0
    if is_numbering_row(body[0], body[1:]):
        return 1
    shape = profile(body)
    if shape.width < 4:
        return 0
    first = min(shape.fills)
    count = 0
    for line in body[:2]:
        (column, kind) = next(iter(line.kinds.items()))
        dense = shape.fills.get(first, 0) >= 0.9 * shape.lines
        if line.width != 1 or kind != TEXT or column == first or not dense:
            break
        count += 1
    return count


def is_numbering_row(line: Line, rest: Sequence[Line]) -> bool:
    """Whether a line under the header numbers the columns, and is not a row of such numbers."""
    if not is_numbering(line):
        return False
    shape = profile(rest)
    return any(not fits(kind, shape.families.get(column, "t")) for column, kind in line.kinds.items())
