"""What a choice of the health list, or a column's type, does to a draft. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from widgets.importing.drafts.drafts import READING, decide
from widgets.importing.preview.folding import cell_position
from widgets.importing.view_data import TableDraft
from workers.core.model.cells import CellRange
from workers.core.model.options import DateOrderRule, ErrorRule, HiddenRule, ImportOptions, PgType
from workers.core.model.plan_file import column_handle, named_choices
from workers.core.model.plans import Finding

_TYPES = {each.value: each for each in PgType}
_ERRORS: dict[str, ErrorRule] = {"null": "null", "text": "text", "reject": "reject"}
_HIDDEN: dict[str, HiddenRule] = {"include": "include", "skip": "skip"}
_ORDERS: dict[str, DateOrderRule] = {"text": "auto", "day-first": "day-first", "month-first": "month-first"}
_DATE_ORDERS = ("ambiguous-dates", "date-order")
_SHARED = ("error-cells", "hidden-rows", "hidden-columns")
"""Findings whose choice is one for the whole table: a later one takes the place of all earlier ones."""


def apply_choice(draft: TableDraft, finding: Finding, choice: str) -> TableDraft:
    """What a choice does: a column's type, an option of the reading, or the end of the table."""
    noted = _noted(draft, finding, choice)
    code = finding.code
    if code == "error-cells" and choice in _ERRORS:
        return replace(noted, options=replace(noted.options, errors=_ERRORS[choice]))
    if code.startswith("hidden-") and choice in _HIDDEN:
        return replace(noted, options=replace(noted.options, hidden=_HIDDEN[choice]))
    if code in _DATE_ORDERS and {"day-first", "month-first"} <= set(finding.choices) and choice in _ORDERS:
        return replace(noted, options=replace(noted.options, date_order=_ORDERS[choice]))
    if code == "total-row":
        return _with_total(noted, finding, load=choice == "load")
    if code == "merged-areas":
        return _filled_down(noted, finding, fill=choice == "fill down")
    if finding.column is None:
        return noted
    if code == "misfits" and choice in ("null", "reject"):
        return _with_column(noted, finding.column, misfits=choice)
    if code == "null-tokens":
        return retype(noted, finding.column, PgType.TEXT) if choice == "text" else noted
    if choice in _TYPES:
        return retype(noted, finding.column, _TYPES[choice])
    return noted


def retype(draft: TableDraft, index: int, chosen: PgType | None) -> TableDraft:
    """Fix the type of the column with sheet index `index`; None leaves it to the cells again."""
    if chosen is None:
        return _with_column(draft, index, fixed=False, misfits="reject")
    return _with_column(draft, index, type=chosen, fixed=True)


def asking_options(draft: TableDraft) -> ImportOptions:
    """The options for reading the draft's sheet again: columns are named by what the sheet calls them."""
    named = named_choices(draft.plan.columns, draft.options)
    return replace(named, mapping=())


def reading_options(draft: TableDraft) -> tuple[object, ...]:
    """What decides how the sheet is read: when it differs, the sheet has to be read again."""
    asked = asking_options(draft)
    return tuple(getattr(asked, name) for name in READING)


def _noted(draft: TableDraft, finding: Finding, choice: str) -> TableDraft:
    if finding.code in _SHARED:
        group = "hidden" if finding.code.startswith("hidden") else finding.code
        kept = tuple(pair for pair in draft.decided if not pair[0].startswith(group))
        draft = replace(draft, decided=kept)
    if finding.code == "misfits":
        # The same cells told of themselves as a mixed column before their type was chosen.
        key = f"mixed-kinds:{finding.column}"
        draft = replace(draft, decided=tuple(pair for pair in draft.decided if pair[0] != key))
    return decide(draft, finding, choice)


def _with_column(draft: TableDraft, index: int, **changes: object) -> TableDraft:
    columns = tuple(
        replace(column, **changes) if column.index == index else column  # type: ignore[arg-type]  # fields by name
        for column in draft.plan.columns
    )
    overrides = tuple((column.name, column.type) for column in columns if column.fixed)
    nulled = tuple(column.name for column in columns if column.fixed and column.misfits == "null")
    options = replace(draft.options, type_overrides=overrides, null_misfits=nulled)
    return replace(draft, plan=replace(draft.plan, columns=columns), options=options)


def _with_total(draft: TableDraft, finding: Finding, *, load: bool) -> TableDraft:
    plan = draft.plan
    area = next(iter(_areas(finding)), None)
    if area is None or plan.last_row is None:
        return draft
    inside = plan.last_row >= area.last_row
    if load == inside:
        return draft
    rows = None if plan.rows is None else plan.rows + (finding.count if load else -finding.count)
    last = area.last_row if load else area.first_row - 1
    return replace(draft, plan=replace(plan, last_row=last, rows=rows))


def _filled_down(draft: TableDraft, finding: Finding, *, fill: bool) -> TableDraft:
    merged = {area.first_column for area in _areas(finding) if area.last_row > area.first_row}
    mine = [column for column in draft.plan.columns if column.index in merged]
    handles = {column_handle(column, draft.plan.columns) for column in mine}
    kept = tuple(name for name in draft.options.fill_down if name not in handles)
    chosen = (*kept, *sorted(handles)) if fill else kept
    return replace(draft, options=replace(draft.options, fill_down=chosen))


def _areas(finding: Finding) -> Iterator[CellRange]:
    for cells in finding.cells:
        first, _, last = cells.partition(":")
        start, end = cell_position(first), cell_position(last or first)
        if start is not None and end is not None:
            yield CellRange(start[0], start[1], end[0], end[1])
