"""A worker to be killed: begins an import, reports its backend on stdout, and goes on as told.

Arguments: the target's libpq keywords as JSON, the import's id, and what to do: ``copy``, ``commit`` or ``done``.
"""

from __future__ import annotations

import dataclasses
import json
import sys

from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import BackendStarted, Secret, Target
from workers.database.engines import connect_bulk
from workers.database.ledger.ledger import LedgerRow, begin_import, complete_import
from workers.database.ledger.schema import ensure_ledger


def main(keywords: str, import_id: str, action: str) -> None:
    target = Target(**{**json.loads(keywords), "options": ()})
    target = dataclasses.replace(target, password=Secret(target.password or ""))
    connection = connect_bulk(target, f"loader-{import_id[:8]}")
    ensure_ledger(connection)
    with connection.cursor() as cursor:
        begin_import(cursor, LedgerRow(import_id, "a.xlsx", "S", None, "public.t", "append"))
        cursor.execute(
            "SELECT pg_backend_pid(), (SELECT backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()),"
            " pg_current_xact_id()::text, current_setting('application_name')"
        )
        report = cursor.fetchone()
        assert report is not None
        print(json.dumps(dataclasses.asdict(BackendStarted(import_id, *report))), flush=True)
        with cursor.copy("COPY public.t (n) FROM STDIN") as copy:
            for number in range(1000 if action != "copy" else sys.maxsize):
                copy.write_row((number,))
                if number == 500:
                    print("copying", flush=True)
        outcome = ImportOutcome(
            import_id, "a.xlsx", "S", "public.t", "append", ImportState.LOADED, rows_read=1000, rows_loaded=1000
        )
        complete_import(cursor, outcome, target_oid=None, content_key="k")
    print("committing", flush=True)
    connection.commit()
    print("committed", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
