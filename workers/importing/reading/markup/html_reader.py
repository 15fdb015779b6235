"""HTML pages with tables, as many systems export them under the name .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from workers.core.model.cells import CellRange, CellValue
from workers.core.model.errors import UserError
from workers.core.model.plans import SheetFacts, SheetInfo
from workers.importing.reading.limits import ReadLimits, too_long_cell
from workers.importing.reading.text.encoding import detect_encoding

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_BREAKS = ("br", "p", "div", "li")
_SKIPPED = ("script", "style", "head", "title", "noscript")
_MAX_SPAN = 1_000


@dataclass(slots=True)
class _Table:
    rows: list[list[CellValue]] = field(default_factory=list)
    merged: list[CellRange] = field(default_factory=list)
    header_rows: set[int] = field(default_factory=set)
    pending: dict[int, int] = field(default_factory=dict)


class HtmlWorkbook:
    """The tables of a page, each as a sheet; see `reading.workbook.Workbook`. Every cell is text."""

    format = "html"
    reader = "HTML tables"
    text_only = True
    streams = False
    date_1904 = False

    def __init__(self, content: bytes, limits: ReadLimits) -> None:
        """Parse the page.

        Raises:
            UserError: ``not-a-workbook`` when it holds no table.
        """
        parser = _TableParser(limits)
        parser.feed(_decode(content))
        parser.close()
        self._tables = [t for t in parser.tables if any(t.rows)]
        if not self._tables:
            raise UserError.of("not-a-workbook", "The file is a web page without a table in it.")
        single = len(self._tables) == 1
        self.sheets = tuple(SheetInfo(i, "Table" if single else f"Table {i + 1}") for i in range(len(self._tables)))

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        yield from (list(row) for row in self._tables[sheet.index].rows[first_row - 1 : last_row])

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """Merged areas, and header cells as bold rows."""
        table = self._tables[sheet.index]
        return SheetFacts(tuple(table.merged), bold_rows=frozenset(table.header_rows))

    def close(self) -> None:
        """Let the tables go."""
        self._tables = []


def _decode(content: bytes) -> str:
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return content.decode(detect_encoding([content]).name, errors="strict")


class _TableParser(HTMLParser):
    """Collects tables. A table inside another is a table of its own."""

    def __init__(self, limits: ReadLimits) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._limits = limits
        self._open: list[_Table] = []
        self._cells: list[tuple[list[str], dict[str, str | None], bool] | None] = []
        self._headers: list[list[bool]] = []
        self._skip = 0
        self._count = 0
        self._characters = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self._skip += 1
        elif tag == "table":
            table = _Table()
            self.tables.append(table)
            self._open.append(table)
            self._cells.append(None)
            self._headers.append([])
        elif not self._open:
            return
        elif tag == "tr":
            self._end_cell()
            self._begin_row()
        elif tag in ("td", "th"):
            self._end_cell()
            if not self._open[-1].rows:
                self._begin_row()
            self._cells[-1] = ([], dict(attrs), tag == "th")
            self._characters = 0
        elif tag in _BREAKS:
            self._append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skip = max(self._skip - 1, 0)
        elif not self._open:
            return
        elif tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._end_row()
            self._open.pop()
            self._cells.pop()
            self._headers.pop()

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._append(re.sub(r"[ \t\r\n]+", " ", data))

    def _append(self, text: str) -> None:
        cell = self._cells[-1] if self._cells else None
        if cell is not None:
            self._characters += len(text)
            if self._characters > self._limits.cell_text:
                raise too_long_cell("", self._limits.cell_text)
            cell[0].append(text)

    def _begin_row(self) -> None:
        self._end_row()
        table = self._open[-1]
        if len(table.rows) >= self._limits.rows:
            raise UserError.of("too-large", f"A table of the page has more than {self._limits.rows:,} rows.")
        table.rows.append([])
        self._headers[-1] = []

    def _end_row(self) -> None:
        table, headers = self._open[-1], self._headers[-1]
        if headers and all(headers):
            table.header_rows.add(len(table.rows))

    def _end_cell(self) -> None:
        cell = self._cells[-1]
        if cell is None:
            return
        self._cells[-1] = None
        table = self._open[-1]
        row, number = table.rows[-1], len(table.rows)
        while table.pending.get(len(row), 0) >= number:
            row.append(None)
        column = len(row)
        text = _tidy("".join(cell[0]))
        across, down = _span(cell[1], "colspan"), _span(cell[1], "rowspan")
        self._count += across
        if column + across > self._limits.columns or self._count > self._limits.cells_in_memory:
            raise UserError.of("too-large", "A table of the page is larger than any sheet can be.")
        row.append(text or None)
        row.extend([None] * (across - 1))
        if text:
            self._headers[-1].append(cell[2])
        if across > 1 or down > 1:
            table.merged.append(CellRange(number, column, number + down - 1, column + across - 1))
            for spanned in range(column, column + across):
                table.pending[spanned] = number + down - 1


def _tidy(text: str) -> str:
    return "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n ")


def _span(attributes: dict[str, str | None], key: str) -> int:
    text = (attributes.get(key) or "1").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1
