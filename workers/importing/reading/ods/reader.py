"""OpenDocument spreadsheets (ods, ots and flat fods), streamed with constant memory.

Elements and attributes: OpenDocument 1.3 part 3, chapters 9 (tables), 16 (styles), 19 (attributes).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator

from workers.core.model.cells import CellRange, CellValue, ErrorValue, PaddedNumber, address
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.plans import DeclaredTable, SheetFacts, SheetInfo
from workers.importing.reading.date_serials import whole
from workers.importing.reading.error_texts import ERROR_TEXTS
from workers.importing.reading.limits import ReadLimits, too_long_cell
from workers.importing.reading.markup.xml_events import feed, make_parser
from workers.importing.reading.number_formats import NumberFormat
from workers.importing.reading.xlsx.parts import parse_block

_DURATION = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?")
_ROW_TAGS = ("table-row",)
_CELL_TAGS = ("table-cell", "covered-table-cell")
_SKIPPED = ("annotation", "shapes", "forms", "tracked-changes", "ruby-text", "frame", "custom-shape", "rect", "line")
_DAY = dt.timedelta(days=1)
_LEAST_ZEROS, _MOST_ZEROS = 2, 64

Chunks = Callable[[], Iterable[bytes]]


class OdsWorkbook:
    """An open OpenDocument spreadsheet; see `reading.workbook.Workbook`."""

    text_only = False
    streams = True
    date_1904 = False
    reader = "own XML reader (OpenDocument)"

    def __init__(self, chunks: Chunks, file_format: str, limits: ReadLimits, close: Callable[[], None]) -> None:
        """Find the sheets.

        Args:
            chunks: Gives the bytes of ``content.xml`` (or of the flat file) anew at each call.
            file_format: ``ods`` or ``fods``.
            limits: Bounds.
            close: Lets the file go.

        Raises:
            UserError: ``damaged``, ``no-data`` or ``not-a-workbook``.
        """
        self.format = file_format
        self._chunks = chunks
        self._limits = limits
        self._close = close
        index = _Index()
        for _ in feed(make_parser(index), chunks(), "the document"):
            pass
        if not index.is_spreadsheet:
            raise UserError.of("not-a-workbook", "The file is an OpenDocument file, but not a spreadsheet.")
        if not index.names:
            raise UserError.of("no-data", "The document has no sheet.")
        self.sheets = tuple(
            SheetInfo(i, name, "hidden" if style in index.hidden_styles else "visible")
            for i, (name, style) in enumerate(index.names)
        )
        self._index = index
        self._facts: dict[int, SheetFacts] = {}

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        handler = _Sheet(sheet, self._limits, self._index.formats)
        number = 0
        for _ in feed(make_parser(handler), self._chunks(), f"sheet {sheet.name!r}"):
            for cells, repeat in handler.take():
                for _ in range(repeat):
                    number += 1
                    if last_row is not None and number > last_row:
                        return
                    if number >= first_row:
                        yield list(cells)
            if handler.finished:
                break

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """See `seam.Workbook.facts`."""
        if sheet.index not in self._facts:
            handler = _Sheet(sheet, self._limits, self._index.formats)
            for _ in feed(make_parser(handler), self._chunks(), f"sheet {sheet.name!r}"):
                handler.take()
                if handler.finished:
                    break
            declared = [
                DeclaredTable(name, area, is_table=False)
                for name, on, area in self._index.named_ranges
                if on.casefold() == sheet.name.casefold()
            ]
            self._facts[sheet.index] = SheetFacts(
                tuple(handler.merged),
                frozenset(handler.hidden_rows),
                frozenset(handler.hidden_columns),
                tuple(declared),
            )
        return self._facts[sheet.index]

    def close(self) -> None:
        """Let the file go."""
        self._close()


class _Formats:
    """What cell styles say about numbers: durations and padded codes."""

    def __init__(self) -> None:
        self.durations: set[str] = set()
        self.pads: dict[str, NumberFormat] = {}


class _NumberStyle:
    """The parts of a number style, in their order: texts before and after the number, and texts among its digits."""

    def __init__(self) -> None:
        self._digits = 0
        self._around = ["", ""]
        self._among: dict[int, str] = {}
        self._place: int | None = None

    def number(self, attributes: dict[str, str]) -> None:
        digits = attributes.get("min-integer-digits", "0")
        plain = attributes.get("decimal-places", "0") == "0" and attributes.get("grouping") != "true"
        self._digits = int(digits) if plain and digits.isdigit() and int(digits) <= _MOST_ZEROS else -1

    def embedded(self, attributes: dict[str, str]) -> None:
        """A text that so many digits follow (ODF 1.3 part 3, 19.348)."""
        place = attributes.get("position", "")
        self._place = int(place) if place.isdigit() else None

    def text(self, data: str) -> None:
        if self._place is not None:
            self._among[self._place] = self._among.get(self._place, "") + data
        else:
            self._around[self._digits != 0] += data

    def end_embedded(self) -> None:
        self._place = None

    @property
    def format(self) -> NumberFormat | None:
        """How it shows whole numbers, where it shows leading zeros."""
        pad = self._digits
        if pad < _LEAST_ZEROS:
            return None
        among = [self._among.get(pad - place, "") for place in range(1, pad)]
        mask = (self._around[0], *among, self._around[1])
        return NumberFormat(pad=pad, mask=mask if any(mask) else ())


class _Index:
    """Sheet names, styles and named ranges."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []
        self.hidden_styles: set[str] = set()
        self.named_ranges: list[tuple[str, str, CellRange]] = []
        self.formats = _Formats()
        self.is_spreadsheet = False
        self._depth = 0
        self._style = ""
        self._data_style = ""
        self._data_durations: set[str] = set()
        self._data_pads: dict[str, NumberFormat] = {}
        self._number = _NumberStyle()
        self._in_text = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            # A table within a table (or in a change log) is no sheet.
            if self._depth == 0:
                self.names.append(
                    (attributes.get("name", f"Sheet{len(self.names) + 1}"), attributes.get("style-name", ""))
                )
            self._depth += 1
        elif name == "spreadsheet":
            self.is_spreadsheet = True
        elif name == "style":
            self._start_style(attributes)
        elif name == "table-properties":
            if attributes.get("display") == "false":
                self.hidden_styles.add(self._style)
        elif name in ("time-style", "number-style"):
            self._data_style = attributes.get("name", "")
            self._number = _NumberStyle()
            if name == "time-style" and attributes.get("truncate-on-overflow") == "false":
                self._data_durations.add(self._data_style)
        elif name == "number" and self._data_style:
            self._number.number(attributes)
        elif name == "embedded-text" and self._data_style:
            self._number.embedded(attributes)
            self._in_text = True
        elif name == "text" and self._data_style:
            self._in_text = True
        elif name == "named-range":
            self._named_range(attributes)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get("name", "")
        data = attributes.get("data-style-name", "")
        if data in self._data_durations:
            self.formats.durations.add(self._style)
        if data in self._data_pads:
            self.formats.pads[self._style] = self._data_pads[data]

    def _named_range(self, attributes: dict[str, str]) -> None:
        text = attributes.get("cell-range-address", "").replace("$", "")
        match = re.fullmatch(r"('(?:[^']|'')+'|[^.]+)\.([A-Z]+\d+)(?::(?:[^:]*\.)?([A-Z]+\d+))?", text)
        area = parse_block(f"{match[2]}:{match[3] or match[2]}") if match else None
        if match and area:
            self.named_ranges.append((attributes.get("name", ""), match[1].strip("'").replace("''", "'"), area))

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
        elif name in ("text", "embedded-text"):
            self._in_text = False
            self._number.end_embedded()
        elif name in ("time-style", "number-style"):
            shown = self._number.format if name == "number-style" else None
            if shown is not None:
                self._data_pads[self._data_style] = shown
            self._data_style = ""

    def text(self, data: str) -> None:
        """Only the texts of number styles matter here."""
        if self._in_text and self._data_style:
            self._number.text(data)


class _Sheet:
    """The rows of one sheet, repetitions bounded."""

    def __init__(self, sheet: SheetInfo, limits: ReadLimits, formats: _Formats) -> None:
        self._sheet = sheet
        self._limits = limits
        self._formats = formats
        self.finished = False
        self.merged: list[CellRange] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._seen_tables = -1
        self._depth = 0
        self._skip = 0
        self._ready: list[tuple[list[CellValue], int]] = []
        self._blank = 0
        self._row = 0
        self._column_count = 0
        self._column_styles: list[tuple[int, str]] = []
        self._row_attributes: dict[str, str] = {}
        self._cells: list[CellValue] = []
        self._column = 0
        self._cell: dict[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._characters = 0
        self._in_paragraph = 0

    @property
    def _active(self) -> bool:
        return self._depth == 1 and self._seen_tables == self._sheet.index and not self._skip

    def take(self) -> list[tuple[list[CellValue], int]]:
        """Rows that are ready, each with its repetitions."""
        ready, self._ready = self._ready, []
        return ready

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table":
            if self._depth == 0:
                self._seen_tables += 1
            self._depth += 1
        elif name in _SKIPPED:
            self._skip += 1
        elif not self._active:
            return
        elif name in _CELL_TAGS:
            self._cell = attributes
            self._paragraphs = []
            self._characters = 0
        elif name == "p":
            if self._cell is not None:
                self._paragraphs.append([])
                self._in_paragraph += 1
        elif self._in_paragraph:
            self._inline(name, attributes)
        elif name in _ROW_TAGS:
            self._row_attributes = attributes
            self._cells = []
            self._column = 0
        elif name == "table-column":
            self._start_column(attributes)

    def _inline(self, name: str, attributes: dict[str, str]) -> None:
        if name == "s":
            count = attributes.get("c", "1")
            self._add(" " * min(int(count) if count.isdigit() else 1, self._limits.cell_text))
        elif name == "tab":
            self._add("\t")
        elif name == "line-break":
            self._add("\n")

    def _add(self, text: str) -> None:
        """More text of the cell; counted as it comes, so that a cell without an end is not held first."""
        self._characters += len(text)
        if self._characters > self._limits.cell_text:
            raise too_long_cell(address(self._row + self._blank + 1, self._column), self._limits.cell_text)
        self._paragraphs[-1].append(text)

    def _start_column(self, attributes: dict[str, str]) -> None:
        repeat = min(_count(attributes, "number-columns-repeated"), self._limits.columns)
        if attributes.get("visibility") in ("collapse", "filter"):
            end = min(self._column_count + repeat, self._limits.columns)
            self.hidden_columns.update(range(self._column_count, end))
        self._column_count += repeat
        self._column_styles.append((self._column_count, attributes.get("default-cell-style-name", "")))

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
            if self._depth == 0 and self._seen_tables == self._sheet.index:
                self.finished = True
        elif name in _SKIPPED:
            self._skip -= 1
        elif not self._active:
            return
        elif name == "p":
            if self._in_paragraph:
                self._in_paragraph -= 1
        elif name in _CELL_TAGS:
            self._end_cell(name)
        elif name in _ROW_TAGS:
            self._end_row()

    def text(self, data: str) -> None:
        if self._in_paragraph and self._active:
            self._add(data)

    def _end_cell(self, name: str) -> None:
        attributes = self._cell or {}
        self._cell = None
        repeat = _count(attributes, "number-columns-repeated")
        value = self._value(attributes) if name == "table-cell" else None
        spans = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        if spans != (1, 1):
            row, column = self._row + self._blank + 1, self._column
            self.merged.append(CellRange(row, column, row + spans[0] - 1, column + spans[1] - 1))
        if value is not None and value != "":
            if self._column + repeat > self._limits.columns:
                raise self._damaged(f"a value is repeated over {repeat:,} columns")
            self._cells.extend([None] * (self._column - len(self._cells)))
            self._cells.extend([value] * repeat)
        self._column += repeat

    def _end_row(self) -> None:
        repeat = _count(self._row_attributes, "number-rows-repeated")
        if self._row_attributes.get("visibility") in ("collapse", "filter"):
            first = self._row + self._blank + 1
            self.hidden_rows.update(range(first, min(first + repeat, self._limits.rows + 1)))
        if not self._cells:
            self._blank += repeat
            return
        total = self._row + self._blank + repeat
        if total > self._limits.rows:
            raise UserError.of(
                "too-large",
                f"Sheet {self._sheet.name!r} goes down to row {total:,}; {self._limits.rows:,} are allowed.",
                sheet=self._sheet.name,
            )
        if self._blank:
            self._ready.append(([], self._blank))
        self._ready.append((self._cells, repeat))
        self._row = total
        self._blank = 0

    def _value(self, attributes: dict[str, str]) -> CellValue:
        kind = attributes.get("value-type", "")
        text = "\n".join(map("".join, self._paragraphs))
        try:
            if kind in ("float", "percentage", "currency"):
                return self._number(attributes, text)
            if kind == "date":
                return _moment(attributes["date-value"])
            if kind == "time":
                return self._time(attributes)
            if kind == "boolean":
                return attributes["boolean-value"] == "true"
        except (KeyError, ValueError, OverflowError) as error:
            raise self._damaged(f"a cell calls itself a {kind}, but holds {text[:40]!r}") from error
        if "formula" in attributes and (text in ERROR_TEXTS or re.fullmatch(r"Err:\d{3}", text)):
            return ErrorValue(text)
        return text or attributes.get("string-value", "")

    def _number(self, attributes: dict[str, str], text: str) -> CellValue:
        if "formula" in attributes and (text in ERROR_TEXTS or re.fullmatch(r"Err:\d{3}", text)):
            return ErrorValue(text)
        number = whole(float(attributes["value"]))
        padding = self._formats.pads.get(self._style_of(attributes)) if self._formats.pads else None
        shown = padding.shown(number) if padding and isinstance(number, int) else None
        return PaddedNumber(shown, number) if shown is not None and isinstance(number, int) else number

    def _time(self, attributes: dict[str, str]) -> CellValue:
        duration = parse_duration(attributes["time-value"])
        as_duration = self._style_of(attributes) in self._formats.durations
        if as_duration or not dt.timedelta(0) <= duration < _DAY:
            return duration
        return (dt.datetime(1904, 1, 1) + duration).time()

    def _style_of(self, attributes: dict[str, str]) -> str:
        own = attributes.get("style-name") or self._row_attributes.get("default-cell-style-name")
        if own:
            return own
        return next((style for end, style in self._column_styles if self._column < end), "")

    def _damaged(self, what: str) -> SheetferryError:
        return UserError.of(
            "damaged",
            f"Sheet {self._sheet.name!r} is damaged: {what}.",
            sheet=self._sheet.name,
            cell=address(self._row + self._blank + 1, self._column),
        )


def _count(attributes: dict[str, str], key: str) -> int:
    text = attributes.get(key, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 12 else 1


def _moment(text: str) -> CellValue:
    date, _, clock = text.strip().partition("T")
    if not clock:
        return dt.datetime.combine(dt.date.fromisoformat(date), dt.time())
    # Writers give up to nine digits of a second; Python takes six.
    clock = re.sub(r"([.,]\d{6})\d+", r"\1", clock.replace(",", ".")).removesuffix("Z")
    return dt.datetime.fromisoformat(f"{date}T{clock}").replace(tzinfo=None)


def parse_duration(text: str) -> dt.timedelta:
    """An ISO 8601 duration such as ``PT255H10M10.5S``; years and months are refused, having no fixed length.

    Raises:
        ValueError: for anything else.
    """
    match = _DURATION.fullmatch(text.strip())
    if not match or match[2] or match[3]:
        raise ValueError(f"not a duration: {text!r}")
    seconds = float((match[7] or "0").replace(",", "."))
    duration = dt.timedelta(
        days=int(match[4] or 0),
        hours=int(match[5] or 0),
        minutes=int(match[6] or 0),
        milliseconds=round(seconds * 1000),
    )
    return -duration if match[1] else duration
