"""Imports and queries share a pool and never wait for each other."""

from __future__ import annotations

from typing import Any

import pytest

from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.machine import PoolMachine
from workers.core.jobs.snapshots import JobKind, JobState, Lane
from workers.core.jobs.spec import JobLimits, JobSpec, PoolPolicy
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions, Priority
from workers.core.model.tasks import BackendStarted, ImportRequest, Target
from workers.core.query.outcome import QueryReport, StatementStarted
from workers.core.query.request import QueryRequest

TARGET = Target("localhost", 1, "u", "d")
GB = 1 << 30


class Shell:
    """Obeys instructions at once and remembers what ran where."""

    def __init__(self, **policy: Any) -> None:
        self.now = 0.0
        self.machine = PoolMachine(PoolPolicy(prestart=False, **policy), 2)
        self.lanes: dict[int, Lane] = {}
        self.running: dict[str, int] = {}
        self.out: list[ins.Instruction] = []
        self.slots = {Lane.IMPORTS: 99, Lane.QUERIES: 99}
        self.feed(ev.ResourcesMeasured(0.0, 4 * GB, 8 * GB, 4, 2))

    def feed(self, event: ev.Event) -> None:
        queue: list[ev.Event] = [event]
        while queue:
            for instruction in self.machine.handle(queue.pop(0)):
                self.out.append(instruction)
                queue += self.obey(instruction)

    def obey(self, instruction: ins.Instruction) -> list[ev.Event]:
        match instruction:
            case ins.Spawn(number, _, lane):
                self.lanes[number] = lane
                return [ev.WorkerSpawned(self.now, number, 1000 + number), ev.WorkerReady(self.now, number)]
            case ins.SendTask(number, job_id, kind, _):
                assert (kind is JobKind.QUERY) == (self.lanes[number] is Lane.QUERIES)
                self.running[job_id] = number
            case ins.RequestSlots(count, lane):
                return [ev.SlotsHeld(self.now, min(count, self.slots[lane]), count > self.slots[lane], lane)]
            case ins.CountConnections(server, _):
                return [ev.ConnectionsCounted(self.now, server, None)]
            case _:
                pass
        return []

    def submit(self, job_id: str, kind: JobKind, **more: Any) -> None:
        request: Any = QueryRequest(job_id, "select 1", TARGET, "/tmp")
        if kind is JobKind.IMPORT:
            request = ImportRequest(job_id, "a.xlsx", ImportOptions(), TARGET)
        more.setdefault("retries", 0 if kind is JobKind.QUERY else 2)
        self.feed(ev.Submitted(self.now, JobSpec(job_id, kind, job_id, request, **more)))

    def end(self, job_id: str, end: ev.TaskEnd = ev.TaskEnd.DONE, **more: Any) -> None:
        self.feed(ev.TaskEnded(self.now, self.running.pop(job_id), job_id, end, **more))

    def backend(self, job_id: str, xid: str = "") -> None:
        backend = BackendStarted(job_id, 7, "then", xid, "sheetferry/query", ledger=False)
        self.feed(ev.BackendReported(self.now, self.running[job_id], job_id, backend))

    def settled(self, job_id: str, verdict: ev.Verdict) -> None:
        self.feed(ev.Settled(self.now, job_id, job_id, verdict))

    def state(self, job_id: str) -> JobState:
        snapshot = self.machine.job_snapshot(job_id)
        assert snapshot is not None
        return snapshot.state

    def reason(self, job_id: str) -> str:
        snapshot = self.machine.job_snapshot(job_id)
        assert snapshot is not None
        return snapshot.reason

    def running_of(self, prefix: str) -> set[str]:
        return {job_id for job_id in self.running if job_id.startswith(prefix)}


def test_each_lane_runs_as_many_as_it_may_whatever_the_other_does() -> None:
    shell = Shell()
    for n in range(6):
        shell.submit(f"import {n}", JobKind.IMPORT)
        shell.submit(f"query {n}", JobKind.QUERY)
    assert shell.running_of("import") == {"import 0", "import 1"}
    assert shell.running_of("query") == {"query 0", "query 1", "query 2"}
    pool = shell.machine.pool_snapshot(0.0)
    assert (pool.size, pool.busy, pool.waiting) == (2, 2, 4)
    assert (pool.queries.size, pool.queries.busy, pool.queries.waiting) == (3, 3, 3)
    assert sorted(worker.lane for worker in pool.workers) == [Lane.IMPORTS] * 2 + [Lane.QUERIES] * 3
    shell.end("query 1", result=QueryReport("query 1", ()))
    assert "query 3" in shell.running
    assert shell.running_of("import") == {"import 0", "import 1"}


def test_a_waiting_query_says_its_place_in_its_lane() -> None:
    shell = Shell()
    for n in range(6):
        shell.submit(f"query {n}", JobKind.QUERY)
        shell.submit(f"import {n}", JobKind.IMPORT)
    shell.now = 1.0
    shell.feed(ev.Tick(1.0))
    assert [shell.reason(f"query {n}") for n in (3, 4, 5)] == [
        "waiting: 3 of 3 running, 1 in line",
        "waiting: 3 of 3 running, 2 in line",
        "waiting: 3 of 3 running, 3 in line",
    ]
    assert shell.reason("import 5") == "waiting: 3 before it"


def test_levels_and_aging_hold_within_the_lane() -> None:
    shell = Shell(queries=1, aging=10.0)
    shell.submit("first", JobKind.QUERY)
    shell.submit("low", JobKind.QUERY, priority=Priority.LOW)
    shell.submit("normal", JobKind.QUERY)
    shell.submit("high", JobKind.QUERY, priority=Priority.HIGH)
    order = []
    for _ in range(4):
        (job_id,) = shell.running
        order.append(job_id)
        shell.end(job_id, result=None)
    assert order == ["first", "high", "normal", "low"]
    shell.submit("busy", JobKind.QUERY)
    shell.submit("old", JobKind.QUERY, priority=Priority.LOW)
    shell.now = 35.0
    shell.submit("new", JobKind.QUERY, priority=Priority.HIGH)
    shell.end("busy", result=None)
    assert shell.running_of("old") == {"old"}


def test_the_size_of_the_lane_changes_at_once() -> None:
    shell = Shell(queries=1)
    for n in range(4):
        shell.submit(f"query {n}", JobKind.QUERY)
    assert len(shell.running) == 1
    shell.feed(ev.PolicyChanged(0.0, PoolPolicy(prestart=False, queries=3)))
    assert len(shell.running) == 3
    shell.feed(ev.PolicyChanged(0.0, PoolPolicy(prestart=False, queries=1)))
    shell.end("query 0", result=None)
    assert len(shell.running) == 2
    assert shell.state("query 3") is JobState.WAITING


def test_an_alert_holds_both_lanes_with_its_reason() -> None:
    shell = Shell()
    shell.feed(ev.GateChanged(0.0, "memory is critical"))
    shell.submit("query", JobKind.QUERY)
    shell.submit("import", JobKind.IMPORT)
    assert shell.running == {}
    assert shell.reason("query") == shell.reason("import") == "waiting: memory is critical"
    shell.feed(ev.GateChanged(0.0, None))
    assert set(shell.running) == {"query", "import"}


def test_slots_of_one_lane_are_not_those_of_the_other() -> None:
    shell = Shell()
    shell.slots[Lane.QUERIES] = 0
    shell.submit("query", JobKind.QUERY)
    shell.submit("import", JobKind.IMPORT)
    assert set(shell.running) == {"import"}
    assert "another Sheetferry" in shell.reason("query")
    shell.slots[Lane.QUERIES], shell.now = 3, 1.0
    shell.feed(ev.Tick(1.0))
    assert set(shell.running) == {"import", "query"}


def test_parts_of_the_answer_are_told_as_they_come() -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY)
    part = StatementStarted("query", 1, 1, "select 1")
    shell.feed(ev.PartReported(0.0, shell.running["query"], "query", part))
    assert ins.PublishResult("query", part) in shell.out
    shell.feed(ev.PartReported(0.0, shell.running["query"] + 5, "query", part))
    assert shell.out.count(ins.PublishResult("query", part)) == 1


def test_a_decision_goes_to_the_worker_that_waits_for_it() -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY)
    shell.feed(ev.Decided(0.0, "query", True))
    assert ins.SendDecision(shell.running["query"], "query", True) in shell.out
    shell.end("query", result=None)
    before = len([i for i in shell.out if isinstance(i, ins.SendDecision)])
    shell.feed(ev.Decided(0.0, "query", True))
    assert len([i for i in shell.out if isinstance(i, ins.SendDecision)]) == before


def test_cancelled_is_said_once_the_server_has_let_go() -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY)
    shell.backend("query")
    shell.feed(ev.CancelRequested(0.0, "query"))
    shell.end("query", ev.TaskEnd.CANCELLED)
    assert shell.state("query") is JobState.IN_DOUBT
    shell.settled("query", "rolled_back")
    assert shell.state("query") is JobState.CANCELLED


def test_a_server_that_cannot_be_asked_leaves_no_question_about_a_query_that_only_read() -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY)
    shell.backend("query")
    shell.feed(ev.CancelRequested(0.0, "query"))
    shell.end("query", ev.TaskEnd.CANCELLED)
    shell.settled("query", "unknown")
    assert shell.state("query") is JobState.CANCELLED


@pytest.mark.parametrize("verdict", ["rolled_back", "unknown"])
def test_a_query_whose_worker_died_is_not_run_again(verdict: ev.Verdict) -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY, retries=5)
    shell.backend("query")
    shell.feed(ev.WorkerDied(0.0, shell.running.pop("query"), -9, "killed"))
    assert shell.state("query") is JobState.IN_DOUBT
    shell.settled("query", verdict)
    assert shell.state("query") is JobState.FAILED
    assert shell.running == {}
    snapshot = shell.machine.job_snapshot("query")
    assert snapshot is not None
    assert snapshot.error is not None
    assert snapshot.error.kind == "worker-died"
    assert "kept" in snapshot.error.message


@pytest.mark.parametrize(
    ("verdict", "state"),
    [("committed", JobState.DONE), ("unknown", JobState.UNKNOWN), ("rolled_back", JobState.FAILED)],
)
def test_what_became_of_a_change_is_found_out(verdict: ev.Verdict, state: JobState) -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY)
    shell.backend("query", xid="77")
    shell.feed(ev.WorkerDied(0.0, shell.running.pop("query"), -9, "killed"))
    shell.settled("query", verdict)
    assert shell.state("query") is state


def test_a_limit_makes_a_query_fail_and_a_deaf_worker_is_killed() -> None:
    shell = Shell(grace=0.7)
    shell.submit("query", JobKind.QUERY, limits=JobLimits.of_timeout(10.0, None))
    shell.backend("query")
    shell.now = 10.0
    shell.feed(ev.Tick(10.0))
    assert shell.state("query") is JobState.CANCELLING
    shell.now = 10.8
    shell.feed(ev.Tick(10.8))
    number = shell.running.pop("query")
    assert ins.Kill(number) in shell.out
    shell.feed(ev.WorkerDied(10.9, number, -9, ""))
    shell.settled("query", "rolled_back")
    assert shell.state("query") is JobState.FAILED


def test_a_server_without_a_free_connection_makes_it_wait_and_not_fail() -> None:
    shell = Shell()
    shell.submit("query", JobKind.QUERY)
    error = ErrorInfo("too-many-connections", "The server is full.")
    shell.end("query", ev.TaskEnd.FAILED, error=error, environment=True)
    assert shell.state("query") is JobState.WAITING
    assert "connection" in shell.reason("query")
    shell.now = 5.0
    shell.feed(ev.Tick(5.0))
    assert shell.state("query") is JobState.RUNNING


def test_the_end_of_the_program_ends_both_lanes() -> None:
    shell = Shell()
    for kind in (JobKind.QUERY, JobKind.IMPORT):
        shell.submit(kind.value, kind)
    shell.feed(ev.ShutdownRequested(0.0, True, False, 5.0))
    for job_id in list(shell.running):
        shell.end(job_id, ev.TaskEnd.CANCELLED)
    for number in list(shell.lanes):
        shell.feed(ev.WorkerDied(1.0, number, 0))
    assert shell.machine.closed
    assert {shell.state("query"), shell.state("import")} == {JobState.CANCELLED}
