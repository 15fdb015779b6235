"""What came of a query: one outcome for each statement, and what is told on the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from workers.core.model.errors import ErrorInfo
from workers.core.query.columns import ResultColumn


class StatementState(StrEnum):
    """How a statement stands; all but the first are ends."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    INCOMPLETE = "incomplete"
    """The link or the worker was lost on the way: the rows that had come are kept."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be said about a result: what another format could not hold, what a role could do besides reading.

    Attributes:
        code: Stable word for programs.
        message: One sentence.
        count: How many values or columns it is about, 0 where that means nothing.
    """

    code: str
    message: str
    count: int = 0

    def to_json(self) -> dict[str, Any]:
        """As the command line's JSON has it."""
        return {"code": self.code, "message": self.message, "count": self.count}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the script an error lies: line and character from 1, and the offset from 0."""

    line: int
    column: int
    offset: int

    def __str__(self) -> str:
        """For people."""
        return f"line {self.line}, character {self.column}"


@dataclass(frozen=True, slots=True)
class StatementOutcome:
    """One statement of a query.

    Attributes:
        query_id: UUID of the query.
        statement: Its number in the script, from 1.
        state: How it stands.
        text: Its SQL.
        rows: Rows that came; rows touched where it has no result.
        columns: Columns of its result; empty without one.
        result_id: Result that its rows are kept in, or None.
        tag: PostgreSQL's word for what was done, such as ``UPDATE 86``.
        saved: File that was written, or None.
        table: Table that was made, ``schema.name``, or None.
        import_id: The ledger's id of that table's rows, which `undo` takes; or None.
        waited_seconds: How long the query waited for its turn.
        seconds: How long the statement took, the saving included.
        first_row_seconds: When its first row was there; None without rows.
        size: Bytes of the result on disk.
        zone: Time zone of the session.
        committed: True when it changed something for good.
        error: Why it failed.
        place: Where in the script that is, when known.
        notes: What else is to be said.
    """

    query_id: str
    statement: int
    state: StatementState
    text: str = ""
    rows: int = 0
    columns: tuple[ResultColumn, ...] = ()
    result_id: str | None = None
    tag: str = ""
    saved: str | None = None
    table: str | None = None
    import_id: str | None = None
    waited_seconds: float = 0.0
    seconds: float = 0.0
    first_row_seconds: float | None = None
    size: int = 0
    zone: str = ""
    committed: bool = False
    error: ErrorInfo | None = None
    place: Place | None = None
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The command line's line about it."""
        error = None if self.error is None else self.error.to_json()
        if error is not None and self.place is not None:
            error = {**error, "line": self.place.line, "column": self.place.column}  # type: ignore[dict-item]
        return {
            "query_id": self.query_id,
            "statement": self.statement,
            "state": self.state.value,
            "rows": self.rows,
            "columns": [column.to_json() for column in self.columns],
            "saved": self.saved,
            "table": self.table,
            "import_id": self.import_id,
            "waited_seconds": round(self.waited_seconds, 3),
            "seconds": round(self.seconds, 3),
            "warnings": [note.to_json() for note in self.notes],
            "error": error,
        }


@dataclass(frozen=True, slots=True)
class StatementStarted:
    """A statement has been understood by the server and begins to run; its rows appear in the result's folder.

    Attributes:
        of: How many statements the script has.
        result_id: Where its rows go; None when it has none.
    """

    query_id: str
    statement: int
    of: int
    text: str
    columns: tuple[ResultColumn, ...] = ()
    result_id: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionWanted:
    """All statements have succeeded and something is changed but not committed: *Commit* or *Roll back* is asked for.

    Attributes:
        outcomes: The statements with the rows that they touched.
        seconds: After so long without an answer everything is rolled back.
    """

    query_id: str
    outcomes: tuple[StatementOutcome, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class QueryReport:
    """What the task of a query returns.

    Attributes:
        outcomes: All statements that ran, in order.
        rolled_back: Why nothing was committed although it might have been; empty otherwise.
    """

    query_id: str
    outcomes: tuple[StatementOutcome, ...]
    rolled_back: str = ""


QueryPart: TypeAlias = StatementStarted | StatementOutcome | DecisionWanted
"""What a query tells while it runs."""
