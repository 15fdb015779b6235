"""Starts readings of a table's rows: batches from the plan's first row to its last, or to wherever the data end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from workers.core.model.column_selection import find_column
from workers.core.model.options import ImportOptions
from workers.core.model.plans import Finding, SheetFacts, SheetInfo, TablePlan
from workers.importing.loading.import_task import BatchRun, BatchSource
from workers.importing.loading.pipeline.table_writer import PlanBroken
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import Batch, BatchMaker, RowEnd, plain_chunks
from workers.importing.rows.portions import Portion, Row, RowSource, rows_of
from workers.importing.rows.sheet_rows import list_source, row_source
from workers.importing.survey.stream_checks import breaks_plan, tail_check

_OpenRows: TypeAlias = Callable[[SheetInfo, int, int | None], RowSource]


def batch_source(
    workbook: Workbook, facts: SheetFacts, options: ImportOptions, *, in_lists: bool = False
) -> BatchSource:
    """A function that starts a new reading of a planned table of this workbook each time it is called.

    Args:
        workbook: The workbook.
        facts: What it says of the sheet.
        options: The import's options.
        in_lists: Whether rows are read one by one even where they could be had in blocks: keys of the former format
            depend on where batches are cut.
    """
    open_rows = partial(list_source if in_lists else row_source, workbook)

    def start(plan: TablePlan) -> BatchRun:
        end: list[tuple[int | None, tuple[Finding, ...]]] = []
        reading = _read(open_rows, plan, _maker(plan, facts, options), end)
        return BatchRun(lambda: next(reading, None), end)

    return start


def _maker(plan: TablePlan, facts: SheetFacts, options: ImportOptions) -> BatchMaker:
    hidden = facts.hidden_rows if options.hidden == "skip" else frozenset[int]()
    places = (find_column(plan.columns, name) for name in options.fill_down)
    return BatchMaker(plan, hidden, frozenset(place for place in places if place is not None))


def _read(
    open_rows: _OpenRows, plan: TablePlan, maker: BatchMaker, end: list[tuple[int | None, tuple[Finding, ...]]]
) -> Iterator[Batch]:
    row = plan.first_row
    if plan.last_row is not None:
        for chunk in _known_end(open_rows, plan):
            yield maker.batch(chunk, row)
            row += len(chunk)
        return
    gap = False
    for chunk in _open_end(open_rows, plan, end):
        batch = maker.batch(chunk, row)
        if batch.repeated:
            raise PlanBroken(f"row {batch.repeated[0]} says the header again")
        # Only what follows a gap can begin another table, so rows without one need no closer look.
        why = breaks_plan(plan, rows_of(chunk), row) if batch.blank or gap else None
        if why:
            raise PlanBroken(why)
        gap = batch.blank > 0
        yield batch
        row += len(chunk)


def _known_end(open_rows: _OpenRows, plan: TablePlan) -> Iterator[Portion]:
    if plan.last_row is None or plan.last_row < plan.first_row:
        return iter(())
    rows = open_rows(plan.sheet, plan.first_row, plan.last_row)
    return plain_chunks(rows, plan.last_row - plan.first_row + 1)


def _open_end(
    open_rows: _OpenRows, plan: TablePlan, end: list[tuple[int | None, tuple[Finding, ...]]]
) -> Iterator[Portion]:
    """All rows but what the end of the sheet turns out to hold besides data.

    Raises:
        PlanBroken: when something stands there that the plan cannot explain.
    """

    def judge(rows: list[Row], first_row: int) -> int | None:
        verdict = tail_check(plan, rows, first_row)
        if verdict.broken:
            raise PlanBroken("something else stands below the table")
        end.append((verdict.last_row, verdict.findings))
        return verdict.last_row

    yield from RowEnd(open_rows(plan.sheet, plan.first_row, None), plan.first_row, judge).chunks()
