"""Which column of the target takes which column of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workers.core.model.errors import UserError
from workers.core.model.naming import identifier, unique_name
from workers.core.model.options import PgType
from workers.core.model.plans import ColumnPlan, TablePlan
from workers.importing.loading.pipeline.type_order import common_type
from workers.importing.loading.target.target_table import LINEAGE, TableName, TargetColumn, TargetTable


@dataclass(frozen=True, slots=True)
class Match:
    """A sheet's column and where it goes.

    Attributes:
        plan: The sheet's column; its name is the target's.
        target: The column of the existing table, or None when it has to be added or the table is new.
        position: Its place among the columns of the table plan.
    """

    plan: ColumnPlan
    target: TargetColumn | None
    position: int


def match(plan: TablePlan, table: TargetTable, name: TableName, *, may_add: bool) -> list[Match]:
    """Match by name: exactly, then without regard to case and signs.

    Args:
        plan: The table's plan, names as the options ask for them.
        table: The existing table.
        name: Its name.
        may_add: Whether columns that it lacks may be added to it.

    Raises:
        UserError: ``unknown-columns`` or ``missing-columns`` when the two cannot be matched.
    """
    matches = [Match(column, _target(column, table), i) for i, column in enumerate(plan.columns)]
    unknown = [m.plan for m in matches if m.target is None]
    if unknown and not may_add:
        raise UserError.of(
            "unknown-columns",
            f"{name} has no column for {_listed(unknown)}.",
            f'Name the column with --map "{unknown[0].source or unknown[0].name}=COLUMN", or choose another table.',
        )
    taken = {m.target.name for m in matches if m.target}
    missing = [c.name for c in table.columns if c.required and c.name not in taken and c.name not in LINEAGE]
    if missing:
        raise UserError.of(
            "missing-columns",
            f"{name} needs a value in {', '.join(missing)}, and the sheet has no such column.",
            f'Name the sheet\'s column with --map "Header={missing[0]}".',
        )
    return [replace(m, plan=replace(m.plan, name=m.target.name if m.target else m.plan.name)) for m in matches]


def _target(column: ColumnPlan, table: TargetTable) -> TargetColumn | None:
    usable = [c for c in table.columns if c.writable and c.name not in LINEAGE]
    exact = [c for c in usable if c.name == column.name]
    if exact:
        return exact[0]
    alike = [c for c in usable if identifier(c.name) == identifier(column.name)]
    return alike[0] if len(alike) == 1 else None


def _listed(columns: Sequence[ColumnPlan]) -> str:
    names = [repr(c.source or c.name) for c in columns[:5]]
    return ", ".join(names) + (f" and {len(columns) - 5} more" if len(columns) > 5 else "")


def too_narrow(matches: Iterable[Match], rows: int | None) -> dict[str, PgType]:
    """Columns of a shared table of ours that must widen before a completely surveyed table fits.

    Args:
        matches: The columns.
        rows: Data rows of the sheet; a column that is blank in all of them fits everywhere.
    """
    wider: dict[str, PgType] = {}
    for found in matches:
        target = found.target
        if target is None or not target.ours or found.plan.fixed or (rows is not None and found.plan.nulls >= rows):
            continue
        common = common_type(target.pg_type, found.plan.type)
        if common is not target.pg_type and not (target.pg_type is PgType.NUMERIC and found.plan.type is PgType.DOUBLE):
            wider[target.name] = common
    return wider


def fresh_names(matches: Iterable[Match], table: TargetTable) -> list[tuple[str, PgType]]:
    """Names and types of the columns to be added to the table."""
    taken = {c.name for c in table.columns}
    added: list[tuple[str, PgType]] = []
    for found in matches:
        if found.target is None:
            name = unique_name(found.plan.name, taken)
            taken.add(name)
            added.append((name, found.plan.type))
    return added
