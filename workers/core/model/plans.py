"""What was found in a workbook and what will be loaded from it.

`SheetFacts` is what only the file knows (merged areas, hidden rows, declared tables); `TablePlan` is one table to be
loaded: one import, one ledger row, one transaction. All rows are Excel rows from 1, all columns are counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from workers.core.model.cells import CellRange, column_letter
from workers.core.model.options import MisfitRule, PgType

Visibility: TypeAlias = Literal["visible", "hidden", "very-hidden"]
Severity: TypeAlias = Literal["info", "warn", "decide"]


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet of a workbook: its place (from 0), name and visibility. Chart sheets are not listed."""

    index: int
    name: str
    visibility: Visibility = "visible"


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """A table that the workbook itself declares (an Excel table), or a defined name that is one block of cells.

    Attributes:
        name: Its name in the workbook.
        area: The whole block with header and totals rows.
        header_rows: How many rows at its top are headers (Excel tables: 0 or 1).
        totals_rows: How many rows at its bottom are totals.
        is_table: True for an Excel table, False for a defined name.
    """

    name: str
    area: CellRange
    header_rows: int = 1
    totals_rows: int = 0
    is_table: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the health list or one warning: what, how often, where, and what can be done.

    Attributes:
        code: Stable word such as ``leading-zeros``, ``left-out``, ``date-1904``.
        message: One sentence with the figures.
        cells: Addresses or ranges, at most 100.
        count: How many cells or rows it concerns.
        severity: ``info``, ``warn``, or ``decide`` when the analyst should choose.
        column: The column it concerns (from 0), or None.
        choices: Names of the remedies on offer, the one in force first.
    """

    code: str
    message: str
    cells: tuple[str, ...] = ()
    count: int = 0
    severity: Severity = "warn"
    column: int | None = None
    choices: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The warning object of the command line's JSON."""
        return {"code": self.code, "message": self.message, "cells": list(self.cells), "count": self.count}


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the file says about a sheet besides its values. Empty where a format or reader does not tell.

    Attributes:
        merged: Merged areas.
        hidden_rows: Hidden (or filtered out) Excel rows.
        hidden_columns: Hidden columns.
        declared: Excel tables and defined names on this sheet.
        bold_rows: Rows, among the first 200, whose filled cells are all bold.
        uncalculated: Addresses of formula cells without a saved result (at most 100).
        uncalculated_count: How many such cells there are.
        dimension_rows: Rows that the file claims to have; a hint only, often wrong.
        remarks: What the reader has to say about how the sheet was read.
    """

    merged: tuple[CellRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    declared: tuple[DeclaredTable, ...] = ()
    bold_rows: frozenset[int] = frozenset()
    uncalculated: tuple[str, ...] = ()
    uncalculated_count: int = 0
    dimension_rows: int | None = None
    remarks: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column to be loaded.

    Attributes:
        index: Column in the sheet, from 0.
        source: Its header as it stands (rows of a long header joined by one space); None without a header.
        name: The SQL column name.
        type: The type it gets, or is expected to get when the plan rests on a part of the sheet.
        fixed: True when the user chose the type: a cell that does not fit is then a reject, not a widening.
        nulls: How many cells will arrive as NULL (0 when not known yet).
        evidence: Why this type, in words.
        text_form: How texts of a typed column are read, by `text_parsing.form_code`; empty when not known.
        misfits: What becomes of cells that do not fit a type the user chose: their rows are rejected, or they are NULL.
    """

    index: int
    source: str | None
    name: str
    type: PgType
    fixed: bool = False
    nulls: int = 0
    evidence: str = ""
    text_form: str = ""
    misfits: MisfitRule = "reject"

    @property
    def letter(self) -> str:
        """Excel's letter of the column."""
        return column_letter(self.index)

    def to_json(self) -> dict[str, Any]:
        """The column object of the command line's JSON, without the evidence."""
        return {
            "letter": self.letter,
            "source": self.source,
            "name": self.name,
            "type": self.type.value,
            "nulls": self.nulls,
        }


@dataclass(frozen=True, slots=True)
class TablePlan:
    """One table found on a sheet, as it will be loaded.

    Attributes:
        sheet: The sheet.
        ordinal: Which table of the sheet it is, from 0 (the second becomes ``NAME_2``).
        header_rows: Excel rows of the header, empty without one.
        first_row: First data row.
        last_row: Last data row; None when the plan rests on the head of the sheet only and the end is not known.
        columns: The columns in sheet order.
        rows: Data rows that are not wholly blank; None when not counted yet.
        complete: True when every row was looked at; False for a plan made from the head of a large sheet.
        name: Name of the Excel table or defined name it was declared as, else None.
        explanation: Why the header and the borders lie where they lie, in words.
        findings: Health of this table.
        skipped: Excel rows between the first and the last data row that are no data: titles and headers of pages.
    """

    sheet: SheetInfo
    ordinal: int
    header_rows: tuple[int, ...]
    first_row: int
    last_row: int | None
    columns: tuple[ColumnPlan, ...]
    rows: int | None = None
    complete: bool = True
    name: str | None = None
    explanation: str = ""
    findings: tuple[Finding, ...] = ()
    skipped: tuple[int, ...] = ()

    @property
    def area(self) -> CellRange | None:
        """Header and data as one block, or None while the end is not known or there are no columns."""
        if self.last_row is None or not self.columns:
            return None
        top = min((*self.header_rows, self.first_row))
        bottom = max(self.last_row, max(self.header_rows, default=0))
        return CellRange(top, self.columns[0].index, bottom, self.columns[-1].index)

    def to_json(self) -> dict[str, Any]:
        """The table object of ``inspect --json``."""
        return {
            "header_rows": list(self.header_rows),
            "first_row": self.first_row,
            "last_row": self.last_row,
            "rows": self.rows,
            "range": str(self.area) if self.area else None,
            "columns": [{**c.to_json(), "evidence": c.evidence} for c in self.columns],
        }


@dataclass(frozen=True, slots=True)
class SheetSurvey:
    """What was understood of one sheet: its tables, and findings that belong to the sheet as a whole."""

    sheet: SheetInfo
    tables: tuple[TablePlan, ...]
    findings: tuple[Finding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The sheet object of ``inspect --json``: warnings of the sheet and of its tables together."""
        every = [*self.findings, *(f for t in self.tables for f in t.findings)]
        return {
            "sheet": self.sheet.name,
            "visible": self.sheet.visibility == "visible",
            "tables": [t.to_json() for t in self.tables],
            "warnings": [f.to_json() for f in every],
        }


@dataclass(frozen=True, slots=True)
class FileSurvey:
    """What was understood of one file.

    Attributes:
        path: As given.
        format: ``xlsx``, ``xlsm``, ``xls``, ``xlsb``, ``ods``, ``csv``, ``html``, ``xml-spreadsheet``, …
        reader: Name of the reader that read it, with fallbacks said.
        sha256: Hash of the file's bytes, hex.
        size: Size in bytes.
        date_1904: Whether dates count from 1904.
        sheets: Surveyed sheets in workbook order.
    """

    path: str
    format: str
    reader: str
    sha256: str
    size: int
    date_1904: bool = False
    sheets: tuple[SheetSurvey, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The object of ``inspect --json``."""
        return {
            "file": self.path,
            "format": self.format,
            "reader": self.reader,
            "error": None,
            "sheets": [s.to_json() for s in self.sheets],
        }
