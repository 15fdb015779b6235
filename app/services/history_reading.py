"""Past imports from both sides: the target's ledger, and this workstation's record of what never got there."""

from __future__ import annotations

import datetime as dt

from widgets.history.history_data import HistoryEntry
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Target
from workers.database.engines import connect_bulk
from workers.database.ledger.history import HistoryEntry as LedgerEntry
from workers.database.ledger.history import read_history
from workers.database.local.store import LocalHistoryEntry, LocalStore

MOST = 1000


def read_entries(
    target: Target | None, store: LocalStore, *, text: str, state: str, since: dt.datetime | None
) -> tuple[HistoryEntry, ...]:
    """Imports, newest first. Reads disk and database: not for the UI thread.

    Args:
        target: The database whose ledger is read; None while it is not ready.
        store: Failed, cancelled and unchanged imports are only here.
        text: Words that must all occur.
        state: The ledger's word, or empty for any.
        since: Local time of the oldest one wanted.
    """
    ledger: list[LedgerEntry] = []
    if target is not None:
        with connect_bulk(target, "history", read_only=True) as connection:
            ledger = read_history(connection, search=text, limit=MOST)
    known = {entry.import_id for entry in ledger}
    local = [e for e in store.history(text, MOST) if e.outcome.import_id not in known and _only_here(e.outcome)]
    entries = [*map(_of_ledger, ledger), *map(_of_store, local)]
    wanted = [e for e in entries if (not state or e.state == state) and (since is None or e.when >= since)]
    return tuple(sorted(wanted, key=lambda e: e.when, reverse=True))


def _only_here(outcome: ImportOutcome) -> bool:
    """What was loaded stands in a ledger; another database's loaded imports are not this one's history."""
    return outcome.state is not ImportState.LOADED


def _of_ledger(entry: LedgerEntry) -> HistoryEntry:
    outcome = entry.outcome or ImportOutcome(
        entry.import_id,
        entry.source_file,
        entry.source_sheet,
        entry.target_table,
        entry.mode,
        ImportState.LOADED,
        rows_read=entry.rows_read,
        rows_loaded=entry.rows_loaded,
        rows_rejected=entry.rows_rejected,
        rows_skipped=entry.rows_skipped,
    )
    ended = _local(entry.ended_at) if entry.ended_at else None
    note = f"{entry.state} {ended:%Y-%m-%d %H:%M}" if ended else ""
    when = _local(entry.committed_at or entry.started_at)
    return HistoryEntry(outcome, when, entry.os_user, entry.state, note, ended=ended)


def _of_store(entry: LocalHistoryEntry) -> HistoryEntry:
    when = dt.datetime.fromtimestamp(entry.recorded)
    return HistoryEntry(entry.outcome, when, "", entry.outcome.state.value, "", entry.log)


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone().replace(tzinfo=None) if moment.tzinfo else moment
