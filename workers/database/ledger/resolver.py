"""Finds out what became of a transaction whose worker has died.

A worker can die while its COMMIT is under way, and the rows may appear seconds later. So the server process is ended
first, and only it: pid, start time and application name must all match. Then the transaction's status becomes final,
and only then the ledger is read. The ledger's row is the proof; the status alone is believed only for an import that
writes no ledger, since a server that crashed may give the same transaction number to somebody else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Literal, LiteralString, TypeAlias

import psycopg
from psycopg import errors

from workers.core.model.errors import SheetferryError
from workers.core.model.outcome_json import outcome_from_json
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, Target
from workers.database.engines import connect_bulk
from workers.database.ledger.guard import refuse_foreign_code

Verdict: TypeAlias = Literal["committed", "rolled_back", "unknown"]

PATIENCE_SECONDS = 15.0
_LOOK_SECONDS = 0.02
_LASTING = frozenset({"wrong-password", "no-such-database", "no-permission", "ssl", "server-too-old", "ledger-altered"})
_RECONNECT_SECONDS = 0.25
# All three: a number is used again, and behind a connection broker the same process works for one client after another.
_SESSION: LiteralString = (
    "FROM pg_stat_activity WHERE pid = %s AND application_name = %s AND backend_start = %s::timestamptz"
)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What the database says about a transaction.

    Attributes:
        outcome: The ledger's receipt of the import in question when it was committed and recorded.
        outcomes: Receipts of every import of that transaction (several with ``--atomic``).
        reason: Why it is unknown, one sentence; else empty.
    """

    verdict: Verdict
    outcome: ImportOutcome | None = None
    outcomes: tuple[ImportOutcome, ...] = ()
    reason: str = ""


def settle(
    target: Target,
    started: BackendStarted,
    patience: float = PATIENCE_SECONDS,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Settlement:
    """End the dead worker's server process and read the truth. Never raises for a database that does not answer.

    Args:
        target: The database.
        started: What the worker reported before its first row.
        patience: Seconds after which the answer is ``unknown``; a server that is restarting is waited for.
        clock: Steady clock.
        sleep: Pause between two looks.
    """
    return _ask(
        target, patience, clock, sleep, lambda connection, by: _settle_on(connection, started, by, clock, sleep)
    )


def settle_unreported(
    target: Target,
    application: str,
    import_ids: Collection[str],
    patience: float = PATIENCE_SECONDS,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Settlement:
    """Settle what a dead program may have begun without having kept which server process worked for it.

    Sessions of that application name are ended first; then the ledger says which of the imports were committed. An
    import without ledger cannot be found so and counts as rolled back.

    Args:
        target: The database.
        application: As in ``pg_stat_activity``, made from the job's id.
        import_ids: Ids that imports of the job may have.
        patience: Seconds after which the answer is ``unknown``.
        clock: Steady clock.
        sleep: Pause between two looks.
    """

    def ask(connection: psycopg.Connection[Any], deadline: float) -> Settlement:
        _one(
            connection,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = %s AND pid <> pg_backend_pid()",
            (application,),
        )
        while _sessions(connection, application):
            if clock() >= deadline:
                return Settlement("unknown", reason="The import cannot be settled yet: its server process still works.")
            sleep(_LOOK_SECONDS)
        rows = _ledger_rows(connection, import_ids)
        outcomes = tuple(outcome for _, receipt in rows if (outcome := _outcome(receipt)))
        return Settlement("committed" if outcomes else "rolled_back", outcomes=outcomes)

    return _ask(target, patience, clock, sleep, ask)


def _ask(
    target: Target,
    patience: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
    question: Callable[[psycopg.Connection[Any], float], Settlement],
) -> Settlement:
    """Put the question to the server, again and again while it does not answer and there is patience left."""
    deadline = clock() + patience
    while True:
        try:
            # Read only: a server that was made a stand-by meanwhile tells the truth as well.
            with connect_bulk(target, "settler", read_only=True) as connection:
                return question(connection, deadline)
        except SheetferryError as error:
            reason = error.info.message
            if error.info.kind in _LASTING:
                return Settlement("unknown", reason=reason)
        except psycopg.Error as error:
            reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if clock() + _RECONNECT_SECONDS >= deadline:
            return Settlement("unknown", reason=reason)
        sleep(_RECONNECT_SECONDS)


def _one(connection: psycopg.Connection[Any], query: LiteralString, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The first row. In a transaction of its own, since within one the server's sessions are seen only once."""
    with connection.transaction():
        return connection.execute(query, values).fetchone()


def _sessions(connection: psycopg.Connection[Any], application: str) -> int:
    row = _one(connection, "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", (application,))
    return int(row[0]) if row else 0


def terminate_backend(connection: psycopg.Connection[Any], started: BackendStarted) -> bool:
    """End that server process if it is still the same one; False when it is gone or is another."""
    row = _one(connection, f"SELECT pg_terminate_backend(pid) {_SESSION}", _session(started))
    return row is not None and bool(row[0])


def _session(started: BackendStarted) -> tuple[int, str, str]:
    return started.pid, started.application_name, started.backend_start


def _settle_on(
    connection: psycopg.Connection[Any],
    started: BackendStarted,
    deadline: float,
    clock: Callable[[], float],
    sleep: Callable[[float], None],
) -> Settlement:
    terminate_backend(connection, started)
    while (alive := _lives(connection, started)) or (status := _status(connection, started.xid)) == "in progress":
        if clock() >= deadline:
            what = "its server process still works" if alive else "its transaction is still open"
            return Settlement("unknown", reason=f"The import cannot be settled yet: {what}.")
        sleep(_LOOK_SECONDS)
    if started.ledger:
        return _from_ledger(connection, started)
    return Settlement("committed" if status == "committed" else "rolled_back")


def _lives(connection: psycopg.Connection[Any], started: BackendStarted) -> bool:
    row = _one(connection, f"SELECT count(*) {_SESSION}", _session(started))
    return row is not None and row[0] > 0


def _status(connection: psycopg.Connection[Any], xid: str) -> str | None:
    """``committed``, ``aborted``, ``in progress``, or None when the server no longer knows (or never knew) it."""
    if not xid:
        return None
    try:
        row = _one(connection, "SELECT pg_xact_status(%s::xid8)", (xid,))
    except errors.InvalidParameterValue:
        # A number in the future: the server crashed and lost the transaction together with its number.
        return "aborted"
    return row[0] if row else None


def _from_ledger(connection: psycopg.Connection[Any], started: BackendStarted) -> Settlement:
    rows = _ledger_rows(connection, [started.import_id])
    if not rows:
        return Settlement("rolled_back")
    outcomes = {import_id: outcome for import_id, receipt in rows if (outcome := _outcome(receipt))}
    return Settlement("committed", outcomes.get(started.import_id), tuple(outcomes.values()))


def _ledger_rows(connection: psycopg.Connection[Any], import_ids: Collection[str]) -> list[tuple[str, Any]]:
    """The imports' rows and those that were committed together with them; none for what was not committed."""
    try:
        with connection.transaction(), connection.cursor() as cursor:
            refuse_foreign_code(cursor)
            return cursor.execute(
                "SELECT i.import_id::text, i.receipt FROM sheetferry.imports AS i WHERE EXISTS"
                " (SELECT FROM sheetferry.imports AS o WHERE o.import_id = ANY(%s::uuid[]) AND o.xid = i.xid"
                " AND o.made_by IS NOT DISTINCT FROM i.made_by) ORDER BY i.committed_at",
                (list(import_ids),),
            ).fetchall()
    except errors.UndefinedColumn:
        # The first version's ledger, which no import has brought up to date: then none of these was committed.
        return []
    except (errors.UndefinedTable, errors.InvalidSchemaName):
        # The ledger was made in a transaction that did not come to its end either, or was dropped by hand.
        return []


def _outcome(receipt: Any) -> ImportOutcome | None:
    try:
        return outcome_from_json(receipt)
    except ValueError:
        return None
