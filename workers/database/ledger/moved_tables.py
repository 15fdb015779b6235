"""The ledger names tables by their oids, which a dump does not keep: which table was which, and the oids set anew.

The statements are for psycopg2 and psycopg alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Tables: TypeAlias = Mapping[int, tuple[str, str]]
"""Schema and name of each table that imports went to, by its oid."""

NO_TABLE = 0
"""An oid that no table ever has: the table of the import had been dropped."""

_THERE = "SELECT pg_catalog.to_regclass('sheetferry.imports') IS NOT NULL"
_TABLES = (
    "SELECT DISTINCT c.oid::pg_catalog.int8, n.nspname::pg_catalog.text, c.relname::pg_catalog.text"
    " FROM sheetferry.imports i JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) i.target_oid"
    " JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace"
)
# In one statement, so that no new oid is taken for an old one.
_FOLLOW = (
    "UPDATE sheetferry.imports i SET target_oid = coalesce("
    " (SELECT pg_catalog.to_regclass(pg_catalog.format('%%I.%%I', m.space, m.name))::pg_catalog.oid"
    "  FROM ROWS FROM (pg_catalog.unnest(%s::pg_catalog.int8[]), pg_catalog.unnest(%s::pg_catalog.text[]),"
    "  pg_catalog.unnest(%s::pg_catalog.text[])) AS m (old, space, name)"
    "  WHERE m.old OPERATOR(pg_catalog.=) i.target_oid::pg_catalog.int8), 0::pg_catalog.oid)"
    " WHERE i.target_oid IS NOT NULL"
)


def tables_of_imports(cursor: Any) -> dict[int, tuple[str, str]]:
    """Which table is meant by which oid; empty without a ledger."""
    cursor.execute(_THERE)
    if not cursor.fetchone()[0]:
        return {}
    cursor.execute(_TABLES)
    return {int(oid): (schema, name) for oid, schema, name in cursor.fetchall()}


def follow_tables(cursor: Any, tables: Tables) -> None:
    """Set the ledger's oids anew in a database that was restored from a dump.

    Args:
        cursor: In the restored database.
        tables: What `tables_of_imports` said in the former one. An oid that is not there is of a table that was
            dropped, and becomes one that no table has.
    """
    cursor.execute(_THERE)
    if cursor.fetchone()[0]:
        oids = list(tables)
        schemas, names = [tables[oid][0] for oid in oids], [tables[oid][1] for oid in oids]
        cursor.execute(_FOLLOW, (oids, schemas, names))
