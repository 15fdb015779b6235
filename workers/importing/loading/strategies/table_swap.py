"""Replace by a swap: a successor is filled beside the table and takes its name, and the table itself is what is kept.

Nothing is deleted and nothing copied, so this is the quick way. It is taken only where it cannot be told from the slow
one: nothing but the table's own indexes and constraints may depend on it, no reader may hold an older snapshot (it
would find the successor empty), and the role must own the table. Owner, grants, comments, defaults, indexes and
constraints of the successor are the table's own, by the same names.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from workers.importing.loading.target.target_table import TableName
from workers.importing.loading.undo import undo_log

_PLAIN = """
SELECT c.relkind = 'r' AND NOT c.relispartition AND NOT c.relhassubclass AND NOT c.relrowsecurity
   AND NOT c.relforcerowsecurity AND NOT c.relhasrules AND c.reltablespace = 0 AND c.relreplident = 'd'
   AND c.relpersistence = 'p' AND c.reloptions IS NULL
   AND c.relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
   AND has_schema_privilege(c.relnamespace, 'CREATE')
   AND (SELECT amname FROM pg_am WHERE oid = c.relam) = current_setting('default_table_access_method')
   AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid)
   AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid)
   AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
   AND NOT EXISTS (SELECT FROM pg_seclabel s WHERE s.objoid = c.oid)
   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE c.oid IN (k.conrelid, k.confrelid) AND k.contype IN ('f', 't'))
   AND NOT EXISTS (SELECT FROM pg_publication)
   AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                   AND (a.attacl IS NOT NULL OR a.attidentity <> '' OR coalesce(a.attstattarget, -1) >= 0))
   AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid
                   AND (i.indisclustered OR i.indisreplident OR NOT i.indisvalid))
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refobjid = c.reltype AND d.refclassid = 'pg_type'::regclass
                   AND d.deptype = 'n')
   AND NOT EXISTS (
     SELECT FROM pg_depend d LEFT JOIN pg_class o ON d.classid = 'pg_class'::regclass AND o.oid = d.objid
     WHERE d.refobjid = c.oid AND d.refclassid = 'pg_class'::regclass
       AND NOT (d.classid IN ('pg_type'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass)
                OR coalesce(o.relkind, '?') IN ('i', 't')))
FROM pg_class c WHERE c.oid = %s
"""
_OLDER_SNAPSHOTS = """
SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
               AND backend_type = 'client backend' AND (backend_xmin IS NOT NULL OR state IS NULL))
    OR EXISTS (SELECT FROM pg_prepared_xacts WHERE database = current_database())
"""
_INDEXES = """
SELECT c.relname, i.indisunique, i.indisprimary, substring(pg_get_indexdef(i.indexrelid) from ' USING .*$'),
       row_number() OVER (PARTITION BY i.indisunique, i.indisprimary,
                          substring(pg_get_indexdef(i.indexrelid) from ' USING .*$') ORDER BY i.indexrelid)
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = %s
"""
_GRANTS = """
SELECT coalesce(r.rolname, ''), x.privilege_type, x.is_grantable, x.grantor = c.relowner, x.grantee = c.relowner
FROM pg_class c, aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) x
LEFT JOIN pg_roles r ON r.oid = x.grantee WHERE c.oid = %s ORDER BY 1, 2
"""
_COMMENT = "SELECT obj_description(%s, 'pg_class')"


class Swap:
    """One table and its successor."""

    def __init__(self, cursor: psycopg.Cursor[Any], oid: int, table: TableName, import_id: str) -> None:
        """Make the empty successor; see `can_swap`."""
        self._oid, self._table, self._import_id = oid, table, import_id
        self.successor = TableName(table.schema, f"sheetferry_next_{uuid.UUID(import_id).hex}")
        cursor.execute(
            sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(self.successor.sql, table.sql),
        )
        self.oid = _oid_of(cursor, self.successor)

    def carry_out(self, cursor: psycopg.Cursor[Any]) -> bool:
        """Let the filled successor take the table's place; False when that cannot be done now and all is as it was."""
        try:
            with cursor.connection.transaction():
                cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE NOWAIT").format(self._table.sql))
                if not can_swap(cursor, self._oid) or not self._dress(cursor):
                    raise psycopg.Rollback
                self._rename(cursor)
                return True
        except psycopg.errors.LockNotAvailable:
            pass
        cursor.execute(sql.SQL("DROP TABLE {}").format(self.successor.sql))
        return False

    def _dress(self, cursor: psycopg.Cursor[Any]) -> bool:
        """Give the successor the table's grants and comment; False when it would not be the same."""
        wanted = cursor.execute(_GRANTS, (self._oid,)).fetchall()
        if not all(by_owner for _, _, _, by_owner, _ in wanted):
            return False
        for role in {role for role, *_ in cursor.execute(_GRANTS, (self.oid,)).fetchall()}:
            cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(self.successor.sql, _role(role)))
        for role, privilege, grantable, _, own in wanted:
            option = sql.SQL(" WITH GRANT OPTION" if grantable and not own else "")
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}{}").format(sql.SQL(privilege), self.successor.sql, _role(role), option)
            )
        comment = cursor.execute(_COMMENT, (self._oid,)).fetchone()
        if comment and comment[0] is not None:
            said = sql.Literal(comment[0])
            cursor.execute(sql.SQL("COMMENT ON TABLE {} IS {}").format(self.successor.sql, said))
        return cursor.execute(_GRANTS, (self.oid,)).fetchall() == wanted

    def _rename(self, cursor: psycopg.Cursor[Any]) -> None:
        old, new = _indexes(cursor, self._oid), _indexes(cursor, self.oid)
        hexed = uuid.UUID(self._import_id).hex
        before = undo_log.before_name(self._import_id)
        for number, (_, name) in enumerate(old):
            _rename(cursor, "INDEX", TableName(self._table.schema, name), f"i{number}_{hexed}")
        _rename(cursor, "TABLE", self._table, before.name)
        moved = TableName(self._table.schema, before.name)
        cursor.execute(sql.SQL("ALTER TABLE {} SET SCHEMA {}").format(moved.sql, sql.Identifier(before.schema)))
        _rename(cursor, "TABLE", self.successor, self._table.name)
        names = dict(new)
        for like, name in old:
            _rename(cursor, "INDEX", TableName(self._table.schema, names[like]), name)


def can_swap(cursor: psycopg.Cursor[Any], oid: int) -> bool:
    """Whether nobody could tell a swap of this table from a replace of its rows."""
    if cursor.execute(_PLAIN, (oid,)).fetchone() != (True,):
        return False
    return cursor.execute(_OLDER_SNAPSHOTS).fetchone() == (False,)


def _indexes(cursor: psycopg.Cursor[Any], oid: int) -> list[tuple[Sequence[Any], str]]:
    return [(tuple(like), name) for name, *like in cursor.execute(_INDEXES, (oid,)).fetchall()]


def _rename(cursor: psycopg.Cursor[Any], kind: str, thing: TableName, name: str) -> None:
    statement = sql.SQL("ALTER {} {} RENAME TO {}").format(sql.SQL(kind), thing.sql, sql.Identifier(name))
    cursor.execute(statement)


def _role(name: str) -> sql.Composable:
    return sql.Identifier(name) if name else sql.SQL("PUBLIC")


def _oid_of(cursor: psycopg.Cursor[Any], name: TableName) -> int:
    query = "SELECT c.oid FROM pg_class c WHERE c.relname = %s AND c.relnamespace = %s::regnamespace"
    schema = sql.Identifier(name.schema).as_string(cursor)
    (oid,) = cursor.execute(query, (name.name, schema)).fetchone() or (0,)
    return int(oid)
