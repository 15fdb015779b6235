"""What a running query may do besides computing."""

from __future__ import annotations

from typing import Protocol

from workers.core.model.tasks import TaskContext
from workers.core.query.outcome import QueryPart


class QueryContext(TaskContext, Protocol):
    """A task's context that hears parts of the answer and can wait for a decision."""

    def part(self, part: QueryPart) -> None:
        """Tell a part of the answer at once."""

    def decision(self, seconds: float) -> bool | None:
        """Wait for *Commit* (True) or *Roll back* (False); None when nobody has decided in that time.

        Raises:
            Cancelled: when the job was cancelled meanwhile.
        """
