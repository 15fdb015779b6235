"""How many workers there are: the setting, the user's override with its end, and the limit of an alert, together."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from widgets.settings.override import OverrideStatus
from workers.core.alerts.states import PoolWish
from workers.core.jobs.snapshots import PoolSnapshot


class PoolControl(Protocol):
    """What alerts and overrides may do to the pool."""

    def gate(self, reason: str | None) -> None:
        """Start no job for that reason, or start jobs again."""

    def resize(
        self, size: int | None, *, until: float | None = None, until_job: str | None = None, reason: str = ""
    ) -> None:
        """Use another number of workers, for an alert with its reason; None for the computed number."""

    def recycle(self, worker_number: int) -> None:
        """Replace a worker once it is idle."""


class WorkerOverride(QObject):
    """Decides the pool's size. Lives on the UI thread.

    Signals:
        changed: `OverrideStatus`, or None when no override is in force.
    """

    changed = Signal(object)

    def __init__(
        self,
        pool: PoolControl,
        *,
        lasting: int | None,
        computed: int,
        wall: Callable[[], float] = time.time,
        parent: QObject | None = None,
    ) -> None:
        """Start without an override.

        Args:
            pool: The pool to be sized.
            lasting: The number that somebody set for good, or None for the computed one.
            computed: The computed number.
            wall: Unix time.
            parent: The owner.
        """
        super().__init__(parent)
        self._pool, self._wall = pool, wall
        self._lasting, self._computed = lasting, computed
        self._status: OverrideStatus | None = None
        self._busy_seen = False
        self._wish = PoolWish()
        self._sent: tuple[int | None, str] = (lasting, "")

    @property
    def status(self) -> OverrideStatus | None:
        """The user's override in force."""
        return self._status

    def set_lasting(self, workers: int | None) -> None:
        """The setting has changed; it ends an override."""
        self._lasting = workers
        self._set(None)

    @Slot(int, object)
    def override(self, workers: int, until: float | None) -> None:
        """Use so many workers until a Unix time, or with None until the running jobs end."""
        self._busy_seen = False
        if workers == (self._lasting or self._computed):
            self._set(None)
            return
        self._set(OverrideStatus(workers, self._lasting or self._computed, until, self._wall()))

    @Slot()
    def end(self) -> None:
        """End the override now."""
        self._set(None)

    def obey(self, wish: PoolWish) -> None:
        """Do what the alerts want; an empty wish undoes it."""
        if wish.hold_reason != self._wish.hold_reason:
            self._pool.gate(wish.hold_reason or None)
        self._wish = wish
        self._apply()

    def take_pool(self, pool: PoolSnapshot) -> None:
        """Look whether the override is over."""
        self._computed = pool.computed_size
        status = self._status
        if status is None:
            return
        self._busy_seen = self._busy_seen or pool.busy > 0
        over = self._wall() >= status.until if status.until is not None else pool.busy == 0 and pool.waiting == 0
        if over and (status.until is not None or self._busy_seen or self._wall() - status.since > 5):
            self._set(None)

    def _set(self, status: OverrideStatus | None) -> None:
        before, self._status = self._status, status
        self._apply()
        if status != before:
            self.changed.emit(status)

    def _apply(self) -> None:
        wanted = self._status.workers if self._status else self._lasting
        limit = self._wish.shrink_to
        size = wanted if limit is None else min(limit, wanted or self._computed)
        slowed = limit is not None and limit < (wanted or self._computed)
        reason = self._wish.shrink_reason if slowed else ""
        if (size, reason) != self._sent:
            self._sent = size, reason
            self._pool.resize(size, reason=reason)
