"""What a query job is asked to do. Frozen and picklable; nothing here needs a window or a database."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from workers.core.model.errors import UserError
from workers.core.model.tasks import Target

DEFAULT_SECONDS = 600.0
"""Soft limit of a query in seconds, where nobody says otherwise."""

DECISION_SECONDS = 120.0
"""How long a transaction that changed something waits, in seconds, for *Commit* before it is rolled back."""

RESULTS_BYTES = 5 << 30
"""Room for results on this machine, in bytes, where the settings say nothing."""


class FileFormat(StrEnum):
    """Formats that a result can be saved in."""

    PARQUET = "parquet"
    CSV = "csv"
    EXCEL = "xlsx"
    JSON_LINES = "jsonl"


@dataclass(frozen=True, slots=True)
class LocalSource:
    """A file or an earlier result that SQL is run over, as tables of its own.

    Attributes:
        path: The file; empty for a result.
        result_id: The result; empty for a file.
        alias: What its table is called; empty to name it after the file (and sheet).
    """

    path: str = ""
    result_id: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """Run the statements of a script, one after the other, until the first error.

    Attributes:
        job_id: UUID of the job, which is the query's id as well.
        script: The text as it was written.
        target: The database; None with `sources` and nothing to be saved there.
        results: Folder that results are kept in.
        parameters: Values of ``:NAME``, bound and never pasted; None is NULL.
        write: Whether statements may change data.
        commit_unasked: With `write`: commit when all have succeeded, without waiting for a decision.
        as_superuser: Whether a superuser's session is accepted on a server that is not the built-in one.
        save_to: File for the last result; its ending says the format.
        overwrite: Whether `save_to` may exist already.
        save_as: Table to be made of the last result, ``name`` or ``schema.name``.
        sources: With them the SQL runs over these and not in the database.
        result_id: With it nothing is run: that result is saved as `save_to` or `save_as` say.
        quota: Bytes that all results of this machine may take together.
        memory: Bytes that a query over files may take in memory.
        decision_seconds: How long to wait for a decision.
        app_version: For the ledger.
    """

    job_id: str
    script: str
    target: Target | None
    results: str
    parameters: tuple[tuple[str, str | None], ...] = ()
    write: bool = False
    commit_unasked: bool = False
    as_superuser: bool = False
    save_to: str = ""
    overwrite: bool = True
    save_as: str = ""
    sources: tuple[LocalSource, ...] = ()
    result_id: str = ""
    quota: int = RESULTS_BYTES
    memory: int = 1 << 30
    decision_seconds: float = DECISION_SECONDS
    app_version: str = ""

    @property
    def role(self) -> str:
        """What its session is called after ``sheetferry/``."""
        return f"query-{self.job_id[:8]}"

    @property
    def local(self) -> bool:
        """Whether it runs over files and results instead of in the database."""
        return bool(self.sources)


def format_of(path: str) -> FileFormat:
    """The format that a file's ending means.

    Raises:
        UserError: ``unknown-format``.
    """
    ending = PurePath(path).suffix.lower().removeprefix(".")
    try:
        return FileFormat(ending)
    except ValueError:
        known = ", ".join(f".{known.value}" for known in FileFormat)
        raise UserError.of(
            "unknown-format",
            f"A result cannot be saved as {PurePath(path).name or path}.",
            f"End the file's name with one of {known}.",
        ) from None
