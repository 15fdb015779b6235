"""What to do when another session holds what an import needs: say who it is, wait, and try the import again.

A statement waits for a lock for as long as the session's ``lock_timeout`` says (5 s), a deadlock is broken by the
server at once. In both cases the import's transaction is rolled back and starts anew, a few times.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import Any

import psycopg

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.core.model.plans import Finding
from workers.importing.loading.target.target_table import TableName

CONTENTIONS = (
    psycopg.errors.LockNotAvailable,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.SerializationFailure,
)
"""What others' work at the same time makes fail, and what may go well the next time."""
TRIES = 5
_PAUSE = (0.05, 0.5)

_HOLDERS = """
SELECT DISTINCT a.pid, a.usename, a.application_name, a.state FROM pg_locks l
JOIN pg_stat_activity a ON a.pid = l.pid
JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE l.locktype = 'relation' AND l.granted AND l.pid <> pg_backend_pid() AND n.nspname = %s AND c.relname = %s
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.mode <> 'AccessShareLock' ORDER BY a.pid LIMIT 3
"""


class LockRetry:
    """Bears refusals of one import, as often as makes sense.

    Attributes:
        borne: How often it began anew because of others.
    """

    def __init__(self, connection: psycopg.Connection[Any], table: TableName, tell: Callable[[str], None]) -> None:
        """Prepare; `tell` is given a sentence before each new try and may raise to give up."""
        self._connection = connection
        self._table = table
        self._tell = tell
        self._last = ""
        self.borne = 0

    def backoff(self, error: psycopg.Error) -> None:
        """Wait a little, so that another try makes sense. Call it with the transaction rolled back.

        Raises:
            EnvironmentFailure: ``lock-timeout``, ``deadlock`` or ``conflict`` when that happened too often.
        """
        self.borne += 1
        self._last = self._who()
        if self.borne >= TRIES:
            raise self._given_up(error) from error
        self._tell(f"waiting for a lock on {self._table}{self._last}")
        # Two that ran into each other must not do so again in step.
        time.sleep(random.uniform(*_PAUSE))

    def findings(self) -> tuple[Finding, ...]:
        """What is said of it once the import has gone well."""
        if not self.borne:
            return ()
        times = "once" if self.borne == 1 else f"{self.borne} times"
        message = f"The import began anew {times}, because a lock on {self._table} was needed{self._last}."
        return (Finding("waited-for-lock", message, count=self.borne, severity="info"),)

    def _who(self) -> str:
        with self._connection.transaction():
            found = self._connection.execute(_HOLDERS, (self._table.schema, self._table.name)).fetchall()
        if not found:
            return ""
        return " held by " + " and ".join(_holder(*row) for row in found)

    def _given_up(self, error: psycopg.Error) -> SheetferryError:
        if isinstance(error, psycopg.errors.LockNotAvailable):
            return EnvironmentFailure.of(
                "lock-timeout",
                f"The lock on {self._table}{self._last} was waited for {TRIES} times in vain. Nothing was loaded.",
                "Import again when that program has ended its transaction, or have its session ended.",
                detail=str(error),
            )
        kind = "deadlock" if isinstance(error, psycopg.errors.DeadlockDetected) else "conflict"
        return EnvironmentFailure.of(
            kind,
            f"The import ran into other sessions on {self._table} {TRIES} times{self._last}. Nothing was loaded.",
            "Import again when they are done.",
            detail=str(error),
        )


def _holder(pid: int, user: str, application: str, state: str | None) -> str:
    idle = ", idle in its transaction" if (state or "").startswith("idle in transaction") else ""
    return f"{application or 'a program'} of {user} (process {pid}{idle})"
