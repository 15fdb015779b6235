"""Text files with delimiters (CSV, TSV and their relatives), streamed in constant memory."""

from __future__ import annotations

import codecs
import csv
import io
import string
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, cast

from workers.core.model.cells import CellValue, address
from workers.core.model.errors import UserError
from workers.core.model.plans import Finding, Severity, SheetFacts, SheetInfo
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.text.dialect import SAMPLE_CHARACTERS, CsvDialect, detect_dialect, parse_records
from workers.importing.reading.text.encoding import detect_encoding, repaired
from workers.importing.reading.text.marks import MarkWatch, has_equals, has_null_mark, mended, without_end_mark
from workers.importing.reading.text.strays import MARKING, is_marked
from workers.importing.source_file import SourceFile

if TYPE_CHECKING:
    from workers.importing.reading.text.plain_text import Block, PlainText

_CHUNK = 1 << 20
_CELLS_TOLD = 100
_GUESSES_TOLD = 10
_LONGEST_ROW = 8 << 20
BLOCKS_FROM = 1 << 20
"""Bytes from which on a file is read in columns: what reads so takes a while to load."""
PIECE_BYTES = 1 << 20


class CsvWorkbook:
    """A text file as a workbook of one sheet; see `reading.workbook.Workbook`. Every cell is text."""

    text_only = True
    streams = True
    date_1904 = False

    def __init__(self, source: SourceFile, sheet_name: str, limits: ReadLimits) -> None:
        """Find encoding and dialect. The whole file is decoded once, so that no late byte surprises an import.

        Raises:
            UserError: ``not-a-workbook`` or ``damaged``.
        """
        self._source = source
        self._limits = limits
        self.sheets: tuple[SheetInfo, ...] = (SheetInfo(0, sheet_name),)
        with source.stream() as file:
            watch = MarkWatch(iter(lambda: file.read(_CHUNK), b""))
            self.encoding = detect_encoding(watch)
            # What tells the encoding may not need the whole file.
            for _ in watch:
                pass
        self._watch = watch
        self.dialect = CsvDialect("", "")
        self._remarks: tuple[Finding, ...] | None = None
        with self._text(MARKING) as text:
            sample = text.read(SAMPLE_CHARACTERS)
            whole = not text.read(1)
        self.dialect = detect_dialect(sample if whole else _complete_lines(sample))
        self.format = "tsv" if self.dialect.delimiter == "\t" else "csv"
        self.reader = f"CSV ({self.encoding.name}: {self.encoding.evidence}; delimiter {self.dialect.name}: " + (
            f"{self.dialect.evidence})"
        )

    def _text(self, errors: str | None = None) -> io.TextIOWrapper:
        return io.TextIOWrapper(
            self._source.stream(), encoding=self.encoding.name, errors=errors or self.encoding.errors, newline=""
        )

    @property
    def mends(self) -> bool:
        """Whether lines or cells are changed besides being decoded and divided."""
        return self.encoding.strays or self._watch.end_mark or self._watch.marks

    def blocks(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Block] | None:
        """The rows in blocks of arrays; None for a small file, and where the dialect is not plain."""
        if self._source.size < BLOCKS_FROM:
            return None
        plain = self.plain_text(sheet)
        return None if plain is None else plain.blocks(first_row, last_row)

    def plain_text(self, sheet: SheetInfo) -> PlainText | None:
        """The file for reading in columns; None where its dialect is not plain."""
        delimiter, quote = self.dialect.delimiter, self.dialect.quote
        plain = len(delimiter) == 1 and delimiter.isascii() and quote.isascii() and delimiter not in f"{quote}\r\n "
        if not plain or self.dialect.backslash or self.dialect.spaced or self.dialect.cuts or self.dialect.others:
            return None
        if self.dialect.separator_line or self._watch.end_mark:
            return None
        # Here, because numpy takes a while to load and small files do without.
        from workers.importing.reading.text.plain_text import PlainText, RecodedText

        csv.field_size_limit(min(self._limits.cell_text, (1 << 31) - 1))
        mark = {"utf-8": 0, "utf-8-sig": len(codecs.BOM_UTF8)}.get(self.encoding.name)
        as_it_is = mark is not None and not self.encoding.strays and not self.encoding.has_foreign_bytes
        repair = repaired if self.encoding.strays else None
        return PlainText(
            open=self._source.stream if as_it_is else lambda: RecodedText(self._text(), repair),
            mark=(mark or 0) if as_it_is else 0,
            dialect=self.dialect,
            longest=min(_LONGEST_ROW, self._limits.cell_text, self._limits.line_text),
            marks=self._watch.marks,
            otherwise=lambda first_row, last_row: self.rows(sheet, first_row, last_row),
            piece=PIECE_BYTES,
        )

    def _mended_lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        lines = self._lines(text)
        if self.encoding.strays:
            lines = map(repaired, lines)
        if self._watch.end_mark:
            lines = without_end_mark(lines)
        if self.dialect.separator_line:
            next(lines, None)
        return lines

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`. A record is a row, whatever number of lines it spans."""
        csv.field_size_limit(min(self._limits.cell_text, (1 << 31) - 1))
        row = 0
        last: list[str] = []
        with self._text() as text:
            counted = _QuoteCounter(self._mended_lines(text), self.dialect.quote)
            records: Iterator[list[str]] = islice(parse_records(counted, self.dialect), last_row)
            if self._watch.marks:
                records = map(mended, records)
            try:
                for record in records:
                    row += 1
                    if row >= first_row:
                        yield cast(list[CellValue], record)
                    last = record
            except csv.Error as error:
                raise self._broken(error, row + 1) from error
            except UnicodeError as error:
                raise self._undecodable(error) from error
        if counted.open_quote and any("\n" in cell or "\r" in cell for cell in last):
            raise UserError.of(
                "damaged",
                f"A quotation mark in row {row} is never closed, so the rest of the file would become one cell.",
                "Correct the quotation mark there, or save the file again as CSV.",
                cell=f"A{row}",
            )

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        """The lines, none of them longer than is allowed; `text` itself would hold any line whole first."""
        most = self._limits.line_text
        number = 0
        while line := text.readline(most):
            number += 1
            if len(line) >= most:
                raise UserError.of(
                    "too-large",
                    f"Line {number} is longer than {most:,} characters.",
                    "Line ends are probably missing; export the file again with one record a line.",
                    cell=f"A{number}",
                )
            yield line

    def _broken(self, error: csv.Error, row: int) -> Exception:
        if "field larger" in str(error):
            return UserError.of(
                "too-large",
                f"A cell in row {row} is longer than {self._limits.cell_text:,} characters; "
                "a quotation mark is probably never closed.",
                cell=f"A{row}",
            )
        return UserError.of("damaged", f"Row {row} cannot be divided into cells ({error}).", cell=f"A{row}")

    def _undecodable(self, error: UnicodeError) -> Exception:
        cell = next(self._cells(MARKING, is_marked), "A1")
        row = cell.lstrip(string.ascii_uppercase)
        return UserError.of(
            "damaged",
            f"In row {row} there are bytes that are no text in the encoding {self.encoding.name}.",
            "Save the file again as UTF-8.",
            cell=cell,
            detail=str(error),
        )

    def _cells(self, errors: str | None, wanted: Callable[[str], bool]) -> Iterator[str]:
        """Addresses of the cells that hold what is `wanted`, which costs another reading of the file."""
        with self._text(errors) as text:
            for row, record in enumerate(parse_records(self._mended_lines(text), self.dialect), start=1):
                if wanted("\n".join(record)):
                    yield from (address(row, column) for column, cell in enumerate(record) if wanted(cell))

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """A text file knows nothing besides its values, but what was done to read it is to be told."""
        if self._remarks is None:
            csv.field_size_limit(min(self._limits.cell_text, (1 << 31) - 1))
            try:
                self._remarks = tuple(self._find_remarks())
            except (csv.Error, UnicodeError, UserError):
                # Reading will break off there, and say so.
                self._remarks = ()
        return SheetFacts(remarks=self._remarks)

    def _find_remarks(self) -> Iterator[Finding]:
        name = self.encoding.name
        if self.encoding.strays:
            yield Finding(
                "repaired-characters",
                "The file holds control characters that were Windows-1252 letters before a wrong conversion to UTF-8; "
                "they are read as those letters.",
                (),
                0,
                "info",
            )
        if self.encoding.guessed:
            first = tuple(islice(self._cells(None, lambda cell: not cell.isascii()), _GUESSES_TOLD))
            message = (
                f"The file is not UTF-8 and does not say what it is; it was read as {name}, which is a guess by its "
                "letters. Look whether the named cells are right."
            )
            yield Finding("guessed-encoding", message, first, len(first))
        if self.encoding.has_foreign_bytes:
            message = (
                f"The file holds bytes that are no text in the encoding {name}; they were read as if they stood in "
                "another one. Look whether the named cells are right."
            )
            yield from self._told("foreign-bytes", message, "warn", is_marked, MARKING)
        if self._watch.equals:
            message = 'Cells written ="…", so that Excel does not read a number, hold the text between the marks.'
            yield from self._told("text-formulas", message, "info", has_equals)
        if self._watch.nulls:
            message = "Cells that hold only the mark by which databases write NULL (backslash, N) are NULL."
            yield from self._told("null-marks", message, "info", has_null_mark)

    def _told(
        self, code: str, message: str, severity: Severity, wanted: Callable[[str], bool], errors: str | None = None
    ) -> Iterator[Finding]:
        cells = list(self._cells(errors, wanted))
        if cells:
            yield Finding(code, message, tuple(cells[:_CELLS_TOLD]), len(cells), severity)

    def close(self) -> None:
        """Nothing stays open between calls."""


class _QuoteCounter:
    """Hands lines on and remembers whether the quotation marks so far are odd."""

    def __init__(self, lines: Iterator[str], quote: str) -> None:
        self._lines = lines
        self._quote = quote
        self.open_quote = False

    def __iter__(self) -> Iterator[str]:
        quote = self._quote
        if not quote:
            return self._lines
        return self._counted(quote)

    def _counted(self, quote: str) -> Iterator[str]:
        count = 0
        for line in self._lines:
            if quote in line:
                count += line.count(quote)
                self.open_quote = bool(count % 2)
            yield line


def _complete_lines(sample: str) -> str:
    end = max(sample.rfind("\n"), sample.rfind("\r"))
    return sample[: end + 1] if end > 0 else sample
