"""Sizes of the connection pool as one value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PoolSizes:
    """Sizes of the engine's connection pool; worked out and checked by the settings.

    Attributes:
        size: Connections kept open.
        overflow: Connections opened beyond that under load and closed after.
        timeout: Seconds that a call waits for a connection.
    """

    size: int = 10
    overflow: int = 10
    timeout: float = 20.0

    @property
    def most(self) -> int:
        """Connections at the very most."""
        return self.size + self.overflow


def connection_budget(sizes: PoolSizes, *, max_connections: int, used_by_others: int, reserved: int = 0) -> int:
    """How many connections we may hold at once, the workers' included, on a server that others use too.

    A tenth of the server's connections, at least five, always stay free for others.

    Args:
        sizes: Our own wish.
        max_connections: What the server allows.
        used_by_others: Sessions of other programs at this moment.
        reserved: Connections that the server keeps for its administrators.

    Returns:
        At least 0; 0 means that we should wait.
    """
    free = max_connections - reserved - used_by_others
    return max(0, min(sizes.most, free - max(5, -(-max_connections // 10))))


def share_apart(budget: int, most: int) -> int:
    """How many connections of a budget are kept for short calls (looks at tables, figures), so that jobs leave room.

    Args:
        budget: All that we may hold on the server.
        most: More than so many are never needed.

    Returns:
        A third of the budget, at least 1.
    """
    return max(1, min(most, budget // 3))
