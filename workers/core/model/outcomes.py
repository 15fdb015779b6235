"""How one import ended: the record behind the JSON line, the ledger's receipt and the history."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workers.core.model.differences import TableDifference
from workers.core.model.errors import ErrorInfo
from workers.core.model.plans import ColumnPlan, Finding


class ImportState(StrEnum):
    """How an import ended."""

    LOADED = "loaded"
    TRIAL = "trial"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCHANGED = "unchanged"
    UNKNOWN = "unknown"

    @property
    def good(self) -> bool:
        """Whether it ended as it was meant to: the rows are there, were there already, or would be."""
        return self in (ImportState.LOADED, ImportState.UNCHANGED, ImportState.TRIAL)


@dataclass(frozen=True, slots=True)
class Reject:
    """One rejected row and the cell that made it one."""

    row: int
    cell: str
    value: str | None
    reason: str

    def to_json(self) -> dict[str, Any]:
        """The reject object of the command line's JSON."""
        return {"row": self.row, "cell": self.cell, "value": self.value, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """Control totals of one numeric column, in the workbook and in the table.

    Attributes:
        name: SQL column name.
        count: Cells that are not NULL.
        workbook: Sum, min, max of the cells as read, as text.
        table: The same as PostgreSQL computes them, as text; empty when not computed.
    """

    name: str
    count: int
    workbook: tuple[str, str, str]
    table: tuple[str, str, str] | tuple[()] = ()


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """Everything that is said about one import when it has ended. See the command line's JSON for the fields.

    `difference` is what a trial run of an upsert found out.
    """

    import_id: str
    file: str
    sheet: str | None
    table: str | None
    mode: str
    state: ImportState
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rows_skipped: int = 0
    rows_blank: int = 0
    header_rows: tuple[int, ...] = ()
    first_row: int | None = None
    last_row: int | None = None
    columns: tuple[ColumnPlan, ...] = ()
    warnings: tuple[Finding, ...] = ()
    rejects: tuple[Reject, ...] = ()
    sums: tuple[ColumnSum, ...] = ()
    error: ErrorInfo | None = None
    seconds: float = 0.0
    attempts: int = 1
    difference: TableDifference | None = None

    def to_json(self) -> dict[str, Any]:
        """The line of ``import --json``."""
        return {
            "import_id": self.import_id,
            "file": self.file,
            "sheet": self.sheet,
            "table": self.table,
            "mode": self.mode,
            "state": self.state.value,
            "rows_read": self.rows_read,
            "rows_loaded": self.rows_loaded,
            "rows_rejected": self.rows_rejected,
            "rows_skipped": self.rows_skipped,
            "rows_blank": self.rows_blank,
            "header_rows": list(self.header_rows),
            "first_row": self.first_row,
            "last_row": self.last_row,
            "columns": [c.to_json() for c in self.columns],
            "warnings": [w.to_json() for w in self.warnings],
            "rejects": [r.to_json() for r in self.rejects[:100]],
            "error": self.error.to_json() if self.error else None,
            "seconds": round(self.seconds, 3),
            "attempts": self.attempts,
        }
