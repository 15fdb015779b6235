"""What is known about a draft's target before the import starts."""

from __future__ import annotations

from sqlalchemy import Engine

from widgets.importing.view_data import TableDraft, TargetCheck, TargetNotice
from workers.core.options import Mode, PgType
from workers.database.catalog import ColumnEntry, columns, default_schema

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


def check_target(engine: Engine, draft: TableDraft) -> TargetCheck:
    """Look at the target table. Connects: not for the UI thread."""
    with engine.connect() as connection:
        schema = draft.options.schema or default_schema(connection) or "public"
        found = columns(connection, schema, draft.options.table or "")
    return judge(draft, schema, found)


def judge(draft: TableDraft, schema: str, found: list[ColumnEntry]) -> TargetCheck:
    """Hold a draft against the columns of its target; none means that the table is not there."""
    table = f"{schema}.{draft.options.table}"
    mode = draft.options.mode
    if not found:
        return TargetCheck(exists=False)
    existing = tuple((c.name, c.type) for c in found if c.name not in _LINEAGE)
    if mode is Mode.CREATE:
        return TargetCheck(
            exists=True,
            columns=existing,
            blocked=f"{table} is there already. Choose another name, or append, replace or upsert.",
        )
    if mode is Mode.REPLACE:
        notice = TargetNotice("warn", f"{table} is replaced", "Its present rows are kept for an undo.", "warn")
        return TargetCheck(exists=True, columns=existing, notices=(notice,))
    return TargetCheck(exists=True, columns=existing, notices=_matching(draft, table, found))


def _matching(draft: TableDraft, table: str, found: list[ColumnEntry]) -> tuple[TargetNotice, ...]:
    by_name = {c.name: c for c in found}
    planned = draft.plan.columns
    missing = [c.name for c in planned if c.name not in by_name]
    unfit = [
        f"{c.name} is {by_name[c.name].type}, the cells are {c.type.value}"
        for c in planned
        if c.name in by_name and not fits(c.type, by_name[c.name].type)
    ]
    lacking = [c.name for c in found if c.required and not c.generated and c.name not in {p.name for p in planned}]
    matched = len(planned) - len(missing) - len(unfit)
    title = f"{matched} of {len(planned)} columns fit {table}"
    lines = [*unfit]
    if missing:
        lines.append(f"not in the table: {', '.join(missing)}")
    if lacking:
        lines.append(f"the table requires: {', '.join(lacking)}")
    if lines:
        return (TargetNotice("warn", title, ". ".join(lines) + ".", "warn"),)
    return (TargetNotice("ok", title, "Columns are matched by name.", "okc"),)


def fits(cells: PgType, column: str) -> bool:
    """Whether values of a planned type go into a column of that type as they are."""
    base = column.split("(")[0]
    if base in ("text", "character varying"):
        return True
    if base in ("integer", "smallint"):
        return cells is PgType.BIGINT
    return cells in _FITS.get(base, set())
