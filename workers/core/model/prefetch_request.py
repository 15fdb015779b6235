"""What one worker asks of another that is to read a sheet for it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from workers.core.model.options import ImportOptions

Address: TypeAlias = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two processes meet, and the key that proves who comes. Small and picklable."""

    address: Address
    key: bytes = field(repr=False)


class Awaiting(Protocol):
    """Where an assistant is awaited; see `links.Door`."""

    def visitor(self, timeout: float) -> Any:
        """The line to the assistant (a `multiprocessing.connection.Connection`); None when it has not come in time."""

    def close(self) -> None:
        """Wait no longer, and end the line."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """By what it is told that two processes have the same file before them."""

    size: int
    changed: int
    number: int

    @classmethod
    def of(cls, path: str | Path) -> FileStamp:
        """The stamp of a file.

        Raises:
            OSError: if it cannot be looked at.
        """
        stat = os.stat(path)
        return cls(stat.st_size, stat.st_mtime_ns, stat.st_ino)


@dataclass(frozen=True, slots=True)
class AheadRequest:
    """Read one sheet of a file for the process behind the door. Frozen, small and picklable; holds no password.

    Attributes:
        job_id: The job that is helped.
        path: The file.
        stamp: How it looked to the one who asks.
        sheet_index: The sheet among the workbook's.
        options: The import's options.
        head: Whether the sheet's head is to be understood first.
        meeting: Where the rows are awaited.
    """

    job_id: str
    path: str
    stamp: FileStamp
    sheet_index: int
    options: ImportOptions
    head: bool
    meeting: Meeting
