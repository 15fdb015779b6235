"""One `sheetferry inspect`: every file is understood in a worker, and told as it is done."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable
from typing import Any

from app import exit_codes
from app.cli.import_run import JobDoor
from workers.core.jobs.pool_events import JobChanged, PoolClosed, PoolEvent, ResultReady
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo
from workers.core.model.plans import FileSurvey

_BEAT_SECONDS = 0.5


class InspectRun:
    """Follows inspections until the last one has ended. `heard` may be called on any thread."""

    def __init__(self, tell: Callable[[FileSurvey], None], tell_error: Callable[[str, ErrorInfo], None]) -> None:
        """Tell surveys with `tell`; `tell_error` gets the path and the error of a file that could not be read."""
        self._tell, self._tell_error = tell, tell_error
        self._events: queue.SimpleQueue[PoolEvent] = queue.SimpleQueue()

    def heard(self, event: PoolEvent) -> None:
        """Take an event from the pool."""
        self._events.put(event)

    def run(self, door: JobDoor, specs: Iterable[JobSpec]) -> int:
        """Submit all and wait. The exit code is 0 when every file could be understood."""
        waiting: dict[str, JobSpec] = {}
        for spec in specs:
            waiting[spec.job_id] = spec
            door.submit(spec)
        failed = False
        while waiting:
            try:
                event = self._events.get(timeout=_BEAT_SECONDS)
            except queue.Empty:
                continue
            match event:
                case ResultReady(job_id, result) if job_id in waiting and isinstance(result, FileSurvey):
                    del waiting[job_id]
                    self._tell(result)
                case JobChanged(job) if job.state.ended and job.job_id in waiting:
                    spec = waiting.pop(job.job_id)
                    failed = True
                    error = job.error or ErrorInfo("failed", job.reason or "The file could not be inspected.")
                    self._tell_error(spec.request.path, error)
                case PoolClosed():
                    return exit_codes.FAILED
                case _:
                    pass
        return exit_codes.FAILED if failed else exit_codes.OK


def error_json(path: str, error: ErrorInfo) -> dict[str, Any]:
    """The object of ``inspect --json`` for a file that could not be read."""
    return {"file": path, "format": None, "reader": None, "error": error.to_json(), "sheets": []}


def survey_lines(survey: FileSurvey) -> list[str]:
    """A survey as a person reads it."""
    lines = [f"{survey.path}  ({survey.format}, read by {survey.reader})"]
    for sheet in survey.sheets:
        hidden = "" if sheet.sheet.visibility == "visible" else f"  [{sheet.sheet.visibility}]"
        lines.append(f"  {sheet.sheet.name}{hidden}")
        if not sheet.tables:
            lines.append("    no data")
        for table in sheet.tables:
            header = ", ".join(map(str, table.header_rows)) or "none"
            lines.append(f"    {table.area or 'no rows'}: {table.rows or 0:,} rows, header row {header}")
            for column in table.columns:
                lines.append(f"      {column.letter:>3}  {column.name:30} {column.type.value:16} {column.evidence}")
        findings = [*sheet.findings, *(f for t in sheet.tables for f in t.findings)]
        lines.extend(f"    ! {f.message}" for f in findings)
    return lines
