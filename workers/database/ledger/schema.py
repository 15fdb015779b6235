"""The ledger's tables in the target database, made and brought up to date under a lock.

Each step is a list of statements; a database remembers how many of them it has. Steps are never edited, only added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import errors, sql

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('sheetferry.ledger'::text, 0::bigint))"

STEPS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE sheetferry.schema_steps (step integer PRIMARY KEY, applied_at timestamptz NOT NULL"
        " DEFAULT clock_timestamp())",
        """CREATE TABLE sheetferry.imports (
            import_id uuid PRIMARY KEY,
            state text NOT NULL CHECK (state IN ('loaded', 'undone', 'superseded', 'gone')),
            source_file text NOT NULL,
            source_sheet text,
            source_sha256 text,
            content_key text,
            target_oid oid,
            target_table text,
            mode text NOT NULL,
            rows_read bigint NOT NULL DEFAULT 0,
            rows_loaded bigint NOT NULL DEFAULT 0,
            rows_rejected bigint NOT NULL DEFAULT 0,
            rows_skipped bigint NOT NULL DEFAULT 0,
            started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
            committed_at timestamptz,
            app_version text NOT NULL DEFAULT '',
            os_user text NOT NULL DEFAULT '',
            xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
            plan jsonb,
            receipt jsonb,
            ended_at timestamptz,
            ended_by uuid
        )""",
        "CREATE INDEX imports_content ON sheetferry.imports (content_key, target_oid)",
        "CREATE INDEX imports_target ON sheetferry.imports (target_oid, committed_at)",
        "CREATE INDEX imports_committed ON sheetferry.imports (committed_at)",
        """CREATE TABLE sheetferry.rejects (
            import_id uuid NOT NULL REFERENCES sheetferry.imports ON DELETE CASCADE,
            source_row integer,
            source_cell text,
            value text,
            reason text NOT NULL,
            row jsonb
        )""",
        "CREATE INDEX rejects_import ON sheetferry.rejects (import_id, source_row)",
        "COMMENT ON SCHEMA sheetferry IS 'What Sheetferry imported into this database'",
        "COMMENT ON COLUMN sheetferry.imports.committed_at IS 'Time of the last statement before the commit'",
        "COMMENT ON COLUMN sheetferry.imports.ended_by IS 'The import that replaced this one'",
    ),
)

_READ_RIGHTS = (
    "GRANT USAGE ON SCHEMA sheetferry TO {role}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA sheetferry TO {role}",
)
_WRITE_RIGHTS = (
    "GRANT USAGE ON SCHEMA sheetferry TO {role}",
    "GRANT SELECT, INSERT, UPDATE ON sheetferry.imports TO {role}",
    "GRANT SELECT, INSERT, DELETE ON sheetferry.rejects TO {role}",
    "GRANT SELECT ON sheetferry.schema_steps TO {role}",
    "CREATE SCHEMA IF NOT EXISTS sheetferry_kept",
    "GRANT USAGE, CREATE ON SCHEMA sheetferry_kept TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA sheetferry_kept TO {role}",
)


@dataclass(frozen=True, slots=True)
class LedgerAccess:
    """Whether the ledger can be used by the connected role.

    Attributes:
        available: True when imports can be recorded.
        reason: Why not, one sentence; empty when available.
        statements: What an administrator can run to mend it.
    """

    available: bool
    reason: str = ""
    statements: tuple[str, ...] = ()


def ensure_ledger(connection: psycopg.Connection[Any]) -> LedgerAccess:
    """Make the ledger or bring it up to date, in a short transaction of its own; cheap when it is there.

    Args:
        connection: Not inside a transaction. The role needs CREATE on the database only while there is no ledger.

    Raises:
        psycopg.Error: for anything but a missing right.
    """
    with connection.transaction(), connection.cursor() as cursor:
        if _step(cursor) >= len(STEPS):
            return _check_rights(cursor)
    try:
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(_LOCK)
            _bring_up_to_date(cursor)
    except errors.InsufficientPrivilege:
        with connection.transaction(), connection.cursor() as cursor:
            return _missing_rights(cursor)
    with connection.transaction(), connection.cursor() as cursor:
        return _check_rights(cursor)


def reader_statements(role: str) -> tuple[str, ...]:
    """What an administrator runs to let `role` read the ledger."""
    return _granted(_READ_RIGHTS, role)


def writer_statements(role: str) -> tuple[str, ...]:
    """What an administrator runs to let `role` record imports in a ledger that is there."""
    return _granted(_WRITE_RIGHTS, role)


def _step(cursor: psycopg.Cursor[Any]) -> int:
    """How many steps the database has; 0 without a ledger. Needs no right to read it."""
    cursor.execute(
        "SELECT EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid AND relname = 'schema_steps'),"
        " has_schema_privilege(n.oid, 'USAGE') FROM pg_namespace n WHERE nspname = 'sheetferry'"
    )
    found = cursor.fetchone()
    if found is None or not found[0]:
        return 0
    if not found[1]:
        return len(STEPS)
    cursor.execute("SELECT has_table_privilege('sheetferry.schema_steps', 'SELECT')")
    if cursor.fetchone() != (True,):
        return len(STEPS)
    cursor.execute("SELECT coalesce(max(step), 0) FROM sheetferry.schema_steps")
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _bring_up_to_date(cursor: psycopg.Cursor[Any]) -> None:
    """Run the missing steps. Called under the lock, so another creator has finished or not begun."""
    done = _step(cursor)
    cursor.execute("SELECT FROM pg_namespace WHERE nspname = 'sheetferry'")
    if cursor.fetchone() is None:  # IF NOT EXISTS would ask for a right that a schema's owner may lack
        cursor.execute("CREATE SCHEMA sheetferry")
    for number, statements in enumerate(STEPS[done:], start=done + 1):
        for statement in statements:
            cursor.execute(statement.encode())
        cursor.execute("INSERT INTO sheetferry.schema_steps (step) VALUES (%s)", (number,))


def _check_rights(cursor: psycopg.Cursor[Any]) -> LedgerAccess:
    cursor.execute("SELECT current_user, has_schema_privilege('sheetferry', 'USAGE')")
    role, usage = cursor.fetchone() or ("", False)
    if usage:
        cursor.execute(
            "SELECT bool_and(has_table_privilege('sheetferry.' || t, p)) FROM (VALUES"
            " ('imports', 'SELECT'), ('imports', 'INSERT'), ('imports', 'UPDATE'),"
            " ('rejects', 'SELECT'), ('rejects', 'INSERT')) AS need (t, p)"
        )
        if cursor.fetchone() == (True,):
            return LedgerAccess(True)
    return LedgerAccess(
        False,
        f"The role {role} may not write the ledger in schema sheetferry.",
        writer_statements(role),
    )


def _missing_rights(cursor: psycopg.Cursor[Any]) -> LedgerAccess:
    """What to say when the ledger could not be made or brought up to date."""
    cursor.execute(
        "SELECT current_user, current_database(), EXISTS (SELECT FROM pg_namespace WHERE nspname = 'sheetferry')"
    )
    role, database, exists = cursor.fetchone() or ("", "", False)
    done = _step(cursor)
    if exists and done:
        steps = tuple(statement for step in STEPS[done:] for statement in step)
        return LedgerAccess(
            False, "The ledger in schema sheetferry is of an older version, and its owner is another.", steps
        )
    owner = _granted(("CREATE SCHEMA IF NOT EXISTS sheetferry AUTHORIZATION {role}",), role)
    return LedgerAccess(
        False,
        f"The role {role} may not make the schema sheetferry in the database {database}, where imports are recorded.",
        (*owner, *_granted(("CREATE SCHEMA IF NOT EXISTS sheetferry_kept AUTHORIZATION {role}",), role)),
    )


def _granted(statements: tuple[str, ...], role: str) -> tuple[str, ...]:
    name = sql.Identifier(role).as_string(None)
    return tuple(f"{statement.format(role=name)};" for statement in statements)
