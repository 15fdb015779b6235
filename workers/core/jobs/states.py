"""The legal ways through the life of a job and of a worker, each in one table, and the error for all other ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from workers.core.jobs.snapshots import JobState
from workers.core.model.errors import BugError, ErrorInfo


class WorkerState(StrEnum):
    """Where a worker process is."""

    STARTING = "starting"
    IDLE = "idle"
    BUSY = "busy"
    CANCELLING = "cancelling"
    RETIRING = "retiring"
    DEAD = "dead"


JOB_TRANSITIONS: Mapping[JobState, frozenset[JobState]] = {
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.CANCELLED, JobState.FAILED}),
    JobState.RUNNING: frozenset(
        {
            JobState.CANCELLING,
            JobState.IN_DOUBT,
            JobState.WAITING,
            JobState.DONE,
            JobState.FAILED,
            JobState.CANCELLED,
            JobState.UNKNOWN,
            JobState.QUARANTINED,
        }
    ),
    JobState.CANCELLING: frozenset(
        {JobState.IN_DOUBT, JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.UNKNOWN}
    ),
    JobState.IN_DOUBT: frozenset(
        {
            JobState.WAITING,
            JobState.DONE,
            JobState.FAILED,
            JobState.CANCELLED,
            JobState.QUARANTINED,
            JobState.UNKNOWN,
        }
    ),
    JobState.DONE: frozenset(),
    JobState.FAILED: frozenset(),
    JobState.CANCELLED: frozenset(),
    JobState.QUARANTINED: frozenset(),
    JobState.UNKNOWN: frozenset(),
}

WORKER_TRANSITIONS: Mapping[WorkerState, frozenset[WorkerState]] = {
    WorkerState.STARTING: frozenset({WorkerState.IDLE, WorkerState.RETIRING, WorkerState.DEAD}),
    WorkerState.IDLE: frozenset({WorkerState.BUSY, WorkerState.RETIRING, WorkerState.DEAD}),
    WorkerState.BUSY: frozenset({WorkerState.IDLE, WorkerState.CANCELLING, WorkerState.DEAD}),
    WorkerState.CANCELLING: frozenset({WorkerState.IDLE, WorkerState.DEAD}),
    WorkerState.RETIRING: frozenset({WorkerState.DEAD}),
    WorkerState.DEAD: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """One step in the life of a job or worker: when (monotonic seconds) and what."""

    at: float
    text: str


class IllegalTransition(BugError):
    """A step that the table does not allow; carries the history so far."""

    def __init__(self, info: ErrorInfo, history: tuple[Transition, ...] = ()) -> None:
        """Keep the history beside the usual information."""
        super().__init__(info)
        self.history = history

    def __reduce__(self) -> tuple[type[IllegalTransition], tuple[ErrorInfo, tuple[Transition, ...]]]:
        """Pickle with the history."""
        return type(self), (self.info, self.history)


_S = TypeVar("_S", JobState, WorkerState)


def check_step(
    table: Mapping[_S, frozenset[_S]], who: str, before: _S, after: _S, history: Iterable[Transition]
) -> None:
    """Allow a legal step.

    Raises:
        IllegalTransition: if the table does not know the step.
    """
    if after not in table[before]:
        lines = tuple(history)
        told = "\n".join(f"{line.at:.3f} {line.text}" for line in lines)
        message = f"{who} cannot go from {before.value} to {after.value}"
        raise IllegalTransition(ErrorInfo("illegal-transition", message, detail=told), lines)
