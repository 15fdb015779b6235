"""The role that queries have on the built-in server: it logs in by itself, reads everything and does nothing else.

After ``SET ROLE`` from a superuser's session a query could take the superuser's rights back; a session that logged in
as another role cannot. What every role may do by a function, such as ending sessions of its own, taking advisory locks
or writing messages into the log of changes, is revoked in the databases of that server.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import closing
from dataclasses import replace
from typing import Any

import psycopg
from psycopg import sql

from workers.core.model.errors import EnvironmentFailure
from workers.core.model.tasks import Secret, Target
from workers.database.engines import connect_bulk

READER = "sheetferry_reader"

REVOKED = (
    r"^(pg_(try_)?advisory_.*|pg_(terminate|cancel)_backend|pg_notify|pg_logical_emit_message|pg_export_snapshot"
    r"|pg_(create|copy|drop|sync)_.*slots?|pg_logical_slot_.*|pg_replication_slot_advance"
    r"|lo_(creat|create|from_bytea|put|truncate|truncate64|unlink|import|export)|lowrite"
    r"|brin_(de)?summarize_.*|gin_clean_pending_list|pg_(clear|restore)_.*_stats|pg_import_system_collations"
    r"|pg_nextoid|pg_stop_making_pinned_objects|binary_upgrade_.*|dblink.*)$"
)
"""Functions, by name, that do something besides reading and that every role may call unless that is revoked."""

_OPEN_FUNCTIONS = """
SELECT p.oid::pg_catalog.regprocedure::pg_catalog.text
FROM pg_catalog.pg_proc AS p
WHERE p.proname OPERATOR(pg_catalog.~) %s
  AND pg_catalog.has_function_privilege(%s, p.oid, 'EXECUTE')
"""
_SETUP_LOCK = 7_350_221_480_113_001


def reader_target(target: Target) -> Target:
    """How the reader logs in; its password follows from the superuser's, so nothing else has to be kept."""
    return replace(target, user=READER, password=_password(target))


def prepare_reader(target: Target) -> None:
    """Make the role, give it its password, and revoke in this database what it must not do.

    Raises:
        EnvironmentFailure: when that cannot be done; then nothing is run.
    """
    with closing(connect_bulk(target, "query-setup")) as connection, connection.transaction():
        connection.execute("SELECT pg_catalog.pg_advisory_xact_lock(%s)", (_SETUP_LOCK,))
        _make_role(connection, target)
        for (function,) in connection.execute(_OPEN_FUNCTIONS, (REVOKED, READER)).fetchall():
            # The name comes from regprocedure, which quotes what has to be quoted.
            revoke = sql.SQL("REVOKE EXECUTE ON FUNCTION {} FROM PUBLIC").format(sql.SQL(function))
            connection.execute(revoke)


def open_functions(connection: psycopg.Connection[Any]) -> list[str]:
    """Functions that the present role could still call and should not."""
    rows = connection.execute(_OPEN_FUNCTIONS, (REVOKED, connection.info.user)).fetchall()
    return [str(name) for (name,) in rows]


def _make_role(connection: psycopg.Connection[Any], target: Target) -> None:
    name = sql.Identifier(READER)
    there = connection.execute("SELECT FROM pg_catalog.pg_roles WHERE rolname = %s", (READER,)).fetchone()
    if there is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(name))
    verifier = connection.pgconn.encrypt_password(
        _password(target).reveal().encode(), READER.encode(), b"scram-sha-256"
    ).decode()
    connection.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS INHERIT PASSWORD {}"
        ).format(name, sql.Literal(verifier))
    )
    connection.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(name))
    connection.execute(sql.SQL("GRANT pg_read_all_data TO {}").format(name))


def _password(target: Target) -> Secret:
    if target.password is None:
        raise EnvironmentFailure.of("wrong-password", "The built-in server's password is not known.", None)
    return Secret(hmac.new(target.password.reveal().encode(), READER.encode(), hashlib.sha256).hexdigest())
