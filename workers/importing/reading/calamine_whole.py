"""Sheets read whole by python-calamine-plus: xlsb, and what our own readers hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import python_calamine_plus as calamine

from workers.core.cells import CellRange, CellValue, ErrorValue
from workers.core.errors import UserError
from workers.core.plans import SheetFacts, SheetInfo, Visibility
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.xlsx_reader import ERROR_TEXTS

_VISIBILITY: dict[str, Visibility] = {"Hidden": "hidden", "VeryHidden": "very-hidden"}
_T = TypeVar("_T")
NAME = "python-calamine-plus (whole sheet)"


class CalamineWorkbook:
    """An open workbook whose sheets are read into memory one at a time; see `seam.Workbook`."""

    text_only = False
    streams = False

    def __init__(
        self, open_native: Callable[[], calamine.CalamineWorkbook], file_format: str, limits: ReadLimits
    ) -> None:
        """Open the file.

        Raises:
            UserError: ``damaged``, or ``encrypted``.
        """
        self.format = file_format
        self.reader = NAME
        self._limits = limits
        self._native = _protected(open_native)
        self.date_1904 = bool(self._native.epoch_1904)
        sheets: list[SheetInfo] = []
        for meta in self._native.sheets_metadata:
            if meta.typ in (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet):
                visibility = _VISIBILITY.get(str(meta.visible).rpartition(".")[2], "visible")
                sheets.append(SheetInfo(len(sheets), meta.name, visibility))
        self.sheets = tuple(sheets)
        if not sheets:
            raise UserError.of("no-data", "The workbook has no sheet with cells.")
        self._cached: tuple[int, calamine.CalamineSheet] | None = None

    def _sheet(self, sheet: SheetInfo) -> calamine.CalamineSheet:
        if self._cached is None or self._cached[0] != sheet.index:
            self._cached = None
            self._cached = (sheet.index, _protected(lambda: self._native.get_sheet_by_name(sheet.name), sheet.name))
        return self._cached[1]

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        native = self._sheet(sheet)
        self._check_size(native, sheet)
        # Rows come from the first one of the sheet, but columns only from the first filled one.
        padding: list[CellValue] = [None] * (native.start[1] if native.start else 0)
        for number, row in enumerate(_rows_of(native, sheet.name), 1):
            if last_row is not None and number > last_row:
                return
            if number >= first_row:
                yield _converted(padding + row if padding else row)

    def _check_size(self, native: calamine.CalamineSheet, sheet: SheetInfo) -> None:
        cells = native.total_height * native.total_width
        if cells > self._limits.cells_in_memory:
            raise UserError.of("too-large", f"Sheet {sheet.name!r} spans {cells:,} cells.", sheet=sheet.name)

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """See `seam.Workbook.facts`."""
        merged = self._sheet(sheet).merged_cell_ranges or []
        return SheetFacts(tuple(CellRange(a[0] + 1, a[1], b[0] + 1, b[1]) for a, b in merged))

    def close(self) -> None:
        """Let the file go."""
        self._cached = None
        self._native.close()


def _rows_of(native: calamine.CalamineSheet, sheet: str) -> Iterator[list[CellValue]]:
    rows = _protected(native.iter_rows, sheet)
    while True:
        row = _protected(lambda: next(rows, None), sheet)
        if row is None:
            return
        yield list(row)


def _converted(row: list[CellValue]) -> list[CellValue]:
    return [
        (ErrorValue(cell) if cell in ERROR_TEXTS else cell)
        if isinstance(cell, str)
        else (int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1 << 63 else cell)
        for cell in row
    ]


def _protected(action: Callable[[], _T], sheet: str | None = None) -> _T:
    """Run a call of the library; its errors and panics become `UserError`."""
    try:
        return action()
    except calamine.PasswordError as error:
        raise UserError.of("encrypted", "The workbook is protected by a password.") from error
    except BaseException as error:
        if isinstance(error, calamine.CalamineError) or type(error).__name__ == "PanicException":
            where = f"sheet {sheet!r}" if sheet else "the workbook"
            raise UserError.of(
                "damaged",
                f"The file is damaged: {where} cannot be read ({str(error)[:120]}).",
                "Open it in your spreadsheet program, let it repair the file, and save it again.",
                sheet=sheet,
            ) from error
        raise
