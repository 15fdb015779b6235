"""Follows one query from what the pool tells of it: its statements, what it waits for, and how it ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.model.errors import ErrorInfo
from workers.core.query.outcome import (
    DecisionWanted,
    QueryReport,
    StatementOutcome,
    StatementStarted,
    StatementState,
)


@dataclass(frozen=True, slots=True)
class QuerySnapshot:
    """One query as it stands. Frozen, so that it may cross threads.

    Attributes:
        query_id: Its id, which is its job's as well.
        text: The script.
        source: The database or the files, for people.
        job: Its place in the lane, its progress, how it ended; None before the pool has spoken of it.
        of: How many statements the script has; 0 while that is not known.
        outcomes: Statements that have begun, in order; the last one may be running.
        decision: What waits for *Commit* or *Roll back*, or None.
        rolled_back: Why a change was not committed; empty otherwise.
        over: Whether nothing more will happen to it, and its results are what they will be.
    """

    query_id: str
    text: str
    source: str = ""
    job: JobSnapshot | None = None
    of: int = 0
    outcomes: tuple[StatementOutcome, ...] = ()
    decision: DecisionWanted | None = None
    rolled_back: str = ""
    over: bool = False


@dataclass(slots=True)
class QueryTracker:
    """Takes in what the pool tells of one query. Pure; not thread-safe."""

    query_id: str
    text: str
    source: str = ""
    _job: JobSnapshot | None = None
    _of: int = 0
    _outcomes: dict[int, StatementOutcome] = field(default_factory=dict)
    _decision: DecisionWanted | None = None
    _rolled_back: str = ""
    _over: bool = False

    def snapshot(self) -> QuerySnapshot:
        """The query as it stands."""
        job = self._job
        waited = waited_seconds(job) if job is not None else 0.0
        return QuerySnapshot(
            query_id=self.query_id,
            text=self.text,
            source=self.source,
            job=job,
            of=self._of,
            outcomes=tuple(replace(self._outcomes[n], waited_seconds=waited) for n in sorted(self._outcomes)),
            decision=self._decision,
            rolled_back=self._rolled_back,
            over=self._over,
        )

    def take(self, part: object) -> None:
        """Take in a part of the answer, or the whole of it."""
        match part:
            case StatementStarted(query_id, number, of, text, columns, result_id):
                self._of = of
                self._outcomes[number] = StatementOutcome(
                    query_id, number, StatementState.RUNNING, text, columns=columns, result_id=result_id
                )
            case StatementOutcome():
                self._outcomes[part.statement] = part
            case DecisionWanted():
                self._decision = part
            case QueryReport():
                self._decision = None
                self._rolled_back = part.rolled_back
                self._outcomes.update({outcome.statement: outcome for outcome in part.outcomes})
            case _:
                pass

    def job_changed(self, job: JobSnapshot) -> list[str]:
        """Take in how its job stands.

        Returns:
            At its end: results whose worker may not have brought them to theirs, to be looked at on disk.
        """
        self._job = job
        self._over = False
        if not job.state.ended:
            return []
        self._decision = None
        left = [o.result_id for o in self._outcomes.values() if o.state is StatementState.RUNNING and o.result_id]
        self._close(job)
        return left

    def conclude(self) -> None:
        """Its results have been looked at: nothing more will happen to it."""
        self._over = True

    def found(self, result_id: str, rows: int, size: int) -> None:
        """A result that was left without an end holds so many rows."""
        for number, outcome in self._outcomes.items():
            if outcome.result_id == result_id:
                kept = result_id if rows else None
                self._outcomes[number] = replace(outcome, rows=rows, size=size, result_id=kept)

    def _close(self, job: JobSnapshot) -> None:
        """No statement may be left running, and a job that failed has one that says so."""
        for number, outcome in self._outcomes.items():
            if outcome.state is StatementState.RUNNING:
                self._outcomes[number] = replace(outcome, state=_left(job), error=_error(job))
            elif outcome.state is StatementState.CANCELLED and job.state is JobState.FAILED:
                self._outcomes[number] = replace(outcome, state=StatementState.FAILED, error=_error(job))
        ends = {outcome.state for outcome in self._outcomes.values()}
        if job.state is not JobState.DONE and ends <= {StatementState.DONE}:
            state = StatementState.CANCELLED if job.state is JobState.CANCELLED else StatementState.FAILED
            number = len(self._outcomes) + 1 if not self._of or len(self._outcomes) < self._of else self._of
            before = self._outcomes.get(number, StatementOutcome(self.query_id, number, state, self.text))
            self._outcomes[number] = replace(before, state=state, error=_error(job))


def waited_seconds(job: JobSnapshot) -> float:
    """How long a job waited for its turn; until now it is not told."""
    return max(0.0, job.started - job.submitted) if job.started is not None else 0.0


def _left(job: JobSnapshot) -> StatementState:
    """How a statement ended whose worker did not say so."""
    return StatementState.CANCELLED if job.state is JobState.CANCELLED else StatementState.INCOMPLETE


def _error(job: JobSnapshot) -> ErrorInfo | None:
    if job.state is JobState.CANCELLED:
        return None
    return job.error or ErrorInfo("failed", job.reason or "The query failed without saying why.")
