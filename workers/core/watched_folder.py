"""Decides what becomes of the files in a watched folder: which are ready, and where they go afterwards.

Pure: it is told what lies in the folder and what time it is, and answers with what to do. A file is taken once it has
kept its size and time for a while, so that one that is still being copied is left alone. What was imported but could
not be moved is moved later and never imported again while it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from workers.core.model.prefetch_request import FileStamp


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file as it lies in the folder.

    Attributes:
        name: Its name.
        size: In bytes.
        changed: Time of its last change, in nanoseconds; only compared.
        number: Its number on its device.
        device: The device.
        owner: Number of its owner.
        alone: Whether it may have no further names, because others can write to the folder.
    """

    name: str
    size: int
    changed: int
    number: int = 0
    device: int = 0
    owner: int = 0
    alone: bool = False

    def stamp(self) -> FileStamp:
        """By what it is known again when it is opened."""
        return FileStamp(self.size, self.changed, self.number, self.device, self.owner, self.alone)


class Verdict(StrEnum):
    """How the import of a file ended. The value of the first two is the folder that it goes to."""

    DONE = "done"
    FAILED = "failed"
    LATER = "later"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class TakeFile:
    """Import this file now."""

    name: str


@dataclass(frozen=True, slots=True)
class MoveFile:
    """Move this file away.

    Attributes:
        name: The file.
        to: ``done`` or ``failed``.
        why: What is written beside a failed one; empty for a good one.
    """

    name: str
    to: Verdict
    why: str = ""


Step: TypeAlias = TakeFile | MoveFile


@dataclass(slots=True)
class _Known:
    """What is known of a file: since when it is as it is, and what it waits for."""

    seen: SeenFile
    since: float
    taken: bool = False
    move: MoveFile | None = None
    not_before: float = 0.0
    left: bool = False


class FolderWatch:
    """The state of one watched folder."""

    def __init__(self, settle: float, retry: float = 60.0) -> None:
        """Nothing was seen yet.

        Args:
            settle: Seconds for which a file must stay as it is before it is taken.
            retry: Seconds to wait before an import that could not be made now, or a move, is tried again.
        """
        self._settle, self._retry = settle, retry
        self._known: dict[str, _Known] = {}

    @property
    def busy(self) -> int:
        """How many files are being imported."""
        return sum(1 for known in self._known.values() if known.taken)

    def look(self, files: Iterable[SeenFile], now: float) -> tuple[Step, ...]:
        """Take in what lies in the folder; gives what to do, in the order of names.

        Args:
            files: The spreadsheets in the folder.
            now: A clock that never goes back, in seconds.
        """
        there = {file.name: file for file in files}
        self._known = {name: known for name, known in self._known.items() if name in there or known.taken}
        steps: list[Step] = []
        for name in sorted(there):
            step = self._judge(there[name], now)
            if step is not None:
                steps.append(step)
        return tuple(steps)

    def _judge(self, seen: SeenFile, now: float) -> Step | None:
        known = self._known.get(seen.name)
        if known is not None and known.taken:
            return None
        if known is None or known.seen != seen:
            known = self._known[seen.name] = _Known(seen, now)
        if known.left or now < known.not_before:
            return None
        if known.move is not None:
            known.not_before = now + self._retry
            return known.move
        if now - known.since < self._settle:
            return None
        known.taken = True
        return TakeFile(seen.name)

    def ended(self, name: str, verdict: Verdict, why: str, now: float) -> MoveFile | None:
        """The import of a file has ended; gives where to move it.

        A file that was put in the place of the one that was imported is a new one: it stays and is taken in its turn,
        which `moved` and the next `look` see to.
        """
        known = self._known.get(name)
        if known is None or not known.taken:
            return None
        known.taken = False
        if verdict is Verdict.LATER:
            known.not_before = now + self._retry
            return None
        if verdict is Verdict.LEFT:
            known.left = True
            return None
        known.move = MoveFile(name, verdict, why)
        known.not_before = now + self._retry
        return known.move

    def moved(self, name: str) -> None:
        """It has been moved, or is gone: whatever comes by that name is new."""
        self._known.pop(name, None)

    def seen(self, name: str) -> SeenFile | None:
        """A file as it was when it was taken."""
        known = self._known.get(name)
        return known.seen if known else None
