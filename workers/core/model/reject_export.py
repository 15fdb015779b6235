"""The rejected rows of an import as a workbook: what is asked and what was written."""

from __future__ import annotations

from dataclasses import dataclass

from workers.core.model.tasks import Target


@dataclass(frozen=True, slots=True)
class RejectsRequest:
    """Write the rejected rows of one import to a new workbook.

    Attributes:
        job_id: UUID of the job.
        import_id: The import.
        target: The database whose ledger knows it.
        to: Path of the workbook to be written.
    """

    job_id: str
    import_id: str
    target: Target
    to: str


@dataclass(frozen=True, slots=True)
class RejectsReport:
    """What was written: the path and how many rows."""

    path: str
    rows: int
