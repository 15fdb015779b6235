"""Understand the sheets of a workbook: which tables they hold, what their columns are, what an analyst should know.

Small sheets are read once into memory; larger ones are surveyed in one pass when they turn out to hold one plain table,
and in two when they hold more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from workers.core.diagnostics.tables import sheet_findings, trailing_blanks
from workers.core.layout.blocks import Block, Layout
from workers.core.layout.detect import find_layout
from workers.core.layout.lines import Sketcher
from workers.core.model.errors import UserError
from workers.core.model.options import HeaderChoice, ImportOptions
from workers.core.model.plans import SheetFacts, SheetInfo, SheetSurvey
from workers.core.model.tasks import Phase, Progress, TaskContext
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import Row
from workers.importing.rows.sheet_rows import BUFFERED_CELLS, read_head
from workers.importing.survey.chunk_stats import ChunkTallies
from workers.importing.survey.tables import TableCounter
from workers.importing.survey.view import View, view_of

_CHUNK = 2_000
_HELD_BACK = 500


def select_sheets(workbook: Workbook, options: ImportOptions) -> tuple[SheetInfo, ...]:
    """The sheets that the options ask for, in workbook order.

    A wanted sheet is a name, else a number from 1, else ``all``.

    Raises:
        UserError: ``no-such-sheet`` with the names there are.
    """
    if options.all_sheets:
        return workbook.sheets
    if not options.sheets:
        visible = tuple(sheet for sheet in workbook.sheets if sheet.visibility == "visible")
        return visible or workbook.sheets
    chosen: set[int] = set()
    for wanted in options.sheets:
        chosen |= _matching(workbook.sheets, wanted)
    return tuple(sheet for sheet in workbook.sheets if sheet.index in chosen)


def survey_sheet(workbook: Workbook, sheet: SheetInfo, options: ImportOptions, context: TaskContext) -> SheetSurvey:
    """Survey one sheet completely, in memory that does not grow with it."""
    facts = workbook.facts(sheet)
    rows = workbook.rows(sheet)
    head, ended = read_head(rows, BUFFERED_CELLS)
    if ended:
        return survey_rows(head, facts, sheet, options, date_1904=workbook.date_1904)
    view = view_of(facts, options)
    if view is None:
        return SheetSurvey(sheet, ())
    survey = _one_pass(head, rows, _Sheet(sheet, facts, options, view, workbook.date_1904), context)
    if survey is not None:
        return survey
    return _two_passes(workbook, _Sheet(sheet, facts, options, view, workbook.date_1904), context)


def survey_rows(
    rows: Sequence[Row],
    facts: SheetFacts,
    sheet: SheetInfo,
    options: ImportOptions,
    *,
    date_1904: bool = False,
    known: ChunkTallies | None = None,
) -> SheetSurvey:
    """Survey a sheet whose rows are all in memory, from Excel row 1; `known` spares counting the same rows again."""
    view = view_of(facts, options)
    if view is None:
        return SheetSurvey(sheet, ())
    spec = _Sheet(sheet, facts, options, view, date_1904)
    layout = _layout(rows, spec)
    counters = spec.counters(layout)
    for counter in counters:
        counter.feed_slice(rows, 1, known)
    return spec.survey(layout, counters, complete=True)


def plan_from_head(
    rows: Sequence[Row], facts: SheetFacts, sheet: SheetInfo, options: ImportOptions, *, date_1904: bool = False
) -> SheetSurvey:
    """A plan from the first rows of a large sheet, for a load that finds out about the rest on the way.

    Its last table is not complete: it has no last row, and its types may widen.
    """
    view = view_of(facts, options)
    if view is None:
        return SheetSurvey(sheet, ())
    spec = _Sheet(sheet, facts, options, view, date_1904)
    layout = _open_ended(_layout(rows, spec), len(rows))
    counters = spec.counters(layout)
    for counter in counters:
        counter.feed_slice(rows, 1)
    return spec.survey(layout, counters, complete=False)


class _Sheet:
    """Everything that stays the same while one sheet is surveyed."""

    def __init__(
        self, sheet: SheetInfo, facts: SheetFacts, options: ImportOptions, view: View, date_1904: bool
    ) -> None:
        self.sheet, self.facts, self.options, self.view, self.date_1904 = sheet, facts, options, view, date_1904

    def counters(self, layout: Layout) -> list[TableCounter]:
        return [
            TableCounter(self.sheet, ordinal, block, self.facts, self.options, self.view)
            for ordinal, block in enumerate(layout.blocks)
        ]

    def layout(self, sketcher: Sketcher) -> Layout:
        choice, declared = self.options.header, self.view.declared
        if declared is not None and choice.kind == "auto" and declared.is_table:
            top = declared.area.first_row
            rows = HeaderChoice("rows", top, top + declared.header_rows - 1)
            choice = rows if declared.header_rows else HeaderChoice("none")
        sketch = sketcher.finish()
        found = find_layout(sketch, self.facts, choice, whole=self.view.area is not None)
        found.last_row = sketch.last_row
        if self.view.area is not None and choice.kind != "none":
            found.blocks[:] = [replace(block, name=declared.name if declared else None) for block in found.blocks]
        return found

    def survey(self, layout: Layout, counters: Sequence[TableCounter], *, complete: bool) -> SheetSurvey:
        last = len(counters) - 1
        tables = tuple(
            counter.plan(complete=complete or number < last, date_1904=self.date_1904)
            for number, counter in enumerate(counters)
        )
        findings = sheet_findings(self.sheet, self.facts, layout.left_out)
        if complete and self.view.area is None:
            findings += trailing_blanks(self.facts, layout.last_row)
        return SheetSurvey(self.sheet, tables, findings)


def _matching(sheets: Sequence[SheetInfo], wanted: str) -> set[int]:
    for test in (str, str.casefold):
        found = {sheet.index for sheet in sheets if test(sheet.name) == test(wanted)}
        if found:
            return found
    if wanted.casefold() == "all":
        return {sheet.index for sheet in sheets}
    if wanted.isdecimal() and 1 <= int(wanted) <= len(sheets):
        return {sheets[int(wanted) - 1].index}
    names = ", ".join(repr(sheet.name) for sheet in sheets[:40])
    raise UserError.of("no-such-sheet", f"The workbook has no sheet {wanted!r}.", f"Its sheets are: {names}.")


def _layout(rows: Sequence[Row], spec: _Sheet) -> Layout:
    sketcher = Sketcher()
    spec.view.feed(sketcher, rows, 1)
    return spec.layout(sketcher)


def _open_ended(layout: Layout, rows: int) -> Layout:
    """The layout of a head with its last table going on to the head's end."""
    if not layout.blocks:
        return layout
    last = layout.blocks[-1]
    layout.blocks[-1] = replace(last, last_row=max(rows, last.last_row))
    layout.left_out[:] = [part for part in layout.left_out if part.area.first_row < last.first_row]
    return layout


def _one_pass(head: list[Row], rest: Iterator[Row], spec: _Sheet, context: TaskContext) -> SheetSurvey | None:
    """Survey a large sheet in the pass that is under way; None when it does not hold just one plain table."""
    sketcher = Sketcher()
    spec.view.feed(sketcher, head, 1)
    guess = _open_ended(_layout(head, spec), len(head))
    if len(guess.blocks) != 1:
        return None
    guessed: Block = guess.blocks[0]
    counter = spec.counters(guess)[0]
    first = guessed.first_row
    held = head[first - 1 :]
    while chunk := list(islice(rest, _CHUNK)):
        context.check()
        at = first + len(held)
        spec.view.feed(sketcher, chunk, at)
        ready = len(held) - _HELD_BACK
        if ready > 0:
            counter.block = replace(counter.block, last_row=first + ready - 1)
            counter.feed_slice(held[:ready], first)
            held, first = held[ready:], first + ready
        held += chunk
        context.progress(Progress(Phase.READING, rows=at + len(chunk) - 1, sheet=spec.sheet.name))
        if counter.wide:
            return None
    layout = spec.layout(sketcher)
    if len(layout.blocks) != 1 or not _same_start(layout.blocks[0], guessed) or layout.blocks[0].last_row < first - 1:
        return None
    counter.block = replace(layout.blocks[0], columns=counter.block.columns)
    counter.feed_slice(held, first)
    return None if counter.wide else spec.survey(layout, [counter], complete=True)


def _same_start(found: Block, guessed: Block) -> bool:
    return (found.header_rows, found.first_row) == (guessed.header_rows, guessed.first_row) and set(
        found.columns
    ) <= set(guessed.columns)


def _two_passes(workbook: Workbook, spec: _Sheet, context: TaskContext) -> SheetSurvey:
    sketcher = Sketcher()
    for chunk, first in _chunks(workbook, spec, context):
        spec.view.feed(sketcher, chunk, first)
    layout = spec.layout(sketcher)
    counters = spec.counters(layout)
    for chunk, first in _chunks(workbook, spec, context):
        for counter in counters:
            counter.feed_slice(chunk, first)
    return spec.survey(layout, counters, complete=True)


def _chunks(workbook: Workbook, spec: _Sheet, context: TaskContext) -> Iterator[tuple[list[Row], int]]:
    rows, first = workbook.rows(spec.sheet), 1
    while chunk := list(islice(rows, _CHUNK)):
        context.check()
        yield chunk, first
        first += len(chunk)
        context.progress(Progress(Phase.READING, rows=first - 1, sheet=spec.sheet.name))
