"""All results of this machine: one folder for each, within a quota; the oldest goes first, pinned ones stay."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from workers.core.jobs.admission import in_words
from workers.core.model.errors import EnvironmentFailure, UserError
from workers.core.query.outcome import StatementState
from workers.querying.spool.meta import INDEX, LOCK, META, PIN, ROWS, ResultMeta, read_meta, write_meta
from workers.querying.spool.reader import SpoolReader
from workers.querying.spool.writer import SpoolWriter
from workers.system.file_locks import FileLock, is_locked

MOST = 500
"""Results that are kept at most: all of them are looked at whenever one is made."""

_DISK_RESERVE = 64 << 20
_DEBRIS_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class KeptResult:
    """One result on this machine.

    Attributes:
        size: Bytes on disk.
        pinned: Whether it is kept until somebody lets it go.
        open: Whether its rows still come.
    """

    meta: ResultMeta
    folder: Path
    size: int
    pinned: bool
    open: bool


class OpenResult:
    """A result while its rows are written: the folder is locked, so that nobody takes it for an old one."""

    def __init__(self, folder: Path, meta: ResultMeta, make_room: Callable[[int], None]) -> None:
        """Make the folder's files.

        Raises:
            OSError: when the disk is full or not writable.
        """
        self.folder = folder
        self.meta = meta
        self._lock = FileLock(folder / LOCK)
        self._lock.acquire()
        write_meta(folder, meta)
        self.writer = SpoolWriter(folder, make_room)

    def close(self, state: StatementState, seconds: float) -> ResultMeta:
        """All rows have come, or no more will: say so on disk and let go.

        Raises:
            OSError: when even that cannot be written.
        """
        self.writer.close()
        self.meta = replace(self.meta, state=state, rows=self.writer.rows, seconds=seconds)
        try:
            write_meta(self.folder, self.meta)
        finally:
            self._lock.release()
        return self.meta

    def abandon(self) -> None:
        """Let go without a word, after a failure of the disk."""
        self.writer.close()
        self._lock.release()


class ResultShelf:
    """The folder of results. Safe to use from several processes; every method reads the disk."""

    def __init__(self, root: Path, quota: int) -> None:
        """Keep results below `root`, which is made when it is missing, and at most `quota` bytes of them."""
        self.root = root
        self.quota = quota

    def create(self, meta: ResultMeta) -> OpenResult:
        """A new result, and room for it. Where its id is taken by a former run's, it gets another one.

        Raises:
            EnvironmentFailure: ``disk-full``, ``home-not-writable``, ``results-full``.
        """
        number = itertools.count(2)
        wanted = meta.result_id
        while (folder := self.folder(meta.result_id)).exists():
            meta = replace(meta, result_id=f"{wanted}-{next(number)}")
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.mkdir(mode=0o700)
            self.make_room(0, folder)
            return OpenResult(folder, meta, lambda size: self.make_room(size, folder))
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise disk_failure(error, self.root) from error

    def folder(self, result_id: str) -> Path:
        """Where a result is.

        Raises:
            UserError: ``no-such-result`` for what cannot be an id.
        """
        if not result_id or not all(sign.isalnum() or sign in "-_" for sign in result_id):
            raise UserError.of("no-such-result", f"There is no result {result_id!r}.", None)
        return self.root / result_id

    def open(self, result_id: str) -> SpoolReader:
        """The rows of a result.

        Raises:
            SheetferryError: ``no-such-result``, ``result-broken``.
        """
        return SpoolReader(self.folder(result_id))

    def results(self) -> list[KeptResult]:
        """Every result that can be read, the newest first."""
        found = []
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.root):
                if entry.is_dir(follow_symlinks=False):
                    with contextlib.suppress(EnvironmentFailure, OSError):
                        found.append(self._kept(Path(entry.path)))
        return sorted(found, key=lambda result: result.meta.created, reverse=True)

    def pin(self, result_id: str, pinned: bool = True) -> None:
        """Keep a result until it is let go, or let it go.

        Raises:
            SheetferryError: ``no-such-result``, ``home-not-writable``.
        """
        folder = self.folder(result_id)
        read_meta(folder)
        try:
            if pinned:
                (folder / PIN).touch(mode=0o600)
            else:
                (folder / PIN).unlink(missing_ok=True)
        except OSError as error:
            raise disk_failure(error, self.root) from error

    def rename(self, result_id: str, name: str) -> None:
        """Call a result so when SQL is run over it.

        Raises:
            SheetferryError: ``no-such-result``, ``disk-full``.
        """
        folder = self.folder(result_id)
        try:
            write_meta(folder, replace(read_meta(folder), name=name))
        except OSError as error:
            raise disk_failure(error, self.root) from error

    def remove(self, result_id: str) -> None:
        """Take a result away; nothing happens when there is none, or while its rows come."""
        folder = self.folder(result_id)
        if not is_locked(folder / LOCK):
            shutil.rmtree(folder, ignore_errors=True)

    def mend(self, result_id: str, state: StatementState) -> ResultMeta | None:
        """Bring a result to its end whose worker is gone: whole rows stay. None when there is no such result."""
        folder = self.folder(result_id)
        try:
            with SpoolReader(folder) as reader:
                meta = reader.meta
                if meta.state is not StatementState.RUNNING or is_locked(folder / LOCK):
                    return meta
                meta = replace(meta, state=state, rows=reader.count_on_disk())
            write_meta(folder, meta)
        except (EnvironmentFailure, OSError):
            return None
        return meta

    def total(self) -> int:
        """Bytes that all results take."""
        return sum(result.size for result in self.results())

    def sweep(self) -> list[str]:
        """Keep to the quota: remove the oldest that are neither pinned nor open; their ids.

        What programs that are gone have left is brought to its end: results whose rows will come no more, and folders
        that never became results.
        """
        for result in self.results():
            if result.meta.state is StatementState.RUNNING and not result.open:
                self.mend(result.meta.result_id, StatementState.INCOMPLETE)
        self._remove_debris()
        return self._shrink(self.quota, None)

    def make_room(self, size: int, folder: Path) -> None:
        """Have room for a result of `size` bytes that goes on growing.

        Raises:
            EnvironmentFailure: ``results-full`` or ``disk-full``.
        """
        others = sum(result.size for result in self.results() if result.folder != folder)
        if not size or others + size > self.quota:
            self._shrink(self.quota - size, folder)
            pinned = sum(r.size for r in self.results() if r.folder != folder and (r.pinned or r.open))
            if size + pinned > self.quota:
                raise EnvironmentFailure.of(
                    "results-full",
                    f"The result has grown to {in_words(size)}, more than the room for results"
                    f" ({in_words(self.quota)}) leaves.",
                    "Let pinned results go, give results more room in the settings, or ask for fewer rows.",
                )
        if size and shutil.disk_usage(self.root).free < _DISK_RESERVE:
            raise disk_failure(OSError(28, "No space left on device"), self.root)

    def _shrink(self, allowed: int, keep: Path | None) -> list[str]:
        results = [result for result in self.results() if result.folder != keep]
        total, count = sum(result.size for result in results), len(results)
        gone = []
        for result in reversed(results):
            if total <= allowed and count <= MOST:
                break
            if not result.pinned and not result.open:
                count -= 1
                self.remove(result.meta.result_id)
                total -= result.size
                gone.append(result.meta.result_id)
        return gone

    def _remove_debris(self) -> None:
        """Folders without a result in them that have not been touched for a day."""
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.root):
                young = time.time() - entry.stat(follow_symlinks=False).st_mtime < _DEBRIS_SECONDS
                if entry.is_dir(follow_symlinks=False) and not young and not (Path(entry.path) / META).exists():
                    shutil.rmtree(entry.path, ignore_errors=True)

    def _kept(self, folder: Path) -> KeptResult:
        meta = read_meta(folder)
        size = sum(_size(folder / name) for name in (ROWS, INDEX))
        return KeptResult(meta, folder, size, (folder / PIN).exists(), is_locked(folder / LOCK))


def disk_failure(error: OSError, place: Path) -> EnvironmentFailure:
    """What is said when results cannot be written."""
    if error.errno in (28, 122):  # ENOSPC, EDQUOT
        failure = EnvironmentFailure.of(
            "disk-full",
            f"The disk that holds {place} is full.",
            "Free some space, let results go, or set SHEETFERRY_HOME to a folder on another disk.",
            detail=str(error),
        )
    else:
        failure = EnvironmentFailure.of(
            "home-not-writable",
            f"The result cannot be written to {place}: {error.strerror or error}.",
            "Give yourself write access to that folder.",
            detail=str(error),
        )
    assert isinstance(failure, EnvironmentFailure)
    return failure


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
