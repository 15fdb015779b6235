"""XML Spreadsheet 2003 ("SpreadsheetML 2003"), often named .xls or .xml; streamed.

Elements: Microsoft's XML Spreadsheet Reference (2003).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from workers.core.model.cells import CellRange, CellValue, ErrorValue, address
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.plans import SheetFacts, SheetInfo, Visibility
from workers.importing.reading.date_serials import formatted_number, whole
from workers.importing.reading.limits import ReadLimits, too_long_cell
from workers.importing.reading.markup.xml_events import feed, make_parser
from workers.importing.reading.number_formats import GENERAL, FormatKind, NumberFormat, parse_format

_VISIBILITY: dict[str, Visibility] = {"SheetHidden": "hidden", "SheetVeryHidden": "very-hidden"}
_MOST_PIECES = 64
"""Pieces of text of a setting, which is a single word."""
_ZERO_DAYS = (dt.date(1899, 12, 30), dt.date(1899, 12, 31), dt.date(1904, 1, 1))


class XmlSpreadsheetWorkbook:
    """An open XML Spreadsheet; see `reading.workbook.Workbook`."""

    format = "xml-spreadsheet"
    reader = "own XML reader (XML Spreadsheet 2003)"
    text_only = False
    streams = True

    def __init__(self, chunks: Callable[[], Iterable[bytes]], limits: ReadLimits) -> None:
        """Find the sheets; `chunks` gives the file's bytes anew at each call.

        Raises:
            UserError: ``damaged`` or ``no-data``.
        """
        self._chunks = chunks
        self._limits = limits
        index = _Pass(None, limits)
        for _ in feed(make_parser(index), chunks(), "the workbook"):
            index.ready.clear()
        self._formats = index.formats
        self.date_1904 = index.date_1904
        self._facts = index.facts
        self.sheets = tuple(
            SheetInfo(i, name, index.visibility.get(i, "visible")) for i, name in enumerate(index.names)
        )
        if not self.sheets:
            raise UserError.of("no-data", "The workbook has no sheet.")

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        handler = _Pass(sheet, self._limits)
        expected = first_row
        for _ in feed(make_parser(handler), self._chunks(), f"sheet {sheet.name!r}"):
            for number, cells in handler.ready:
                if last_row is not None and number > last_row:
                    return
                if number >= first_row:
                    yield from ([] for _ in range(expected, number))
                    yield cells
                    expected = number + 1
            handler.ready.clear()
            if handler.finished:
                return

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """See `seam.Workbook.facts`."""
        merged, rows, columns = self._facts.get(sheet.index, ([], set(), set()))
        return SheetFacts(tuple(merged), frozenset(rows), frozenset(columns))

    def close(self) -> None:
        """Nothing stays open between calls."""


class _Pass:
    """One pass over the file: an index of all sheets, or the rows of one."""

    def __init__(self, sheet: SheetInfo | None, limits: ReadLimits) -> None:
        self._sheet = sheet
        self._limits = limits
        self.names: list[str] = []
        self.visibility: dict[int, Visibility] = {}
        self.formats: dict[str, NumberFormat] = {}
        self.date_1904 = False
        self.facts: dict[int, tuple[list[CellRange], set[int], set[int]]] = {}
        self.ready: list[tuple[int, list[CellValue]]] = []
        self.finished = False
        self._style = ""
        self._row = 0
        self._column = 0
        self._hidden_from = 0
        self._cells: list[CellValue] = []
        self._cell_style = ""
        self._across = 0
        self._type: str | None = None
        self._text: list[str] = []
        self._characters = 0
        self._option: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Cell":
            self._start_cell(attributes)
        elif name == "Data":
            self._type = attributes.get("Type", "String")
            self._text = []
            self._characters = 0
        elif name == "Row":
            self._start_row(attributes)
        elif name == "Worksheet":
            self._start_sheet(attributes)
        elif name == "Column":
            self._start_column(attributes)
        elif name == "Style":
            self._style = attributes.get("ID", "")
        elif name == "NumberFormat":
            self.formats[self._style] = _format(attributes.get("Format", ""))
        elif name == "Date1904":
            self.date_1904 = True
        elif name == "Visible":
            self._option = []

    def _start_sheet(self, attributes: dict[str, str]) -> None:
        self.names.append(attributes.get("Name", f"Sheet{len(self.names) + 1}"))
        self.facts[len(self.names) - 1] = ([], set(), set())
        self._row = 0
        self._hidden_from = 0

    def _start_row(self, attributes: dict[str, str]) -> None:
        row = _number(attributes, "Index", self._row + 1)
        if row <= self._row or row > self._limits.rows:
            raise self._damaged(f"row {row} comes after row {self._row}")
        self._row = row
        self._cells = []
        self._column = -1
        self._across = 0
        if attributes.get("Hidden") == "1":
            end = min(row + _number(attributes, "Span", 0), self._limits.rows)
            self.facts[len(self.names) - 1][1].update(range(row, end + 1))

    def _start_column(self, attributes: dict[str, str]) -> None:
        first = _number(attributes, "Index", self._hidden_from + 1)
        last = min(first + _number(attributes, "Span", 0), self._limits.columns)
        if attributes.get("Hidden") == "1":
            self.facts[len(self.names) - 1][2].update(range(first - 1, last))
        self._hidden_from = last

    def _start_cell(self, attributes: dict[str, str]) -> None:
        column = _number(attributes, "Index", self._column + self._across + 2) - 1
        if column <= self._column or column >= self._limits.columns:
            raise self._damaged("its cells are out of order")
        self._column = column
        self._across = _number(attributes, "MergeAcross", 0)
        down = _number(attributes, "MergeDown", 0)
        if self._across or down:
            merged = CellRange(self._row, column, self._row + down, column + self._across)
            self.facts[len(self.names) - 1][0].append(merged)
        self._cell_style = attributes.get("StyleID", "")

    def end(self, name: str) -> None:
        if name == "Data" and self._type is not None:
            value = self._value(self._type, "".join(self._text))
            self._type = None
            if value is not None and value != "" and self._wanted:
                self._cells.extend([None] * (self._column - len(self._cells)))
                self._cells.append(value)
        elif name == "Row":
            if self._wanted:
                self.ready.append((self._row, self._cells))
        elif name == "Visible" and self._option is not None:
            self.visibility[len(self.names) - 1] = _VISIBILITY.get("".join(self._option).strip(), "visible")
            self._option = None
        elif name == "Worksheet":
            self.finished = self._wanted

    @property
    def _wanted(self) -> bool:
        return self._sheet is not None and len(self.names) - 1 == self._sheet.index

    def text(self, data: str) -> None:
        if self._type is not None:
            self._characters += len(data)
            if self._characters > self._limits.cell_text:
                raise too_long_cell(address(self._row, self._column), self._limits.cell_text)
            self._text.append(data)
        elif self._option is not None and len(self._option) < _MOST_PIECES:
            self._option.append(data)

    def _value(self, kind: str, text: str) -> CellValue:
        try:
            if kind == "Number":
                return formatted_number(whole(float(text)), self.formats.get(self._cell_style, GENERAL), self.date_1904)
            if kind == "DateTime":
                return _moment(text, self.formats.get(self._cell_style, GENERAL))
        except ValueError as error:
            raise self._damaged(f"cell {address(self._row, self._column)} holds {text[:40]!r} as {kind}") from error
        if kind == "Boolean":
            return text.strip() in ("1", "true")
        return ErrorValue(text) if kind == "Error" else text

    def _damaged(self, what: str) -> SheetferryError:
        name = self.names[-1] if self.names else ""
        return UserError.of("damaged", f"Sheet {name!r} is damaged: {what}.", sheet=name or None)


_NAMED_FORMATS = {
    "General Date": "m/d/yyyy h:mm",
    "Short Date": "m/d/yyyy",
    "Medium Date": "d-mmm-yy",
    "Long Date": "d mmmm yyyy",
    "Short Time": "h:mm",
    "Medium Time": "h:mm AM/PM",
    "Long Time": "h:mm:ss",
}


def _format(code: str) -> NumberFormat:
    return parse_format(_NAMED_FORMATS.get(code, code))


def _number(attributes: dict[str, str], key: str, default: int) -> int:
    text = attributes.get(key, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else default


def _moment(text: str, number_format: NumberFormat) -> CellValue:
    moment = dt.datetime.fromisoformat(text.strip().removesuffix("Z")).replace(tzinfo=None)
    if number_format.kind is FormatKind.DURATION:
        return moment - dt.datetime(1899, 12, 31)
    if moment.date() in _ZERO_DAYS and number_format.kind is not FormatKind.DATE:
        return moment.time()
    return moment
