"""One progress bar for each running job on a terminal's error stream."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from rich.progress import BarColumn, Progress, TaskID, TextColumn

from app.cli.tables import terminal
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.shown_text import shown

_STEPS = 1000


class ProgressBars:
    """Bars with rows, rows per second and time left; use as a context manager. Safe to call from any thread."""

    def __init__(self) -> None:
        """Draw on standard error, so that standard output stays clean."""
        self._progress = Progress(
            TextColumn("{task.fields[title]}", style="bold", markup=False),
            BarColumn(bar_width=24),
            TextColumn("{task.fields[rows]:>12}", markup=False),
            TextColumn("{task.fields[rate]:>14}", markup=False),
            TextColumn("{task.fields[left]:>10}", markup=False),
            console=terminal(errors=True),
            transient=True,
        )
        self._bars: dict[str, TaskID] = {}

    def __enter__(self) -> ProgressBars:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bars away."""
        self._progress.stop()

    def show(self, job: JobSnapshot) -> None:
        """Add, move or remove the job's bar."""
        if job.state.ended or (job.state is JobState.WAITING and not _worth_telling(job)):
            bar = self._bars.pop(job.job_id, None)
            if bar is not None:
                self._progress.remove_task(bar)
            return
        fields: dict[str, Any] = {
            "title": shown(job.title if not job.sheet else f"{job.title} › {job.sheet}"),
            "rows": shown(job.reason) or (f"{job.rows:,} rows" if job.rows else job.phase),
            "rate": f"{job.rate:,.0f} rows/s" if job.rate else "",
            "left": f"{job.eta:,.0f} s left" if job.eta is not None else "",
        }
        total = _STEPS if job.fraction is not None else None
        done = round((job.fraction or 0.0) * _STEPS)
        bar = self._bars.get(job.job_id)
        if bar is None:
            self._bars[job.job_id] = self._progress.add_task("", total=total, completed=done, **fields)
        else:
            self._progress.update(bar, total=total, completed=done, **fields)


def _worth_telling(job: JobSnapshot) -> bool:
    """Whether a waiting job waits for something else than its turn, such as memory, a limit, or another program."""
    return job.place <= 1 and job.reason.startswith("waiting: ")
