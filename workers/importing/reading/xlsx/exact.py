"""Our own reader of worksheet XML: slow, exact in every cell, and able to read what the native stream refuses.

It resolves namespaces, encodings and prefixes through expat, decides numbers by our own reading of their format, and
keeps the kind of every cell. Cell types: ECMA-376 part 1, 18.18.11; escapes ``_xHHHH_``: 22.9.2.19 (ST_Xstring).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workers.core.model.cells import CellValue, ErrorValue, address, column_index
from workers.core.model.errors import SheetferryError, UserError
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.date_serials import formatted_number, whole
from workers.importing.reading.limits import ReadLimits, too_long_cell
from workers.importing.reading.markup.xml_events import feed, make_parser
from workers.importing.reading.number_formats import GENERAL, NumberFormat

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def unescape(text: str) -> str:
    """Decode ``_xHHHH_`` escapes, two of which may be the halves of one character."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)
    if _SURROGATE.search(plain):
        plain = plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return plain


class _StringItems:
    """Collects the texts of ``<si>`` items, phonetic runs left out."""

    def __init__(self, limit: int) -> None:
        self.items: list[str] = []
        self._limit = limit
        self._total = 0
        self._parts: list[str] = []
        self._in_text = False
        self._phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._in_text = not self._phonetic
        elif name == "rPh":
            self._phonetic = True
        elif name == "si":
            self._parts = []

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            self.items.append(unescape("".join(self._parts)))

    def text(self, data: str) -> None:
        if self._in_text:
            self._total += len(data)
            if self._total > self._limit:
                raise UserError.of("too-large", f"The workbook's texts are more than {self._limit / 1e6:,.0f} MB.")
            self._parts.append(data)


def read_shared_strings(package: ZipPackage, part: str | None, limits: ReadLimits) -> list[str]:
    """The table of shared strings; empty when the workbook has none."""
    if part is None:
        return []
    handler = _StringItems(limits.strings_total)
    for _ in feed(make_parser(handler), package.chunks(part), "the table of texts"):
        pass
    return handler.items


@dataclass(frozen=True, slots=True)
class SheetSource:
    """What the exact reader needs to read one sheet."""

    package: ZipPackage
    part: str
    sheet: str
    strings: Sequence[str]
    formats: Sequence[NumberFormat]
    date_1904: bool
    limits: ReadLimits


class SheetRows:
    """Turns worksheet events into rows.

    Attributes:
        done: The rows that are complete: their Excel row and their cells.
        row: The last row that began.
    """

    def __init__(self, source: SheetSource) -> None:
        self._source = source
        self._formats = source.formats
        self._strings = source.strings
        self.done: list[tuple[int, list[CellValue]]] = []
        self.row = 0
        self._cells: list[CellValue] = []
        self._column = -1
        self._type = "n"
        self._style = 0
        self._value: list[str] | None = None
        self._collected = ""
        self._inline: list[str] | None = None
        self._phonetic = False
        self._characters = 0
        self._most = source.limits.cell_text
        self._columns: dict[str, int] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """See `XmlHandler.start`."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "v":
            self._value = []
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "t":
            if self._inline is not None and not self._phonetic:
                self._value = []
        elif name == "is":
            self._inline = []
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """See `XmlHandler.end`."""
        if name == "v":
            self._collected = "".join(self._value or ())
            self._value = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self.done.append((self.row, self._cells))
        elif name == "t":
            if self._inline is not None and self._value is not None:
                self._inline.append("".join(self._value))
                self._value = None
        elif name == "rPh":
            self._phonetic = False

    def text(self, data: str) -> None:
        """See `XmlHandler.text`."""
        if self._value is not None:
            self._characters += len(data)
            if self._characters > self._most:
                raise too_long_cell(address(self.row, self._column), self._most)
            self._value.append(data)

    def _start_row(self, number: str | None) -> None:
        row = int(number) if number and number.isdigit() else self.row + 1
        if row <= self.row:
            raise self._damaged(f"row {row} comes after row {self.row}")
        if row > self._source.limits.rows:
            raise UserError.of("too-large", f"The sheet goes down to row {row:,}; {self._source.limits.rows:,} exist.")
        self.row = row
        self._cells = []
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if not reference else self._column_of(reference)
        self._type = attributes.get("t", "n")
        style = attributes.get("s", "0")
        self._style = int(style) if style.isdigit() else 0
        self._collected = ""
        self._inline = None
        self._value = None
        self._characters = 0

    def _column_of(self, reference: str) -> int:
        match = _REFERENCE.fullmatch(reference)
        if not match:
            raise self._damaged(f"a cell calls itself {reference[:20]!r}")
        letters = match[1]
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_index(letters)
        if column >= self._source.limits.columns:
            raise self._damaged(f"a cell calls itself {reference!r}")
        return column

    def _end_cell(self) -> None:
        value = self._convert()
        if value is None or value == "":
            return
        if self._column < 0:
            raise self._damaged("a row begins within a cell")
        cells = self._cells
        missing = self._column - len(cells)
        if missing > 0:
            cells.extend([None] * missing)
        if missing < 0:
            cells[self._column] = value
        else:
            cells.append(value)

    def _convert(self) -> CellValue:
        kind, text = self._type, self._collected
        if self._inline is not None:
            text = "".join(self._inline)
            return unescape(text) if kind != "e" else ErrorValue(text)
        if text == "":
            return None
        try:
            return self._typed(kind, text)
        except (ValueError, IndexError, OverflowError) as error:
            raise self._damaged(f"cell {address(self.row, self._column)} holds {text[:40]!r}") from error

    def _typed(self, kind: str, text: str) -> CellValue:
        if kind == "n":
            number = whole(float(text))
            number_format = self._formats[self._style] if self._style < len(self._formats) else GENERAL
            if number_format is GENERAL:
                return number
            return formatted_number(number, number_format, self._source.date_1904)
        if kind == "s":
            return self._strings[int(text)]
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "e":
            return ErrorValue(text)
        if kind == "d":
            return parse_iso_moment(text)
        return unescape(text)

    def _damaged(self, what: str) -> SheetferryError:
        return UserError.of(
            "damaged",
            f"Sheet {self._source.sheet!r} is damaged: {what}.",
            "Open it in your spreadsheet program, let it repair the file, and save it again.",
            sheet=self._source.sheet,
            cell=address(max(self.row, 1), max(self._column, 0)),
        )


def parse_iso_moment(text: str) -> CellValue:
    """A cell of type ``d``: ISO 8601 date, date-time or time.

    Raises:
        ValueError: for anything else.
    """
    text = text.strip().removesuffix("Z")
    if "-" not in text[1:]:
        return dt.time.fromisoformat(text.removeprefix("T"))
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)


def exact_rows(source: SheetSource, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
    """Yield the rows of a sheet as `seam.Workbook.rows` says.

    Raises:
        UserError: ``damaged`` or ``too-large``.
    """
    handler = SheetRows(source)
    expected = first_row
    for _ in feed(make_parser(handler), source.package.chunks(source.part), f"sheet {source.sheet!r}"):
        for number, cells in handler.done:
            if last_row is not None and number > last_row:
                yield from ([] for _ in range(expected, last_row + 1))
                return
            if number < first_row:
                continue
            yield from ([] for _ in range(expected, number))
            yield cells
            expected = number + 1
        handler.done.clear()
