"""The tasks behind ``inspect`` and the preview, quick when the same file is asked about again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import Any

from workers.core.inference.conversion import ValueRules, convert
from workers.core.inference.text_format import text_of
from workers.core.inference.text_parsing import form_of_code, text_reader
from workers.core.model.cells import CellValue, address
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.options import ImportOptions
from workers.core.model.plans import ColumnPlan, FileSurvey, Finding, SheetFacts, SheetInfo, SheetSurvey, TablePlan
from workers.core.model.tasks import InspectRequest, Phase, PreviewGrid, PreviewRequest, Progress, TaskContext
from workers.importing.gc_pause import without_collector
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import Row
from workers.importing.rows.rejects_mark import mended_finding, rejects_of
from workers.importing.survey.chunk_stats import ChunkTallies
from workers.importing.survey.sheets import select_sheets, survey_rows, survey_sheet
from workers.importing.survey.view import unknown_range, view_of
from workers.importing.survey.workbook_cache import KeptSheet, KeptWorkbook, WorkbookCache

_NUMBERS = (int, float)
_MAX_ROWS = 5_000
"""Rows in one answer; more would hold up the window."""
_OF_ONE_SHEET = frozenset({"damaged", "too-large", "too-wide"})
"""Errors that leave the other sheets of a workbook as good as they are."""


class Inspector:
    """Inspects and previews, keeping the last workbooks open."""

    def __init__(self, cache: WorkbookCache) -> None:
        """Use this cache."""
        self._cache = cache

    def inspect(self, request: InspectRequest, context: TaskContext) -> FileSurvey:
        """Understand one file.

        Raises:
            UserError: for a file that cannot be read, or options that do not suit it.
        """
        context.progress(Progress(Phase.OPENING))
        kept = self._cache.open(request.path, request.workbook_password, context.check)
        workbook, options = kept.workbook, request.options
        sheets: list[SheetSurvey] = []
        names: list[str] = []
        ranged = False
        broken: list[UserError] = []
        for sheet in select_sheets(workbook, options):
            context.check()
            context.progress(Progress(Phase.READING, sheet=sheet.name))
            try:
                facts = workbook.facts(sheet)
                names += [table.name for table in facts.declared]
                ranged = ranged or view_of(facts, options) is not None
                with without_collector():
                    sheets.append(self._survey(kept, sheet, facts, options, context))
            except UserError as error:
                if error.info.kind not in _OF_ONE_SHEET:
                    raise
                broken.append(error)
                sheets.append(_unreadable(sheet, error))
        if broken and not any(survey.tables for survey in sheets):
            raise broken[0]
        if options.cell_range and not ranged:
            raise unknown_range(options.cell_range, names)
        rejected_by = rejects_of(kept.source)
        kept.source.verify(context.check)
        if rejected_by is not None:
            sheets = [_marked(sheet, mended_finding(rejected_by)) for sheet in sheets]
        return FileSurvey(
            path=request.path,
            format=workbook.format,
            reader=workbook.reader,
            sha256=kept.identity.sha256,
            size=kept.identity.size,
            date_1904=workbook.date_1904,
            sheets=tuple(sheets),
        )

    def preview(self, request: PreviewRequest, context: TaskContext) -> PreviewGrid:
        """Some rows of a sheet, the data as it will arrive.

        Raises:
            UserError: for a file that cannot be read, ``no-such-sheet`` when it has no sheet of that index.
        """
        kept = self._cache.open(request.path, request.workbook_password, context.check)
        sheet = next((s for s in kept.workbook.sheets if s.index == request.sheet_index), None)
        if sheet is None:
            raise UserError.of("no-such-sheet", "The workbook has no such sheet any more.", "Inspect the file again.")
        found = self._cache.rows(kept, sheet, context.check)
        total = len(found.rows) if isinstance(found, KeptSheet) else None
        wanted = _wanted_rows(found.rows if isinstance(found, KeptSheet) else found, request.rows, context)
        return _grid(wanted, request.plan, request.options, total)

    def _survey(
        self, kept: KeptWorkbook, sheet: SheetInfo, facts: SheetFacts, options: ImportOptions, context: TaskContext
    ) -> SheetSurvey:
        try:
            found = self._cache.rows(kept, sheet, context.check)
            if isinstance(found, KeptSheet):
                if found.tallies is None or not found.tallies.suits(options.null_tokens):
                    found.tallies = ChunkTallies(found.rows, options.null_tokens)
                return survey_rows(
                    found.rows, facts, sheet, options, date_1904=kept.workbook.date_1904, known=found.tallies
                )
            return survey_sheet(_Begun(kept.workbook, sheet, found), sheet, options, context)
        except SheetferryError as error:
            raise error.on_sheet(sheet.name) from error


def _unreadable(sheet: SheetInfo, error: UserError) -> SheetSurvey:
    """A sheet that cannot be read among others that can: no tables, and why."""
    message = f"The sheet {sheet.name!r} cannot be read, and nothing of it will be imported: {error.info.message}"
    return SheetSurvey(sheet, (), (Finding("unreadable-sheet", message, (), 1, "warn"),))


def _marked(survey: SheetSurvey, finding: Finding) -> SheetSurvey:
    """The survey with one thing to be said first of each of its tables."""
    return replace(survey, tables=tuple(replace(t, findings=(finding, *t.findings)) for t in survey.tables))


class _Begun:
    """A workbook one sheet of which has been begun: its first reading goes on with the stream that is open."""

    def __init__(self, workbook: Workbook, sheet: SheetInfo, stream: Iterator[Row]) -> None:
        self._workbook, self._sheet, self._stream = workbook, sheet, iter([stream])
        self.format, self.reader, self.date_1904 = workbook.format, workbook.reader, workbook.date_1904
        self.streams, self.text_only, self.sheets = workbook.streams, workbook.text_only, workbook.sheets

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Iterator[Row]:
        begun = next(self._stream, None) if sheet.index == self._sheet.index and first_row == 1 else None
        return begun if begun is not None and last_row is None else self._workbook.rows(sheet, first_row, last_row)

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        return self._workbook.facts(sheet)

    def close(self) -> None:
        self._workbook.close()


def _wanted_rows(
    rows: Sequence[Row] | Iterator[Row], ranges: Iterable[tuple[int, int]], context: TaskContext
) -> list[tuple[int, Row]]:
    """The rows of the wanted ranges that there are, at most `_MAX_ROWS`."""
    spans = sorted(ranges)
    wanted: list[tuple[int, Row]] = []
    if isinstance(rows, Sequence):
        for first, last in spans:
            room = _MAX_ROWS - len(wanted)
            low = max(first, 1)
            wanted += list(enumerate(rows[low - 1 : min(last, low - 1 + room)], low))
        return wanted
    at = 1
    for first, last in spans:
        while at < first and (gone := sum(1 for _ in islice(rows, min(2_000, first - at)))):
            at += gone
            context.check()
        room = min(last - at + 1, _MAX_ROWS - len(wanted))
        part = list(islice(rows, max(room, 0)))
        wanted += list(enumerate(part, at))
        at += len(part)
    return wanted


def _grid(
    wanted: Sequence[tuple[int, Row]], plan: TablePlan | None, options: ImportOptions, total: int | None
) -> PreviewGrid:
    width = max((len(row) for _, row in wanted), default=0)
    texts: dict[int, list[str | None]] = {}
    numeric: dict[int, int] = {}
    for number, row in wanted:
        cells = [text_of(value) for value in row]
        texts[number] = cells + [None] * (width - len(cells))
        numeric[number] = _number_mask(row)
    marks: list[tuple[str, str]] = []
    if plan is not None:
        data = [(number, row) for number, row in wanted if _is_data(plan, number)]
        for column in plan.columns:
            _show_column(column, data, options, texts, numeric, marks)
    return PreviewGrid(
        rows=tuple((number, tuple(cells)) for number, cells in texts.items()),
        numeric=tuple(numeric[number] for number in texts),
        marks=tuple(marks),
        total_rows=total,
    )


def _is_data(plan: TablePlan, number: int) -> bool:
    inside = plan.first_row <= number and (plan.last_row is None or number <= plan.last_row)
    return inside and number not in plan.header_rows


def _number_mask(row: Row) -> int:
    mask = 0
    for column, value in enumerate(row):
        if isinstance(value, _NUMBERS) and not isinstance(value, bool):
            mask |= 1 << column
    return mask


def _show_column(
    column: ColumnPlan,
    data: Sequence[tuple[int, Row]],
    options: ImportOptions,
    texts: dict[int, list[str | None]],
    numeric: dict[int, int],
    marks: list[tuple[str, str]],
) -> None:
    """Replace a column's cells by the values that will arrive, and mark those that do not arrive as they are."""
    index = column.index
    values: list[CellValue] = [(row[index] if index < len(row) else None) or _blank(row, index) for _, row in data]
    reads = options.types == "auto" or column.fixed
    rules = ValueRules(
        errors=options.errors,
        null_tokens=frozenset(options.null_tokens),
        read_text=text_reader(column.type, form_of_code(column.text_form)) if reads else None,
        chosen=column.fixed,
    )
    result = convert(values, column.type, rules)
    for (number, _), value in zip(data, result.values, strict=True):
        shown: Any = value
        if index < len(texts[number]):
            texts[number][index] = text_of(shown)
        is_number = isinstance(value, (int, float, Decimal)) and not isinstance(value, bool)
        bit = 1 << index
        numeric[number] = numeric[number] | bit if is_number else numeric[number] & ~bit
    for misfit in result.misfits:
        number, row = data[misfit.position]
        if column.misfits == "null":
            marks.append((address(number, index), "misfits"))
            continue
        texts[number][index] = text_of(row[index])
        marks.append((address(number, index), "reject"))
    for code, positions in (("error-cells", result.errors), ("null-tokens", result.tokens), ("nul-bytes", result.nuls)):
        marks += [(address(data[position][0], index), code) for position in positions]


def _blank(row: Row, index: int) -> CellValue:
    """A falsy cell as it is: zero and False are values, an empty text is blank."""
    value = row[index] if index < len(row) else None
    return None if value == "" else value


_inspector = Inspector(WorkbookCache())
# One for each worker process: the tasks are plain functions, and what they keep open must outlive one call.


def run_inspect(request: InspectRequest, context: TaskContext) -> FileSurvey:
    """Understand one file; see `Inspector.inspect`."""
    return _inspector.inspect(request, context)


def run_preview(request: PreviewRequest, context: TaskContext) -> PreviewGrid:
    """Some rows as they will arrive; see `Inspector.preview`."""
    return _inspector.preview(request, context)
