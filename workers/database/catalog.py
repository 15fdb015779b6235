"""What there is in a target: databases, schemas, tables, columns. For the target picker; every call is short."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from workers.database.engines import PATH_BEFORE
from workers.database.session_settings import SAFE_PATH, behind_the_systems


@dataclass(frozen=True, slots=True)
class SchemaEntry:
    """A schema.

    Attributes:
        writable: Whether we may make tables in it.
    """

    name: str
    writable: bool


@dataclass(frozen=True, slots=True)
class TableEntry:
    """A table that rows can go to.

    Attributes:
        rows: The server's estimate, or None while it has none.
        size: Bytes with indexes.
        insertable: Whether we may insert into it.
        comment: Its comment, or empty.
    """

    schema: str
    name: str
    oid: int
    rows: int | None
    size: int
    insertable: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ColumnEntry:
    """A column of a table.

    Attributes:
        type: As PostgreSQL writes it, such as ``character varying(20)``.
        required: NOT NULL without a default, so an import must fill it.
        generated: Filled by the server alone.
        key: Part of the primary key.
        comment: Its comment; for tables that an import made, the original header.
    """

    name: str
    type: str
    required: bool
    generated: bool
    key: bool
    comment: str = ""


def databases(connection: sa.Connection) -> list[str]:
    """Databases of the server that we may connect to, by name."""
    return list(
        connection.execute(
            sa.text(
                "SELECT datname FROM pg_database WHERE datallowconn AND NOT datistemplate"
                " AND has_database_privilege(datname, 'CONNECT') ORDER BY datname"
            )
        ).scalars()
    )


def schemas(connection: sa.Connection) -> list[SchemaEntry]:
    """Schemas that we may use, those of the system and our own left out; where we may write first."""
    rows = connection.execute(
        sa.text(
            "SELECT nspname, has_schema_privilege(oid, 'CREATE') AS writable FROM pg_namespace"
            " WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'sheetferry', 'sheetferry_kept')"
            " AND has_schema_privilege(oid, 'USAGE') ORDER BY writable DESC, nspname"
        )
    )
    return [SchemaEntry(row.nspname, row.writable) for row in rows]


def default_schema(connection: sa.Connection) -> str | None:
    """``public`` if we may write there, else the first writable schema of the search path, else None."""
    if not connection.in_transaction():
        connection.begin()
    _set_path(connection, behind_the_systems(connection.info[PATH_BEFORE]))
    named = connection.exec_driver_sql("SELECT pg_catalog.current_schemas(false)::pg_catalog.text[]").scalar_one()
    _set_path(connection, SAFE_PATH)
    return connection.execute(
        sa.text(
            "SELECT nspname FROM unnest(cast(:schemas AS name[]))"
            " WITH ORDINALITY AS path (nspname, place) JOIN pg_namespace USING (nspname)"
            " WHERE has_schema_privilege(oid, 'CREATE') ORDER BY place LIMIT 1"
        ),
        {"schemas": ["public", *named]},
    ).scalar_one_or_none()


def _set_path(connection: sa.Connection, path: str) -> None:
    connection.exec_driver_sql("SELECT pg_catalog.set_config('search_path', %s, true)", (path,))


def tables(connection: sa.Connection, schema: str) -> list[TableEntry]:
    """Tables of a schema by name; partitions are left out, their parents are there."""
    rows = connection.execute(
        sa.text(
            "SELECT c.relname, c.oid::bigint AS oid, c.reltuples, pg_total_relation_size(c.oid) AS size,"
            " has_table_privilege(c.oid, 'INSERT') AS insertable,"
            " coalesce(obj_description(c.oid, 'pg_class'), '') AS comment"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = :schema AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname"
        ),
        {"schema": schema},
    )
    return [
        TableEntry(
            schema,
            row.relname,
            row.oid,
            int(row.reltuples) if row.reltuples >= 0 else None,
            row.size,
            row.insertable,
            row.comment,
        )
        for row in rows
    ]


def columns(connection: sa.Connection, schema: str, table: str) -> list[ColumnEntry]:
    """Columns of a table in their order; none when there is no such table."""
    rows = connection.execute(
        sa.text(
            "SELECT a.attname, format_type(a.atttypid, a.atttypmod) AS type,"
            " a.attnotnull AND NOT a.atthasdef AND a.attidentity = '' AS required,"
            " a.attgenerated <> '' OR a.attidentity = 'a' AS generated,"
            " coalesce(a.attnum = ANY (k.conkey), false) AS key,"
            " coalesce(col_description(c.oid, a.attnum), '') AS comment"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " LEFT JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'"
            " WHERE n.nspname = :schema AND c.relname = :table ORDER BY a.attnum"
        ),
        {"schema": schema, "table": table},
    )
    return [ColumnEntry(row.attname, row.type, row.required, row.generated, row.key, row.comment) for row in rows]
