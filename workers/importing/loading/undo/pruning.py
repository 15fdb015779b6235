"""Lets go of what was kept for undos: what is too old, and the oldest while all of it takes too much space."""

from __future__ import annotations

from typing import Any

import psycopg

from workers.importing.loading.undo import undo_log

_ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtextextended('sheetferry.kept.prune'::text, 0::bigint))"
_ANYTHING = """
SELECT EXISTS (SELECT FROM sheetferry_kept.imports WHERE kept_at < now() - make_interval(days => %(days)s))
    OR (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c
        WHERE c.relkind = 'r' AND c.relnamespace = to_regnamespace('sheetferry_kept')) > %(size)s
"""
_GOING = """
WITH space AS (
  SELECT i.import_id, i.kept_at,
         coalesce((SELECT sum(coalesce(pg_column_size(h.places), 0) + pg_column_size(h.hashes))
                   FROM sheetferry_kept.row_hashes h WHERE h.import_id = i.import_id), 0)
         + coalesce(pg_total_relation_size(to_regclass(
             'sheetferry_kept.before_' || replace(i.import_id::text, '-', ''))), 0) AS bytes
  FROM sheetferry_kept.imports i)
SELECT import_id::text FROM (
  SELECT import_id, kept_at, bytes, sum(bytes) OVER (ORDER BY kept_at DESC, import_id) AS so_far FROM space) s
WHERE kept_at < now() - make_interval(days => %(days)s) OR (so_far > %(size)s AND bytes > 0)
"""


def prune(connection: psycopg.Connection[Any], days: int, size: int) -> int:
    """Let go of what is older than `days`, and of the oldest beyond `size` bytes; gives for how many imports.

    Call it outside a transaction. What belongs to another role, or is in use, stays for another time.
    """
    limits = {"days": days, "size": size}
    gone = 0
    with connection.transaction(), connection.cursor() as cursor:
        if cursor.execute(_ANYTHING, limits).fetchone() != (True,):
            return 0
        if cursor.execute(_ONE_AT_A_TIME).fetchone() != (True,):
            return 0
        for (import_id,) in cursor.execute(_GOING, limits).fetchall():
            try:
                with connection.transaction():
                    undo_log.drop_kept(cursor, import_id)
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
                continue
            gone += 1
    return gone
