"""Small workbooks, and a task context that remembers what it was told."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest
import xlsxwriter

from workers.core.model.errors import Cancelled
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.prefetch_request import AheadRequest, Awaiting, Meeting
from workers.core.model.tasks import BackendStarted, ImportRequest, Progress, Target
from workers.importing.loading.file_import import run_import

Rows = Sequence[Sequence[Any]]


class RecordingContext:
    """A `TaskContext` that keeps what it hears and can be told to cancel."""

    def __init__(self) -> None:
        self.backends: list[BackendStarted] = []
        self.ended: list[str] = []
        self.outcomes: list[ImportOutcome] = []
        self.seen: list[Progress] = []
        self.cancel_when: Callable[[Progress], bool] = lambda progress: False
        self.cancelled = False

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled

    def progress(self, progress: Progress) -> None:
        self.seen.append(progress)
        self.cancelled = self.cancelled or self.cancel_when(progress)

    def backend_started(self, backend: BackendStarted) -> None:
        self.backends.append(backend)

    def backend_ended(self, import_id: str) -> None:
        self.ended.append(import_id)

    def outcome(self, outcome: ImportOutcome) -> None:
        self.outcomes.append(outcome)

    def assistant(self, request: Callable[[Meeting], AheadRequest]) -> Awaiting | None:
        """Nobody is there to help."""
        return None

    def on_cancel(self, action: Callable[[], None] | None) -> None:
        """Nobody cancels from another thread here."""


class Loader:
    """Writes workbooks and imports them into the test's database."""

    def __init__(self, folder: Path, target: Target, connection: psycopg.Connection[Any]) -> None:
        self.folder = folder
        self.target = target
        self.connection = connection
        self.context = RecordingContext()

    def book(self, name: str, **sheets: Rows) -> str:
        """A workbook with the given sheets; dates get a date format."""
        path = str(self.folder / f"{name}.xlsx")
        with xlsxwriter.Workbook(
            path, {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_formulas": False}
        ) as workbook:
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title)
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        if value is not None:
                            sheet.write(number, column, value)
        return path

    def request(self, path: str, **options: Any) -> ImportRequest:
        """A request with a job of its own."""
        return ImportRequest(str(uuid.uuid4()), path, ImportOptions(**options), self.target)

    def load(self, path: str, **options: Any) -> tuple[ImportOutcome, ...]:
        """Import a file with a fresh context."""
        self.context = RecordingContext()
        return run_import(self.request(path, **options), self.context)

    def load_one(self, path: str, **options: Any) -> ImportOutcome:
        """Import a file of one table."""
        (outcome,) = self.load(path, **options)
        return outcome

    def load_rows(self, rows: Rows, name: str = "book", **options: Any) -> ImportOutcome:
        """Import rows given as they are."""
        return self.load_one(self.book(name, Data=rows), **options)

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """What the database answers."""
        return self.connection.execute(statement.encode()).fetchall()

    def types(self, table: str) -> dict[str, str]:
        """Names and types of a table's columns, lineage left out."""
        found = self.query(
            "SELECT column_name, data_type FROM information_schema.columns"
            f" WHERE table_name = '{table}' AND column_name NOT LIKE '\\_%' ORDER BY ordinal_position"
        )
        return {name: kind.replace(" without time zone", "") for name, kind in found}

    def exists(self, table: str) -> bool:
        """Whether there is such a table."""
        return self.query(f"SELECT to_regclass('{table}') IS NOT NULL") == [(True,)]


@pytest.fixture
def loader(tmp_path: Path, target: Target, connection: psycopg.Connection[Any]) -> Loader:
    """A loader into a database of the test's own."""
    return Loader(tmp_path, replace(target), connection)
