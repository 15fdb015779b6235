"""What has to be true after any fault, asked of the database, of the local store and of the operating system."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from workers.core.jobs.snapshots import JobState
from workers.core.model.tasks import Target
from workers.database.local.store import LocalStore

Told = dict[str, Any]
"""One outcome as the program told it: the object of a ``--json`` line."""

_PATIENCE = 60.0
_OURS = "application_name LIKE 'sheetferry/%%' AND pid <> pg_backend_pid()"


def look(target: Target) -> psycopg.Connection[Any]:
    """A connection that is not counted as one of the program's own."""
    connection = psycopg.connect(**{**target.libpq(""), "application_name": "onlooker"}, autocommit=True)
    connection.execute("SET idle_in_transaction_session_timeout = 0")
    return connection


def untruths(target: Target, told: Iterable[Told] = (), *, tables_of_ours: str = "public") -> list[str]:
    """Everything that does not agree: rows with the ledger, the ledger with what was told, sessions and locks left.

    Args:
        target: The database.
        told: Outcomes that the program told; the last one of an import counts.
        tables_of_ours: Schema of which every table was made by the program.
    """
    with look(target) as connection:
        wrong = _left_sessions(connection)
        ledger = _ledger(connection)
        wrong += _rows_against_ledger(connection, ledger, tables_of_ours)
    for line in {line["import_id"]: line for line in told}.values():
        wrong += _told_against_ledger(line, ledger)
    return wrong


def _left_sessions(connection: psycopg.Connection[Any]) -> list[str]:
    """Sessions with an open transaction or a lock; one that is just ending is given a moment."""
    query = (
        f"SELECT a.application_name, a.state, count(l.pid) FROM pg_stat_activity a LEFT JOIN pg_locks l USING (pid)"
        f" WHERE {_OURS} AND (a.state <> 'idle' OR l.pid IS NOT NULL) GROUP BY 1, 2"
    ).replace("%%", "%")
    left: list[tuple[Any, ...]] = []

    def none() -> bool:
        nonlocal left
        left = connection.execute(query.encode()).fetchall()
        return not left

    return [] if until(none) else [f"session {name} is {state} with {locks} locks" for name, state, locks in left]


def _ledger(connection: psycopg.Connection[Any]) -> dict[str, tuple[str, int, int]]:
    """State, table's oid and rows of every import."""
    there = connection.execute("SELECT to_regclass('sheetferry.imports') IS NOT NULL").fetchone()
    if there != (True,):
        return {}
    found = connection.execute("SELECT import_id::text, state, target_oid, rows_loaded FROM sheetferry.imports")
    return {import_id: (state, oid, rows) for import_id, state, oid, rows in found.fetchall()}


def _rows_against_ledger(
    connection: psycopg.Connection[Any], ledger: dict[str, tuple[str, int, int]], schema: str
) -> list[str]:
    wrong = []
    tables = connection.execute(
        "SELECT c.oid, n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE c.relkind = 'r' AND n.nspname = %s",
        (schema,),
    ).fetchall()
    for oid, space, name in tables:
        query = sql.SQL("SELECT _import_id::text, count(*) FROM {} GROUP BY 1").format(sql.Identifier(space, name))
        there = dict(connection.execute(query).fetchall())
        said = {i: rows for i, (state, at, rows) in ledger.items() if at == oid and state == "loaded" and rows}
        if there != said:
            wrong.append(f"table {name} holds {there}, the ledger says {said}")
        if not any(at == oid for _, at, _ in ledger.values()):
            wrong.append(f"table {name} belongs to no import")
    oids = {oid for oid, _, _ in tables}
    wrong += [
        f"import {i} is in force without a table"
        for i, (s, at, _) in ledger.items()
        if s == "loaded" and at not in oids
    ]
    return wrong


def _told_against_ledger(line: Told, ledger: dict[str, tuple[str, int, int]]) -> list[str]:
    state, import_id = line["state"], line["import_id"]
    found = ledger.get(import_id)
    if state == "loaded" and (found is None or found[2] != line["rows_loaded"]):
        return [f"{import_id} was told as loaded with {line['rows_loaded']} rows, the ledger has {found}"]
    if state == "unchanged" and found is None:
        return [f"{import_id} was told as unchanged and is not in the ledger"]
    if state in ("failed", "cancelled") and found is not None:
        return [f"{import_id} was told as {state}, the ledger has {found}"]
    return []


def open_jobs(home: Path) -> list[str]:
    """Jobs of the local store that have not ended."""
    store = LocalStore(home)
    try:
        with store._file.reading() as connection:
            rows = connection.execute("SELECT title, state, owner, backend IS NULL, reason FROM jobs").fetchall()
    finally:
        store.close()
    return [f"the local store has {' '.join(map(str, row))}" for row in rows if not JobState(row[1]).ended]


def processes_of(home: Path) -> list[psutil.Process]:
    """Living processes of programs that run with this home; the server's own and its watcher do not count."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.status() == psutil.STATUS_ZOMBIE or process.environ().get("SHEETFERRY_HOME") != str(home):
                continue
            command = " ".join(process.cmdline())
            if "postgres" not in process.name() and "embedded_watcher" not in command:
                found.append(process)
    return found


def orphans(home: Path) -> list[str]:
    """Processes that outlived their program."""
    left: list[psutil.Process] = []

    def none() -> bool:
        nonlocal left
        left = processes_of(home)
        return not left

    return [] if until(none) else [f"process {p.pid} is left" for p in left]


def until(good: Callable[[], object], seconds: float = _PATIENCE, pause: float = 0.02) -> bool:
    """Look again and again; False when the time is over."""
    end = time.monotonic() + seconds
    while not good():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
