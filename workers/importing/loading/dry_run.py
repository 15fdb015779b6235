"""The task of saying what an import would do: the same code, rolled back, and told to nobody but who asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workers.core.model.outcomes import ImportOutcome
from workers.core.model.prefetch_request import AheadRequest, Awaiting, Meeting
from workers.core.model.tasks import BackendStarted, ImportRequest, Progress, TaskContext
from workers.importing.loading.file_import import run_import


def run_trial(request: ImportRequest, context: TaskContext) -> tuple[ImportOutcome, ...]:
    """Run the import as a trial; content that is in force already is compared all the same.

    Raises:
        SheetferryError: as `run_import`.
        Cancelled: when the job was cancelled.
    """
    options = replace(request.options, dry_run=True, again=True)
    return run_import(replace(request, options=options), _Unheard(context))


class _Unheard:
    """A task context for which no import begins or ends: nothing is to be settled or kept of a trial."""

    def __init__(self, context: TaskContext) -> None:
        self._context = context

    def check(self) -> None:
        """Hear a cancel."""
        self._context.check()

    def progress(self, progress: Progress) -> None:
        """Pass on."""
        self._context.progress(progress)

    def backend_started(self, backend: BackendStarted) -> None:
        """Its transaction ends with its connection, whatever happens."""

    def backend_ended(self, import_id: str) -> None:
        """See `backend_started`."""

    def outcome(self, outcome: ImportOutcome) -> None:
        """It is the answer of the task."""

    def assistant(self, request: Callable[[Meeting], AheadRequest]) -> Awaiting | None:
        """Pass on."""
        return self._context.assistant(request)

    def on_cancel(self, action: Callable[[], None] | None) -> None:
        """Pass on."""
        self._context.on_cancel(action)
