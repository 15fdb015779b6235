"""What is known about a draft's target before the import starts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication
from sqlalchemy import Engine

from widgets.importing.view_data import ChangedOffer, TableDraft, TargetCheck, TargetNotice
from widgets.parts.wording import count, day
from widgets.translation import spoken
from workers.core.model.options import ImportOptions, Mode, PgType
from workers.database.catalog import ColumnEntry, columns, default_schema, tables
from workers.database.ledger.guard import FOREIGN_CODE

_FITS: dict[str, set[PgType]] = {
    "bigint": {PgType.BIGINT},
    "double precision": {PgType.BIGINT, PgType.DOUBLE},
    "numeric": {PgType.BIGINT, PgType.DOUBLE, PgType.NUMERIC},
    "boolean": {PgType.BOOLEAN},
    "date": {PgType.DATE},
    "timestamp without time zone": {PgType.DATE, PgType.TIMESTAMP},
    "time without time zone": {PgType.TIME},
    "interval": {PgType.INTERVAL, PgType.TIME},
}
_LINEAGE = {"_import_id", "_source_row"}
MENDED = "mended-rejects"
"""Code of the finding that tells a mended rejects workbook."""
_KEYED = (Mode.UPSERT, Mode.SKIP)


def tr(text: str) -> str:
    """Translate in the target check's context."""
    return QCoreApplication.translate("target-check", text)


@dataclass(frozen=True, slots=True)
class SameFile:
    """An import in force of the same file's sheet.

    Attributes:
        table: Where its rows are, ``schema.name``.
        rows: How many it loaded.
        when: When it was committed.
    """

    table: str
    rows: int
    when: dt.datetime


@dataclass(frozen=True, slots=True)
class Earlier:
    """An import in force of an earlier version of the workbook: same file name, same sheet, same table, other bytes.

    Attributes:
        rows: How many rows it loaded.
        when: When it was committed.
        keys: The key that it was loaded by; empty where it had none.
    """

    rows: int
    when: dt.datetime
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetView:
    """What one look at the database says.

    Attributes:
        schema: The schema that the draft's table is in, worked out.
        check: What it means for the draft.
        tables: Names of the tables there.
    """

    schema: str
    check: TargetCheck
    tables: tuple[str, ...] = ()


def target_meant(draft: TableDraft) -> ImportOptions:
    """The choices that a draft is imported with.

    Mended rows go to the table of their import, as is said where else the target is looked at: the table that the page
    has chosen by itself is not meant, and would be refused.
    """
    if not any(finding.code == MENDED for finding in draft.plan.findings):
        return draft.options
    return replace(draft.options, schema=None, table=None, mode=Mode.CREATE)


def look_at_target(engine: Engine, draft: TableDraft, sha256: str | None) -> TargetView:
    """Look at the target table, its neighbours and the ledger; changes nothing. Connects: not for the UI thread.

    Args:
        engine: The database.
        draft: The table to be imported.
        sha256: Hash of its file, to know content that went in before.
    """
    mended = next((f for f in draft.plan.findings if f.code == MENDED), None)
    if mended is not None:
        title = tr("These rows join the import that had rejected them")
        return TargetView("", TargetCheck(notices=(TargetNotice("info", title, spoken(mended.message), "info"),)))
    with engine.connect() as connection:
        schema = draft.options.schema or default_schema(connection) or "public"
        found = columns(connection, schema, draft.options.table or "")
        there = tuple(entry.name for entry in tables(connection, schema) if entry.insertable)
        readable = bool(sha256) and _ledger_readable(connection)
        same = _same_file(connection, sha256 or "", draft.plan.sheet.name) if readable else []
        earlier = _earlier(connection, draft, schema, sha256 or "") if readable and found else None
    check = with_history(draft, schema, judge(draft, schema, found), same)
    if earlier is not None and not any(each.table == f"{schema}.{draft.options.table}" for each in same):
        check = replace(check, offer=changed_offer(draft, found, earlier))
    return TargetView(schema, check, there)


def changed_offer(draft: TableDraft, found: list[ColumnEntry], earlier: Earlier) -> ChangedOffer:
    """To load only what is new or changed since an earlier version of the workbook went in, and why that is offered."""
    planned = {column.name for column in draft.plan.columns}
    own = tuple(column.name for column in found if column.key)
    candidates = (draft.options.keys, own, earlier.keys)
    keys = next((each for each in candidates if each and planned.issuperset(each)), ())
    title = tr("An earlier version of this sheet went in on {0}").format(day(earlier.when.astimezone().date()))
    if keys:
        rest = tr("Rows are told apart by {0}; those that are the same stay as they are.").format(", ".join(keys))
    else:
        rest = tr("Choose the columns that tell rows apart; rows that are the same then stay as they are.")
    return ChangedOffer(title, tr("{0} rows of it are in force.").format(count(earlier.rows)) + " " + rest, keys)


def judge(draft: TableDraft, schema: str, found: list[ColumnEntry]) -> TargetCheck:
    """Hold a draft against the columns of its target; none means that the table is not there."""
    table = f"{schema}.{draft.options.table}"
    mode = draft.options.mode
    existing = tuple((c.name, c.type) for c in found if c.name not in _LINEAGE)
    blocked = ""
    if not draft.options.table:
        blocked = tr("Give the table a name.")
    elif found and mode is Mode.CREATE:
        blocked = tr("{0} is there already. Choose another name, or append, replace or upsert.").format(table)
    elif mode in _KEYED and not draft.options.keys:
        blocked = _wanted_key(found)
    if not found:
        return TargetCheck(exists=False, blocked=blocked)
    if blocked or mode is Mode.CREATE:
        return TargetCheck(exists=True, columns=existing, blocked=blocked)
    notices = _matching(draft, table, found)
    if mode is Mode.REPLACE:
        title = tr("All rows of {0} are replaced").format(table)
        notices = (TargetNotice("warn", title, tr("The present ones are kept for an undo."), "warn"), *notices)
    return TargetCheck(exists=True, columns=existing, notices=notices)


def with_history(draft: TableDraft, schema: str, check: TargetCheck, same: list[SameFile]) -> TargetCheck:
    """The check with a line about rows of this very file that are in the database already."""
    table = f"{schema}.{draft.options.table}"
    here = next((each for each in same if each.table == table), None)
    told = here or next(iter(same), None)
    if told is None:
        return check
    when = day(told.when.astimezone().date())
    title = tr("This sheet went into {0} on {1}").format(told.table, when)
    rows = tr("{0} rows of it are in force.").format(count(told.rows))
    again = tr("If nothing has changed since, nothing is loaded twice.") if here is not None else ""
    notice = TargetNotice("info", title, f"{rows} {again}".strip(), "history")
    return replace(check, notices=(*check.notices, notice))


def fits(cells: PgType, column: str) -> bool:
    """Whether values of a planned type go into a column of that type as they are."""
    base = column.split("(")[0]
    if base in ("text", "character varying"):
        return True
    if base in ("integer", "smallint"):
        return cells is PgType.BIGINT
    return cells in _FITS.get(base, set())


def _wanted_key(found: list[ColumnEntry]) -> str:
    primary = [column.name for column in found if column.key]
    wanted = tr("Choose the columns that tell rows apart: Add, beside Key.")
    if not primary:
        return wanted
    return f"{wanted} " + tr("The table's own key is {0}.").format(", ".join(primary))


def _matching(draft: TableDraft, table: str, found: list[ColumnEntry]) -> tuple[TargetNotice, ...]:
    by_name = {c.name: c for c in found}
    planned = draft.plan.columns
    missing = [c.name for c in planned if c.name not in by_name]
    unfit = [
        tr("{0} is {1}, the cells are {2}").format(c.name, by_name[c.name].type, c.type.value)
        for c in planned
        if c.name in by_name and not fits(c.type, by_name[c.name].type)
    ]
    lacking = [c.name for c in found if c.required and not c.generated and c.name not in {p.name for p in planned}]
    matched = len(planned) - len(missing) - len(unfit)
    title = tr("{0} of {1} columns fit {2}").format(matched, len(planned), table)
    lines = [*unfit]
    if missing:
        lines.append(tr("not in the table: {0}").format(", ".join(missing)))
    if lacking:
        lines.append(tr("the table requires: {0}").format(", ".join(lacking)))
    if lines:
        return (TargetNotice("warn", title, ". ".join(lines) + ".", "warn"),)
    return (TargetNotice("ok", title, tr("Columns are matched by name."), "okc"),)


def _ledger_readable(connection: sa.Connection) -> bool:
    readable = sa.text(
        "SELECT coalesce(has_table_privilege(to_regclass('sheetferry.imports'), 'SELECT'), false)"
        " AND has_schema_privilege('sheetferry', 'USAGE') WHERE to_regnamespace('sheetferry') IS NOT NULL"
    )
    if not connection.execute(readable).scalar_one_or_none():
        return False
    return connection.exec_driver_sql(*FOREIGN_CODE).first() is None


def _earlier(connection: sa.Connection, draft: TableDraft, schema: str, sha256: str) -> Earlier | None:
    """The latest import in force of other bytes from a file of the same name into the same table, if there is one."""
    rows = connection.execute(
        sa.text(
            "SELECT source_file, rows_loaded, committed_at, plan -> 'options' -> 'keys' AS keys"
            " FROM sheetferry.imports i WHERE source_sheet = :sheet AND source_sha256 <> :sha AND state = 'loaded'"
            " AND committed_at IS NOT NULL AND target_oid = to_regclass(format('%I.%I', :schema, :name))"
            " ORDER BY committed_at DESC LIMIT 50"
        ),
        {"sheet": draft.plan.sheet.name, "sha": sha256, "schema": schema, "name": draft.options.table},
    )
    name = _file_name(draft.ref.path)
    found = next((row for row in rows if _file_name(row.source_file) == name), None)
    if found is None:
        return None
    keys = tuple(map(str, found.keys)) if isinstance(found.keys, list) else ()
    return Earlier(found.rows_loaded, found.committed_at, keys)


def _file_name(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2].casefold()


def _same_file(connection: sa.Connection, sha256: str, sheet: str) -> list[SameFile]:
    """Imports in force of the same bytes and sheet, newest first."""
    rows = connection.execute(
        sa.text(
            "SELECT target_table, rows_loaded, committed_at FROM sheetferry.imports i"
            " WHERE source_sha256 = :sha AND source_sheet = :sheet AND state = 'loaded' AND committed_at IS NOT NULL"
            " AND EXISTS (SELECT FROM pg_class c WHERE c.oid = i.target_oid) ORDER BY committed_at DESC LIMIT 20"
        ),
        {"sha": sha256, "sheet": sheet},
    )
    return [SameFile(row.target_table, row.rows_loaded, row.committed_at) for row in rows]
