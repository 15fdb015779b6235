"""Reads the target database: sessions, locks and size through one short statement, and our own pool of connections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from workers.core.jobs.pool_sizes import PoolSizes
from workers.core.metrics.samples import DatabaseSample, DatabaseState
from workers.core.model.tasks import Target
from workers.database.explain import explain

_STATEMENT_MS = 1500
_SIZE_SECONDS = 60.0
_HIDDEN = "not visible"
_STATES = ("active", "idle", "idle in transaction", "idle in transaction (aborted)", "fastpath function call")

# Sessions of others have neither backend_type nor state for a role without pg_read_all_stats.
_SESSIONS = sa.text("""
SELECT coalesce(state, :hidden) AS state,
       count(*) AS sessions,
       max(extract(epoch FROM clock_timestamp() - xact_start)) FILTER (WHERE pid <> pg_backend_pid()) AS oldest,
       count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting
FROM pg_stat_activity
WHERE backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL)
GROUP BY 1
""")
_SERVER = sa.text("""
SELECT current_setting('max_connections')::int AS max_connections,
       pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS sees_all,
       CASE WHEN :with_size AND has_database_privilege(current_database(), 'CONNECT')
            THEN pg_database_size(current_database()) END AS size
""")


@dataclass(frozen=True, slots=True)
class WatchedDatabase:
    """An engine and the target it leads to.

    Attributes:
        sizes: Our whole pool, of which the engine has a share; None when the engine has it all.
    """

    engine: sa.Engine
    target: Target
    sizes: PoolSizes | None = None


class DatabaseReader:
    """Blocks for at most a few seconds: run it on an I/O thread, one call at a time."""

    def __init__(
        self,
        source: Callable[[], WatchedDatabase | None],
        *,
        clock: Callable[[], float],
        busy_workers: Callable[[], int] = lambda: 0,
    ) -> None:
        """Read what `source` gives at each call.

        Args:
            source: The engine in use, or None while no database is asked for.
            clock: Monotonic seconds.
            busy_workers: Connections that workers hold.
        """
        self._source = source
        self._clock = clock
        self._busy_workers = busy_workers
        self._size: int | None = None
        self._size_due = float("-inf")
        self._watched: sa.Engine | None = None

    def read(self) -> DatabaseSample:
        """The database now; one that does not answer is a state, not an error."""
        watched = self._source()
        if watched is None:
            return DatabaseSample()
        if watched.engine is not self._watched:
            self._watched, self._size, self._size_due = watched.engine, None, float("-inf")
        sample = self._read_pool(watched)
        try:
            return self._read_server(watched.engine, sample)
        except sa.exc.TimeoutError:
            note = "All connections of our pool are in use; the server could not be asked."
            return replace(sample, state=DatabaseState.LOST, note=note)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            return replace(sample, state=DatabaseState.LOST, note=explain(error, watched.target).info.message)

    def _read_pool(self, watched: WatchedDatabase) -> DatabaseSample:
        pool: Any = watched.engine.pool
        target = watched.target
        name = target.label or f"{target.dbname} on {target.host}"
        if not isinstance(pool, QueuePool):
            return DatabaseSample(name=name)
        sizes = watched.sizes or PoolSizes(pool.size(), max(0, pool._max_overflow))
        workers = self._busy_workers()
        return DatabaseSample(
            name=name,
            pool_size=sizes.size,
            max_overflow=sizes.overflow,
            checked_out=pool.checkedout() + workers,
            overflow=max(0, pool.checkedin() + pool.checkedout() + workers - sizes.size),
        )

    def _read_server(self, engine: sa.Engine, sample: DatabaseSample) -> DatabaseSample:
        with_size = self._clock() >= self._size_due
        with engine.connect() as connection, connection.begin():
            connection.execute(sa.text(f"SET LOCAL statement_timeout = {_STATEMENT_MS}"))
            server = connection.execute(_SERVER, {"with_size": with_size}).one()
            rows = connection.execute(_SESSIONS, {"hidden": _HIDDEN}).all()
        if with_size:
            self._size, self._size_due = server.size, self._clock() + _SIZE_SECONDS
        counts = {row.state: row.sessions for row in rows}
        oldest = [float(row.oldest) for row in rows if row.oldest is not None]
        return replace(
            sample,
            state=DatabaseState.CONNECTED,
            note="" if server.sees_all else _permission_note(counts),
            server_connections=sum(counts.values()),
            max_connections=server.max_connections,
            by_state=tuple((state, counts[state]) for state in (*_STATES, _HIDDEN) if state in counts),
            longest_transaction=max(oldest, default=0.0),
            lock_waits=sum(row.waiting for row in rows),
            database_size=self._size,
        )


def _permission_note(counts: dict[str, int]) -> str:
    hidden = counts.get(_HIDDEN, 0)
    if not hidden:
        return ""
    return (
        f"The state of {hidden} sessions of others may not be seen by this role. "
        "An administrator can allow it: GRANT pg_read_all_stats TO the role."
    )
