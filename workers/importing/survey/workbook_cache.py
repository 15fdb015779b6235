"""Workbooks kept open between inspections, with the rows of their sheets as far as memory allows."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Final

from workers.core.model.errors import UserError
from workers.core.model.plans import SheetInfo
from workers.core.model.tasks import Secret
from workers.importing.files import FileIdentity
from workers.importing.reading.opening import open_workbook
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import Row
from workers.importing.source_file import SourceFile
from workers.importing.survey.chunk_stats import ChunkTallies

MAX_CELLS: Final = 3_000_000
"""Cells kept in all; about 200 MB of Python values."""
MAX_WORKBOOKS: Final = 8
_PORTION: Final = 1_000


@dataclass(slots=True)
class KeptSheet:
    """The rows of one sheet in memory, and the tallies made of them."""

    rows: list[Row]
    cells: int
    tallies: ChunkTallies | None = None


@dataclass(slots=True)
class KeptWorkbook:
    """One open workbook.

    Attributes:
        source: The open file.
        identity: Hash and size of the file.
        sheets: Rows of the sheets that have been read, by index.
        too_big: Indices of sheets that are not worth trying to keep.
    """

    source: SourceFile
    workbook: Workbook
    identity: FileIdentity
    sheets: dict[int, KeptSheet] = field(default_factory=dict)
    too_big: set[int] = field(default_factory=set)

    @property
    def cells(self) -> int:
        """Cells kept of this workbook."""
        return sum(sheet.cells for sheet in self.sheets.values())

    def close(self) -> None:
        """Let workbook and file go."""
        self.workbook.close()
        self.source.close()


class WorkbookCache:
    """The workbooks of one worker process, the ones used last first. Not thread-safe."""

    def __init__(self, max_cells: int = MAX_CELLS, max_workbooks: int = MAX_WORKBOOKS) -> None:
        """Keep at most so many cells and workbooks."""
        self._max_cells = max_cells
        self._max_workbooks = max_workbooks
        self._kept: dict[tuple[str, str], KeptWorkbook] = {}

    def open(self, path: str, password: Secret | None, check: Callable[[], None]) -> KeptWorkbook:
        """The workbook at `path`, opened before or now; opened again when the file changed.

        Raises:
            UserError: as `open_workbook` and `SourceFile` do.
        """
        key = (os.path.abspath(path), password.reveal() if password else "")
        kept = self._kept.pop(key, None)
        if kept is not None and not _is_still(kept.source):
            kept.close()
            kept = None
        if kept is None:
            kept = _opened(SourceFile(path), password, check)
        self._kept[key] = kept
        while len(self._kept) > self._max_workbooks:
            self._drop_oldest()
        return kept

    def rows(self, kept: KeptWorkbook, sheet: SheetInfo, check: Callable[[], None]) -> KeptSheet | Iterator[Row]:
        """The rows of a sheet: all of them in memory, or as a stream when they are too many to keep."""
        found = kept.sheets.get(sheet.index)
        if found is not None:
            return found
        stream = kept.workbook.rows(sheet)
        if sheet.index in kept.too_big:
            return stream
        rows: list[Row] = []
        cells = 0
        while portion := list(islice(stream, _PORTION)):
            check()
            rows += portion
            cells += sum(map(len, portion))
            if cells > self._max_cells or self._never_fits(kept, sheet, cells, len(rows)):
                kept.too_big.add(sheet.index)
                return chain(rows, stream)
        sheet_rows = KeptSheet(rows, cells)
        kept.sheets[sheet.index] = sheet_rows
        self._make_room(kept)
        return sheet_rows

    def _never_fits(self, kept: KeptWorkbook, sheet: SheetInfo, cells: int, rows: int) -> bool:
        """Whether a sheet of which so much was read will be too big, to go by the rows it says it has.

        What a sheet says of itself may be wrong, so a small one is read to its end all the same.
        """
        if cells * 4 < self._max_cells:
            return False
        return (kept.workbook.facts(sheet).dimension_rows or 0) * cells > self._max_cells * rows

    def close(self) -> None:
        """Let every workbook go."""
        while self._kept:
            self._drop_oldest()

    def _make_room(self, current: KeptWorkbook) -> None:
        while sum(kept.cells for kept in self._kept.values()) > self._max_cells and len(self._kept) > 1:
            self._drop_oldest()
        while current.cells > self._max_cells and len(current.sheets) > 1:
            current.sheets.pop(next(iter(current.sheets)))

    def _drop_oldest(self) -> None:
        self._kept.pop(next(iter(self._kept))).close()


def _is_still(source: SourceFile) -> bool:
    """Whether the path leads to that file as it was; what is wrong otherwise is told by opening it again."""
    try:
        source.check_path()
        source.verify()
    except UserError:
        return False
    return True


def _opened(source: SourceFile, password: Secret | None, check: Callable[[], None]) -> KeptWorkbook:
    try:
        identity = source.identify(check)
        return KeptWorkbook(source, open_workbook(source, password=password), identity)
    except BaseException:
        source.close()
        raise
