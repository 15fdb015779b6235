"""The seam between spreadsheet libraries and everything that follows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from workers.core.model.cells import CellValue
from workers.core.model.plans import SheetFacts, SheetInfo


class Workbook(Protocol):
    """An open workbook. Not thread-safe; at most one `rows` iterator is used at a time.

    Attributes:
        format: ``xlsx``, ``xlsm``, ``xltx``, ``xls``, ``xlsb``, ``ods``, ``csv``, ``html``, ``xml-spreadsheet``, …
        reader: What is said about how it was read, fallbacks included.
        date_1904: Whether the file counts its dates from 1904 (values are converted already).
        streams: True when `rows` needs constant memory; False when the whole sheet is in memory anyway.
        text_only: True when the format knows nothing but text (CSV, HTML): types are then read from text.
        sheets: Sheets that can hold cells, in workbook order, hidden ones included.
    """

    format: str
    reader: str
    date_1904: bool
    streams: bool
    text_only: bool
    sheets: tuple[SheetInfo, ...]

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """Yield every Excel row from `first_row` on, blank ones in between included, as a list starting at column A.

        Rows may be ragged; blank cells are ``""`` or None; trailing blank rows may or may not be yielded. Errors are
        `ErrorValue`, numbers under a zero-padded format `PaddedNumber`, NUL bytes are still in texts (the converter
        removes and reports them). A date-formatted cell is ``datetime.datetime`` (a whole day
        may also come as ``datetime.date``), or ``datetime.time`` / ``timedelta`` where it is only a time of day or a
        duration.

        Raises:
            UserError: ``damaged`` when the sheet breaks off half-way; it never just ends early.
        """

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """What the file says about the sheet besides its values. Cheap against reading all rows; cached."""

    def close(self) -> None:
        """Let the file go."""
