"""How far the saving of a result is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workers.core.model.tasks import Phase, Progress
from workers.core.query.context import QueryContext


class Saving:
    """Tells how many of so many rows are saved; every call may raise `Cancelled`."""

    def __init__(self, context: QueryContext, rows: int) -> None:
        """Tell `context` about a result of so many rows."""
        self._context = context
        self._rows = rows

    def __call__(self, done: int) -> None:
        """So many rows are saved."""
        self._context.check()
        fraction = min(1.0, done / self._rows) if self._rows else None
        self._context.progress(Progress(Phase.SAVING, rows=done, fraction=fraction))

    @contextmanager
    def interruptible(self, interrupt: Callable[[], None]) -> Iterator[None]:
        """Within the block a cancel calls `interrupt`, for work that cannot look for it itself."""
        self._context.check()
        self._context.on_cancel(interrupt)
        try:
            yield
        finally:
            self._context.on_cancel(None)
