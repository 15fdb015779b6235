"""Whether ledger and undo data bring code of somebody else's, which would run with the rights of whoever uses them.

A trigger, a rule, or a function in a default, check, index or policy runs as the role that reads or writes the table.
Whoever owns the ledger can add such things; a role that has been granted the rights of our own statements cannot.
"""

from __future__ import annotations

from typing import Any

import psycopg

from workers.core.model.errors import UserError
from workers.database.ledger.functions import RESTORE, SUPERSEDE

# Code of a superuser, or of the connected role, does what it could do anyway.
_TRUSTED = "(SELECT r.oid FROM pg_roles r WHERE r.rolsuper OR r.rolname = current_user)"
_ANY_STRANGER = """
SELECT EXISTS (SELECT FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid
               WHERE n.nspname IN ('sheetferry', 'sheetferry_kept') AND c.relname = ANY (ARRAY['schema_steps',
                     'imports', 'rejects', 'lock_salt', 'row_forms', 'row_hashes']::name[])
                 AND c.relowner NOT IN {trusted})
    OR EXISTS (SELECT FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace WHERE n.nspname = 'sheetferry'
               AND f.proname = ANY (ARRAY['supersede', 'restore']::name[]) AND f.proowner NOT IN {trusted})
""".replace("{trusted}", _TRUSTED)
_FOREIGN = """
WITH ours AS (
  SELECT c.oid, c.relkind, c.relhasrules, c.relhassubclass, format('%%I.%%I', n.nspname, c.relname) AS name
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (n.nspname = 'sheetferry' AND c.relname IN ('schema_steps', 'imports', 'rejects', 'lock_salt')
         OR n.nspname = 'sheetferry_kept' AND c.relname IN ('imports', 'row_forms', 'row_hashes'))
    AND c.relowner NOT IN {trusted}),
parts AS (
  SELECT o.name, o.oid AS part, 'pg_class'::regclass AS class FROM ours o
  UNION ALL SELECT o.name, i.indexrelid, 'pg_class'::regclass FROM ours o JOIN pg_index i ON i.indrelid = o.oid
  UNION ALL SELECT o.name, k.oid, 'pg_constraint'::regclass FROM ours o JOIN pg_constraint k ON k.conrelid = o.oid
  UNION ALL SELECT o.name, f.oid, 'pg_attrdef'::regclass FROM ours o JOIN pg_attrdef f ON f.adrelid = o.oid
  UNION ALL SELECT o.name, p.oid, 'pg_policy'::regclass FROM ours o JOIN pg_policy p ON p.polrelid = o.oid
  UNION ALL SELECT o.name, t.oid, 'pg_trigger'::regclass FROM ours o
            JOIN pg_trigger t ON t.tgrelid = o.oid AND NOT t.tgisinternal)
SELECT o.name FROM ours o WHERE o.relkind <> 'r' OR o.relhasrules OR o.relhassubclass
UNION ALL
SELECT o.name FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type t ON t.oid = a.atttypid WHERE t.typnamespace <> 'pg_catalog'::regnamespace
UNION ALL
SELECT p.name FROM parts p JOIN pg_depend d ON d.objid = p.part AND d.classid = p.class
JOIN pg_proc f ON d.refclassid = 'pg_proc'::regclass AND f.oid = d.refobjid WHERE f.proowner NOT IN {trusted}
UNION ALL
SELECT p.name FROM parts p JOIN pg_depend d ON d.objid = p.part AND d.classid = p.class
JOIN pg_operator f ON d.refclassid = 'pg_operator'::regclass AND f.oid = d.refobjid WHERE f.oprowner NOT IN {trusted}
UNION ALL
SELECT 'function sheetferry.' || f.proname FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
WHERE n.nspname = 'sheetferry' AND f.proname IN ('supersede', 'restore') AND f.proowner NOT IN {trusted}
  AND NOT (f.prosecdef AND f.proconfig = ARRAY['search_path=pg_catalog, pg_temp']
           AND f.prosrc = ANY (%(bodies)s::text[]))
LIMIT 1
""".replace("{trusted}", _TRUSTED)


FOREIGN_CODE: tuple[str, dict[str, list[str]]] = (_FOREIGN, {"bodies": [SUPERSEDE, RESTORE]})
"""A query and its values, for either driver: it names what holds somebody else's code, if anything does."""


def refuse_foreign_code(cursor: psycopg.Cursor[Any]) -> None:
    """Make sure that using ledger and undo data runs nobody else's code. Called in a transaction.

    Raises:
        UserError: ``ledger-altered`` with what does not belong there.
    """
    if cursor.execute(_ANY_STRANGER).fetchone() != (True,):
        return
    found = cursor.execute(*FOREIGN_CODE).fetchone()
    if found is not None:
        raise UserError.of(
            "ledger-altered",
            f"In this database {found[0]} holds code that is not Sheetferry's and would run with your rights.",
            "Have an administrator look at its triggers, rules, defaults and owner before anything else is done.",
        )
