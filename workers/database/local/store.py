"""This workstation's queue and history, in a SQLite file of the home folder.

Several programs (a window, commands) write to it at once. Each owns its jobs through a lock file that the operating
system holds for it: a job whose owner's lock is free was left behind by a program that is gone.
"""

from __future__ import annotations

import json
import math
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.model.errors import BugError
from workers.core.model.json_codec import CodecError, decode, encode
from workers.core.model.options import Priority
from workers.core.model.outcome_json import outcome_from_json, outcome_to_json
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.shown_text import kept
from workers.core.model.tasks import BackendStarted
from workers.database.embedded.files import home_failure
from workers.database.local.monitor_repository import MonitorRepository
from workers.database.local.queries import QueryRepository
from workers.database.local.tables import LocalFile, insert, select, update
from workers.database.local.templates import TemplateShelf
from workers.system.file_locks import FileLock, is_locked

Surface: TypeAlias = Literal["window", "command"]

_ENDED = json.dumps([state.value for state in JobState if state.ended])
_DAY = 86_400.0
_ORDER = "ORDER BY CASE priority WHEN 'high' THEN 0 WHEN 'normal' THEN 1 ELSE 2 END, position"


@dataclass(frozen=True, slots=True)
class JobRecord:
    """One job as it is kept.

    Attributes:
        request: The request as JSON without secrets (see `outcome_json.request_to_json`).
        details: Further plain values that whoever submits wants back (memory claim, limits, …).
        target: Where the rows go, for people.
        surface: A command's jobs end with it; a window's are resumed by the next window.
        backend: The server process that its worker reported and whose end is not known, to be settled.
        submitted: Unix time.
        ended: Unix time, or None.
    """

    job_id: str
    kind: JobKind
    title: str
    request: dict[str, Any]
    target: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    state: JobState = JobState.WAITING
    reason: str = ""
    priority: Priority = Priority.NORMAL
    attempts: int = 0
    deaths: int = 0
    submitted: float = 0.0
    ended: float | None = None
    backend: BackendStarted | None = None
    surface: Surface = "window"


@dataclass(frozen=True, slots=True)
class LocalHistoryEntry:
    """One import that this workstation made or tried.

    Attributes:
        recorded: Unix time.
        target: The database, for people.
        log: What was said on the way.
    """

    outcome: ImportOutcome
    job_id: str
    recorded: float
    target: str
    log: str


class LocalStore:
    """Queue and history. Thread-safe; every method is one short transaction.

    Attributes:
        set_aside: Where a broken file went when one was found at opening, else None.
        templates: Remembered choices.
        monitor: What the monitor remembers.
        queries: What was asked, and what is being written.

    All methods may raise EnvironmentFailure: ``disk-full``, ``home-not-writable``, ``store-busy``.
    """

    def __init__(self, home: Path, *, clock: Callable[[], float] = time.time) -> None:
        """Open or make the store of the folder `home`."""
        self._instances = home / "instances"
        try:
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._instances.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            raise home_failure(home, error) from error
        self._file = LocalFile(home / "queue.sqlite")
        self.templates = TemplateShelf(self._file)
        self.monitor = MonitorRepository(self._file)
        self.queries = QueryRepository(self._file)
        self._clock = clock
        self._instance: FileLock | None = None
        self._surface: Surface = "window"
        self.set_aside = self._file.set_aside

    def register_instance(self, surface: Surface) -> str:
        """Become an owner of jobs until `close` or the end of the process; returns the owner's id."""
        if self._instance is None:
            lock = FileLock(self._instances / f"{uuid.uuid4().hex}.lock")
            lock.acquire()
            self._instance, self._surface = lock, surface
        return self._instance.path.stem

    def close(self) -> None:
        """Let go of the file; jobs that have not ended count as abandoned from now on."""
        if self._instance is not None:
            self._instance.release()
            self._forget_owner(self._instance.path)
            self._instance = None
        self._file.close()

    def together(self) -> AbstractContextManager[object]:
        """One transaction, and one write to the disk, for all that this thread does within the block."""
        return self._file.writing()

    def put_job(self, record: JobRecord) -> None:
        """Keep a new job of ours, last in its level, or replace the one with its id."""
        self.put_jobs([record])

    def put_jobs(self, records: Iterable[JobRecord]) -> None:
        """Keep many jobs in one go: one write to the disk instead of one each."""
        owner = self._owner()
        with self._file.writing() as connection:
            (position,) = connection.execute("SELECT coalesce(max(position), 0) FROM jobs").fetchone()
            rows = []
            for number, record in enumerate(records, start=position + 1):
                record = replace(record, surface=self._surface, submitted=record.submitted or self._clock())
                rows.append({**_row(record), "owner": owner, "position": number})
            connection.executemany("DELETE FROM jobs WHERE job_id = ?", [(row["job_id"],) for row in rows])
            insert(connection, "jobs", rows)

    def job(self, job_id: str) -> JobRecord | None:
        """The job of that id, whoever owns it."""
        found = self._jobs("job_id = ?", job_id)
        return found[0] if found else None

    def set_state(self, job_id: str, state: JobState, reason: str = "", *, attempts: int | None = None) -> None:
        """The job is now in this state. An end is dated, and its backend forgotten unless it is unknown."""
        values: dict[str, Any] = {"state": state.value, "reason": reason}
        if attempts is not None:
            values["attempts"] = attempts
        values["ended"] = self._clock() if state.ended else None
        if state.ended and state is not JobState.UNKNOWN:
            values["backend"] = None
        self._update(job_id, values)

    def set_backend(self, job_id: str, backend: BackendStarted | None) -> None:
        """The server process that works for the job, or None when its transaction is over."""
        self._update(job_id, {"backend": encode(backend) if backend is not None else None})

    def set_details(self, job_id: str, details: dict[str, Any]) -> None:
        """Replace the plain values that are kept with the job."""
        self._update(job_id, {"details": details})

    def set_deaths(self, job_id: str, deaths: int) -> None:
        """How many workers the job has killed."""
        self._update(job_id, {"deaths": deaths})

    def set_priority(self, job_id: str, priority: Priority) -> None:
        """Move the job to another level, keeping its place by age there."""
        self._update(job_id, {"priority": priority.value})

    def move(self, job_id: str, before: str | None) -> None:
        """Put a waiting job of ours in front of another one, or last; it takes on that one's level."""
        with self._file.writing() as connection:
            waiting = self._ordered(connection, *self._mine(JobState.WAITING))
            moved = next((record for record in waiting if record.job_id == job_id), None)
            if moved is None:
                return
            order = [record for record in waiting if record.job_id != job_id]
            place = next((i for i, record in enumerate(order) if record.job_id == before), len(order))
            if order:
                moved = replace(moved, priority=order[min(place, len(order) - 1)].priority)
            order.insert(place, moved)
            for position, record in enumerate(order, start=1):
                values = {"position": position, "priority": record.priority.value}
                update(connection, "jobs", values, "job_id", record.job_id)

    def waiting_jobs(self) -> list[JobRecord]:
        """Our waiting jobs in the order in which they come."""
        with self._file.reading() as connection:
            return self._ordered(connection, *self._mine(JobState.WAITING))

    def abandoned_jobs(self) -> list[JobRecord]:
        """Jobs whose program is gone and that have not ended truly, in their order: to be adopted and settled."""
        condition = (
            "owner IN (SELECT value FROM json_each(?)) AND"
            " (state NOT IN (SELECT value FROM json_each(?)) OR (state = 'unknown' AND backend IS NOT NULL))"
        )
        with self._file.reading() as connection:
            owners = connection.execute("SELECT DISTINCT owner FROM jobs").fetchall()
            gone = [owner for (owner,) in owners if not self._alive(owner)]
            return self._ordered(connection, condition, json.dumps(gone), _ENDED)

    def adopt(self, job_id: str) -> bool:
        """Become the owner of an abandoned job; False when another program was faster or its owner lives."""
        owner = self._owner()
        with self._file.writing() as connection:
            found = connection.execute("SELECT owner FROM jobs WHERE job_id = ?", (job_id,)).fetchone()
            former = found[0] if found is not None else None
            if former is None or former == owner or self._alive(former):
                return False
            update(connection, "jobs", {"owner": owner, "surface": self._surface}, "job_id", job_id)
            (left,) = connection.execute("SELECT count(*) FROM jobs WHERE owner = ?", (former,)).fetchone()
        if not left:
            self._forget_owner(self._lock_path(former))
        return True

    def remove_job(self, job_id: str) -> None:
        """Forget a job; its outcomes stay in the history."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM jobs WHERE job_id = ?", (job_id,))

    def record_outcome(self, job_id: str, outcome: ImportOutcome, log: str = "", *, target: str = "") -> None:
        """Keep how an import ended; a later outcome of the same import takes the place of the earlier one."""
        row = {
            "import_id": outcome.import_id,
            "job_id": job_id,
            "recorded": self._clock(),
            "target": target,
            "state": outcome.state.value,
            "words": _words(outcome, target),
            "outcome": outcome_to_json(outcome),
            "log": log,
            "archived": False,
        }
        with self._file.writing() as connection:
            connection.execute("DELETE FROM outcomes WHERE import_id = ?", (outcome.import_id,))
            insert(connection, "outcomes", [row])

    def keep_log(self, job_id: str, log: str) -> None:
        """What was said on the way of a job, with all of its imports that have ended."""
        with self._file.writing() as connection:
            update(connection, "outcomes", {"log": log}, "job_id", job_id)

    def entry(self, import_id: str) -> LocalHistoryEntry | None:
        """What is known here of an import, or None."""
        with self._file.reading() as connection:
            rows = select(connection, "SELECT * FROM outcomes WHERE import_id = ?", (import_id,))
        return _entry(rows[0]) if rows else None

    def outcomes_of(self, job_id: str) -> list[ImportOutcome]:
        """The imports of a job that have ended, in that order."""
        with self._file.reading() as connection:
            rows = select(connection, "SELECT * FROM outcomes WHERE job_id = ? ORDER BY recorded", (job_id,))
        return [entry.outcome for entry in map(_entry, rows) if entry]

    def history(
        self, search: str = "", limit: int = 100, offset: int = 0, *, archived: bool = False
    ) -> list[LocalHistoryEntry]:
        """Imports, newest first.

        Args:
            search: Words that must all occur in file, sheet, table, database, state or error; any case.
            limit: How many at most.
            offset: How many to leave out first.
            archived: Whether archived ones are looked at as well.
        """
        statement = (
            "SELECT * FROM outcomes WHERE (? OR NOT archived)"
            " AND NOT EXISTS (SELECT 1 FROM json_each(?) WHERE instr(words, value) = 0)"
            " ORDER BY recorded DESC, import_id LIMIT ? OFFSET ?"
        )
        wanted = json.dumps(kept(search).casefold().split())
        with self._file.reading() as connection:
            rows = select(connection, statement, (archived, wanted, limit, offset))
        return [entry for entry in map(_entry, rows) if entry is not None]

    def archive(self, older_than_days: float = 30, forgotten_after_days: float = math.inf) -> int:
        """Take what ended long ago out of the way: jobs are forgotten, outcomes archived and in the end forgotten.

        Returns:
            How many outcomes were archived.
        """
        before = self._clock() - older_than_days * _DAY
        self._forget_outcomes(self._clock() - forgotten_after_days * _DAY)
        settled = "DELETE FROM jobs WHERE state IN (SELECT value FROM json_each(?)) AND backend IS NULL AND ended < ?"
        with self._file.writing() as connection:
            connection.execute(settled, (_ENDED, before))
            old = "UPDATE outcomes SET archived = 1 WHERE recorded < ? AND NOT archived"
            return connection.execute(old, (before,)).rowcount

    def _forget_outcomes(self, before: float) -> None:
        """Forget what ended before that; the room is given back when it is much, since every start reads the file."""
        kept = "SELECT job_id FROM jobs WHERE NOT (state IN (SELECT value FROM json_each(?)) AND backend IS NULL)"
        with self._file.writing() as connection:
            gone = connection.execute(
                f"DELETE FROM outcomes WHERE recorded < ? AND job_id NOT IN ({kept})",  # noqa: S608 - a text of our own
                (before, _ENDED),
            ).rowcount
        if gone:
            self._file.shrink()

    def _owner(self) -> str:
        if self._instance is None:
            raise BugError.of("not-registered", "The queue was written before register_instance was called.")
        return self._instance.path.stem

    def _mine(self, state: JobState) -> tuple[str, str, str]:
        return "owner = ? AND state = ?", self._owner(), state.value

    def _lock_path(self, owner: str) -> Path:
        return self._instances / f"{owner}.lock"

    def _alive(self, owner: str) -> bool:
        # Locks of one process do not exclude each other everywhere, so our own is known by name.
        own = self._instance.path.stem if self._instance is not None else None
        return owner == own or is_locked(self._lock_path(owner))

    def _forget_owner(self, path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            # Only tidiness is lost: the lock is free, which is what counts.
            return

    def _update(self, job_id: str, values: dict[str, Any]) -> None:
        with self._file.writing() as connection:
            update(connection, "jobs", values, "job_id", job_id)

    def _jobs(self, condition: str, *parameters: str) -> list[JobRecord]:
        with self._file.reading() as connection:
            return self._ordered(connection, condition, *parameters)

    def _ordered(self, connection: sqlite3.Connection, condition: str, *parameters: str) -> list[JobRecord]:
        statement = f"SELECT * FROM jobs WHERE {condition} {_ORDER}"  # noqa: S608 - conditions are constants of ours
        return _records(select(connection, statement, parameters))


def _records(rows: Iterable[Mapping[str, Any]]) -> list[JobRecord]:
    """The records that this version understands."""
    found = []
    for row in rows:
        try:
            found.append(decode(JobRecord, row))
        except CodecError:
            continue
    return found


def _row(record: JobRecord) -> dict[str, Any]:
    # The request and the details are plain values already, and looking through them again takes long.
    row: dict[str, Any] = encode(replace(record, request={}, details={}))
    return row | {"request": record.request, "details": record.details}


def _entry(row: Mapping[str, Any]) -> LocalHistoryEntry | None:
    try:
        outcome = outcome_from_json(row["outcome"])
    except CodecError:
        return None
    return LocalHistoryEntry(outcome, row["job_id"], row["recorded"], row["target"], row["log"])


def _words(outcome: ImportOutcome, target: str) -> str:
    """What a search looks through."""
    error = outcome.error
    parts = (outcome.file, outcome.sheet, outcome.table, target, outcome.state.value, outcome.import_id)
    return " ".join(filter(None, [*parts, error.kind if error else "", error.message if error else ""])).casefold()
