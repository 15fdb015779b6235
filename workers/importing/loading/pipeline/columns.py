"""One column on its way into the table: its type now, its conversion, its totals, and when it has to widen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from workers.core.diagnostics.columns import column_findings
from workers.core.inference.conversion import Converted, ValueRules, convert
from workers.core.inference.infer import ColumnTally, decide, natural_type
from workers.core.inference.text_parsing import form_code, form_of_code, text_reader
from workers.core.inference.text_shapes import DecimalMark
from workers.core.model.cells import CellValue
from workers.core.model.options import ImportOptions, PgType
from workers.core.model.plans import ColumnPlan, Finding
from workers.importing.columnar.column import ArrayColumn, EncodedCells
from workers.importing.loading.pipeline.control_totals import NUMERIC_TYPES, ControlTotals
from workers.importing.loading.pipeline.type_order import common_type
from workers.importing.loading.target.column_fit import ColumnFit, own_reader, reads_itself
from workers.importing.loading.target.target_table import TargetColumn

Sendable = Converted | EncodedCells
"""The cells of a batch on their way into a column."""


class LoadColumn:
    """The state of one column during a load.

    Attributes:
        plan: The column as planned.
        name: Its name in the target table.
        type: The type its values are converted to at present.
        fixed: True when cells that do not fit are rejects and never widen the column.
        nulls: NULLs sent so far.
        loose: True once a text was read as a value or a null token became NULL: then the table no longer shows what
            the cell said, and the column cannot be widened to text in place.
        empty: True while every value sent was NULL.
        totals: Control totals.
    """

    def __init__(
        self,
        plan: ColumnPlan,
        options: ImportOptions,
        *,
        name: str | None = None,
        target: TargetColumn | None = None,
        zone: str = "",
        fixed: bool | None = None,
        watched: bool = False,
        shared: bool = False,
    ) -> None:
        """Prepare a column.

        Args:
            plan: The column as planned.
            options: The import's options.
            name: Its name in the target when that differs from the plan's.
            target: The column of the table that exists.
            zone: The session's time zone, where it matters.
            fixed: Whether misfits are rejects; by default when the user chose the type.
            watched: True to count what the cells show because the plan rests on the sheet's head only.
            shared: True for a column of a table that others load into as well, which can only grow wider.
        """
        self.plan = plan
        self.name = name or plan.name
        self.type = target.pg_type if target else plan.type
        self.fixed = plan.fixed if fixed is None else fixed
        self.nulls = 0
        self.loose = False
        self.empty = True
        self.totals = ControlTotals()
        self._options = options
        self._shared = shared
        self._tally = ColumnTally(plan.index, options.null_tokens) if watched else None
        self._target = target
        self._fit = ColumnFit(target, plan.index, zone) if target else None
        self._rules = self._make_rules()

    @property
    def verbatim(self) -> bool:
        """Whether texts may be sent as they stand, for PostgreSQL to read."""
        return self._target is not None and self.fixed and reads_itself(self._target)

    def _make_rules(self) -> ValueRules:
        chosen = self.fixed or self.type is not self.plan.type
        reads = self._options.types == "auto" or chosen
        form = form_of_code(self.plan.text_form)
        reader = own_reader(self._target, form) if self._target and self.verbatim else text_reader(self.type, form)
        return ValueRules(
            errors=self._options.errors,
            null_tokens=frozenset(self._options.null_tokens),
            read_text=reader if reads else None,
            chosen=chosen,
        )

    def watch(self, values: Sequence[CellValue], rows: Sequence[int], kinds: frozenset[type]) -> None:
        """Count what the cells show; must see every row once, before `convert`."""
        if self._tally is not None:
            if isinstance(values, ArrayColumn):
                values.count_into(self._tally, rows)
            else:
                self._tally.update(values, rows, kinds)

    def encode(self, values: ArrayColumn) -> EncodedCells | None:
        """The batch in the binary form of the type in force; None where `convert` has to look at each cell."""
        if self._fit is not None and self._fit.watches:
            return None
        return values.encode(self.type, self._rules)

    def convert(self, values: Sequence[CellValue], kinds: frozenset[type]) -> Converted:
        """The batch's values for the type in force."""
        cells = list(values) if isinstance(values, ArrayColumn) else values
        result = convert(cells, self.type, self._rules, kinds)
        if result.misfits and self.fixed and self.plan.misfits == "null":
            result.errors.extend(misfit.position for misfit in result.misfits)
            result.misfits = []
        return result

    def look(self, result: Sendable, rows: Sequence[int]) -> None:
        """Watch what the target makes of the batch's values, whose Excel rows these are."""
        if self._fit is not None and isinstance(result, Converted):
            self._fit.look(result.values, rows)

    def better_type(self, result: Sendable) -> PgType | None:
        """The type this column needs now that a batch did not fit, or None when it stays as it is."""
        if self.fixed or self._tally is None:
            return None
        undecided = self.empty and not self._shared and self._filled(result)
        if not undecided and (isinstance(result, EncodedCells) or not result.misfits):
            return None
        wanted = natural_type(self._tally, self._options)
        if self._shared:
            wanted = common_type(self.type, wanted)
        return wanted if wanted is not self.type else None

    @staticmethod
    def _filled(result: Sendable) -> bool:
        if isinstance(result, EncodedCells):
            return result.null_count < len(result)
        return any(v is not None for v in result.values)

    def retype(self, pg_type: PgType) -> None:
        """Go on with another type, after the table was altered."""
        if self.type in NUMERIC_TYPES and pg_type not in NUMERIC_TYPES:
            self.totals = ControlTotals()
        self.type = pg_type
        self.plan = replace(self.plan, type=pg_type)
        self._rules = self._make_rules()

    def sent(self, result: Sendable) -> None:
        """Book a batch that was written."""
        if isinstance(result, EncodedCells):
            self.nulls += result.null_count
            self.empty = self.empty and result.null_count == len(result)
            self.loose = self.loose or result.loose
            if self.type in NUMERIC_TYPES and not self.empty:
                self.totals.add_figures(result.figures())
            return
        nulls = result.values.count(None)
        self.nulls += nulls
        self.loose = self.loose or result.texts_read or bool(result.tokens)
        self.empty = self.empty and nulls == len(result.values)
        if self.type in NUMERIC_TYPES:
            self.totals.add(result.values, nulls > 0)

    def unsent(self, value: Any) -> None:
        """Take back one value of a row that the database refused."""
        if value is None:
            self.nulls -= 1
        elif self.type in NUMERIC_TYPES:
            self.totals.remove(value)

    @property
    def tally(self) -> ColumnTally | None:
        """What the cells of a watched column showed so far."""
        return self._tally

    def proven(self, mark: DecimalMark | None) -> bool:
        """Whether the type in force is the one that all cells together ask for.

        Args:
            mark: The decimal mark that the table's columns show.
        """
        if self._tally is None or self.fixed or self._shared:
            return True
        verdict = decide(self._tally, self._options, mark=mark)
        same_form = not verdict.from_text or form_code(verdict.form) == self.plan.text_form
        return verdict.type is self.type and same_form

    def findings(self) -> tuple[Finding, ...]:
        """What the load has to say: all that the health list says of a watched column, and what the target did."""
        fit = self._fit.findings() if self._fit is not None else ()
        if self._tally is None:
            return fit
        verdict = decide(self._tally, self._options, self.type if self.fixed else None, self.plan.misfits)
        return (*column_findings(self._tally, self._options, verdict, self.plan.misfits), *fit)

    @property
    def watched(self) -> bool:
        """Whether the column's cells are counted during the load."""
        return self._tally is not None
