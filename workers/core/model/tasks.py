"""What the parent asks of a worker process and what the worker says back.

All of it is small, frozen and picklable; nothing here needs the window. A task function has the signature
``(request, context) -> result`` and may run in any process that offers a `TaskContext`.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol

from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import TablePlan
from workers.core.model.prefetch_request import AheadRequest, Awaiting, FileStamp, Meeting

_SHEETS = 128
_TABLES_A_SHEET = 8
_CERTAIN_ENCRYPTION = frozenset({"require", "verify-ca", "verify-full"})


class Secret(str):
    """A string that does not show itself: its repr is dots. Use `reveal` where the value is needed."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Dots, so that logs and tracebacks stay clean."""
        return "'•••'"

    def reveal(self) -> str:
        """The value itself, as a plain string."""
        return str.__str__(self)


class Phase(StrEnum):
    """What a running import or query is doing."""

    OPENING = "opening"
    READING = "reading"
    LOADING = "loading"
    CHECKING = "checking"
    COMMITTING = "committing"
    CONNECTING = "connecting"
    QUERYING = "querying"
    FETCHING = "fetching"
    SAVING = "saving"
    DECIDING = "waiting for a decision"


@dataclass(frozen=True, slots=True)
class Target:
    """A database that rows go to.

    Attributes:
        host: Host name, or the folder of a Unix socket.
        options: Further libpq keywords (``sslmode``, …) as pairs.
        embedded: True for the program's own server.
        label: Name shown to people.
    """

    host: str
    port: int
    user: str
    dbname: str
    password: Secret | None = field(default=None, repr=False)
    options: tuple[tuple[str, str], ...] = ()
    embedded: bool = False
    label: str = ""

    def libpq(self, application: str) -> dict[str, Any]:
        """Connection keywords for psycopg and psycopg2, the password included: never log them."""
        keywords = {
            "host": self.host,
            "port": str(self.port),
            "user": self.user,
            "dbname": self.dbname,
            "application_name": f"sheetferry/{application}",
            "require_auth": self._required_auth(),
            **dict(self.options),
        }
        if self.password is not None:
            keywords["password"] = self.password.reveal()
        return {k: v for k, v in keywords.items() if v}

    def _required_auth(self) -> str:
        """By what the server has to authenticate us: whoever listens on its port must not be told the password.

        Our own server knows SCRAM, in which it proves that it knows the password as well. Others may ask for the
        password itself only where the connection is certainly encrypted, or local, or where that is asked for by the
        option ``require_auth`` or libpq's variable for it.
        """
        if self.embedded:
            return "scram-sha-256"
        encrypted = dict(self.options).get("sslmode") or os.environ.get("PGSSLMODE", "")
        if self.host.startswith("/") or encrypted in _CERTAIN_ENCRYPTION:
            return ""
        return os.environ.get("PGREQUIREAUTH") or "!password"


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """Load what `options` select of one file, or just the given tables.

    Attributes:
        job_id: UUID of the job; a retry keeps it, so import ids stay the same.
        path: The file, as the user gave it.
        tables: Confirmed plans; None to survey the file and load every table that the options select.
        sha256: The file's hash when the plans were made; a different file is surveyed again and said.
        attempt: Which try of the job this is, from 1.
        done: Import ids that ended in an earlier try of the same job: they are left out, nothing is said of them.
        more: Further files that share the first one's transaction (``--atomic``), then without `tables`.
        kept_days: How long what an undo needs is kept in the database.
        kept_bytes: How much of it is kept at most.
        share_from: Sheets of at least so many bytes are read by a second worker if one is idle.
        expected: The file as it was seen in a watched folder; another one, or a link to one, is refused.
    """

    job_id: str
    path: str
    options: ImportOptions
    target: Target
    tables: tuple[TablePlan, ...] | None = None
    sha256: str | None = None
    workbook_password: Secret | None = field(default=None, repr=False)
    attempt: int = 1
    app_version: str = ""
    done: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    kept_days: int = 30
    kept_bytes: int = 10 << 30
    share_from: int = 32 << 20
    expected: FileStamp | None = None

    def parts(self) -> list[ImportRequest]:
        """A request for each file; those after the first have job ids of their own, made from this one's."""
        first = replace(self, more=())
        ids = (str(uuid.uuid5(uuid.UUID(self.job_id), f"file {n}")) for n in range(1, len(self.more) + 1))
        return [first, *(replace(first, job_id=job, path=path) for job, path in zip(ids, self.more, strict=True))]

    @property
    def role(self) -> str:
        """What its connections are called after ``sheetferry/``, so that they are found without their worker."""
        return f"import-{self.job_id[:8]}"

    def possible_ids(self) -> tuple[str, ...]:
        """Ids that imports of this request may have: those of its tables, or of as many as a file holds in reason."""
        if self.tables is not None:
            return tuple(self.import_id(plan.sheet.index, plan.ordinal) for plan in self.tables)
        places = [(sheet, ordinal) for sheet in range(_SHEETS) for ordinal in range(_TABLES_A_SHEET)]
        return tuple(part.import_id(*place) for part in self.parts() for place in places)

    def import_id(self, sheet_index: int, ordinal: int) -> str:
        """The import's id: the same for the same job and table, however often it is tried."""
        return str(uuid.uuid5(uuid.UUID(self.job_id), f"{sheet_index}/{ordinal}"))


@dataclass(frozen=True, slots=True)
class InspectRequest:
    """Understand one file: answers with a `plans.FileSurvey`."""

    job_id: str
    path: str
    options: ImportOptions
    workbook_password: Secret | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """Cells of one sheet as they will arrive: answers with a `PreviewGrid`.

    Attributes:
        rows: Excel rows wanted, as inclusive ranges in order.
        plan: The table whose values are shown; None shows the cells as they are.
    """

    job_id: str
    path: str
    sheet_index: int
    rows: tuple[tuple[int, int], ...]
    options: ImportOptions
    plan: TablePlan | None = None
    workbook_password: Secret | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PreviewGrid:
    """Rows for the grid: Excel row number and the texts of its cells (None is NULL), plus marks by address.

    Attributes:
        rows: ``(excel_row, texts)`` in order.
        numeric: Addresses' columns whose values are numbers are right-aligned: per row a bit mask by column.
        marks: ``address -> finding code`` of cells that carry a warning or a reject.
        total_rows: Rows of the sheet, or None while not known.
    """

    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    numeric: tuple[int, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    total_rows: int | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is.

    Attributes:
        phase: What it does now.
        rows: Rows sent so far in the present table.
        fraction: Share of the work done, 0 to 1, or None when not known.
        sheet: The sheet being read.
        table: The table being loaded.
        waits: True while another import holds the table: that nothing moves meanwhile is no standstill.
        note: What it waits for, in words; empty when it does not.
    """

    phase: Phase
    rows: int = 0
    fraction: float | None = None
    sheet: str | None = None
    table: str | None = None
    waits: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class BackendStarted:
    """The server process that serves an import, reported before its first row, so that a death can be settled.

    Attributes:
        import_id: The import in that backend's transaction (the first one with ``--atomic``).
        pid: ``pg_backend_pid()``.
        backend_start: ``pg_stat_activity.backend_start`` as ISO text with zone.
        xid: ``pg_current_xact_id()`` as text.
        application_name: As in ``pg_stat_activity``.
        sheet: The sheet being imported.
        table: The target table, ``schema.name``.
        ledger: Whether the transaction writes a ledger row, whose presence then proves the commit.
        rest: Sheet of every table that is known to come after this transaction; empty when nothing of the request is
            left then, None when that is not known.
        file: The file, where the request has several; None for its only one.
    """

    import_id: str
    pid: int
    backend_start: str
    xid: str
    application_name: str
    sheet: str | None = None
    table: str | None = None
    ledger: bool = True
    rest: tuple[str, ...] | None = None
    file: str | None = None


class TaskContext(Protocol):
    """What a running task may do besides computing."""

    def check(self) -> None:
        """Raise `errors.Cancelled` when the job was cancelled. Cheap; call it often."""

    def progress(self, progress: Progress) -> None:
        """Say how far it is; sent at most ten times a second."""

    def backend_started(self, backend: BackendStarted) -> None:
        """Report the server process before the first row. Sent at once."""

    def backend_ended(self, import_id: str) -> None:
        """The transaction of that import is over (committed or rolled back, answer received)."""

    def outcome(self, outcome: ImportOutcome) -> None:
        """One import of this task has ended. Sent at once."""

    def assistant(self, request: Callable[[Meeting], AheadRequest]) -> Awaiting | None:
        """Ask for another worker that carries out what `request` makes of the place where it is awaited.

        The task closes what it gets. None where there is none to be had.
        """

    def on_cancel(self, action: Callable[[], None] | None) -> None:
        """Run `action` from the control thread when a cancel arrives (such as PQcancel); None removes it."""
