"""Workbooks of the xlsx family (xlsx, xlsm, xltx, xltm).

Three readings share the work. The native stream of python-calamine-plus is fast, constant in memory and exact for
ordinary sheets. The same stream with styles (`xlsx.styled`) takes the sheets with zero-padded codes and those where an
error must be told from the same text. Our own reader (`xlsx.exact`) takes what the native one would misread or refuses.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING, cast

import python_calamine_plus as calamine

from workers.core.model.cells import CellValue, ErrorValue
from workers.core.model.errors import UserError
from workers.core.model.plans import SheetFacts, SheetInfo
from workers.importing.reading.container.zip_package import ZipPackage
from workers.importing.reading.error_texts import ERROR_TEXTS
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.markup.xml_events import refuse_declared_types
from workers.importing.reading.number_formats import FormatKind
from workers.importing.reading.xlsx.exact import SheetSource, exact_rows, read_shared_strings
from workers.importing.reading.xlsx.parts import (
    Styles,
    XlsxParts,
    declared_tables,
    named_blocks,
    read_parts,
    read_styles,
)
from workers.importing.reading.xlsx.scan import (
    Doubts,
    SheetScan,
    has_escape,
    scan_doubts,
    scan_sheet,
    span_of_sheet,
)
from workers.importing.reading.xlsx.style_probe import judged_kinds
from workers.importing.reading.xlsx.styled import OddStyles, odd_styles, styled_rows

if TYPE_CHECKING:
    from workers.importing.columnar.text_pool import TextPool
    from workers.importing.reading.xlsx.plain.sheet import Block, PlainSheet

NATIVE = "python-calamine-plus (stream)"
OWN = "own XML reader"
_BATCH = 256
BLOCKS_FROM = 1 << 20
"""Inflated bytes from which on a sheet is read in blocks; smaller ones are read whole before they are understood."""
_WIDE_ESCAPE = re.compile(rb"_x(?!00)[0-9A-Fa-f]{4}_")
"""Of the shared texts the native stream decodes the escapes of the first 256 characters."""
_SPARSE = 4
"""Cells of the spanned area for each byte of XML; a filled cell takes at least 20 bytes."""


class _Doubt(Enum):
    """Why the plain stream cannot go on."""

    ERRORS = "texts that look like errors"
    MOMENTS = "negative dates"


OpenNative = Callable[[], calamine.CalamineWorkbook]


class XlsxWorkbook:
    """An open xlsx workbook; see `reading.workbook.Workbook`."""

    text_only = False
    streams = True

    def __init__(self, package: ZipPackage, open_native: OpenNative, file_format: str, limits: ReadLimits) -> None:
        """Read the skeleton.

        Args:
            package: The zip, closed with this object.
            open_native: Opens the same file with the native library.
            file_format: Such as ``xlsx`` or ``xlsm``.
            limits: Bounds.

        Raises:
            UserError: when the skeleton cannot be read.
        """
        self.format = file_format
        self._package = package
        self._limits = limits
        self._parts: XlsxParts = read_parts(package)
        self.sheets = self._parts.sheets
        self.date_1904 = self._parts.date_1904
        self._styles, self._odd = self._understand_styles()
        self._scans: dict[int, SheetScan] = {}
        self._doubted: dict[int, Doubts] = {}
        self._facts: dict[int, SheetFacts] = {}
        self._strings: list[str] | None = None
        self._pool: TextPool | None = None
        self._plains: dict[int, PlainSheet | None] = {}
        self._escaped: bool | None = None
        if self._parts.shared_strings:
            refuse_declared_types(package.head(self._parts.shared_strings))
            self._refuse_absurd_strings(self._parts.shared_strings)
        self._native, native_1904, refusal = _try_open(open_native)
        # The native library misses the date system of some files; its dates would be four years off.
        self._misdated = self._native is not None and native_1904 != self.date_1904
        self.reader = NATIVE if self._native else f"{OWN} (python-calamine-plus refused the file: {refusal})"

    def _refuse_absurd_strings(self, part: str) -> None:
        """Look through a large table of texts before the native library takes all of it into memory."""
        size = self._package.size(part)
        if size > self._limits.strings_total:
            raise UserError.of("too-large", f"The workbook's texts are {size / 1e6:,.0f} MB.")
        if size > 4 * self._limits.cell_text:
            for _ in self._package.chunks(part):
                pass

    def _understand_styles(self) -> tuple[Styles, OddStyles]:
        part = self._parts.styles_part
        if part is None:
            return Styles(), OddStyles()
        data = self._package.read(part)
        styles = read_styles(data)
        return styles, odd_styles(styles.formats, judged_kinds(data, len(styles.formats)))

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[list[CellValue]]:
        """See `seam.Workbook.rows`."""
        part = self._parts.sheet_parts[sheet.index]
        if not part:
            raise UserError.of(
                "damaged",
                f"The workbook names a sheet {sheet.name!r}, but holds no content for it.",
                sheet=sheet.name,
            )
        if self._native is None or self._misdated or self._is_sparse(part):
            return self._exact(sheet, first_row, last_row)
        if self._has_odd_escapes(sheet):
            return self._exact(sheet, first_row, last_row)
        used = self._scan(sheet).odd_styles if self._odd.all else frozenset()
        if used & self._odd.lost:
            return self._exact(sheet, first_row, last_row)
        return self._native_rows(sheet, first_row, last_row, styled=bool(used))

    def _has_odd_escapes(self, sheet: SheetInfo) -> bool:
        """Whether texts hold escapes ``_xHHHH_`` that the native stream would leave as they are."""
        if self._escaped is None:
            part = self._parts.shared_strings
            self._escaped = part is not None and has_escape(self._package.chunks(part), _WIDE_ESCAPE)
        return self._escaped or self._scan(sheet).escapes

    def blocks(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Block] | None:
        """The rows as `rows` gives them, in blocks of arrays; None where the sheet is small or not plain."""
        plain = self._plain(sheet)
        return plain.blocks(first_row, last_row) if plain is not None else None

    def reads_blocks(self, sheet: SheetInfo) -> bool:
        """Whether `blocks` gives the sheet."""
        return self._plain(sheet) is not None

    def _plain(self, sheet: SheetInfo) -> PlainSheet | None:
        if sheet.index not in self._plains:
            self._plains[sheet.index] = self._understand_plain(sheet)
        return self._plains[sheet.index]

    def _understand_plain(self, sheet: SheetInfo) -> PlainSheet | None:
        part = self._parts.sheet_parts[sheet.index]
        if not part or self._native is None or self._package.size(part) < BLOCKS_FROM or self._is_sparse(part):
            return None
        # Here, because numpy takes a while to load and small sheets do without.
        from workers.importing.reading.xlsx.plain.cells import SheetTexts
        from workers.importing.reading.xlsx.plain.sheet import PlainSheet
        from workers.importing.reading.xlsx.plain.texts import shared_pool

        if self._pool is None:
            self._pool = shared_pool(self._package, self._parts.shared_strings, self._limits)
        formats = self._styles.formats
        plain = PlainSheet(
            SheetSource(self._package, part, sheet.name, (), formats, self.date_1904, self._limits),
            SheetTexts(self._pool, formats, self.date_1904),
            lambda first_row, last_row: self.rows(sheet, first_row, last_row),
        )
        return plain if plain.begins_plain() else None

    def _is_sparse(self, part: str) -> bool:
        """Whether the sheet spans far more cells than its size can hold.

        The native stream fills every row up to its last cell: a lone cell far out would cost a million wide rows.
        """
        head = self._package.head(part)
        refuse_declared_types(head)
        span = span_of_sheet(head)
        return span > _SPARSE * max(self._package.size(part), 1 << 16)

    def _exact(self, sheet: SheetInfo, first_row: int, last_row: int | None) -> Iterator[list[CellValue]]:
        if self._strings is None:
            self._strings = read_shared_strings(self._package, self._parts.shared_strings, self._limits)
        part = self._parts.sheet_parts[sheet.index]
        source = SheetSource(
            self._package, part, sheet.name, self._strings, self._styles.formats, self.date_1904, self._limits
        )
        return exact_rows(source, first_row, last_row)

    def _native_rows(
        self, sheet: SheetInfo, first_row: int, last_row: int | None, *, styled: bool
    ) -> Iterator[list[CellValue]]:
        """Rows by the native stream, handed over to a more exact reading where it is in doubt."""
        return chain.from_iterable(self._native_parts(sheet, first_row, last_row, styled=styled))

    def _native_parts(
        self, sheet: SheetInfo, first_row: int, last_row: int | None, *, styled: bool
    ) -> Iterator[Iterable[list[CellValue]]]:
        """The same rows in parts, which costs nothing for each row."""
        row = first_row
        try:
            for batch in self._batches(sheet, first_row, last_row, styled=styled):
                if isinstance(batch, _Doubt):
                    more_exact = self._exact if batch is _Doubt.MOMENTS or styled else self._styled
                    yield more_exact(sheet, row, last_row)
                    return
                yield batch
                row += len(batch)
        except calamine.CalamineError as error:
            # The own reader either reads on from here or says where the sheet breaks.
            self.reader = f"{NATIVE}, {OWN} for sheet {sheet.name!r} ({str(error)[:120]})"
            yield self._exact(sheet, row, last_row)

    def _styled(self, sheet: SheetInfo, first_row: int, last_row: int | None) -> Iterator[list[CellValue]]:
        return self._native_rows(sheet, first_row, last_row, styled=True)

    def _batches(
        self, sheet: SheetInfo, first_row: int, last_row: int | None, *, styled: bool
    ) -> Iterator[list[list[CellValue]] | _Doubt]:
        """Rows of the native stream in batches; a `_Doubt` ends them."""
        stream = self._stream(sheet, first_row, last_row, styled=styled)
        errors_sure: bool | None = None
        moments_sure = not any(f.kind in (FormatKind.DATE, FormatKind.TIME) for f in self._styles.formats)
        while batch := _take(stream):
            scan = self._scans.get(sheet.index)
            may_err = not styled and (scan is None or scan.errors)
            if may_err and not ERROR_TEXTS.isdisjoint(chain.from_iterable(batch)):
                errors_sure = self._errors_are_errors(sheet) if errors_sure is None else errors_sure
                if not errors_sure:
                    yield _Doubt.ERRORS
                    return
                batch = [_mark_errors(row) for row in batch]
            if not moments_sure and dt.time in set(map(type, chain.from_iterable(batch))):
                moments_sure = self._no_negative_moments(sheet)
                if not moments_sure:
                    yield _Doubt.MOMENTS
                    return
            yield batch

    def _stream(self, sheet: SheetInfo, first_row: int, last_row: int | None, *, styled: bool) -> Iterator[object]:
        last = None if last_row is None else last_row - 1
        stream = _guarded(
            lambda native: native.stream_sheet_by_name(sheet.name, rich=styled, min_row=first_row - 1, max_row=last),
            self._native,
        )
        if not styled:
            return iter(stream)
        rich = cast(Iterator[list[calamine.CalamineCell]], iter(stream))
        return styled_rows(rich, self._styles.formats, self._odd.numbers, self.date_1904)

    def _errors_are_errors(self, sheet: SheetInfo) -> bool:
        """Whether every text that looks like an error comes from an error cell."""
        if self._doubts(sheet).text_errors:
            return False
        if self._parts.shared_strings is None:
            return True
        rest = b""
        for chunk in self._package.chunks(self._parts.shared_strings):
            data = rest + chunk
            if b">#" in data and any(b">" + text.encode() + b"<" in data for text in ERROR_TEXTS):
                return False
            rest = data[-32:]
        return True

    def _no_negative_moments(self, sheet: SheetInfo) -> bool:
        """Whether no negative number has a date format: the native stream would take it for a time of day."""
        formats = self._styles.formats
        return not any(
            i < len(formats) and formats[i].kind in (FormatKind.DATE, FormatKind.TIME)
            for i in self._doubts(sheet).negative_styles
        )

    def _doubts(self, sheet: SheetInfo) -> Doubts:
        doubts = self._doubted.get(sheet.index)
        if doubts is None:
            doubts = scan_doubts(self._package.chunks(self._parts.sheet_parts[sheet.index]))
            self._doubted[sheet.index] = doubts
        return doubts

    def _scan(self, sheet: SheetInfo) -> SheetScan:
        scan = self._scans.get(sheet.index)
        if scan is None:
            part = self._parts.sheet_parts[sheet.index]
            scan = scan_sheet(self._package.chunks(part) if part else (), self._styles.bold, self._odd.all)
            self._scans[sheet.index] = scan
        return scan

    def scanned(self, sheet: SheetInfo) -> SheetScan:
        """What a look through the sheet's XML has found, for another process that reads the same file."""
        return self._scan(sheet)

    def know(self, sheet: SheetInfo, scan: SheetScan) -> None:
        """Take over what another process has found in the same sheet, which spares looking through it again."""
        self._scans[sheet.index] = scan

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        """See `seam.Workbook.facts`."""
        facts = self._facts.get(sheet.index)
        if facts is None:
            part = self._parts.sheet_parts[sheet.index]
            scan = self._scan(sheet)
            declared = declared_tables(self._package, part) if part else []
            facts = self._facts[sheet.index] = SheetFacts(
                tuple(scan.merged),
                frozenset(scan.hidden_rows),
                frozenset(scan.hidden_columns),
                (*declared, *named_blocks(self._parts.names, sheet.name)),
                frozenset(scan.bold_rows),
                tuple(scan.uncalculated),
                scan.uncalculated_count,
                scan.dimension_rows,
            )
        return facts

    def weight(self, sheet: SheetInfo) -> int:
        """Inflated bytes of a sheet, as the file says."""
        part = self._parts.sheet_parts[sheet.index]
        return self._package.size(part) if part else 0

    def close(self) -> None:
        """Let the file go."""
        self._strings = None
        self._pool = None
        if self._native is not None:
            self._native.close()
        self._package.close()


def _guarded(
    start: Callable[[calamine.CalamineWorkbook], calamine.CalamineSheetStream],
    native: calamine.CalamineWorkbook | None,
) -> calamine.CalamineSheetStream:
    """Start a stream; a panic inside the library becomes its ordinary error."""
    if native is None:
        raise calamine.CalamineError("the file was refused")
    try:
        return start(native)
    except calamine.CalamineError:
        raise
    except BaseException as error:
        raise _from_panic(error) from error


def _take(stream: Iterator[object]) -> list[list[CellValue]]:
    try:
        return cast(list[list[CellValue]], list(islice(stream, _BATCH)))
    except calamine.CalamineError:
        raise
    except BaseException as error:
        raise _from_panic(error) from error


def _from_panic(error: BaseException) -> BaseException:
    """A panic of the library (a BaseException of its own) or an overflow as `CalamineError`; others as they are."""
    if type(error).__name__ == "PanicException" or isinstance(error, OverflowError | ValueError):
        return calamine.CalamineError(str(error)[:200])
    return error


def _try_open(open_native: OpenNative) -> tuple[calamine.CalamineWorkbook | None, bool, str]:
    """The native workbook with its date system, or None and why not."""
    try:
        native = open_native()
        return native, bool(native.epoch_1904), ""
    except calamine.CalamineError as error:
        return None, False, str(error)[:120]
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            return None, False, str(error)[:120]
        raise


def _mark_errors(row: list[CellValue]) -> list[CellValue]:
    if ERROR_TEXTS.isdisjoint(row):
        return row
    return [ErrorValue(cell) if isinstance(cell, str) and cell in ERROR_TEXTS else cell for cell in row]
