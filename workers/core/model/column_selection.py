"""Which columns of a planned table the options speak of, and the plan as they want it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from workers.core.model.errors import UserError
from workers.core.model.naming import identifier
from workers.core.model.options import LEFT_OUT, ImportOptions
from workers.core.model.plans import ColumnPlan, TablePlan


def find_column(columns: Sequence[ColumnPlan], wanted: str) -> int | None:
    """The place of the column that a user names by header, SQL name or letter; None when there is none."""
    tests: Iterable[list[bool]] = (
        [c.source == wanted for c in columns],
        [c.name == wanted for c in columns],
        [(c.source or "").strip().casefold() == wanted.strip().casefold() for c in columns],
        [bool(identifier(wanted)) and c.name == identifier(wanted) for c in columns],
        [c.letter == wanted.strip().upper() for c in columns],
    )
    for test in tests:
        if True in test:
            return test.index(True)
    return None


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
