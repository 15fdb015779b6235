"""The lines of the health list that a table or a sheet gives as a whole."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from workers.core.layout.blocks import Block, LeftOut
from workers.core.model.cells import CellRange, address, column_letter
from workers.core.model.options import ImportOptions, PgType
from workers.core.model.plans import ColumnPlan, Finding, SheetFacts, SheetInfo

MAX_CELLS = 100
MAX_COLUMNS = 1_596
"""Columns that fit a PostgreSQL table (1,600) less our two lineage columns, with a little room."""
LAST_ROW = 1_048_576
_FEW = 10
"""Fewer blank rows at the end are not worth a word."""
_DATED = (PgType.DATE, PgType.TIMESTAMP)


def sheet_findings(sheet: SheetInfo, facts: SheetFacts, left_out: Sequence[LeftOut]) -> tuple[Finding, ...]:
    """What is to be told about a sheet besides its tables."""
    found: list[Finding] = list(facts.remarks)
    if sheet.visibility != "visible":
        found.append(Finding("hidden-sheet", f"The sheet {sheet.name!r} is hidden in the workbook.", (), 1, "info"))
    for part in left_out:
        code = "total-row" if part.why.startswith(("a total", "the total")) else "left-out"
        message = f"Left out {part.area}: {part.why} ({_count(part.cells, 'filled cell')})."
        found.append(Finding("left-out", message, (str(part.area),), part.cells, "info"))
        if code == "total-row":
            rows = part.area.last_row - part.area.first_row + 1
            found.append(
                Finding(
                    code,
                    f"{_count(rows, 'total row')} at {part.area} {_is(rows)} not loaded: {part.why}.",
                    (str(part.area),),
                    rows,
                    "decide",
                    None,
                    ("leave out", "load"),
                )
            )
    if facts.uncalculated_count:
        found.append(
            Finding(
                "uncalculated-formulas",
                f"{_count(facts.uncalculated_count, 'formula')} {_has(facts.uncalculated_count)} no saved result and "
                f"{_arrive(facts.uncalculated_count)} as NULL: open the workbook in Excel, let it calculate, save it.",
                facts.uncalculated[:MAX_CELLS],
                facts.uncalculated_count,
                "warn",
            )
        )
    return tuple(found)


def skipped_findings(rows: Sequence[int], columns: Sequence[int]) -> tuple[Finding, ...]:
    """A line about rows inside a table that are no data.

    Args:
        rows: Their Excel rows.
        columns: The table's columns.
    """
    if not rows or not columns:
        return ()
    message = (
        f"{_count(len(rows), 'row')} inside the table {_is(len(rows))} left out: there the header or the title of a "
        "page comes again."
    )
    areas = tuple(str(CellRange(row, columns[0], row, columns[-1])) for row in rows[:MAX_CELLS])
    return (Finding("left-out", message, areas, len(rows), "info"),)


def trailing_blanks(facts: SheetFacts, last_row: int) -> tuple[Finding, ...]:
    """A line about blank rows that the file counts as used, such as rows that are only formatted.

    Args:
        facts: What the file says of the sheet.
        last_row: Its last row that is not blank.
    """
    blank = (facts.dimension_rows or 0) - last_row
    if blank < _FEW or not last_row:
        return ()
    message = f"The sheet goes on with {blank:,} blank rows below row {last_row:,}; they are not loaded."
    return (Finding("trailing-blanks", message, (f"{last_row + 1}:{facts.dimension_rows}",), blank, "info"),)


def table_findings(
    block: Block,
    columns: Sequence[ColumnPlan],
    facts: SheetFacts,
    options: ImportOptions,
    *,
    date_1904: bool,
    blank: int,
) -> tuple[Finding, ...]:
    """What is to be told about a table besides its columns' cells."""
    low, high = (columns[0].index, columns[-1].index) if columns else (0, -1)
    top = min((*block.header_rows, block.first_row))
    area = CellRange(top, low, max(block.last_row, top), max(high, low))
    found: list[Finding] = []
    found += _dates(columns, date_1904)
    found += _hidden(area, facts, options)
    found += _merged(area, block, facts)
    found += _headers(block, columns)
    if blank:
        found.append(
            Finding("blank-rows", f"{_count(blank, 'wholly blank row')} {_is(blank)} left out.", (), blank, "info")
        )
    if block.last_row >= LAST_ROW:
        found.append(
            Finding(
                "truncated",
                "The sheet ends at its last possible row (1,048,576): what was exported into it may have been cut off.",
                (address(LAST_ROW, low),),
                1,
                "warn",
            )
        )
    return tuple(found)


def _dates(columns: Sequence[ColumnPlan], date_1904: bool) -> list[Finding]:
    dated = [column for column in columns if column.type in _DATED]
    if not (date_1904 and dated):
        return []
    letters = tuple(column.letter for column in dated)
    return [
        Finding(
            "date-1904",
            f"The workbook counts its dates from 1904; {_count(len(dated), 'column')} of dates "
            f"({', '.join(letters[:10])}) {_is(len(dated))} read so.",
            (),
            len(dated),
            "info",
        )
    ]


def _hidden(area: CellRange, facts: SheetFacts, options: ImportOptions) -> list[Finding]:
    found = []
    fate = "loaded with the rest" if options.hidden == "include" else "left out"
    choices = ("include", "skip") if options.hidden == "include" else ("skip", "include")
    rows = sorted(row for row in facts.hidden_rows if area.first_row <= row <= area.last_row)
    if rows:
        found.append(
            Finding(
                "hidden-rows",
                f"{_count(len(rows), 'row')} {_is(len(rows))} hidden or filtered out; {fate}.",
                tuple(f"{row}:{row}" for row in rows[:MAX_CELLS]),
                len(rows),
                "warn",
                None,
                choices,
            )
        )
    columns = sorted(facts.hidden_columns)
    inside = [c for c in columns if area.first_column <= c <= area.last_column]
    if inside:
        letters = tuple(f"{column_letter(c)}:{column_letter(c)}" for c in inside[:MAX_CELLS])
        found.append(
            Finding(
                "hidden-columns",
                f"{_count(len(inside), 'column')} {_is(len(inside))} hidden; {fate}.",
                letters,
                len(inside),
                "warn",
                None,
                choices,
            )
        )
    return found


def _merged(area: CellRange, block: Block, facts: SheetFacts) -> list[Finding]:
    """Merged areas among the data, where only the first cell has a value."""
    inside = [
        merged
        for merged in facts.merged
        if block.first_row <= merged.first_row <= block.last_row
        and area.first_column <= merged.first_column <= area.last_column
    ]
    if not inside:
        return []
    message = f"{_count(len(inside), 'merged area')} among the data: only the first cell of each has a value."
    cells = tuple(str(merged) for merged in inside[:MAX_CELLS])
    return [Finding("merged-areas", message, cells, len(inside), "warn", None, ("leave blank", "fill down"))]


def _headers(block: Block, columns: Sequence[ColumnPlan]) -> list[Finding]:
    row = block.header_rows[-1] if block.header_rows else block.first_row
    found = []
    written = [column for column in columns if column.source and column.source.strip()]
    odd = [column for column in written if any(_invisible(char) for char in column.source or "")]
    if odd:
        found.append(
            Finding(
                "invisible-characters",
                f"{_count(len(odd), 'header')} {_hold(len(odd))} invisible characters; the "
                "names are made without them.",
                _cells(odd, row),
                len(odd),
                "info",
            )
        )
    seen = Counter((column.source or "").strip() for column in written)
    twice = [column for column in written if seen[(column.source or "").strip()] > 1]
    if twice:
        found.append(
            Finding(
                "duplicate-headers",
                f"{_count(len(twice), 'column')} share a header with another; the later ones get a number.",
                _cells(twice, row),
                len(twice),
                "info",
            )
        )
    nameless = [column for column in columns if not column.source] if block.header_rows else []
    if nameless:
        found.append(
            Finding(
                "blank-headers",
                f"{_count(len(nameless), 'column')} without a header {_is(len(nameless))} named by letter.",
                _cells(nameless, row),
                len(nameless),
                "info",
            )
        )
    return found


def _invisible(char: str) -> bool:
    category = unicodedata.category(char)
    return category == "Cf" or char == "\u00a0" or (category == "Cc" and char not in "\t\n\r")


def _cells(columns: Sequence[ColumnPlan], row: int) -> tuple[str, ...]:
    return tuple(address(row, column.index) for column in columns[:MAX_CELLS])


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _has(number: int) -> str:
    return "has" if number == 1 else "have"


def _hold(number: int) -> str:
    return "holds" if number == 1 else "hold"


def _arrive(number: int) -> str:
    return "arrives" if number == 1 else "arrive"
