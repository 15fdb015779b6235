"""A result as an Excel workbook, written as a stream: memory stays the same whatever the number of rows.

What Excel cannot hold is text there, and that is said: numbers of more than 15 digits, dates before 1900, zones.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from workers.core.model.errors import UserError
from workers.core.query.columns import ResultColumn
from workers.core.query.outcome import Note
from workers.querying.saving.progress import Saving
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.rows import Fields

SHEET_ROWS = 1_048_576
"""Rows of a worksheet, the header included: Excel's limit."""

SHEET_COLUMNS = 16_384
_CELL_CHARACTERS = 32_767
_DIGITS = 15
_LONGEST = 308
"""Digits before the point from which on a number may be too large for Excel, which holds 64-bit floats."""

_EPOCH = datetime.date(1899, 12, 30).toordinal()
_FIRST_DATE = datetime.date(1900, 3, 1).toordinal()
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE).fullmatch
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d(?:\.\d+)?))?").fullmatch
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d(?:\.\d+)?)").fullmatch
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_STYLE_DATE, _STYLE_TIMESTAMP, _STYLE_TIME, _STYLE_HEADER = 1, 2, 3, 4

_Cell = Callable[[str, str], str]


def save_excel(reader: SpoolReader, path: Path, tell: Saving) -> tuple[Note, ...]:
    """Write the workbook, a new sheet whenever one is full.

    Raises:
        UserError: ``too-wide``.
    """
    columns = reader.meta.columns
    if len(columns) > SHEET_COLUMNS:
        raise UserError.of(
            "too-wide",
            f"The result has {len(columns):,} columns, and a worksheet {SHEET_COLUMNS:,}.",
            "Save it as .parquet or .csv, or ask for fewer columns.",
        )
    writer = _Cells(columns)
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=3, allowZip64=True) as book:
        sheets = 0
        rows = _Rows(reader.batches(), tell)
        while sheets == 0 or rows.more:
            sheets += 1
            with book.open(f"xl/worksheets/sheet{sheets}.xml", "w", force_zip64=True) as sheet:
                _write_sheet(sheet, writer, rows)
        _write_parts(book, sheets)
    return writer.notes(sheets)


class _Rows:
    """The rows of all batches, handed out in pieces of at most so many."""

    def __init__(self, batches: Iterator[list[Fields]], tell: Saving) -> None:
        self._batches = batches
        self._tell = tell
        self._done = 0
        self._rest: list[Fields] = next(batches, [])

    @property
    def more(self) -> bool:
        return bool(self._rest)

    def take(self, most: int) -> list[Fields]:
        piece, self._rest = self._rest[:most], self._rest[most:]
        self._done += len(piece)
        self._tell(self._done)
        if not self._rest:
            self._rest = next(self._batches, [])
        return piece


class _Cells:
    """Makes cells of a result's columns and counts what does not fit."""

    def __init__(self, columns: Sequence[ResultColumn]) -> None:
        self._columns = columns
        self._makers = [self._maker(column) for column in columns]
        self._letters = [letters(n) for n in range(1, len(columns) + 1)]
        self._counts: Counter[str] = Counter()

    def header(self) -> str:
        cells = [
            _string(f"{letter}1", column.name, _STYLE_HEADER)
            for letter, column in zip(self._letters, self._columns, strict=True)
        ]
        return f'<row r="1">{"".join(cells)}</row>'

    def row(self, number: int, values: Fields) -> str:
        cells = [
            make(f"{letter}{number}", value.decode("utf-8", "replace"))
            for make, letter, value in zip(self._makers, self._letters, values, strict=True)
            if value is not None
        ]
        return f'<row r="{number}">{"".join(cells)}</row>'

    def notes(self, sheets: int) -> tuple[Note, ...]:
        out = [
            Note(code, _SENTENCES[code].format(count), count) for code, count in sorted(self._counts.items()) if count
        ]
        if sheets > 1:
            out.append(Note("several-sheets", f"The rows go over {sheets} sheets: one holds {SHEET_ROWS:,}.", sheets))
        return tuple(out)

    def _maker(self, column: ResultColumn) -> _Cell:
        base = column.base
        if column.is_float:
            return self._float
        if column.is_number and base != "money":
            return self._number
        makers: dict[str, _Cell] = {
            "boolean": self._boolean,
            "date": self._date,
            "timestamp without time zone": self._timestamp,
            "time without time zone": self._time,
        }
        if base in ("timestamp with time zone", "time with time zone"):
            return self._zoned
        return makers.get(base, self._text)

    def _number(self, place: str, value: str) -> str:
        if _NUMBER(value) is None or len(value.partition(".")[0]) > _LONGEST:
            return self._left(place, value, "no-number")
        if significant_digits(value) > _DIGITS:
            return self._left(place, value, "long-digits")
        return f'<c r="{place}"><v>{value}</v></c>'

    def _float(self, place: str, value: str) -> str:
        # Excel keeps the same 64 bits, whatever it shows of them.
        if _NUMBER(value) is None:
            return self._left(place, value, "no-number")
        return f'<c r="{place}"><v>{value}</v></c>'

    def _boolean(self, place: str, value: str) -> str:
        return f'<c r="{place}" t="b"><v>{1 if value in ("t", "true") else 0}</v></c>'

    def _date(self, place: str, value: str) -> str:
        found = _DATE(value)
        if found is None or found[4] is not None:
            return self._left(place, value, "no-excel-date")
        day = datetime.date(int(found[1]), int(found[2]), int(found[3])).toordinal()
        if day < _FIRST_DATE:
            return self._left(place, value, "no-excel-date")
        return f'<c r="{place}" s="{_STYLE_DATE}"><v>{day - _EPOCH}</v></c>'

    def _timestamp(self, place: str, value: str) -> str:
        found = _DATE(value)
        if found is None or found[4] is None:
            return self._left(place, value, "no-excel-date")
        day = datetime.date(int(found[1]), int(found[2]), int(found[3])).toordinal()
        if day < _FIRST_DATE:
            return self._left(place, value, "no-excel-date")
        if len(found[6]) > 6:
            return self._left(place, value, "microseconds")
        seconds = int(found[4]) * 3600 + int(found[5]) * 60 + float(found[6])
        return f'<c r="{place}" s="{_STYLE_TIMESTAMP}"><v>{day - _EPOCH + seconds / 86400!r}</v></c>'

    def _time(self, place: str, value: str) -> str:
        found = _TIME(value)
        if found is None or found[1] == "24" or len(found[3]) > 6:
            return self._left(place, value, "microseconds" if found else "no-excel-date")
        seconds = int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
        return f'<c r="{place}" s="{_STYLE_TIME}"><v>{seconds / 86400!r}</v></c>'

    def _zoned(self, place: str, value: str) -> str:
        return self._left(place, value, "zones")

    def _text(self, place: str, value: str) -> str:
        if len(value) > _CELL_CHARACTERS:
            self._counts["cut-text"] += 1
            value = value[:_CELL_CHARACTERS]
        return _string(place, value)

    def _left(self, place: str, value: str, code: str) -> str:
        self._counts[code] += 1
        return _string(place, value)


_SENTENCES = {
    "long-digits": "{:,} numbers of more than 15 digits are text: Excel would round them.",
    "no-number": "{:,} values such as NaN are text: Excel has no such number.",
    "no-excel-date": "{:,} dates outside of Excel's calendar (1900-03-01 to 9999-12-31) are text.",
    "microseconds": "{:,} times finer than a millisecond are text: Excel would round them.",
    "zones": "{:,} times with a zone are text: Excel has no zones.",
    "cut-text": "{:,} texts were cut after 32,767 characters: a cell of Excel holds no more.",
}


def significant_digits(number: str) -> int:
    """How many digits a number has that are not zeros at its beginning or, for a whole one, at its end."""
    digits, _, _ = number.lower().lstrip("-").partition("e")
    whole, point, part = digits.partition(".")
    text = (whole + part).lstrip("0")
    return len(text if point else text.rstrip("0"))


def letters(number: int) -> str:
    """The letters of a column's number from 1: ``A``, ``Z``, ``AA``."""
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(65 + rest) + out
    return out


def _string(place: str, value: str, style: int = 0) -> str:
    text = escape(_ESCAPED.sub(r"_x005F_x\1_", value))
    if _UNFIT.search(text):
        text = _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if "\r" in text:
        text = text.replace("\r", "_x000D_")
    space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _write_sheet(sheet: IO[bytes], cells: _Cells, rows: _Rows) -> None:
    sheet.write((_SHEET_HEAD + cells.header()).encode())
    number = 2
    while number <= SHEET_ROWS and rows.more:
        piece = rows.take(min(1_000, SHEET_ROWS - number + 1))
        sheet.write("".join(cells.row(number + n, row) for n, row in enumerate(piece)).encode("utf-8", "replace"))
        number += len(piece)
    sheet.write(b"</sheetData></worksheet>")


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_HEAD = (
    f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
    '</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/>'
    '<name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/>'
    '<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="21" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _write_parts(book: zipfile.ZipFile, sheets: int) -> None:
    """What makes a workbook of the sheets: ECMA-376, part 1, sections 12.3 and 15.2."""
    numbers = range(1, sheets + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
    )
    names = "".join(f'<sheet name="Result{"" if n == 1 else f" {n}"}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}<Relationship '
        f'Id="rId{sheets + 1}" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
    }
    for name, text in parts.items():
        book.writestr(name, text)
