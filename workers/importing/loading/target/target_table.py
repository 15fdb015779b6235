"""The table that rows go to: its name and lock, what it looks like, and how a new one is made."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.errors import UserError
from workers.core.model.options import PgType
from workers.core.model.plans import ColumnPlan
from workers.database.ledger.locks import lock_salt
from workers.database.sessions import users_path

LINEAGE = ("_import_id", "_source_row")
MAX_COLUMNS = 1_600
_POLL = (0.01, 0.25)

_CONVERTED_AS: dict[str, PgType] = {
    "int2": PgType.BIGINT,
    "int4": PgType.BIGINT,
    "int8": PgType.BIGINT,
    "float4": PgType.DOUBLE,
    "float8": PgType.DOUBLE,
    "numeric": PgType.NUMERIC,
    "bool": PgType.BOOLEAN,
    "date": PgType.DATE,
    "timestamp": PgType.TIMESTAMP,
    "timestamptz": PgType.TIMESTAMP,
    "time": PgType.TIME,
    "interval": PgType.INTERVAL,
}
_BINARY = {"int8", "float8", "numeric", "bool", "date", "timestamp", "time", "interval", "text", "varchar"}
_TAKES_ALL = {"int8", "float8", "numeric", "bool", "text", "varchar"}
"""Types that take whatever is converted for them; others may find values too large, or texts that they cannot read."""
TYPE_NAMES: dict[PgType, str] = {
    PgType.TEXT: "text",
    PgType.BIGINT: "int8",
    PgType.DOUBLE: "float8",
    PgType.NUMERIC: "numeric",
    PgType.BOOLEAN: "bool",
    PgType.DATE: "date",
    PgType.TIMESTAMP: "timestamp",
    PgType.TIME: "time",
    PgType.INTERVAL: "interval",
}
"""PostgreSQL's short names of the types that an import creates."""


@dataclass(frozen=True, slots=True)
class TableName:
    """A table by schema and name."""

    schema: str
    name: str

    def __str__(self) -> str:
        """As people read it, unquoted."""
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> sql.Identifier:
        """Quoted for statements."""
        return sql.Identifier(self.schema, self.name)

    def lock_key(self, extra: str = "") -> int:
        """The number of this table's advisory lock, or of a lock on something of it."""
        digest = hashlib.sha256(f"sheetferry\0{self.schema}\0{self.name}\0{extra}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


@dataclass(frozen=True, slots=True)
class TargetColumn:
    """One column of a table that exists.

    Attributes:
        name: Its name.
        type_name: PostgreSQL's short name of its type, such as ``int4``; of a domain that of the type within.
        declared: The type as people write it, such as ``character varying(20)``.
        pg_type: What cells are converted to for it.
        base: The same without a domain around it.
        generated: Whether the table computes it, so that no value can be written.
        identity: Whether the table makes its values unless that is overridden (``GENERATED ALWAYS AS IDENTITY``).
        required: NOT NULL without a default.
        equals: Schema and name of the operator by which its indexes compare values.
    """

    name: str
    type_name: str
    declared: str
    pg_type: PgType
    base: str = ""
    generated: bool = False
    identity: bool = False
    required: bool = False
    equals: tuple[str, str] = ("pg_catalog", "=")

    @property
    def ours(self) -> bool:
        """Whether it is of a type that imports create, so that it may be widened like one of theirs."""
        return (
            TYPE_NAMES.get(self.pg_type) == self.type_name and "(" not in self.declared and self.declared == self.base
        )

    @property
    def binary(self) -> bool:
        """Whether its values can be sent in binary form."""
        return self.type_name in _BINARY


@dataclass(frozen=True, slots=True)
class TargetTable:
    """A table that exists, as far as a load must know it.

    Attributes:
        oid: Its oid.
        columns: Its columns in order.
        guarded: Whether it may refuse rows: constraints, triggers, limited types.
        users_code: Whether a write to it runs code that is not the system's: triggers, rules, policies, functions in
            defaults, checks, indexes or types; also by way of its partitions and of tables that refer to it.
        kind: ``r`` for an ordinary table, ``p`` for a partitioned one, others are not loaded into.
        secured: Whether policies decide which rows this role may write (row-level security).
        doubtful: Whether a value that was converted for it may still be none of its types.
    """

    oid: int
    columns: tuple[TargetColumn, ...]
    guarded: bool
    kind: str
    users_code: bool = False
    secured: bool = False
    doubtful: bool = False

    def column(self, name: str) -> TargetColumn | None:
        """The column of that name, or None."""
        return next((c for c in self.columns if c.name == name), None)

    def same(self, names: Iterable[str], left: str, right: str) -> sql.Composed:
        """A condition on two rows, by their aliases: that they agree in the columns of these names.

        The operators are those of the columns' own types, wherever these live: no search path is asked.
        """
        parts = []
        for name in names:
            column = self.column(name)
            schema, operator = column.equals if column else ("pg_catalog", "=")
            parts.append(
                sql.SQL("{}.{} OPERATOR({}.{}) {}.{}").format(
                    sql.Identifier(left),
                    sql.Identifier(name),
                    sql.Identifier(schema),
                    sql.SQL(operator),
                    sql.Identifier(right),
                    sql.Identifier(name),
                )
            )
        return sql.SQL(" AND ").join(parts)

    @property
    def has_lineage(self) -> bool:
        """Whether rows of imports can be told apart in it: only tables that Sheetferry made have these columns."""
        names = {c.name: c.type_name for c in self.columns}
        return names.get(LINEAGE[0]) == "uuid" and names.get(LINEAGE[1]) in ("int4", "int8")


_COLUMNS = """
WITH RECURSIVE unwrapped AS (
  SELECT a.attnum, a.atttypid AS type, a.atttypmod AS modifier FROM pg_attribute a
  WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT u.attnum, t.typbasetype, t.typtypmod FROM unwrapped u JOIN pg_type t ON t.oid = u.type WHERE t.typtype = 'd'
)
SELECT a.attname, t.typname, format_type(a.atttypid, a.atttypmod), format_type(u.type, u.modifier), a.attnotnull,
       a.atthasdef OR a.attidentity <> '', a.attgenerated <> '', a.attidentity = 'a',
       a.atttypmod >= 0 OR u.type <> a.atttypid, coalesce(e.nspname, 'pg_catalog'), coalesce(e.oprname, '=')
FROM unwrapped u JOIN pg_type t ON t.oid = u.type AND t.typtype <> 'd'
JOIN pg_attribute a ON a.attrelid = %(oid)s AND a.attnum = u.attnum
LEFT JOIN LATERAL (
  SELECT n.nspname, o.oprname FROM pg_opclass c JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
  JOIN pg_amop p ON p.amopfamily = c.opcfamily AND p.amopstrategy = 3
       AND p.amoplefttype = c.opcintype AND p.amoprighttype = c.opcintype
  JOIN pg_operator o ON o.oid = p.amopopr JOIN pg_namespace n ON n.oid = o.oprnamespace
  WHERE c.opcdefault AND c.opcintype = t.oid LIMIT 1
) e ON true
ORDER BY a.attnum
"""
_TABLE = """
SELECT c.oid, c.relkind::text,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid)
       OR EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND (i.indisunique OR i.indexprs IS NOT NULL))
       OR EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
       OR c.relrowsecurity, row_security_active(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = %s
"""
_PARTITIONS = "SELECT relid::oid FROM pg_partition_tree(%s::oid::regclass)"
# By oids, so that each part finds its few rows by an index, however large the catalogue is.
_USERS_CODE = """
SELECT EXISTS (SELECT FROM pg_class r WHERE r.oid = ANY (%(oids)s::oid[]) AND (r.relhasrules OR r.relrowsecurity))
    OR EXISTS (SELECT FROM pg_trigger g LEFT JOIN pg_constraint k ON k.oid = g.tgconstraint
               WHERE g.tgrelid = ANY (%(oids)s::oid[]) AND (NOT g.tgisinternal OR k.confrelid = g.tgrelid))
    OR EXISTS (SELECT FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
               WHERE a.attrelid = ANY (%(oids)s::oid[]) AND a.attnum > 0 AND NOT a.attisdropped
                 AND t.typnamespace <> 'pg_catalog'::regnamespace)
    OR EXISTS (SELECT FROM (
                 SELECT 'pg_class'::regclass, unnest(%(oids)s::oid[])
                 UNION ALL SELECT 'pg_class'::regclass, i.indexrelid FROM pg_index i
                           WHERE i.indrelid = ANY (%(oids)s::oid[])
                 UNION ALL SELECT 'pg_constraint'::regclass, k.oid FROM pg_constraint k
                           WHERE k.conrelid = ANY (%(oids)s::oid[])
                 UNION ALL SELECT 'pg_attrdef'::regclass, f.oid FROM pg_attrdef f
                           WHERE f.adrelid = ANY (%(oids)s::oid[])) part (class, id)
               JOIN pg_depend d ON d.classid = part.class AND d.objid = part.id
               WHERE d.refclassid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_opclass'::regclass))
"""


def find_table(cursor: psycopg.Cursor[Any], name: TableName) -> TargetTable | None:
    """Look a table up; None when there is nothing of that name.

    Raises:
        UserError: ``not-a-table`` when the name is taken by a view, an index or the like.
    """
    found = cursor.execute(_TABLE, (name.schema, name.name)).fetchone()
    if found is None:
        return None
    oid, kind, guarded, secured = found
    guarded = guarded or kind == "p"  # a row may fit none of the partitions
    if kind not in ("r", "p"):
        raise UserError.of(
            "not-a-table",
            f"{name} is not a table, so nothing can be loaded into it.",
            "Choose another name with --table.",
        )
    users_code = _has_users_code(cursor, oid, kind)
    columns = []
    doubtful = False
    for column, type_name, declared, base, not_null, filled, generated, identity, limited, *equals in cursor.execute(
        _COLUMNS, {"oid": oid}
    ):
        guarded = guarded or not_null or limited
        doubtful = doubtful or type_name not in _TAKES_ALL
        columns.append(
            TargetColumn(
                name=column,
                type_name=type_name,
                declared=declared,
                pg_type=_CONVERTED_AS.get(type_name, PgType.TEXT),
                base=base,
                generated=generated,
                identity=identity,
                required=not_null and not filled,
                equals=(equals[0], equals[1]),
            )
        )
    return TargetTable(oid, tuple(columns), guarded, kind, users_code, secured, doubtful)


def session_zone(cursor: psycopg.Cursor[Any], table: TargetTable) -> str:
    """The session's time zone where a column of the table asks for it, else empty."""
    if all(column.type_name != "timestamptz" for column in table.columns):
        return ""
    return str((cursor.execute("SELECT current_setting('TimeZone')").fetchone() or ("",))[0])


def _has_users_code(cursor: psycopg.Cursor[Any], oid: int, kind: str) -> bool:
    oids = [part for (part,) in cursor.execute(_PARTITIONS, (oid,))] if kind == "p" else [oid]
    return cursor.execute(_USERS_CODE, {"oids": oids}).fetchone() == (True,)


def default_schema(cursor: psycopg.Cursor[Any]) -> str:
    """``public`` when it can be written to, else the first such schema of the search path.

    Raises:
        UserError: ``no-permission`` when there is none.
    """
    with users_path(cursor):
        (schemas,) = cursor.execute("SELECT pg_catalog.current_schemas(false)::pg_catalog.text[]").fetchone() or ([],)
    query = """
        SELECT s FROM unnest(%s::text[]) WITH ORDINALITY AS x(s, place)
        WHERE to_regnamespace(quote_ident(s)) IS NOT NULL AND has_schema_privilege(s, 'CREATE')
        ORDER BY place LIMIT 1
    """
    found = cursor.execute(query, (["public", *schemas],)).fetchone()
    if found is None:
        raise UserError.of(
            "no-permission",
            "There is no schema in this database in which you may create a table.",
            "Name a schema that you may write to with --schema, or ask for CREATE on one.",
        )
    return str(found[0])


def create_table(
    cursor: psycopg.Cursor[Any], name: TableName, columns: Sequence[tuple[str, PgType]], *, lineage: bool
) -> int:
    """Create the table and give its oid.

    Args:
        cursor: Inside the import's transaction.
        name: What it is to be called.
        columns: Names and types, in order.
        lineage: Whether to add the two columns that tell each row's import and Excel row.
    """
    if len(columns) + 2 * lineage > MAX_COLUMNS - 4:
        raise UserError.of(
            "too-wide",
            f"The table would have {len(columns)} columns; PostgreSQL holds at most {MAX_COLUMNS - 4} beside ours.",
            "Import a part of the columns with --range.",
        )
    parts = [sql.SQL("{} {}").format(sql.Identifier(column), sql.SQL(kind.value)) for column, kind in columns]
    if lineage:
        parts += [
            sql.SQL("{} uuid").format(sql.Identifier(LINEAGE[0])),
            sql.SQL("{} integer").format(sql.Identifier(LINEAGE[1])),
        ]
    cursor.execute(sql.SQL("CREATE TABLE {} ({})").format(name.sql, sql.SQL(", ").join(parts)))
    found = cursor.execute("SELECT to_regclass(%s)::oid", (name.sql.as_string(cursor),)).fetchone()
    if found is None:
        raise UserError.of("table-vanished", f"The table {name} vanished while it was made.", "Try again.")
    return int(found[0])


def comment_columns(cursor: psycopg.Cursor[Any], name: TableName, columns: Iterable[ColumnPlan]) -> None:
    """Keep the workbook's own headers as the columns' comments, in one round trip."""
    parts = [
        sql.SQL("COMMENT ON COLUMN {} IS {}").format(
            sql.Identifier(name.schema, name.name, column.name), sql.Literal(column.source.replace("\0", ""))
        )
        for column in columns
        if column.source
    ]
    # In one round trip; one statement a message all the same.
    with cursor.connection.pipeline():
        for part in parts:
            cursor.execute(part)


def overriding(columns: Iterable[TargetColumn | None]) -> sql.SQL:
    """What an INSERT has to say for values of its own in columns whose values the table makes."""
    return sql.SQL(" OVERRIDING SYSTEM VALUE" if any(c and c.identity for c in columns) else "")


def ensure_schema(connection: psycopg.Connection[Any], schema: str) -> None:
    """Create a schema that was asked for by name, in a transaction of its own; several may try at once."""
    with connection.transaction(), connection.cursor() as cursor:
        if cursor.execute("SELECT to_regnamespace(quote_ident(%s)) IS NOT NULL", (schema,)).fetchone() == (True,):
            return
        key = TableName(schema, "").lock_key("schema")
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashint8extended(%s::bigint, %s::bigint))", (key, lock_salt(cursor))
        )
        create_schema(cursor, schema)


def create_schema(cursor: psycopg.Cursor[Any], schema: str) -> None:
    """Create a schema unless it is there. Called under a lock.

    The catalog is asked by a query first: ``IF NOT EXISTS`` alone may go by what the session knew before it got the
    lock, and then fails on the name that another session has just taken.
    """
    query = "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = %s)"
    if cursor.execute(query, (schema,)).fetchone() == (False,):
        cursor.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))


def page_count(cursor: psycopg.Cursor[Any], oid: int) -> int:
    """How many pages the table has in its file now."""
    size = "SELECT pg_relation_size(%s::oid::regclass) / current_setting('block_size')::bigint"
    (pages,) = cursor.execute(size, (oid,)).fetchone() or (0,)
    return int(pages or 0)


def lock_target(
    cursor: psycopg.Cursor[Any], key: int, *, shared: bool, beat: Callable[[], None], patience: float
) -> None:
    """Take an advisory lock that the transaction holds to its end.

    The lock is asked for again and again instead of waited for, so that a cancel is heard and no deadlock can arise.

    Args:
        cursor: Inside the transaction.
        key: The lock's number.
        shared: Whether others may hold it as well.
        beat: Called while waiting; may raise to give up.
        patience: Seconds after which to give up.

    Raises:
        UserError: ``in-use`` when others hold it for longer than that.
    """
    function = "pg_try_advisory_xact_lock_shared" if shared else "pg_try_advisory_xact_lock"
    statement = sql.SQL("SELECT {}(hashint8extended(%s::bigint, %s::bigint))").format(sql.SQL(function))
    salt = lock_salt(cursor)
    until = time.monotonic() + patience
    pause = _POLL[0]
    while cursor.execute(statement, (key, salt)).fetchone() != (True,):
        if time.monotonic() > until:
            raise UserError.of(
                "table-in-use",
                "Another import has been working on the same table for a long time.",
                "Wait until it has ended, or cancel it, then try again.",
            )
        beat()
        time.sleep(pause)
        pause = min(pause * 1.5, _POLL[1])
