"""How many connections are ours to take on a server that others use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import psycopg

from workers.core.jobs.connection_budget import ServerConnections
from workers.core.jobs.pool_sizes import PoolSizes, connection_budget
from workers.core.model.tasks import Target
from workers.database.engines import connect_bulk
from workers.database.explain import explain

if TYPE_CHECKING:
    import sqlalchemy as sa

# Within one transaction the view would otherwise show the same moment again and again.
_FRESH = "SELECT pg_stat_clear_snapshot(), set_config('statement_timeout', '5000', true)"
# Limits of a role and of a database do not hold for superusers. starts_with: a per cent sign would need two writings.
_COUNT = """
WITH seen AS (
    SELECT application_name AS name, starts_with(application_name, 'sheetferry/') AS ours, usesysid, datid
    FROM pg_stat_activity
    -- Without the right to see other users' sessions their kind is NULL.
    WHERE backend_type = 'client backend' OR backend_type IS NULL AND datid IS NOT NULL
)
SELECT current_setting('max_connections')::int,
       current_setting('superuser_reserved_connections')::int
           + coalesce(current_setting('reserved_connections', true), '0')::int,
       count(*) FILTER (WHERE ours),
       count(*) FILTER (WHERE NOT ours),
       coalesce(array_agg(name) FILTER (WHERE ours), '{}'),
       (SELECT least(nullif(r.rolconnlimit, -1) - (SELECT count(*) FROM seen WHERE usesysid = r.oid),
                     nullif(d.datconnlimit, -1) - (SELECT count(*) FROM seen WHERE datid = d.oid))
          FROM pg_roles r, pg_database d
         WHERE r.rolname = current_user AND NOT r.rolsuper AND d.datname = current_database())
FROM seen
"""


def count_connections(target: Target, role: str = "budget") -> ServerConnections:
    """Ask the server through a connection of its own, which is closed again. Blocks for some seconds at most.

    Raises:
        SheetferryError: ``too-many-connections`` when the server has none left, and others as `connect_bulk`.
    """
    connection = connect_bulk(target, role, read_only=True)
    try:
        return count_by(connection)
    except psycopg.Error as error:
        raise explain(error, target) from error
    finally:
        connection.close()


def count_by(connection: psycopg.Connection[Any]) -> ServerConnections:
    """Ask the server through this connection, which itself is counted."""
    with connection.transaction():
        connection.execute(_FRESH)
        return _figures(connection.execute(_COUNT).fetchone())


def read_connections(connection: sa.Connection) -> ServerConnections:
    """Ask the server. Sessions of other users are visible to everyone as far as this counts them."""
    connection.exec_driver_sql(_FRESH)
    return _figures(connection.exec_driver_sql(_COUNT).one())


def budget(sizes: PoolSizes, server: ServerConnections) -> int:
    """How many connections all of ours may be at once: see `connection_budget`."""
    return connection_budget(
        sizes, max_connections=server.limit, used_by_others=server.others, reserved=server.reserved
    )


def _figures(row: Any) -> ServerConnections:
    limit, reserved, ours, others, names, room = row
    return ServerConnections(limit, reserved, ours, others, tuple(names), None if room is None else max(0, room))
