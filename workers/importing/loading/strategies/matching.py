"""Which column of the target takes which column of the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workers.core.model.errors import UserError
from workers.core.model.naming import identifier, unique_name
from workers.core.model.options import LEFT_OUT, ImportOptions, PgType
from workers.core.model.plans import ColumnPlan, TablePlan
from workers.importing.loading.pipeline.type_order import common_type
from workers.importing.loading.target.target_table import LINEAGE, TableName, TargetColumn, TargetTable
from workers.importing.survey.tables import find_column


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


def renamed(
    plan: TablePlan, options: ImportOptions, *, others: Sequence[TablePlan] = (), strict: bool = True
) -> TablePlan:
    """The plan with the names and types that the options ask for, without the columns that they leave out.

    Args:
        plan: The table as surveyed.
        options: The import's options.
        others: Tables that are loaded with the same options: a column that this one lacks may be theirs.
        strict: False when the options were made for another table: what this one lacks does not concern it.

    Raises:
        UserError: ``no-such-column`` when an option names a column that none of them has.
    """

    def is_of_another(header: str) -> bool:
        if find_column(plan.columns, header) is not None:
            return False
        return not strict or any(find_column(other.columns, header) is not None for other in others)

    columns = list(plan.columns)
    for header, name in options.mapping:
        if is_of_another(header):
            continue
        place = _find(plan.columns, header, "--map")
        columns[place] = replace(columns[place], name=name)
    for header, pg_type in options.type_overrides:
        # A new name is known as well as what stands in the sheet.
        known = find_column(columns, header)
        if known is None and is_of_another(header):
            continue
        place = known if known is not None else _find(plan.columns, header, "--type")
        columns[place] = replace(columns[place], type=pg_type, fixed=True)
    for header in options.fill_down:
        if find_column(columns, header) is None and not is_of_another(header):
            _find(plan.columns, header, "--fill-down")
    columns = [c for c in columns if c.name != LEFT_OUT]
    names = [c.name for c in columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UserError.of(
            "duplicate-column",
            f"Two columns would both be called {twice[0]}.",
            "Give one of them another name with --map.",
        )
    return replace(plan, columns=tuple(columns))


def positions(plan: TablePlan, names: Iterable[str], option: str) -> list[int]:
    """Places of the columns that an option names by header, SQL name or letter."""
    return [_find(plan.columns, name, option) for name in names]


def _find(columns: Sequence[ColumnPlan], wanted: str, option: str) -> int:
    place = find_column(columns, wanted)
    if place is None:
        raise UserError.of(
            "no-such-column",
            f"There is no column {wanted!r} for {option} in the sheet.",
            "Its columns are: " + ", ".join(c.source or c.name for c in list(columns)[:40]) + ".",
        )
    return place


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
