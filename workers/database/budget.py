"""How many connections are ours to take on a server that others use."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from workers.core.sizing import PoolSizes, connection_budget


@dataclass(frozen=True, slots=True)
class ServerConnections:
    """The server's connections at one moment.

    Attributes:
        limit: ``max_connections``.
        reserved: Kept for administrators.
        ours: Sessions of Sheetferry, of every instance and machine.
        others: Everybody else's.
    """

    limit: int
    reserved: int
    ours: int
    others: int


def read_connections(connection: sa.Connection) -> ServerConnections:
    """Ask the server. Sessions of other users are visible to everyone as far as this counts them."""
    # Within one transaction the view would otherwise show the same moment again and again.
    connection.execute(sa.text("SELECT pg_stat_clear_snapshot()"))
    row = connection.execute(
        sa.text(
            "SELECT current_setting('max_connections')::int,"
            " current_setting('superuser_reserved_connections')::int"
            " + coalesce(current_setting('reserved_connections', true), '0')::int,"
            " count(*) FILTER (WHERE application_name LIKE 'sheetferry/%'),"
            " count(*) FILTER (WHERE application_name NOT LIKE 'sheetferry/%')"
            " FROM pg_stat_activity WHERE backend_type = 'client backend'"
            # Without the right to see other users' sessions their kind is NULL.
            " OR backend_type IS NULL AND datid IS NOT NULL"
        )
    ).one()
    return ServerConnections(*map(int, row))


def budget(sizes: PoolSizes, server: ServerConnections) -> int:
    """How many connections all of ours may be at once: see `connection_budget`."""
    return connection_budget(
        sizes, max_connections=server.limit, used_by_others=server.others, reserved=server.reserved
    )
