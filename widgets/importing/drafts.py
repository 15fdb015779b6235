"""Drafts: what the user makes of a survey. Pure functions, every change gives a new draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from widgets.importing.view_data import FileEntry, TableDraft, TableRef
from workers.core.naming import column_names, table_name, unique_name
from workers.core.options import ErrorRule, HiddenRule, ImportOptions, Mode, PgType
from workers.core.plans import FileSurvey, Finding, SheetSurvey, TablePlan

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
    options = replace(draft.options, keys=keys, type_overrides=chosen)
    return replace(draft, plan=replace(draft.plan, columns=changed), options=options)


def retype_column(draft: TableDraft, index: int, chosen: PgType) -> TableDraft:
    """Fix the type of the column with sheet index `index`."""
    columns = tuple(
        replace(column, type=chosen, fixed=True) if column.index == index else column for column in draft.plan.columns
    )
    overrides = tuple((column.name, column.type) for column in columns if column.fixed)
    return replace(
        draft,
        plan=replace(draft.plan, columns=columns),
        options=replace(draft.options, type_overrides=overrides),
    )


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
    """The choice in force for a finding; empty when there is none to make."""
    return dict(draft.decided).get(finding_key(finding), finding.choices[0] if finding.choices else "")


def undecided(draft: TableDraft, findings: tuple[Finding, ...]) -> int:
    """How many findings still wait for a choice; where there is only one there is nothing to decide."""
    made = {key for key, _ in draft.decided}
    open_ones = (f for f in findings if f.severity == "decide" and len(f.choices) > 1)
    return sum(1 for finding in open_ones if finding_key(finding) not in made)


def rejected_rows(draft: TableDraft, findings: tuple[Finding, ...]) -> int:
    """Rows that the choices in force reject, as far as the findings tell."""
    return sum(f.count for f in findings if choice_of(draft, f).lower() in _REJECTING)


def merge_sheet(survey: FileSurvey, sheet: SheetSurvey) -> FileSurvey:
    """The survey with one sheet replaced after it was read again."""
    sheets = tuple(sheet if each.sheet.index == sheet.sheet.index else each for each in survey.sheets)
    return replace(survey, sheets=sheets)


def carry_over(old: TableDraft, new: TableDraft) -> TableDraft:
    """The new draft of a re-read table with the user's target, and names and types where columns still agree."""
    edited = {column.index: column for column in old.plan.columns}
    columns = []
    for column in new.plan.columns:
        before = edited.get(column.index)
        if before is not None and before.source == column.source:
            fixed = before.fixed
            column = replace(
                column, name=before.name, type=before.type if fixed else column.type, fixed=fixed or column.fixed
            )
        columns.append(column)
    options = replace(
        new.options,
        schema=old.options.schema,
        table=old.options.table,
        mode=old.options.mode,
        keys=old.options.keys,
    )
    return replace(
        new,
        plan=replace(new.plan, columns=tuple(columns)),
        options=options,
        database=old.database,
        checked=old.checked,
        decided=old.decided,
    )


_TYPES = {each.value: each for each in PgType}


def apply_choice(draft: TableDraft, finding: Finding, choice: str) -> TableDraft:
    """What a choice of the health list does to the draft: a column's type, or an option of the reading."""
    noted = decide(draft, finding, choice)
    if finding.code.startswith("error"):
        rules: dict[str, ErrorRule] = {"null": "null", "text": "text", "reject": "reject"}
        if choice in rules:
            return replace(noted, options=replace(noted.options, errors=rules[choice]))
    if choice in ("include", "skip"):
        hidden: HiddenRule = "include" if choice == "include" else "skip"
        return replace(noted, options=replace(noted.options, hidden=hidden))
    if finding.column is not None and choice in _TYPES:
        return retype_column(noted, finding.column, _TYPES[choice])
    return noted


def reading_options(options: ImportOptions) -> tuple[object, ...]:
    """The part of the options that changes what the survey says: when it differs the sheet is read again."""
    return (
        options.sheets,
        options.all_sheets,
        options.cell_range,
        options.header,
        options.types,
        options.errors,
        options.null_tokens,
        options.fill_down,
        options.hidden,
    )
