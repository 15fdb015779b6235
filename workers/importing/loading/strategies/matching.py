"""Which column of the target takes which column of the sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from workers.core.model.column_selection import find_column
from workers.core.model.errors import UserError
from workers.core.model.naming import identifier, unique_name
from workers.core.model.options import ImportOptions, Mode, PgType
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


def match(
    plan: TablePlan, table: TargetTable, name: TableName, options: ImportOptions, *, may_add: bool
) -> list[Match]:
    """Match by name: exactly, then without regard to case and signs.

    Args:
        plan: The table's plan, names as the options ask for them.
        table: The existing table.
        name: Its name.
        options: The import's options: who names an identity column as key or maps to it wants the sheet's values.
        may_add: Whether columns that it lacks may be added to it.

    Raises:
        UserError: ``unknown-columns``, ``missing-columns``, ``generated-column`` or ``identity-column`` when the two
            cannot be matched.
    """
    matches = [Match(column, _target(column, table), i) for i, column in enumerate(plan.columns)]
    keys = (find_column(plan.columns, key) for key in options.keys)
    chosen = {target for _, target in options.mapping} | {
        plan.columns[place].name for place in keys if place is not None
    }
    for found in matches:
        _refuse_made_by_table(found, name, chosen)
    unknown = [m.plan for m in matches if m.target is None]
    if unknown and not may_add:
        raise UserError.of(
            "unknown-columns",
            f"{name} has no column for {_listed(unknown)}.",
            f'Name the column with --map "{unknown[0].source or unknown[0].name}=COLUMN", or choose another table.',
        )
    missing = lacking(table, matches)
    if missing and options.mode is not Mode.UPSERT:
        raise UserError.of(
            "missing-columns",
            f"{name} needs a value in {', '.join(missing)}, and the sheet has no such column.",
            f'Name the sheet\'s column with --map "Header={missing[0]}".',
        )
    return [replace(m, plan=replace(m.plan, name=m.target.name if m.target else m.plan.name)) for m in matches]


def lacking(table: TargetTable, matches: Iterable[Match]) -> list[str]:
    """Columns without which no new row can be written, for which the sheet has none."""
    taken = {m.target.name for m in matches if m.target}
    return [c.name for c in table.columns if c.required and c.name not in taken and c.name not in LINEAGE]


def _refuse_made_by_table(found: Match, name: TableName, chosen: Collection[str]) -> None:
    target, header = found.target, found.plan.source or found.plan.name
    if target is None:
        return
    if target.generated:
        raise UserError.of(
            "generated-column",
            f"{name} computes column {target.name} itself (GENERATED ALWAYS AS), so nothing can be loaded into it.",
            f'Leave the sheet\'s column out with --map "{header}=".',
        )
    if target.identity and found.plan.name not in chosen:
        raise UserError.of(
            "identity-column",
            f"{name} makes the values of column {target.name} itself (GENERATED ALWAYS AS IDENTITY).",
            f'Keep the values of the sheet with --map "{header}={target.name}", or leave them out with'
            f' --map "{header}=".',
        )


def _target(column: ColumnPlan, table: TargetTable) -> TargetColumn | None:
    usable = [c for c in table.columns if c.name not in LINEAGE]
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
