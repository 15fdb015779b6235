"""Text files with delimiters (CSV, TSV and their relatives), streamed in constant memory."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import cast

from workers.core.model.cells import CellValue
from workers.core.model.errors import UserError
from workers.core.model.plans import Finding, SheetFacts, SheetInfo
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.text.dialect import SAMPLE_CHARACTERS, CsvDialect, detect_dialect, parse_records
from workers.importing.reading.text.encoding import detect_encoding, repaired
from workers.importing.source_file import SourceFile

_CHUNK = 1 << 20


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
            self.encoding = detect_encoding(iter(lambda: file.read(_CHUNK), b""))
        with self._text() as text:
            try:
                sample = text.read(SAMPLE_CHARACTERS)
                whole = not text.read(1)
            except UnicodeError as error:
                raise self._undecodable(error, 1) from error
        self.dialect: CsvDialect = detect_dialect(sample if whole else _complete_lines(sample))
        self.format = "tsv" if self.dialect.delimiter == "\t" else "csv"
        self.reader = f"CSV ({self.encoding.name}: {self.encoding.evidence}; delimiter {self.dialect.name}: " + (
            f"{self.dialect.evidence})"
        )

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self._source.stream(), encoding=self.encoding.name, newline="")

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`. A record is a row, whatever number of lines it spans."""
        csv.field_size_limit(min(self._limits.cell_text, (1 << 31) - 1))
        row = 0
        last: list[str] = []
        with self._text() as text:
            lines: Iterator[str] = self._lines(text)
            if self.encoding.strays:
                lines = map(repaired, lines)
            if self.dialect.separator_line:
                next(lines, None)
            counted = _QuoteCounter(lines, self.dialect.quote)
            records = islice(parse_records(counted, self.dialect), last_row)
            try:
                for record in records:
                    row += 1
                    if row >= first_row:
                        yield cast(list[CellValue], record)
                    last = record
            except csv.Error as error:
                raise self._broken(error, row + 1) from error
            except UnicodeError as error:
                raise self._undecodable(error, row + 1) from error
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

    def _undecodable(self, error: UnicodeError, row: int) -> Exception:
        return UserError.of(
            "damaged",
            f"Near row {row} there are bytes that are no text in the encoding {self.encoding.name}.",
            "Save the file again as UTF-8.",
            cell=f"A{row}",
            detail=str(error),
        )

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """A text file knows nothing besides its values, but what was done to read it is to be told."""
        return SheetFacts(remarks=tuple(self._remarks()))

    def _remarks(self) -> Iterator[Finding]:
        if self.encoding.strays:
            yield Finding(
                "repaired-characters",
                "The file holds control characters that were Windows-1252 letters before a wrong conversion to UTF-8; "
                "they are read as those letters.",
                (),
                0,
                "info",
            )

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
