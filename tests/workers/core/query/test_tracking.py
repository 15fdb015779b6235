from __future__ import annotations

import pytest

from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.model.errors import ErrorInfo
from workers.core.query.columns import ResultColumn, unique_names
from workers.core.query.outcome import (
    DecisionWanted,
    QueryReport,
    StatementOutcome,
    StatementStarted,
    StatementState,
)
from workers.core.query.tracking import QueryTracker

LIMIT = ErrorInfo("timed-out", "It was not done after 10 s.")


def job(state: JobState, error: ErrorInfo | None = None) -> JobSnapshot:
    return JobSnapshot("q", JobKind.QUERY, "t", "", state, error=error, submitted=10.0, started=12.5)


def begun() -> QueryTracker:
    tracker = QueryTracker("q", "select 1; select 2", "db")
    tracker.take(StatementStarted("q", 1, 2, "select 1", result_id="q-1"))
    return tracker


def test_statements_come_one_after_the_other_with_their_wait() -> None:
    tracker = begun()
    tracker.job_changed(job(JobState.RUNNING))
    tracker.take(StatementOutcome("q", 1, StatementState.DONE, rows=1, result_id="q-1"))
    tracker.take(StatementStarted("q", 2, 2, "select 2", result_id="q-2"))
    snapshot = tracker.snapshot()
    assert [(o.state, o.waited_seconds) for o in snapshot.outcomes] == [
        (StatementState.DONE, 2.5),
        (StatementState.RUNNING, 2.5),
    ]
    assert (snapshot.of, snapshot.source, snapshot.over) == (2, "db", False)


@pytest.mark.parametrize(
    ("state", "error", "left"),
    [
        (JobState.CANCELLED, None, StatementState.CANCELLED),
        (JobState.FAILED, LIMIT, StatementState.INCOMPLETE),
        (JobState.UNKNOWN, LIMIT, StatementState.INCOMPLETE),
    ],
)
def test_what_was_left_running_ends_as_its_job_does(
    state: JobState, error: ErrorInfo | None, left: StatementState
) -> None:
    tracker = begun()
    assert tracker.job_changed(job(state, error)) == ["q-1"]
    tracker.found("q-1", 5, 100)
    assert not tracker.snapshot().over
    tracker.conclude()
    snapshot = tracker.snapshot()
    (outcome,) = snapshot.outcomes
    assert (outcome.state, outcome.rows, outcome.result_id, outcome.error) == (left, 5, "q-1", error)
    assert snapshot.over


def test_a_result_without_rows_is_none() -> None:
    tracker = begun()
    tracker.job_changed(job(JobState.FAILED, LIMIT))
    tracker.found("q-1", 0, 0)
    assert tracker.snapshot().outcomes[0].result_id is None


def test_a_limit_that_stopped_a_statement_is_told_as_its_failure() -> None:
    tracker = begun()
    tracker.take(StatementOutcome("q", 1, StatementState.CANCELLED, rows=3))
    tracker.job_changed(job(JobState.FAILED, LIMIT))
    (outcome,) = tracker.snapshot().outcomes
    assert (outcome.state, outcome.error, outcome.rows) == (StatementState.FAILED, LIMIT, 3)


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_a_query_that_never_began_has_a_statement_that_says_so(state: JobState) -> None:
    tracker = QueryTracker("q", "select 1")
    tracker.job_changed(job(state, LIMIT if state is JobState.FAILED else None))
    (outcome,) = tracker.snapshot().outcomes
    assert outcome.state.value == state.value
    assert outcome.text == "select 1"


def test_a_decision_is_open_until_it_is_made() -> None:
    tracker = begun()
    tracker.take(DecisionWanted("q", (), 120.0))
    assert tracker.snapshot().decision is not None
    tracker.take(QueryReport("q", (), "Rolled back, as was wished."))
    assert tracker.snapshot().decision is None
    assert tracker.snapshot().rolled_back


@pytest.mark.parametrize(
    ("type_name", "base", "modifier", "number"),
    [
        ("numeric(10,2)", "numeric", (10, 2), True),
        ("numeric", "numeric", (), True),
        ("timestamp(3) with time zone", "timestamp with time zone", (3,), False),
        ("character varying(20)[]", "character varying[]", (20,), False),
        ("integer[]", "integer[]", (), False),
        ("double precision", "double precision", (), True),
        ('public."my type"', 'public."my type"', (), False),
    ],
)
def test_a_types_name_is_taken_apart(type_name: str, base: str, modifier: tuple[int, ...], number: bool) -> None:
    column = ResultColumn("c", type_name)
    assert (column.base, column.modifier, column.is_number) == (base, modifier, number)


def test_names_become_unique_and_are_never_empty() -> None:
    assert unique_names(["a", "A", "", "a", "a_2"]) == ("a", "A_2", "column_3", "a_3", "a_2_2")
    assert unique_names(["ctid"], taken={"ctid"}) == ("ctid_2",)
