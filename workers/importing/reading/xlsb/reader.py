"""Binary workbooks of Excel 2007 and later (xlsb), streamed; records in `biff12`."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from workers.core.model.cells import CellRange, CellValue, ErrorValue
from workers.core.model.errors import UserError
from workers.core.model.plans import DeclaredTable, SheetFacts, SheetInfo, Visibility
from workers.importing.reading.container.opc import Relationship, main_part, relationships
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.date_serials import formatted_number
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.number_formats import GENERAL, NumberFormat, builtin_format, parse_format
from workers.importing.reading.xlsb import biff12

_VISIBILITY: tuple[Visibility, ...] = ("visible", "hidden", "very-hidden")
_BOLD = 700
_BOLD_ROWS = 200
_BREAKS = (struct.error, ValueError, IndexError, OverflowError)


class XlsbWorkbook:
    """An open xlsb workbook; see `reading.workbook.Workbook`."""

    format = "xlsb"
    reader = "own BIFF12 reader"
    text_only = False
    streams = True

    def __init__(self, package: ZipPackage, limits: ReadLimits) -> None:
        """Read the skeleton; `package` is closed with this object.

        Raises:
            UserError: ``damaged`` or ``no-data``.
        """
        self._package = package
        self._limits = limits
        main = main_part(package)
        related = relationships(package, main)
        self.date_1904 = False
        self._parts: list[str] = []
        sheets: list[SheetInfo] = []
        try:
            for kind, data in biff12.records(package.chunks(main), "the workbook"):
                if kind == biff12.WORKBOOK_PROPERTIES:
                    self.date_1904 = bool(data[0] & 1)
                elif kind == biff12.SHEET:
                    self._add_sheet(data, related, sheets)
            self._formats, self._bold = self._styles(_target(related, "styles", package))
        except _BREAKS as error:
            raise biff12.broken("the workbook") from error
        self.sheets = tuple(sheets)
        if not sheets:
            raise UserError.of("no-data", "The workbook has no sheet with cells.")
        self._strings_part = _target(related, "sharedStrings", package)
        self._strings: list[str] | None = None
        self._facts: dict[int, SheetFacts] = {}

    def _add_sheet(self, data: bytes, related: dict[str, Relationship], sheets: list[SheetInfo]) -> None:
        (state,) = struct.unpack_from("<I", data)
        identifier, offset = biff12.wide_string(data, 8)
        name, _ = biff12.wide_string(data, offset)
        relationship = related.get(identifier)
        if relationship is None or relationship.kind != "worksheet":
            return
        sheets.append(SheetInfo(len(sheets), name, _VISIBILITY[state if state < 3 else 0]))
        self._parts.append(relationship.target)

    def _styles(self, part: str | None) -> tuple[list[NumberFormat], set[int]]:
        codes: dict[int, NumberFormat] = {}
        formats: list[NumberFormat] = []
        fonts: list[bool] = []
        bold: set[int] = set()
        inside = False
        for kind, data in biff12.records(self._package.chunks(part), "styles") if part else ():
            if kind == biff12.NUMBER_FORMAT:
                (identifier,) = struct.unpack_from("<H", data)
                codes[identifier] = parse_format(biff12.wide_string(data, 2)[0])
            elif kind == biff12.FONT:
                fonts.append(struct.unpack_from("<H", data, 4)[0] >= _BOLD)
            elif kind == biff12.CELL_FORMATS_BEGIN:
                inside = True
            elif kind == biff12.CELL_FORMATS_END:
                inside = False
            elif kind == biff12.CELL_FORMAT and inside:
                _, identifier, font = struct.unpack_from("<HHH", data)
                if font < len(fonts) and fonts[font]:
                    bold.add(len(formats))
                formats.append(codes.get(identifier) or builtin_format(identifier))
        return formats, bold

    def _shared_strings(self) -> list[str]:
        if self._strings is None:
            strings: list[str] = []
            total = 0
            chunks = self._package.chunks(self._strings_part) if self._strings_part else ()
            for kind, data in biff12.records(chunks, "the table of texts"):
                if kind == biff12.SHARED_ITEM:
                    text = biff12.wide_string(data, 1)[0]
                    total += len(text)
                    if total > self._limits.strings_total:
                        raise UserError.of("too-large", f"The workbook's texts are more than {total / 1e6:,.0f} MB.")
                    strings.append(text)
            self._strings = strings
        return self._strings

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        expected = first_row
        try:
            for number, cells in self._numbered_rows(sheet):
                if last_row is not None and number > last_row:
                    return
                if number >= first_row:
                    yield from ([] for _ in range(expected, number))
                    yield cells
                    expected = number + 1
        except _BREAKS as error:
            raise biff12.broken(f"sheet {sheet.name!r}").on_sheet(sheet.name) from error

    def _numbered_rows(self, sheet: SheetInfo) -> Iterator[tuple[int, list[CellValue]]]:
        strings = self._shared_strings()
        row = 0
        cells: list[CellValue] = []
        for kind, data in self._records(sheet):
            if kind == biff12.ROW:
                if cells:
                    yield row, cells
                (number,) = struct.unpack_from("<I", data)
                if number + 1 <= row or number >= self._limits.rows:
                    raise ValueError("rows are out of order")
                row, cells = number + 1, []
            elif biff12.CELL_RK <= kind <= biff12.FORMULA_ERROR or kind == biff12.CELL_RICH_TEXT:
                column, style = struct.unpack_from("<II", data)
                if column < len(cells) or column >= self._limits.columns:
                    raise ValueError("cells are out of order")
                value = self._value(kind, data, style & 0xFFFFFF, strings)
                if value != "":
                    cells.extend([None] * (column - len(cells)))
                    cells.append(value)
            elif kind == biff12.SHEET_DATA_END:
                break
        if cells:
            yield row, cells

    def _records(self, sheet: SheetInfo) -> Iterator[tuple[int, bytes]]:
        return biff12.records(self._package.chunks(self._parts[sheet.index]), f"sheet {sheet.name!r}")

    def _value(self, kind: int, data: bytes, style: int, strings: list[str]) -> CellValue:
        if kind == biff12.CELL_SHARED:
            (index,) = struct.unpack_from("<I", data, 8)
            return strings[int(index)]
        if kind in (biff12.CELL_REAL, biff12.FORMULA_NUMBER, biff12.CELL_RK):
            if kind == biff12.CELL_RK:
                number = biff12.rk_number(struct.unpack_from("<I", data, 8)[0])
            else:
                (number,) = struct.unpack_from("<d", data, 8)
            number_format = self._formats[style] if style < len(self._formats) else GENERAL
            return formatted_number(number, number_format, self.date_1904)
        if kind in (biff12.CELL_TEXT, biff12.FORMULA_TEXT):
            return biff12.wide_string(data, 8)[0]
        if kind == biff12.CELL_RICH_TEXT:
            return biff12.wide_string(data, 9)[0]
        if kind in (biff12.CELL_BOOL, biff12.FORMULA_BOOL):
            return bool(data[8])
        return ErrorValue(biff12.ERRORS.get(data[8], "#N/A"))

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """See `seam.Workbook.facts`."""
        if sheet.index not in self._facts:
            try:
                self._facts[sheet.index] = self._gather(sheet)
            except _BREAKS as error:
                raise biff12.broken(f"sheet {sheet.name!r}").on_sheet(sheet.name) from error
        return self._facts[sheet.index]

    def _gather(self, sheet: SheetInfo) -> SheetFacts:
        merged: list[CellRange] = []
        hidden_rows: set[int] = set()
        hidden_columns: set[int] = set()
        bold: dict[int, bool] = {}
        row = 0
        last: int | None = None
        for kind, data in self._records(sheet):
            if kind == biff12.ROW:
                row = struct.unpack_from("<I", data)[0] + 1
                if len(data) > 11 and data[11] & 0x10:
                    hidden_rows.add(row)
            elif row <= _BOLD_ROWS and biff12.CELL_RK <= kind <= biff12.FORMULA_ERROR:
                style = struct.unpack_from("<I", data, 4)[0] & 0xFFFFFF
                bold[row] = bold.get(row, True) and style in self._bold
            elif kind == biff12.MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", data)
                merged.append(CellRange(top + 1, left, bottom + 1, right))
            elif kind == biff12.COLUMN_INFO:
                first, end = struct.unpack_from("<II", data)
                if struct.unpack_from("<H", data, 16)[0] & 1:
                    hidden_columns.update(range(first, min(end + 1, self._limits.columns)))
            elif kind == biff12.DIMENSION:
                last = struct.unpack_from("<II", data)[1] + 1
        return SheetFacts(
            tuple(merged),
            frozenset(hidden_rows),
            frozenset(hidden_columns),
            tuple(self._tables(sheet)),
            frozenset(number for number, every in bold.items() if every),
            dimension_rows=last,
        )

    def _tables(self, sheet: SheetInfo) -> Iterator[DeclaredTable]:
        for relationship in relationships(self._package, self._parts[sheet.index]).values():
            if relationship.kind != "table" or relationship.target not in self._package:
                continue
            for kind, data in biff12.records(self._package.chunks(relationship.target), relationship.target):
                if kind == biff12.TABLE:
                    top, bottom, left, right, _, _, header, totals = struct.unpack_from("<8I", data)
                    name, offset = biff12.wide_string(data, 64)
                    shown, _ = biff12.wide_string(data, offset)
                    yield DeclaredTable(shown or name, CellRange(top + 1, left, bottom + 1, right), header, totals)

    def close(self) -> None:
        """Let the file go."""
        self._strings = None
        self._package.close()


def _target(related: dict[str, Relationship], kind: str, package: ZipPackage) -> str | None:
    return next((r.target for r in related.values() if r.kind == kind and r.target in package), None)
