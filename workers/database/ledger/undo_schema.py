"""The tables of schema ``sheetferry_kept``: what an undo needs to know of each import."""

from __future__ import annotations

SCHEMA = "sheetferry_kept"
TABLES = ("imports", "row_forms", "row_hashes")

OF_ROLE = (
    "{by} = current_user OR EXISTS (SELECT FROM pg_catalog.pg_roles r WHERE r.rolname = {by}"
    " AND pg_catalog.pg_has_role(current_user, r.oid, 'MEMBER'))"
)
"""A condition: the connected role is the one in column ``by``, or may act for it."""
_OWN = "EXISTS (SELECT FROM sheetferry.imports i WHERE i.import_id = {table}.import_id AND (" + OF_ROLE + "))"

TABLE_STATEMENTS = (
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.imports (import_id uuid PRIMARY KEY, keys text[], made_table boolean)",
    f"ALTER TABLE {SCHEMA}.imports ADD COLUMN IF NOT EXISTS kept_at timestamptz NOT NULL DEFAULT clock_timestamp()",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.row_forms (import_id uuid PRIMARY KEY, numbers smallint[] NOT NULL,"
    " names text[] NOT NULL, types text[] NOT NULL, plain boolean[] NOT NULL, records boolean NOT NULL)",
    f"CREATE TABLE IF NOT EXISTS {SCHEMA}.row_hashes (import_id uuid NOT NULL, places integer[], hashes bigint[])",
    # Hashes do not shrink by compression; trying to costs more than writing them.
    f"ALTER TABLE {SCHEMA}.row_hashes ALTER places SET STORAGE EXTERNAL, ALTER hashes SET STORAGE EXTERNAL",
    f"CREATE INDEX IF NOT EXISTS row_hashes_import ON {SCHEMA}.row_hashes (import_id)",
)


def _guards(table: str) -> tuple[str, ...]:
    own = _OWN.format(table=table, by="i.made_by")
    return (
        f"ALTER TABLE {SCHEMA}.{table} ENABLE ROW LEVEL SECURITY",
        f"DROP POLICY IF EXISTS readable ON {SCHEMA}.{table}",
        f"DROP POLICY IF EXISTS own ON {SCHEMA}.{table}",
        f"CREATE POLICY readable ON {SCHEMA}.{table} FOR SELECT USING (true)",
        f"CREATE POLICY own ON {SCHEMA}.{table} USING ({own}) WITH CHECK ({own})",
    )


GUARD_STATEMENTS = tuple(statement for table in TABLES for statement in _guards(table))
"""Everybody who may write there writes what concerns imports of his own."""
