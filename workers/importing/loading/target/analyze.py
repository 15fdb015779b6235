"""PostgreSQL's own figures about a table, renewed after a load so that the planner knows the new rows."""

from __future__ import annotations

import psycopg
from psycopg import sql

from workers.importing.loading.import_task import Job
from workers.importing.loading.target.target_table import TableName

_GROWTH = 4.0
_GROWTH_UNATTENDED = 1.5
"""A table is looked at anew when it has grown to so many times its size. The planner scales what it knows by the
table's size, and autovacuum, where it is on, sees to smaller changes within a minute: looking after each of forty files
cost more than loading them."""

_PAGES = """
SELECT relpages, pg_relation_size(oid) / current_setting('block_size')::bigint,
       current_setting('autovacuum')::boolean AND current_setting('track_counts')::boolean
       AND coalesce(array_to_string(reloptions, ' ') !~* 'autovacuum_enabled=(false|off|no|0|f|n)', true)
FROM pg_class WHERE oid = %s
"""


def analyze(job: Job, table: TableName, oid: int) -> None:
    """Let the planner know the new rows. Failing to do so harms nothing, the server will see to it itself."""
    if job.nested or job.connection.closed:
        return
    try:
        with job.connection.transaction(), job.connection.cursor() as cursor:
            cursor.execute(_PAGES, (oid,))
            known, now, attended = cursor.fetchone() or (0, 0, True)
            if now >= known * (_GROWTH if attended else _GROWTH_UNATTENDED):
                # A neighbour that is at it already does it for both.
                cursor.execute(sql.SQL("ANALYZE (SKIP_LOCKED) {}").format(table.sql))
    except psycopg.Error:
        return
