"""How a past import was made, gathered from the ledger, this workstation's store and the log file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from app.services.outcome_text import outcome_lines
from widgets.history.history_data import HistoryEntry, PastDetails
from workers.core.model.errors import SheetferryError
from workers.core.model.json_codec import CodecError
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportState
from workers.core.model.plan_file import SavedPlan, named_choices, write_plan
from workers.core.model.tasks import Target
from workers.database.engines import connect_bulk
from workers.database.ledger.history import read_choices
from workers.database.local.store import LocalStore
from workers.pool.durable.job_records import from_record


def past_details(
    target: Target | None, store: LocalStore, read_log: Callable[[str], str], entry: HistoryEntry
) -> PastDetails:
    """The plan and the log of a past import. Reads disk and database: not for the UI thread.

    Args:
        target: The database whose ledger has the choices of what was loaded; None while it is not ready.
        store: Has the choices of what never got there, and what was said on the way.
        read_log: Gives a job's lines of the log file.
        entry: The import.
    """
    import_id = entry.outcome.import_id
    local = store.entry(import_id)
    told = [entry.log or (local.log if local is not None else "")]
    told.append(read_log(local.job_id) if local is not None else "")
    log = "\n".join(part for part in told if part) or _from_receipt(entry)
    options, missing = _choices(target, store, entry, local.job_id if local is not None else "")
    if options is None:
        return PastDetails(plan_missing=missing, log=log)
    return PastDetails(write_plan(SavedPlan(options, PurePath(entry.outcome.file).name, entry.when.date())), "", log)


def _choices(
    target: Target | None, store: LocalStore, entry: HistoryEntry, job_id: str
) -> tuple[ImportOptions | None, str]:
    if target is not None and entry.outcome.state is ImportState.LOADED:
        try:
            with connect_bulk(target, "history", read_only=True) as connection:
                known = read_choices(connection, entry.outcome.import_id)
        except SheetferryError as error:
            return None, error.info.message
        if known is not None:
            return named_choices(known[1].columns, known[0]), ""
    record = store.job(job_id) if job_id else None
    if record is None:
        return None, ""
    try:
        request = from_record(record).request
    except CodecError:
        return None, ""
    plans = request.tables or ()
    plan = next((p for p in plans if p.sheet.name == entry.outcome.sheet), None)
    return (request.options if plan is None else named_choices(plan.columns, request.options)), ""


def _from_receipt(entry: HistoryEntry) -> str:
    """What an import that was made elsewhere, or by a command, says of itself."""
    when = f"{entry.when:%Y-%m-%d %H:%M:%S}"
    first, *rest = outcome_lines(entry.outcome)
    return "\n".join([f"{when}  {first}", *rest])
