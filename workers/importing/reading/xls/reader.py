"""Binary workbooks of Excel 2 to 2003 (BIFF2 to BIFF8), read by xlrd.

xlrd is pure Python: a damaged file raises instead of killing the process, and it keeps what the values alone do not
tell (formats, merged areas, hidden rows). The record layouts are in [MS-XLS].
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any, TypeAlias

import xlrd
from xlrd.biffh import XLRDError, error_text_from_code
from xlrd.compdoc import CompDocError

from workers.core.model.cells import CellRange, CellValue, ErrorValue
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.plans import DeclaredTable, SheetFacts, SheetInfo, Visibility
from workers.importing.reading.date_serials import formatted_number
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.number_formats import GENERAL, NumberFormat, builtin_format, parse_format
from workers.importing.reading.xlsx.parts import named_blocks

# The library has no types, and the stubs beside it do not know all of its attributes.
Book: TypeAlias = Any
Sheet: TypeAlias = Any

_VISIBILITY: tuple[Visibility, ...] = ("visible", "hidden", "very-hidden")
_BOLD_WEIGHT = 700
_BOLD_ROWS = 200
# What xlrd raises on streams that break its expectations, besides its own error.
_BREAKS = (
    XLRDError,
    CompDocError,
    struct.error,
    AssertionError,
    IndexError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    EOFError,
    NotImplementedError,
    LookupError,
    ZeroDivisionError,
    RecursionError,
)


class XlsWorkbook:
    """An open xls workbook; see `reading.workbook.Workbook`. All of it is in memory, sheets are parsed one by one."""

    text_only = False
    streams = False

    def __init__(self, content: bytes, limits: ReadLimits, note: str = "") -> None:
        """Parse the workbook's globals.

        Args:
            content: The whole file.
            limits: Bounds.
            note: Said after the reader's name.

        Raises:
            UserError: ``damaged``, ``encrypted`` or ``no-data``.
        """
        self._limits = limits
        self._book = _open_book(content)
        version = self._book.biff_version
        self.format = "xls"
        self.reader = f"xlrd (BIFF{version // 10}){note}"
        self.date_1904 = self._book.datemode == 1
        self.sheets = tuple(
            SheetInfo(i, name, _VISIBILITY[_visibility(self._book, i)])
            for i, name in enumerate(self._book.sheet_names())
        )
        if not self.sheets:
            raise UserError.of("no-data", "The workbook has no sheet with cells.")
        self._formats = [_format_of(self._book, xf.format_key) for xf in self._book.xf_list]
        self._loaded: tuple[int, Sheet] | None = None

    def _sheet(self, sheet: SheetInfo) -> Sheet:
        if self._loaded is None or self._loaded[0] != sheet.index:
            if self._loaded is not None:
                self._book.unload_sheet(self._loaded[0])
                self._loaded = None
            try:
                loaded = self._book.sheet_by_index(sheet.index)
            except _BREAKS as error:
                raise _damaged(f"sheet {sheet.name!r}", error, sheet.name) from error
            self._loaded = (sheet.index, loaded)
        return self._loaded[1]

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        native = self._sheet(sheet)
        end = native.nrows if last_row is None else min(last_row, native.nrows)
        for index in range(first_row - 1, end):
            yield self._row(native, index)

    def _row(self, native: Sheet, index: int) -> list[CellValue]:
        kinds, values, styles = native.row_types(index), native.row_values(index), native._cell_xf_indexes[index]
        row: list[CellValue] = []
        for kind, value, style in zip(kinds, values, styles, strict=False):
            if kind == xlrd.XL_CELL_TEXT:
                row.append(value)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                number_format = self._formats[style] if 0 <= style < len(self._formats) else GENERAL
                row.append(formatted_number(value, number_format, self.date_1904))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                row.append(bool(value))
            elif kind == xlrd.XL_CELL_ERROR:
                row.append(ErrorValue(error_text_from_code.get(value, "#N/A")))
            else:
                row.append(None)
        return row

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """See `seam.Workbook.facts`."""
        native = self._sheet(sheet)
        rows = {i + 1 for i, info in native.rowinfo_map.items() if info.hidden and i < native.nrows}
        columns = {i for i, info in native.colinfo_map.items() if info.hidden and i < native.ncols}
        merged = tuple(
            CellRange(top + 1, left, bottom, right - 1)
            for top, bottom, left, right in native.merged_cells
            if bottom > top and right > left
        )
        return SheetFacts(
            merged,
            frozenset(rows),
            frozenset(columns),
            tuple(self._names(sheet)),
            frozenset(self._bold_rows(native)),
            dimension_rows=native.nrows,
        )

    def _names(self, sheet: SheetInfo) -> list[DeclaredTable]:
        found = []
        for name in self._book.name_obj_list:
            if name.hidden or name.builtin or not isinstance(getattr(name.result, "text", None), str):
                continue
            found.append((str(name.name), str(name.result.text)))
        return named_blocks(tuple(found), sheet.name)

    def _bold_rows(self, native: Sheet) -> Iterator[int]:
        fonts, formats = self._book.font_list, self._book.xf_list
        bold = {
            i
            for i, xf in enumerate(formats)
            if xf.font_index < len(fonts) and (fonts[xf.font_index].bold or fonts[xf.font_index].weight >= _BOLD_WEIGHT)
        }
        empty = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)
        for index in range(min(native.nrows, _BOLD_ROWS)):
            styles = [
                style
                for kind, style in zip(native.row_types(index), native._cell_xf_indexes[index], strict=False)
                if kind not in empty
            ]
            if styles and all(style in bold for style in styles):
                yield index + 1

    def close(self) -> None:
        """Let the file go."""
        self._loaded = None
        self._book.release_resources()


def _open_book(content: bytes) -> Book:
    try:
        return xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UserError.of(
                "encrypted", "The workbook is protected by a password.", "Give its password and try again."
            ) from error
        raise _damaged("the workbook", error) from error
    except _BREAKS as error:
        raise _damaged("the workbook", error) from error


def _visibility(book: Book, index: int) -> int:
    visibility: int = book._sheet_visibility[index] if index < len(book._sheet_visibility) else 0
    return visibility if visibility in (0, 1, 2) else 0


def _format_of(book: Book, key: int) -> NumberFormat:
    declared = book.format_map.get(key)
    if declared is None or not declared.format_str:
        return builtin_format(key) if book.biff_version >= 50 else GENERAL
    return parse_format(declared.format_str)


def _damaged(what: str, error: BaseException, sheet: str | None = None) -> SheetferryError:
    return UserError.of(
        "damaged",
        f"The file is damaged: {what} cannot be read ({str(error)[:120] or type(error).__name__}).",
        "Open it in your spreadsheet program, let it repair the file, and save it again.",
        sheet=sheet,
    )
