"""Which rows of a table are still as an import left them: told by hashes of their content.

PostgreSQL's own stamp of a row's version does not survive a rewrite of the table, nor a dump. So at the end of an
import the server hashes the rows that it wrote, in one statement, and keeps 8 bytes a row (12 where rows tell their
place in the sheet). A row that still gives the same hash was not edited. The columns and types that were hashed are
kept as well: where a column was widened, renamed or another one added since, the row is hashed as it was then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.options import PgType
from workers.database.ledger.undo_schema import SCHEMA
from workers.importing.loading.pipeline.widening import as_wider
from workers.importing.loading.target.target_table import LINEAGE, TableName
from workers.importing.loading.undo.undo_log import is_there

_OWN = "sheetferry_own"
_SINCE_NOW = sql.SQL(
    "stamp::text::bigint >= greatest(pg_current_xact_id()::text::bigint & 4294967295,"
    " (SELECT i.xmin::text::bigint FROM {schema}.imports i WHERE i.import_id = {id}::uuid))"
)
_STILL_OPEN = sql.SQL(
    "pg_xact_status((((pg_current_xact_id()::text::bigint >> 32) << 32) | stamp::text::bigint)::text::xid8)"
    " = 'in progress'"
)
_RECORD_HASHES = 140000
"""PostgreSQL 14 hashes whole records without writing them out as text, which is more than twice as fast."""
_HASHED = frozenset(
    {"int2", "int4", "int8", "float4", "float8", "numeric", "bool", "date", "timestamp", "timestamptz", "time"}
    | {"interval", "text", "varchar", "uuid"}
)
_CHECKED_CASTS = 160000
_TYPE_NAME = re.compile(r"[a-z][a-z0-9_]*(?: varying| precision)?(?:\(\d+(?:,-?\d+)?\))?(?: with(?:out)? time zone)?")
_SYSTEM_TYPES = """
SELECT d FROM unnest(%s::text[]) d JOIN pg_type t ON t.oid = to_regtype(d)
WHERE t.typnamespace = 'pg_catalog'::regnamespace AND t.typtype = 'b'
"""

_COLUMNS = """
SELECT a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), t.typname
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum
"""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it is or was: its number, name, declared type, and whether records of it can be hashed."""

    number: int
    name: str
    declared: str
    plain: bool


@dataclass(frozen=True, slots=True)
class _Form:
    """How an import's rows were hashed: which columns, and whether as records or as their text.

    Attributes:
        castable: The declared types that a cell may be cast to: plain types of the system. What is kept may have been
            written by others, and a type of theirs runs code of theirs.
    """

    columns: tuple[_Column, ...]
    records: bool
    castable: frozenset[str] = frozenset()


def note_plain_import(
    cursor: psycopg.Cursor[Any], oid: int, import_id: str, table: TableName, *, lineage: bool
) -> None:
    """Keep the hashes of an import's rows, all of which were written without savepoints: they bear one stamp."""
    _note(cursor, oid, import_id, table, sql.SQL("t.xmin = (SELECT pg_current_xact_id()::xid)"), lineage=lineage)


def note_import(cursor: psycopg.Cursor[Any], oid: int, import_id: str, table: TableName, *, lineage: bool) -> None:
    """Keep the hashes of the rows that this transaction wrote for an import, at the transaction's end.

    Rows written behind savepoints bear stamps of their own; ours are those that we can see although their writer has
    not committed yet. Where several imports share a transaction, each must have noted its facts by `kept.note_facts`
    before: what bears an older stamp is of those before it.

    Args:
        cursor: Inside the transaction.
        oid: The table.
        import_id: The import.
        table: The table's name.
        lineage: Whether the table's rows tell their import.
    """
    since = _SINCE_NOW.format(schema=sql.Identifier(SCHEMA), id=sql.Literal(import_id))
    # Stamps are compared as they are: turning those of a million rows into numbers would cost more than the import.
    written = sql.SQL(
        "t.xmin IN (SELECT stamp FROM (SELECT DISTINCT xmin AS stamp FROM {table} OFFSET 0) seen"
        " WHERE CASE WHEN {since} THEN {open} END)"
    ).format(table=table.sql, since=since, open=_STILL_OPEN)
    if lineage:
        written = sql.SQL("{} AND {}").format(written, _of_import(import_id))
    _note(cursor, oid, import_id, table, written, lineage=lineage)


def _of_import(import_id: str) -> sql.Composable:
    return sql.SQL("t._import_id = {}::uuid").format(sql.Literal(import_id))


def _note(
    cursor: psycopg.Cursor[Any], oid: int, import_id: str, table: TableName, written: sql.Composable, *, lineage: bool
) -> None:
    place, row_hash = begin(cursor, oid, import_id, lineage=lineage)
    rows = sql.SQL("SELECT {} AS place, {} AS hash FROM {} t WHERE {} OFFSET 0").format(
        place, row_hash, table.sql, written
    )
    query = gather(import_id, rows, lineage=lineage)
    # Groups are few, so that sorting all rows first, as a planner without figures may do, only costs time.
    cursor.execute("SET LOCAL enable_sort = off")
    cursor.execute(query)
    cursor.execute("SET LOCAL enable_sort TO DEFAULT")


def begin(
    cursor: psycopg.Cursor[Any], oid: int, import_id: str, *, lineage: bool
) -> tuple[sql.Composable, sql.Composable]:
    """Keep how an import's rows are hashed, unless that is kept already.

    Returns:
        What gives the place in the sheet and the hash of a row of ``t``.
    """
    present = _columns(cursor, oid)
    form = _read_form(cursor, import_id)
    if form is None:
        hashed = tuple(c for c in present if not (lineage and c.name in LINEAGE))
        form = _Form(hashed, cursor.connection.info.server_version >= _RECORD_HASHES)
        _keep_form(cursor, import_id, form)
    place = sql.SQL("t._source_row::integer") if lineage else sql.SQL("NULL::integer")
    return place, _hash(form, present, checked=cursor.connection.info.server_version >= _CHECKED_CASTS)


def gather(import_id: str, rows: sql.Composable, *, lineage: bool) -> sql.Composed:
    """The statement that keeps the hashes of rows, of which a query gives ``place`` and ``hash``."""
    return sql.SQL(
        "INSERT INTO {schema}.row_hashes (import_id, places, hashes) SELECT {id}::uuid, {places}, array_agg(hash)"
        " FROM ({rows}) seen GROUP BY {part}"
    ).format(
        schema=sql.Identifier(SCHEMA),
        id=sql.Literal(import_id),
        places=sql.SQL("array_agg(place)" if lineage else "NULL"),
        rows=rows,
        part=sql.SQL("place >> 14" if lineage else "hash & 255::bigint"),
    )


def _columns(cursor: psycopg.Cursor[Any], oid: int) -> list[_Column]:
    return [_Column(n, name, declared, kind in _HASHED) for n, name, declared, kind in cursor.execute(_COLUMNS, (oid,))]


def _keep_form(cursor: psycopg.Cursor[Any], import_id: str, form: _Form) -> None:
    cursor.execute(
        "INSERT INTO sheetferry_kept.row_forms (import_id, numbers, names, types, plain, records)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (
            import_id,
            [c.number for c in form.columns],
            [c.name for c in form.columns],
            [c.declared for c in form.columns],
            [c.plain for c in form.columns],
            form.records,
        ),
    )


def _read_form(cursor: psycopg.Cursor[Any], import_id: str) -> _Form | None:
    found = cursor.execute(
        "SELECT numbers, names, types, plain, records FROM sheetferry_kept.row_forms WHERE import_id = %s", (import_id,)
    ).fetchone()
    if found is None:
        return None
    columns = tuple(_Column(*column) for column in zip(*found[:4], strict=True))
    return _Form(columns, found[4], _castable(cursor, {c.declared for c in columns}))


def _castable(cursor: psycopg.Cursor[Any], declared: set[str]) -> frozenset[str]:
    """Those that are written as PostgreSQL writes a type and name a base type of its own."""
    written = [name for name in declared if _TYPE_NAME.fullmatch(name)]
    return frozenset(name for (name,) in cursor.execute(_SYSTEM_TYPES, (written,)))


def _hash(form: _Form, present: Sequence[_Column], *, checked: bool) -> sql.Composable:
    """The hash of a row of ``t`` in the form that it had when the import ended."""
    values = [_value(column, present, form.castable, checked=checked) for column in form.columns]
    row = sql.SQL("ROW({})").format(sql.SQL(", ").join(values))
    form_of_hash = "hash_record_extended({}, 0::bigint)" if form.records else "hashtextextended({}::text, 0::bigint)"
    return sql.SQL(form_of_hash).format(row)


def _value(column: _Column, present: Sequence[_Column], castable: frozenset[str], *, checked: bool) -> sql.Composable:
    now = next((c for c in present if c.number == column.number), None)
    now = now or next((c for c in present if c.name == column.name), None)
    if now is not None and now.declared == column.declared:
        value: sql.Composable = sql.SQL("t.{}").format(sql.Identifier(now.name))
    elif now is None or column.declared not in castable:
        # A NULL hashes alike whatever its type. A cell that cannot be cast back counts as edited.
        value = sql.SQL("NULL::text")
    else:
        value = _cast_back(sql.SQL("t.{}").format(sql.Identifier(now.name)), column.declared, now.declared, checked)
    return value if column.plain else sql.SQL("({})::text").format(value)


def _cast_back(cell: sql.Composable, former: str, present: str, checked: bool) -> sql.Composable:
    """The cell in its column's former type, where it is what widening made of such a value; else NULL."""
    old = sql.SQL("({})::{}").format(cell, sql.SQL(former))
    types = _TYPES.get(former), _TYPES.get(present)
    wide = as_wider(types[0], types[1], old) if types[0] and types[1] else None
    again = wide or sql.SQL("({})::{}").format(old, sql.SQL(present))
    same = sql.SQL("CASE WHEN ({again})::text IS NOT DISTINCT FROM ({cell})::text THEN {old} END").format(
        again=again, cell=cell, old=old
    )
    if not checked:
        return same
    return sql.SQL("CASE WHEN pg_input_is_valid(({})::text, {}) THEN {} END").format(cell, sql.Literal(former), same)


_TYPES = {kind.value: kind for kind in PgType} | {
    "timestamp without time zone": PgType.TIMESTAMP,
    "time without time zone": PgType.TIME,
}


def noted(cursor: psycopg.Cursor[Any], import_id: str) -> bool:
    """Whether what an undo needs to know of an import's rows is (still) kept."""
    return _read_form(cursor, import_id) is not None


def find_own(cursor: psycopg.Cursor[Any], oid: int, table: TableName, import_id: str, *, lineage: bool) -> bool:
    """Make the temporary list of an import's rows that `own` and `pristine` speak of.

    Call it under a lock that keeps others from changing rows. Without lineage columns the import's rows are those that
    give its hashes, as often as it gave them: rows edited since are not found, and are not the import's any more.

    Returns:
        False when nothing is kept of the import's rows, so that edited ones cannot be told.
    """
    form = _read_form(cursor, import_id) if is_there(cursor) else None
    if form is None:
        return False
    try:
        with cursor.connection.transaction():
            _list_own(cursor, oid, table, import_id, form, lineage)
    except psycopg.errors.DataError:
        # An older server cannot try a cast: a text that stands in a column that was widened is an edit.
        if not lineage:
            return False
        with cursor.connection.transaction():
            _list_own(cursor, oid, table, import_id, None, lineage)
    return True


def _list_own(
    cursor: psycopg.Cursor[Any], oid: int, table: TableName, import_id: str, form: _Form | None, lineage: bool
) -> None:
    checked = cursor.connection.info.server_version >= _CHECKED_CASTS
    row_hash = _hash(form, _columns(cursor, oid), checked=checked) if form else sql.SQL("NULL::bigint")
    noted = sql.SQL(
        "SELECT u.place, u.hash FROM {schema}.row_hashes k, unnest(k.places, k.hashes) AS u (place, hash)"
        " WHERE k.import_id = {id}::uuid"
    ).format(schema=sql.Identifier(SCHEMA), id=sql.Literal(import_id))
    parts = {"table": table.sql, "hash": row_hash, "noted": noted, "mine": _of_import(import_id)}
    query = sql.SQL(_BY_LINEAGE if lineage else _BY_HASH).format(**parts)
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{_OWN}")
    cursor.execute(sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS {}").format(sql.Identifier(_OWN), query))
    cursor.execute(f"ANALYZE pg_temp.{_OWN}")


_BY_LINEAGE = """
SELECT s.part, s.place, n.hash IS NOT NULL AS pristine
FROM (SELECT t.tableoid AS part, t.ctid AS place, t._source_row AS number, {hash} AS hash
      FROM {table} t WHERE {mine} OFFSET 0) s
LEFT JOIN ({noted}) n ON n.place = s.number AND n.hash = s.hash
"""
_BY_HASH = """
SELECT s.part, s.place, true AS pristine
FROM (SELECT h.part, h.place, h.hash, row_number() OVER (PARTITION BY h.hash ORDER BY h.place DESC) AS times
      FROM (SELECT t.tableoid AS part, t.ctid AS place, {hash} AS hash FROM {table} t OFFSET 0) h) s
JOIN (SELECT hash, count(*) AS times FROM ({noted}) x GROUP BY hash) n ON n.hash = s.hash AND s.times <= n.times
"""


def own(alias: str = "t") -> sql.Composable:
    """A condition on the rows of the import that `find_own` was asked for, edited or not."""
    return sql.SQL("({0}.tableoid, {0}.ctid) IN (SELECT part, place FROM pg_temp.{1})").format(
        sql.Identifier(alias), sql.Identifier(_OWN)
    )


def pristine(alias: str = "t") -> sql.Composable:
    """A condition on those of them that are as the import left them."""
    return sql.SQL("({0}.tableoid, {0}.ctid) IN (SELECT part, place FROM pg_temp.{1} WHERE pristine)").format(
        sql.Identifier(alias), sql.Identifier(_OWN)
    )
