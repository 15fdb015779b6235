"""Our connections to a target: how many the settings allow, and counting those of its server."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.services.target_holder import same_database
from workers.core.jobs.connection_budget import ConnectionRules, ServerConnections
from workers.core.jobs.pool_sizes import PoolSizes, connection_budget, share_apart
from workers.core.model.tasks import Target
from workers.core.settings.resolve import Settings
from workers.pool.config import Counter, Profile

if TYPE_CHECKING:
    from workers.monitor.database_reader import WatchedDatabase

_WINDOW_APART = 5
_KEPT_OPEN = 2


def pool_sizes(settings: Settings) -> PoolSizes:
    """Size, overflow and patience of our pool of connections, the workers' included."""
    return PoolSizes(
        settings.integer("database.pool_size"),
        settings.integer("database.max_overflow"),
        settings.number("database.pool_timeout"),
    )


def window_role() -> str:
    """What the sessions of this window's engine are called, apart from those of other windows."""
    return f"window-{os.getpid()}"


def _budget_role() -> str:
    return f"budget-{os.getpid()}"


def connection_rules(settings: Settings, profile: Profile) -> ConnectionRules:
    """The rules for jobs: a window keeps some connections for looking at tables, a command one for counting."""
    names = frozenset(f"sheetferry/{role}" for role in (window_role(), _budget_role()))
    return ConnectionRules(pool_sizes(settings), _WINDOW_APART if profile == "window" else 1, names)


def query_connection_rules(settings: Settings) -> ConnectionRules:
    """The rules for queries: one session for each that may run, beside what imports may have."""
    sizes = PoolSizes(settings.integer("queries.workers"), 1, settings.number("database.pool_timeout"))
    names = frozenset(f"sheetferry/{role}" for role in (window_role(), _budget_role()))
    return ConnectionRules(sizes, 1, names, "queries")


def engine_sizes(sizes: PoolSizes, server: ServerConnections | None) -> PoolSizes:
    """What of our pool is the window's engine's own; the rest is for workers.

    Args:
        sizes: All of our pool.
        server: The server's figures, so that on a small or crowded one the engine is small too; None if not known.
    """
    budget = sizes.most
    if server is not None:
        budget = connection_budget(
            sizes, max_connections=server.limit, used_by_others=server.used, reserved=server.reserved
        )
    share = share_apart(budget, _WINDOW_APART)
    kept = min(_KEPT_OPEN, share)
    return PoolSizes(kept, share - kept, sizes.timeout)


def command_counter() -> Counter:
    """Counts a server's connections through one that is opened for it."""

    def count(target: Target) -> ServerConnections:
        # Here, because a command starts its workers before it loads what talks to databases.
        from workers.database.connection_budget import count_connections

        return count_connections(target, _budget_role())

    return count


def window_counter(watched: Callable[[], WatchedDatabase | None]) -> Counter:
    """Counts through the window's engine where the target is the window's own."""
    apart = command_counter()

    def count(target: Target) -> ServerConnections:
        from sqlalchemy.exc import SQLAlchemyError

        from workers.database.connection_budget import read_connections
        from workers.database.explain import explain

        now = watched()
        if now is None or not same_database(target, now.target):
            return apart(target)
        try:
            with now.engine.connect() as connection, connection.begin():
                return read_connections(connection)
        except SQLAlchemyError as error:
            raise explain(error, target) from error

    return count
