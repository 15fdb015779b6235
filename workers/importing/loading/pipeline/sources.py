"""Starts readings of a table's rows: batches from the plan's first row to its last, or to wherever the data end."""

from __future__ import annotations

from collections.abc import Iterator

from workers.core.model.column_selection import find_column
from workers.core.model.options import ImportOptions
from workers.core.model.plans import Finding, SheetFacts, TablePlan
from workers.importing.loading.import_task import BatchRun, BatchSource
from workers.importing.loading.pipeline.table_writer import PlanBroken
from workers.importing.reading.workbook import Workbook
from workers.importing.rows.batches import Batch, BatchMaker, RowEnd, plain_chunks
from workers.importing.rows.portions import Portion, Row, rows_of
from workers.importing.rows.sheet_rows import row_source
from workers.importing.survey.stream_checks import breaks_plan, tail_check


def batch_source(workbook: Workbook, facts: SheetFacts, options: ImportOptions) -> BatchSource:
    """A function that starts a new reading of a planned table of this workbook each time it is called."""

    def start(plan: TablePlan) -> BatchRun:
        end: list[tuple[int | None, tuple[Finding, ...]]] = []
        reading = _read(workbook, plan, _maker(plan, facts, options), end)
        return BatchRun(lambda: next(reading, None), end)

    return start


def _maker(plan: TablePlan, facts: SheetFacts, options: ImportOptions) -> BatchMaker:
    hidden = facts.hidden_rows if options.hidden == "skip" else frozenset[int]()
    places = (find_column(plan.columns, name) for name in options.fill_down)
    return BatchMaker(plan, hidden, frozenset(place for place in places if place is not None))


def _read(
    workbook: Workbook, plan: TablePlan, maker: BatchMaker, end: list[tuple[int | None, tuple[Finding, ...]]]
) -> Iterator[Batch]:
    row = plan.first_row
    if plan.last_row is not None:
        for chunk in _known_end(workbook, plan):
            yield maker.batch(chunk, row)
            row += len(chunk)
        return
    gap = False
    for chunk in _open_end(workbook, plan, end):
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


def _known_end(workbook: Workbook, plan: TablePlan) -> Iterator[Portion]:
    if plan.last_row is None or plan.last_row < plan.first_row:
        return iter(())
    rows = row_source(workbook, plan.sheet, plan.first_row, plan.last_row)
    return plain_chunks(rows, plan.last_row - plan.first_row + 1)


def _open_end(
    workbook: Workbook, plan: TablePlan, end: list[tuple[int | None, tuple[Finding, ...]]]
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

    yield from RowEnd(row_source(workbook, plan.sheet, plan.first_row), plan.first_row, judge).chunks()
