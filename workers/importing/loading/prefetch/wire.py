"""What goes over the line between a worker that loads a sheet and the one that reads it ahead."""

from __future__ import annotations

import math
import pickle
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from time import monotonic
from typing import Any, TypeAlias

from workers.core.model.cell_packing import PackedColumn, pack, unpack
from workers.core.model.plans import Finding, SheetSurvey, TablePlan
from workers.importing.reading.xlsx.scan import SheetScan
from workers.importing.rows.batches import Batch

_BEAT = 0.1


@dataclass(frozen=True, slots=True)
class SheetKnown:
    """From the loader: what a look through the sheet's XML has found."""

    scan: SheetScan


@dataclass(frozen=True, slots=True)
class TableWanted:
    """From the loader: the rows of this table, from its first one on."""

    plan: TablePlan


@dataclass(frozen=True, slots=True)
class HeadUnderstood:
    """From the reader: what the sheet's head holds; None where the sheet ended before the head was over."""

    survey: SheetSurvey | None


@dataclass(frozen=True, slots=True)
class PackedBatch:
    """From the reader: the next batch, column by column."""

    rows: Sequence[int]
    columns: tuple[PackedColumn, ...]
    blank: int
    wide: int | None
    repeated: tuple[int, ...]

    @classmethod
    def of(cls, batch: Batch) -> PackedBatch:
        """Pack a batch."""
        columns = tuple(map(pack, batch.columns, batch.kinds))
        return cls(batch.rows, columns, batch.blank, batch.wide, batch.repeated)

    def batch(self) -> Batch:
        """The batch as it was."""
        columns: list[Sequence[Any]] = []
        kinds: list[frozenset[type]] = []
        for packed in self.columns:
            values, among = unpack(packed)
            columns.append(values)
            kinds.append(among)
        return Batch(self.rows, columns, kinds, self.blank, self.wide, self.repeated)


@dataclass(frozen=True, slots=True)
class TableRead:
    """From the reader: that was the last batch; what was learned about the table's end."""

    end: tuple[tuple[int | None, tuple[Finding, ...]], ...]


@dataclass(frozen=True, slots=True)
class PlanFailed:
    """From the reader: the plan does not hold, and why."""

    why: str


FromLoader: TypeAlias = SheetKnown | TableWanted
FromReader: TypeAlias = HeadUnderstood | PackedBatch | TableRead | PlanFailed


class LineLost(Exception):
    """The other end is gone."""


def receive(line: Connection[Any, Any], check: Callable[[], None], patience: float = math.inf) -> Any:
    """The next message.

    Args:
        line: To the other end.
        check: Called while there is no message; may raise.
        patience: Seconds of silence after which the other end counts as gone.

    Raises:
        LineLost: when the other end is gone.
    """
    until = monotonic() + patience
    try:
        while not line.poll(_BEAT):
            check()
            if monotonic() > until:
                raise LineLost
        return pickle.loads(line.recv_bytes())  # both ends are our own processes
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise LineLost from error


def send(line: Connection[Any, Any], message: FromLoader) -> None:
    """Send a small message.

    Raises:
        LineLost: when the other end is gone.
    """
    try:
        line.send_bytes(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
    except (OSError, ValueError) as error:
        raise LineLost from error


class Outbox:
    """Sends on a thread of its own, so that reading goes on while the loader is busy; bounded in bytes.

    Whoever makes it closes it and with it the line.
    """

    def __init__(self, line: Connection[Any, Any], most_bytes: int, check: Callable[[], None]) -> None:
        """Send over `line`.

        Args:
            line: To the loader.
            most_bytes: So much may wait; a message more makes `put` wait.
            check: Called while `put` waits; may raise.
        """
        self._line = line
        self._most = most_bytes
        self._check = check
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._changed = threading.Condition()
        self._lost = False
        self._closed = False
        threading.Thread(target=self._run, name="outbox", daemon=True).start()

    def put(self, message: FromReader) -> None:
        """Hand over a message; waits while too much is on its way.

        Raises:
            LineLost: when the loader is gone.
        """
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        self._check()
        with self._changed:
            while self._bytes > self._most and not self._lost:
                self._changed.wait(_BEAT)
                self._check()
            if self._lost:
                raise LineLost
            self._waiting.append(data)
            self._bytes += len(data)
            self._changed.notify_all()

    def close(self) -> None:
        """Send nothing more. The thread closes the line, for it may be sending at this moment."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _run(self) -> None:
        try:
            while (data := self._next()) is not None:
                self._line.send_bytes(data)
                with self._changed:
                    self._bytes -= len(data)
                    self._changed.notify_all()
        except (OSError, ValueError):
            with self._changed:
                self._lost = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closed)
        self._line.close()

    def _next(self) -> bytes | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return None if self._closed else self._waiting.popleft()
