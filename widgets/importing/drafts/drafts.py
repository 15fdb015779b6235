"""Drafts: what the user makes of a survey. Pure functions, every change gives a new draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from widgets.importing.view_data import FileEntry, TableDraft, TableRef
from workers.core.model.naming import column_names, table_name, unique_name
from workers.core.model.options import ImportOptions, Mode, RejectLimit
from workers.core.model.plan_file import column_handle
from workers.core.model.plans import ColumnPlan, FileSurvey, Finding, SheetSurvey, TablePlan

READING = (
    "sheets",
    "all_sheets",
    "cell_range",
    "header",
    "types",
    "errors",
    "null_tokens",
    "fill_down",
    "hidden",
    "type_overrides",
    "null_misfits",
    "date_order",
)
"""Options that decide how a sheet is read."""

_REJECTING = frozenset({"reject", "reject-rows", "reject rows"})


def drafts_of(entry: FileEntry, base: ImportOptions, database: str = "") -> Iterator[TableDraft]:
    """A draft for every table of a surveyed file, hidden sheets unchecked, names by the rules of the command line."""
    survey = entry.survey
    if survey is None:
        return
    several = sum(1 for sheet in survey.sheets if sheet.tables) > 1
    for sheet in survey.sheets:
        for plan in sheet.tables:
            yield _draft(entry, survey, sheet, plan, base, database, several)


def _draft(
    entry: FileEntry,
    survey: FileSurvey,
    sheet: SheetSurvey,
    plan: TablePlan,
    base: ImportOptions,
    database: str,
    several: bool,
) -> TableDraft:
    name = base.table or table_name(entry.name, plan.sheet.name if several else None, plan.ordinal)
    visible = plan.sheet.visibility == "visible"
    return TableDraft(
        ref=TableRef(survey.path, plan.sheet.index, plan.ordinal),
        plan=plan,
        options=replace(base, table=name, sheets=(sheet.sheet.name,)),
        database=database,
        checked=entry.checked and visible,
    )


def rename_column(draft: TableDraft, index: int, name: str) -> TableDraft:
    """Give the column with sheet index `index` another SQL name, made safe and unique."""
    columns = draft.plan.columns
    before = next((column.name for column in columns if column.index == index), None)
    if before is None:
        return draft
    others = {column.name for column in columns if column.index != index}
    safe = unique_name(column_names([name], [index])[0], others)
    if safe == before:
        return draft
    changed = tuple(replace(column, name=safe) if column.index == index else column for column in columns)
    keys = tuple(safe if key == before else key for key in draft.options.keys)
    chosen = tuple((column.name, column.type) for column in changed if column.fixed)
    nulled = tuple(column.name for column in changed if column.misfits == "null")
    options = replace(draft.options, keys=keys, type_overrides=chosen, null_misfits=nulled)
    return replace(draft, plan=replace(draft.plan, columns=changed), options=options)


def match_columns(draft: TableDraft, names: Mapping[int, str | None]) -> TableDraft:
    """Send columns, by sheet index, to columns of an existing table as these are called; None leaves one out."""
    every = all_columns(draft)
    wanted = {c.index: names.get(c.index, c.name if c not in draft.left_out else None) for c in every}
    columns = tuple(replace(c, name=name) for c in every if (name := wanted[c.index]) is not None)
    before = {column.name: column.index for column in draft.plan.columns}
    now = {column.index: column.name for column in columns}
    keys = tuple(now[before[key]] for key in draft.options.keys if before.get(key) in now)
    chosen = tuple((column.name, column.type) for column in columns if column.fixed)
    nulled = tuple(column.name for column in columns if column.misfits == "null")
    out = tuple(c for c in every if c.index not in now)
    gone = {column_handle(c, every) for c in out}
    filled = tuple(name for name in draft.options.fill_down if name not in gone)
    options = replace(draft.options, keys=keys, type_overrides=chosen, null_misfits=nulled, fill_down=filled)
    return replace(draft, plan=replace(draft.plan, columns=columns), options=options, left_out=out)


def all_columns(draft: TableDraft) -> tuple[ColumnPlan, ...]:
    """The columns that are loaded and those that the user has left out, in the sheet's order."""
    return tuple(sorted((*draft.plan.columns, *draft.left_out), key=lambda column: column.index))


def only_changed(draft: TableDraft, keys: tuple[str, ...], wanted: bool) -> TableDraft:
    """Load only rows that are new or differ from those in the table, told apart by `keys`; or all of them again."""
    if not wanted:
        return replace(draft, options=replace(draft.options, only_changed=False))
    keys = keys or draft.options.keys
    return replace(draft, options=replace(draft.options, mode=Mode.UPSERT, keys=keys, only_changed=True))


def retarget(draft: TableDraft, *, schema: str | None, table: str, mode: Mode, keys: tuple[str, ...]) -> TableDraft:
    """Another table or mode."""
    return replace(draft, options=replace(draft.options, schema=schema, table=table, mode=mode, keys=keys))


def finding_key(finding: Finding) -> str:
    """What tells one finding of a table from another: its code and column."""
    return finding.code if finding.column is None else f"{finding.code}:{finding.column}"


def decide(draft: TableDraft, finding: Finding, choice: str) -> TableDraft:
    """Note the choice for a finding."""
    key = finding_key(finding)
    kept = tuple(pair for pair in draft.decided if pair[0] != key)
    return replace(draft, decided=(*kept, (key, choice)))


def choice_of(draft: TableDraft, finding: Finding) -> str:
    """The choice in force for a finding; empty when there is none to make. What the options say goes before a note."""
    options, code = draft.options, finding.code
    told: str = {
        "ambiguous-dates": options.date_order if options.date_order != "auto" else "text",
        "date-order": options.date_order,
        "error-cells": options.errors,
        "hidden-rows": options.hidden,
        "hidden-columns": options.hidden,
    }.get(code, "")
    if told in finding.choices:
        return told
    return dict(draft.decided).get(finding_key(finding), finding.choices[0] if finding.choices else "")


def undecided(draft: TableDraft, findings: tuple[Finding, ...]) -> int:
    """How many findings still wait for a choice; where there is only one there is nothing to decide."""
    made = {key for key, _ in draft.decided}
    open_ones = (f for f in findings if f.severity == "decide" and len(f.choices) > 1)
    return sum(1 for finding in open_ones if finding_key(finding) not in made)


def rejected_rows(draft: TableDraft, findings: tuple[Finding, ...]) -> int:
    """Rows that the choices in force reject, as far as the findings tell."""
    return sum(f.count for f in findings if choice_of(draft, f).lower() in _REJECTING)


def allow_rejects(draft: TableDraft, findings: tuple[Finding, ...]) -> TableDraft:
    """The draft with a limit that bears the rejects told beforehand: who starts it then has agreed to these."""
    told, limit = rejected_rows(draft, findings), draft.options.max_rejects
    if not told or not limit.exceeded(told, draft.plan.rows or told):
        return draft
    return replace(draft, options=replace(draft.options, max_rejects=RejectLimit(rows=told)))


def merge_sheet(survey: FileSurvey, sheet: SheetSurvey, ordinal: int | None = None) -> FileSurvey:
    """The survey with one sheet replaced after it was read again.

    Args:
        survey: The file as it was known.
        sheet: The sheet as it was read with other choices.
        ordinal: The table that these choices are for: its neighbours stay as they were while they are still there.
    """
    merged = tuple(
        _merged(each, sheet, ordinal) if each.sheet.index == sheet.sheet.index else each for each in survey.sheets
    )
    return replace(survey, sheets=merged)


def _merged(old: SheetSurvey, new: SheetSurvey, ordinal: int | None) -> SheetSurvey:
    if ordinal is None or len(old.tables) != len(new.tables) or len(old.tables) < 2:
        return new
    chosen = zip(old.tables, new.tables, strict=True)
    return replace(new, tables=tuple(after if after.ordinal == ordinal else before for before, after in chosen))


def carry_over(old: TableDraft, new: TableDraft, *, keep_reading: bool = False) -> TableDraft:
    """The new draft of a re-read table with the user's target, and names and types where columns still agree.

    Args:
        old: The draft as the user left it.
        new: The draft of what was read.
        keep_reading: True when the table was read with the old draft's options, which then stay.
    """
    edited = {column.index: column for column in old.plan.columns}
    unwanted = {(column.index, column.source) for column in old.left_out}
    columns, left_out = [], []
    for column in new.plan.columns:
        if (column.index, column.source) in unwanted:
            left_out.append(column)
            continue
        before = edited.get(column.index)
        if before is not None and before.source == column.source:
            column = replace(column, name=before.name)
            if before.fixed and not keep_reading:
                column = replace(column, type=before.type, fixed=True, misfits=before.misfits)
        columns.append(column)
    options = old.options if keep_reading else _with_reading(old.options, new.options)
    return replace(
        new,
        plan=replace(new.plan, columns=tuple(columns)),
        options=options,
        database=old.database,
        checked=old.checked,
        decided=old.decided,
        left_out=tuple(left_out),
    )


def _with_reading(old: ImportOptions, new: ImportOptions) -> ImportOptions:
    # Types are carried over by column.
    names = (name for name in READING if name not in ("type_overrides", "null_misfits"))
    return replace(old, **{name: getattr(new, name) for name in names})
