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
    """Where an assistant is awaited; see `links.Listener`."""

    def visitor(self, timeout: float) -> Any:
        """The line to the assistant (a `multiprocessing.connection.Connection`); None when it has not come in time."""

    def close(self) -> None:
        """Wait no longer, and end the line."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """By what it is told that two processes have the same file before them.

    Attributes:
        size: Bytes.
        changed: Time of the last change of its content, in nanoseconds.
        number: Its number on its device.
        device: The device.
        owner: Number of its owner; 0 where the system has none.
        alone: Whether the file may have no other name than the one that it is opened by.
    """

    size: int
    changed: int
    number: int
    device: int = 0
    owner: int = 0
    alone: bool = False

    @classmethod
    def of(cls, path: str | Path) -> FileStamp:
        """The stamp of a file.

        Raises:
            OSError: if it cannot be looked at.
        """
        return cls.of_status(os.stat(path))

    @classmethod
    def of_status(cls, status: os.stat_result) -> FileStamp:
        """The stamp of the file with that status."""
        return cls(status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev, status.st_uid)

    def same_file(self, other: FileStamp) -> bool:
        """Whether both are of one file with nothing written to it in between."""
        mine, others = ((s.size, s.changed, s.number, s.device) for s in (self, other))
        return mine == others


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
