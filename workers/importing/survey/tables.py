"""From a block on a sheet to the plan of a table: names, types, evidence, findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workers.core.diagnostics.columns import column_findings
from workers.core.diagnostics.tables import MAX_COLUMNS, skipped_findings, table_findings
from workers.core.inference.infer import ColumnTally, common_mark, decide
from workers.core.inference.text_parsing import form_code
from workers.core.layout.blocks import Block
from workers.core.model.column_selection import find_column
from workers.core.model.errors import UserError
from workers.core.model.naming import column_names
from workers.core.model.options import ImportOptions, MisfitRule, PgType
from workers.core.model.plans import ColumnPlan, Finding, SheetFacts, SheetInfo, TablePlan
from workers.importing.rows.batches import BatchMaker, Row
from workers.importing.survey.chunk_stats import CHUNK, ChunkTallies
from workers.importing.survey.view import View


class TableCounter:
    """Counts the cells of one block as its rows come by, and makes the plan in the end."""

    def __init__(
        self, sheet: SheetInfo, ordinal: int, block: Block, facts: SheetFacts, options: ImportOptions, view: View
    ) -> None:
        """Prepare for the rows of `block`.

        Raises:
            UserError: ``too-wide`` when the block has more columns than a table can have.
        """
        columns = [column for column in block.columns if view.shows(column)]
        if len(columns) > MAX_COLUMNS:
            raise _too_wide(len(columns), sheet)
        self.block = replace(block, columns=tuple(columns))
        self._facts = facts
        self._options = options
        self._view = view
        headers = [block.headers.get(column) for column in columns]
        names = column_names(headers, columns)
        planned = tuple(
            ColumnPlan(index=column, source=header, name=name, type=PgType.TEXT)
            for column, header, name in zip(columns, headers, names, strict=True)
        )
        self._plan = TablePlan(
            sheet=sheet,
            ordinal=ordinal,
            header_rows=block.header_rows,
            first_row=block.first_row,
            last_row=None,
            columns=planned,
            complete=False,
            name=block.name,
            explanation=block.why,
            skipped=tuple(sorted(block.skipped)),
        )
        places = (find_column(planned, name) for name in options.fill_down)
        self._filled = frozenset(place for place in places if place is not None)
        self._maker = BatchMaker(self._plan, view.hidden_rows, self._filled)
        self._tallies = [ColumnTally(column, options.null_tokens) for column in columns]
        self._rows = 0
        self._blank = 0
        self._repeated: list[int] = []
        self.wide = False

    def feed(self, chunk: Sequence[Row], first_row: int) -> None:
        """Count a chunk of the sheet's rows, all of which belong to the block."""
        if not chunk or not self._tallies:
            return
        batch = self._maker.batch(list(chunk), first_row)
        self._rows += len(batch.rows)
        self._blank += batch.blank
        self._repeated += batch.repeated
        self.wide = self.wide or batch.wide is not None
        for tally, values, kinds in zip(self._tallies, batch.columns, batch.kinds, strict=True):
            tally.update(values, batch.rows, kinds)

    def feed_slice(self, rows: Sequence[Row], first_row: int, known: ChunkTallies | None = None) -> None:
        """Count those of the given rows that belong to the block; the first one is Excel row `first_row`.

        Args:
            rows: Rows of the sheet.
            first_row: Excel row of the first of them.
            known: Tallies of whole chunks of the same rows, made before.
        """
        low = max(self.block.first_row, first_row)
        stop = min(self.block.last_row, first_row + len(rows) - 1)
        while low <= stop:
            high = min((low - 1) // CHUNK * CHUNK + CHUNK, stop)
            chunk = rows[low - first_row : high - first_row + 1]
            if known is None or self._maker.may_repeat(chunk) or not self._add_known(known, low, high):
                self.feed(chunk, low)
            low = high + 1

    def _add_known(self, known: ChunkTallies, low: int, high: int) -> bool:
        """Add a whole chunk that was counted before; False when its rows have to be looked at."""
        rows = range(low, high + 1)
        if len(rows) < CHUNK or self._filled or not self._view.hidden_rows.isdisjoint(rows):
            return False
        if not self.block.skipped.isdisjoint(rows):
            return False
        tallies = known.whole_chunk(low, self.block.columns)
        if tallies is None:
            return False
        self._rows += CHUNK
        for tally, part in zip(self._tallies, tallies, strict=True):
            tally.merge(part)
        return True

    def plan(self, *, complete: bool, date_1904: bool) -> TablePlan:
        """The finished plan."""
        overrides = _overrides(self._plan.columns, self._options)
        nulled = {find_column(self._plan.columns, name) for name in self._options.null_misfits}
        mark = common_mark(self._tallies)
        columns: list[ColumnPlan] = []
        findings: list[Finding] = []
        for place, (column, tally) in enumerate(zip(self._plan.columns, self._tallies, strict=True)):
            misfits: MisfitRule = "null" if place in nulled else "reject"
            verdict = decide(tally, self._options, overrides.get(place), misfits, mark)
            columns.append(
                replace(
                    column,
                    type=verdict.type,
                    fixed=place in overrides,
                    nulls=verdict.nulls,
                    evidence=verdict.evidence,
                    text_form=form_code(verdict.form),
                    misfits=misfits,
                )
            )
            findings += column_findings(tally, self._options, verdict, misfits)
        whole = table_findings(self.block, columns, self._facts, self._options, date_1904=date_1904, blank=self._blank)
        skipped = self.block.skipped.union(self._plan.skipped)
        whole += skipped_findings(sorted(skipped.union(self._repeated)), [c.index for c in columns])
        return replace(
            self._plan,
            columns=tuple(columns),
            last_row=self.block.last_row if complete else None,
            rows=self._rows if complete else None,
            complete=complete,
            findings=(*whole, *findings) if complete else whole,
            skipped=tuple(sorted(skipped)),
        )


def _overrides(columns: Sequence[ColumnPlan], options: ImportOptions) -> dict[int, PgType]:
    """Types that the user chose, by place. Names that this table does not have are the loader's business."""
    chosen: dict[int, PgType] = {}
    for wanted, pg_type in options.type_overrides:
        place = find_column(columns, wanted)
        if place is not None:
            chosen[place] = pg_type
    return chosen


def _too_wide(columns: int, sheet: SheetInfo) -> UserError:
    return UserError(
        UserError.of(
            "too-wide",
            f"The table on sheet {sheet.name!r} has {columns:,} columns; a PostgreSQL table holds "
            f"{MAX_COLUMNS:,} beside ours.",
            "Load a part of it with --range, or turn columns into rows before the import.",
            sheet=sheet.name,
        ).info
    )
