"""One thread that writes the local store, so that neither the window nor the supervisor ever waits for a disk."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable

from workers.core.errors import SheetferryError

_log = logging.getLogger(__name__)


class StoreWriter:
    """Carries out writes in the order in which they were handed in. An error is told once and work goes on."""

    def __init__(self, failed: Callable[[SheetferryError | None], None]) -> None:
        """Tell `failed` (on the writer's thread) of the first error of a kind, such as a full disk, and None after it.

        None says that a write has succeeded again.
        """
        self._failed = failed
        self._told: set[str] = set()
        self._work: queue.SimpleQueue[Callable[[], object] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def put(self, write: Callable[[], object]) -> None:
        """Hand in a write."""
        self._work.put(write)

    def close(self, timeout: float = 10.0) -> bool:
        """Finish what was handed in; False when it takes too long."""
        self._work.put(None)
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (write := self._work.get()) is not None:
            try:
                write()
                if self._told:
                    self._told.clear()
                    self._failed(None)
            except SheetferryError as error:
                _log.error("the queue could not be saved: %s", error)
                if error.info.kind not in self._told:
                    self._told.add(error.info.kind)
                    self._failed(error)
            except Exception:  # noqa: BLE001 - the writer must go on for the writes that follow
                _log.exception("the queue could not be saved")
