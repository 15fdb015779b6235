"""One thread that writes the local store, so that neither the window nor the supervisor ever waits for a disk."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Final, TypeAlias

from workers.core.model.errors import SheetferryError

_log = logging.getLogger(__name__)

Transaction: TypeAlias = Callable[[], AbstractContextManager[object]]

_AT_ONCE: Final = 500
"""Writes that share a transaction at most: what comes after them waits for all of them."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A write, and what may follow once it is on the disk or has failed.

    Attributes:
        write: Changes nothing but the store when `shares` is set, so that it can be rolled back and tried again.
        after: What follows.
        shares: Whether it may share a transaction with its neighbours.
    """

    write: Callable[[], object]
    after: Callable[[], object] | None = None
    shares: bool = False


class StoreWriter:
    """Carries out writes in the order in which they were handed in. An error is told once and work goes on.

    Whatever has gathered while one write went to the disk goes there together: a disk takes as long for a thousand
    jobs as for one.
    """

    def __init__(
        self, failed: Callable[[SheetferryError | None], None], transaction: Transaction = nullcontext
    ) -> None:
        """Tell `failed` (on the writer's thread) of the first error of a kind, such as a full disk, and None after it.

        None says that a write has succeeded again. Writes within a `transaction` are kept together or not at all.
        """
        self._failed = failed
        self._transaction = transaction
        self._told: set[str] = set()
        self._work: queue.SimpleQueue[_Step] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def put(self, write: Callable[[], object]) -> None:
        """Hand in a step that is carried out by itself."""
        self._work.put(_Step(write))

    def put_write(self, write: Callable[[], object], after: Callable[[], object] | None = None) -> None:
        """Hand in a write that changes nothing but the store.

        Args:
            write: May be carried out together with others, and again when one of them fails.
            after: Called when it is on the disk, or has failed.
        """
        self._work.put(_Step(write, after, shares=True))

    def close(self, timeout: float = 10.0) -> bool:
        """Finish what was handed in; False when it takes too long."""
        self._work.put(_END)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        following: _Step | None = None
        while (step := following or self._work.get()) is not _END:
            steps, following = self._gather(step)
            if len(steps) == 1 or not self._attempt(lambda: self._write_together(steps), told=False):  # noqa: B023
                for each in steps:
                    self._attempt(each.write)
            for each in steps:
                if each.after is not None:
                    self._attempt(each.after)

    def _gather(self, step: _Step) -> tuple[list[_Step], _Step | None]:
        """A step and those behind it that may share its transaction, and the next one if it was met."""
        steps = [step]
        while step.shares and len(steps) < _AT_ONCE:
            try:
                following = self._work.get_nowait()
            except queue.Empty:
                break
            if not following.shares:
                return steps, following
            steps.append(following)
        return steps, None

    def _write_together(self, steps: list[_Step]) -> None:
        with self._transaction():
            for step in steps:
                step.write()

    def _attempt(self, write: Callable[[], object], *, told: bool = True) -> bool:
        """Whether a step has succeeded; a failure is told unless the same is tried again in another way."""
        try:
            write()
        except SheetferryError as error:
            if told:
                _log.error("the queue could not be saved: %s", error)
                self._tell(error)
        except Exception:  # noqa: BLE001 - the writer must go on for the writes that follow
            if told:
                _log.exception("the queue could not be saved")
        else:
            self._tell(None)
            return True
        return False

    def _tell(self, error: SheetferryError | None) -> None:
        if error is None:
            if self._told:
                self._told.clear()
                self._failed(None)
        elif error.info.kind not in self._told:
            self._told.add(error.info.kind)
            self._failed(error)


_END: Final = _Step(lambda: None)
