"""Taking an import back: what is asked, what would happen, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workers.core.model.errors import ErrorInfo
from workers.core.model.tasks import Target


@dataclass(frozen=True, slots=True)
class UndoRequest:
    """Take one import back, or only say what that would do.

    Attributes:
        job_id: UUID of the job.
        import_id: The import.
        target: The database it went to.
        trial: True to roll everything back in the end: the report then says what would happen.
    """

    job_id: str
    import_id: str
    target: Target
    trial: bool = False


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking an import back did, or would do.

    Attributes:
        state: ``undone``, ``would-undo`` for a trial, or ``refused``.
        rows_removed: Rows of the import that were deleted.
        rows_restored: Rows that have their former values again.
        rows_kept: Rows of the import that were edited since, and were left as they are.
        kept: The first of them, as text.
        table_dropped: Whether the table itself is gone, being all of this import.
        error: Why it was refused.
    """

    import_id: str
    table: str
    mode: str
    state: str
    rows_removed: int = 0
    rows_restored: int = 0
    rows_kept: int = 0
    kept: tuple[str, ...] = ()
    table_dropped: bool = False
    error: ErrorInfo | None = None

    def to_json(self) -> dict[str, Any]:
        """The line of ``undo --json``."""
        return {
            "import_id": self.import_id,
            "table": self.table,
            "mode": self.mode,
            "state": self.state,
            "rows_removed": self.rows_removed,
            "rows_restored": self.rows_restored,
            "rows_kept": self.rows_kept,
            "kept": list(self.kept),
            "table_dropped": self.table_dropped,
            "error": self.error.to_json() if self.error else None,
        }
