"""The salt of our advisory locks: whoever does not know it cannot take the lock of a table to keep imports out."""

from __future__ import annotations

from typing import Any

import psycopg

from workers.database.sessions import Session

_THERE = """
SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'sheetferry' AND c.relname = 'lock_salt' AND c.relkind = 'r'
"""


def lock_salt(cursor: psycopg.Cursor[Any]) -> int:
    """The salt of this database's ledger; 0 without one, or where the role may not read it and keeps no ledger."""
    connection = cursor.connection
    if isinstance(connection, Session) and connection.lock_salt is not None:
        return connection.lock_salt
    salt = 0
    if cursor.execute(_THERE).fetchone() == (True,):
        row = cursor.execute("SELECT salt FROM sheetferry.lock_salt").fetchone()
        salt = int(row[0]) if row else 0
        if isinstance(connection, Session):
            connection.lock_salt = salt
    return salt
