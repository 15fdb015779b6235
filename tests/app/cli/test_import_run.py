"""A command's run tells every import once and answers with the right code, whatever the pool says in whatever order."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest

from app.cli.import_run import ImportRun
from app.cli.progress_view import Silent
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolClosed
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import ImportRequest, Target


def _spec(path: str = "a.xlsx") -> JobSpec:
    job_id = str(uuid.uuid4())
    request = ImportRequest(job_id, path, ImportOptions(), Target("h", 1, "u", "d"))
    return JobSpec(job_id, JobKind.IMPORT, path, request)


def _outcome(state: ImportState = ImportState.LOADED, error: ErrorInfo | None = None) -> ImportOutcome:
    return ImportOutcome(str(uuid.uuid4()), "a.xlsx", "S", "public.a", "create", state, error=error)


def _end(spec: JobSpec, state: JobState, error: ErrorInfo | None = None) -> JobSnapshot:
    return JobSnapshot(spec.job_id, JobKind.IMPORT, spec.title, "", state, error=error)


class _Door:
    """A pool that answers each submission with prepared events."""

    def __init__(self, run: ImportRun, *outcomes: ImportOutcome, end: JobState, error: ErrorInfo | None = None) -> None:
        self.run, self.outcomes, self.end, self.error = run, outcomes, end, error
        self.cancelled: list[str] = []

    def submit(self, spec: JobSpec) -> None:
        for outcome in self.outcomes:
            self.run.heard(ImportEnded(spec.job_id, outcome))
        job = replace(_end(spec, self.end, self.error), outcomes=self.outcomes)
        self.run.heard(JobChanged(job))

    def cancel(self, job_id: str) -> None:
        self.cancelled.append(job_id)


@pytest.mark.parametrize(
    ("outcomes", "end", "error", "states", "code"),
    [
        ([ImportState.LOADED, ImportState.UNCHANGED], JobState.DONE, None, ["loaded", "unchanged"], 0),
        ([ImportState.LOADED, ImportState.FAILED], JobState.DONE, None, ["loaded", "failed"], 1),
        ([ImportState.LOADED], JobState.FAILED, ErrorInfo("worker-died", "It died."), ["loaded", "failed"], 1),
        ([], JobState.FAILED, ErrorInfo("damaged", "It is damaged."), ["failed"], 1),
        ([], JobState.CANCELLED, None, ["cancelled"], 1),
        ([], JobState.UNKNOWN, ErrorInfo("unknown-commit", "Nobody knows."), ["unknown"], 1),
        ([], JobState.QUARANTINED, ErrorInfo("worker-died", "Twice."), ["failed"], 1),
    ],
)
def test_every_ending_is_told_once(
    outcomes: list[ImportState], end: JobState, error: ErrorInfo | None, states: list[str], code: int
) -> None:
    """What a worker told before it died stays told; what it could not tell is told for it."""
    told: list[ImportOutcome] = []
    run = ImportRun(told.append, Silent())
    door = _Door(run, *[_outcome(s) for s in outcomes], end=end, error=error)
    assert run.run(door, [_spec()]) == code
    assert [o.state.value for o in told] == states
    if error is not None:
        assert told[-1].error == error


def test_a_pool_that_ends_leaves_no_file_in_silence() -> None:
    """Files whose job never ended are told as failed."""
    told: list[ImportOutcome] = []
    run = ImportRun(told.append, Silent())

    class _Closing:
        def submit(self, spec: JobSpec) -> None:
            run.heard(PoolClosed())

        def cancel(self, job_id: str) -> None:
            raise AssertionError("nothing to cancel")

    assert run.run(_Closing(), [_spec("lost.xlsx")]) == 1
    assert [(o.file, o.error.kind if o.error else "") for o in told] == [("lost.xlsx", "pool-ended")]


def test_what_an_earlier_command_left_is_not_told_as_ours() -> None:
    """The pool settles jobs of commands that were killed; their lines belong to nobody's output any more."""
    told: list[ImportOutcome] = []
    run = ImportRun(told.append, Silent())
    foreign = _spec("foreign.xlsx")
    run.heard(ImportEnded(foreign.job_id, _outcome()))
    run.heard(JobChanged(_end(foreign, JobState.DONE)))
    mine = _outcome()
    assert run.run(_Door(run, mine, end=JobState.DONE), [_spec()]) == 0
    assert told == [mine]
