"""The ledger's tables in the target database, made and brought up to date under a lock.

Each step is a list of statements; a database remembers how many of them it has. Steps are never edited, only added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import errors, sql

from workers.database.ledger.functions import RESTORE, SUPERSEDE
from workers.database.ledger.guard import refuse_foreign_code
from workers.database.ledger.undo_schema import GUARD_STATEMENTS, OF_ROLE, TABLE_STATEMENTS, TABLES

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('sheetferry.ledger'::text, 0::bigint))"

_MINE = OF_ROLE.format(by="made_by")
_MY_REJECTS = (
    "EXISTS (SELECT FROM sheetferry.imports i WHERE i.import_id = rejects.import_id AND ("
    + OF_ROLE.format(by="i.made_by")
    + "))"
)

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
    (
        "ALTER TABLE sheetferry.imports ADD COLUMN made_by name",
        # Who made the first ones is not recorded: whoever kept the rows before it, else the owner of the table.
        "UPDATE sheetferry.imports AS i SET made_by = pg_catalog.pg_get_userbyid(coalesce((SELECT b.relowner"
        " FROM pg_catalog.pg_class AS b JOIN pg_catalog.pg_namespace AS n ON n.oid = b.relnamespace"
        " WHERE n.nspname = 'sheetferry_kept' AND b.relname = 'before_' || replace(i.import_id::text, '-', '')"
        " AND has_table_privilege(b.relowner, c.oid, 'INSERT')), c.relowner))"
        " FROM pg_catalog.pg_class AS c WHERE c.oid = i.target_oid",
        "ALTER TABLE sheetferry.imports ALTER COLUMN made_by SET DEFAULT current_user",
        "COMMENT ON COLUMN sheetferry.imports.made_by IS 'The role that made it and alone may change it'",
        "CREATE TABLE sheetferry.lock_salt AS SELECT hashtextextended(gen_random_uuid()::text, 0::bigint) AS salt",
        # To whoever may use the schema: all who keep this ledger must lock alike.
        "GRANT SELECT ON sheetferry.lock_salt TO public",
        "ALTER TABLE sheetferry.imports ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY readable ON sheetferry.imports FOR SELECT USING (true)",
        "CREATE POLICY made ON sheetferry.imports FOR INSERT WITH CHECK (made_by = current_user)",
        f"CREATE POLICY own ON sheetferry.imports FOR UPDATE USING ({_MINE}) WITH CHECK ({_MINE})",
        "ALTER TABLE sheetferry.rejects ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY readable ON sheetferry.rejects FOR SELECT USING (true)",
        f"CREATE POLICY own ON sheetferry.rejects USING ({_MY_REJECTS}) WITH CHECK ({_MY_REJECTS})",
        # With the ledger's own rights, since a replace ends imports of others as well: of those who could have deleted
        # the rows. The replacement is known by its transaction, which is still open.
        "CREATE FUNCTION sheetferry.supersede(tables oid[], replacement uuid) RETURNS bigint LANGUAGE sql"
        f" SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${SUPERSEDE}$$",
        "CREATE FUNCTION sheetferry.restore(undone uuid, restored oid) RETURNS bigint LANGUAGE sql"
        f" SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $${RESTORE}$$",
    ),
)

_DONE = "INSERT INTO sheetferry.schema_steps (step) VALUES ({step})"
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
    *TABLE_STATEMENTS,
    *GUARD_STATEMENTS,
    "GRANT USAGE, CREATE ON SCHEMA sheetferry_kept TO {role}",
    # Not on all tables: there are copies of rows among them that only their owners may read.
    *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON sheetferry_kept.{table} TO {{role}}" for table in TABLES),
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
        refuse_foreign_code(cursor)
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
        steps = tuple(
            f"{statement};"
            for number, step in enumerate(STEPS[done:], start=done + 1)
            for statement in (*step, _DONE.replace("{step}", str(number)))
        )
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
    return tuple(f"{statement.replace('{role}', name)};" for statement in statements)
