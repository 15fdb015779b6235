"""The lines of the log that speak of one job."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.context.logs import log_file

_TAIL = 400_000


def job_log(home: Path) -> Callable[[str], str]:
    """A function that gives a job's lines from the end of the log. Reads the disk: not for the UI thread."""

    def read(job_id: str) -> str:
        try:
            with log_file(home).open("rb") as file:
                file.seek(0, 2)
                file.seek(max(0, file.tell() - _TAIL))
                text = file.read().decode("utf-8", "replace")
        except OSError:
            return ""
        return "\n".join(line for line in text.splitlines() if job_id in line)

    return read
