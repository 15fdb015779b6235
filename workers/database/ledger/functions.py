"""What the functions of the ledger consist of, which run with the rights of its owner."""

from __future__ import annotations

SUPERSEDE = """
WITH done AS (
  UPDATE sheetferry.imports AS i SET state = 'superseded', ended_at = clock_timestamp(), ended_by = r.import_id
  FROM sheetferry.imports AS r JOIN pg_roles AS m ON m.rolname = r.made_by
  WHERE r.import_id = replacement AND r.state = 'loaded' AND r.xid = pg_current_xact_id()
    AND i.target_oid = ANY (tables) AND i.state = 'loaded' AND i.import_id <> r.import_id
    AND has_table_privilege(m.oid, i.target_oid, 'DELETE')
  RETURNING 1)
SELECT count(*) FROM done
"""
RESTORE = """
WITH done AS (
  UPDATE sheetferry.imports AS i SET state = 'loaded', ended_at = NULL, ended_by = NULL, target_oid = restored
  FROM sheetferry.imports AS r JOIN pg_roles AS m ON m.rolname = r.made_by
  WHERE r.import_id = undone AND r.state IN ('loaded', 'undone') AND i.ended_by = r.import_id
    AND i.state = 'superseded' AND pg_has_role(session_user, m.oid, 'MEMBER')
    AND has_table_privilege(m.oid, restored, 'INSERT')
  RETURNING 1)
SELECT count(*) FROM done
"""
