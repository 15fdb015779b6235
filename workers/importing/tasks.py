"""What a worker process can be asked to do: one function a kind of job.

Everything heavy is imported inside the functions, so that an idle worker stays small and starts quickly.
"""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Mapping
from typing import Any

from workers.core.jobs.snapshots import JobKind
from workers.core.model.prefetch_request import AheadRequest
from workers.core.model.reject_export import RejectsRequest
from workers.core.model.tasks import ImportRequest, InspectRequest, PreviewRequest, TaskContext
from workers.core.model.undo_report import UndoRequest


def import_file(request: ImportRequest, context: TaskContext) -> Any:
    """Import one file; answers with the outcomes of its imports."""
    from workers.importing.loading.file_import import run_import

    return run_import(request, context)


def inspect_file(request: InspectRequest, context: TaskContext) -> Any:
    """Understand one file; answers with its survey."""
    from workers.importing.survey.inspect import run_inspect

    return run_inspect(request, context)


def preview_rows(request: PreviewRequest, context: TaskContext) -> Any:
    """Show cells as they will arrive; answers with a grid."""
    from workers.importing.survey.inspect import run_preview

    return run_preview(request, context)


def compare_file(request: ImportRequest, context: TaskContext) -> Any:
    """Say what an import would do, leaving nothing behind; answers with its outcomes."""
    from workers.importing.loading.dry_run import run_trial

    return run_trial(request, context)


def undo_import(request: UndoRequest, context: TaskContext) -> Any:
    """Take one import back, or say what that would do; answers with a report."""
    from workers.importing.loading.undo.undo import run_undo

    return run_undo(request, context)


def export_rejects(request: RejectsRequest, context: TaskContext) -> Any:
    """Write the rejected rows of an import as a workbook; answers with a report."""
    from workers.importing.loading.rejects.workbook import run_rejects

    return run_rejects(request, context)


def read_ahead(request: AheadRequest, context: TaskContext) -> Any:
    """Read a sheet for another worker, which loads it."""
    from workers.importing.loading.prefetch.reader import run_ahead

    return run_ahead(request, context)


def probe(request: Any, context: TaskContext) -> dict[str, Any]:
    """Say what process this is; used to see that workers live."""
    context.check()
    return {
        "pid": os.getpid(),
        "parent": os.getppid(),
        "python": platform.python_version(),
        "executable": sys.executable,
        "request": request,
    }


def warm_up() -> None:
    """Import what an import needs, while the worker is idle: the first file then starts at once."""
    import workers.importing.loading.file_import
    import workers.importing.loading.prefetch.reader  # noqa: F401 - for its effect on sys.modules


TASKS: Mapping[JobKind, Callable[[Any, TaskContext], Any]] = {
    JobKind.IMPORT: import_file,
    JobKind.INSPECT: inspect_file,
    JobKind.PREVIEW: preview_rows,
    JobKind.COMPARE: compare_file,
    JobKind.UNDO: undo_import,
    JobKind.REJECTS: export_rejects,
    JobKind.ASSIST: read_ahead,
    JobKind.PROBE: probe,
}
"""The task function of each kind of job."""
