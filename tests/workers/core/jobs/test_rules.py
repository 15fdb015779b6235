"""The rules one by one: transitions, order, aging, admission, limits, back-off, learning."""

from __future__ import annotations

import itertools
import pickle
from dataclasses import replace

import pytest

from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.admission import WAITS_FOR_MEMORY, WORKER_BASE, Accounts, EstimateBook, Resources, Totals, admit
from workers.core.jobs.machine import PoolMachine
from workers.core.jobs.records import Job, Worker
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobLimits, JobSpec, PoolPolicy, RateLimit
from workers.core.jobs.states import JOB_TRANSITIONS, WORKER_TRANSITIONS, IllegalTransition, WorkerState
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import Priority
from workers.core.model.tasks import Phase, Progress

MB = 1 << 20
GB = 1 << 30


def spec(job_id: str, **more: object) -> JobSpec:
    return replace(JobSpec(job_id, JobKind.IMPORT, job_id, limits=JobLimits(None, None, None)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("before", "after"), list(itertools.product(JobState, JobState)))
def test_every_step_of_a_job_is_legal_or_refused_with_its_story(before: JobState, after: JobState) -> None:
    job = Job(spec("j"), 1, 0.0, 0.0, Priority.NORMAL, state=before)
    if after in JOB_TRANSITIONS[before]:
        job.to(after, 2.5, "because")
        assert job.state is after
        assert job.history[-1].text == f"{before.value} -> {after.value} because"
        return
    with pytest.raises(IllegalTransition) as caught:
        job.to(after, 2.5)
    assert job.state is before
    assert before.value in str(caught.value)
    assert caught.value.info.kind == "illegal-transition"


@pytest.mark.parametrize(("before", "after"), list(itertools.product(WorkerState, WorkerState)))
def test_every_step_of_a_worker_is_legal_or_refused(before: WorkerState, after: WorkerState) -> None:
    worker = Worker(1, False, 0.0, state=before)
    if after in WORKER_TRANSITIONS[before]:
        worker.to(after, 1.0)
        assert worker.state is after
    else:
        with pytest.raises(IllegalTransition):
            worker.to(after, 1.0)
        assert worker.state is before


def test_the_error_of_an_illegal_step_carries_the_story_through_a_pipe() -> None:
    job = Job(spec("j"), 1, 0.0, 0.0, Priority.NORMAL)
    job.to(JobState.RUNNING, 1.0, "on worker 3")
    job.to(JobState.DONE, 2.0)
    with pytest.raises(IllegalTransition) as caught:
        job.to(JobState.RUNNING, 3.0)
    copy = pickle.loads(pickle.dumps(caught.value))
    assert [line.text for line in copy.history] == ["waiting -> running on worker 3", "running -> done"]
    assert "waiting -> running on worker 3" in (copy.info.detail or "")


def test_ends_are_ends() -> None:
    for state in JobState:
        assert state.ended == (not JOB_TRANSITIONS[state])


class Shell:
    """Obeys instructions as the supervisor does; workers are ready at once and tasks last until they are ended."""

    def __init__(self, policy: PoolPolicy | None = None, size: int = 1) -> None:
        self.now = 0.0
        self.machine = PoolMachine(policy or PoolPolicy(), size)
        self.running: dict[int, str] = {}
        self.started: list[str] = []
        self.instructions: list[ins.Instruction] = []
        self.feed(ev.ResourcesMeasured(0.0, 8 * GB, 16 * GB, 4, size))

    def feed(self, event: ev.Event) -> None:
        queue = [event]
        while queue:
            for instruction in self.machine.handle(queue.pop(0)):
                self.instructions.append(instruction)
                if isinstance(instruction, ins.Spawn):
                    queue.append(ev.WorkerSpawned(self.now, instruction.number, instruction.number))
                    queue.append(ev.WorkerReady(self.now, instruction.number))
                elif isinstance(instruction, ins.SendTask):
                    self.running[instruction.number] = instruction.job_id
                    self.started.append(instruction.job_id)
                elif isinstance(instruction, ins.RequestSlots):
                    queue.append(ev.SlotsHeld(self.now, instruction.count))

    def submit(self, job_id: str, **more: object) -> None:
        self.feed(ev.Submitted(self.now, spec(job_id, **more)))

    def end(self, job_id: str, **more: object) -> None:
        number = next(n for n, j in self.running.items() if j == job_id)
        del self.running[number]
        self.feed(ev.TaskEnded(self.now, number, job_id, ev.TaskEnd.DONE, **more))  # type: ignore[arg-type]

    def die(self, job_id: str) -> None:
        number = next(n for n, j in self.running.items() if j == job_id)
        del self.running[number]
        self.feed(ev.WorkerDied(self.now, number, -9))

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.feed(ev.Tick(self.now))

    def look(self, job_id: str) -> JobSnapshot:
        found = self.machine.job_snapshot(job_id)
        assert found is not None
        return found

    def finish_all(self) -> list[str]:
        while self.running:
            self.end(next(iter(self.running.values())))
        return self.started


def test_high_before_normal_before_low_and_first_come_first_served() -> None:
    shell = Shell()
    shell.submit("first")
    for job_id, priority in (("l", "low"), ("n1", "normal"), ("h1", "high"), ("n2", "normal"), ("h2", "high")):
        shell.submit(job_id, priority=Priority(priority))
    assert shell.finish_all() == ["first", "h1", "h2", "n1", "n2", "l"]


def test_a_low_job_is_never_starved() -> None:
    shell = Shell(PoolPolicy(aging=100.0))
    shell.submit("busy")
    shell.submit("low", priority=Priority.LOW)
    shell.later(301.0)
    shell.submit("fresh", priority=Priority.HIGH)
    assert shell.finish_all() == ["busy", "low", "fresh"]


def test_reordering_raising_and_lowering() -> None:
    shell = Shell()
    for job_id in ("busy", "a", "b", "c", "d"):
        shell.submit(job_id)
    shell.feed(ev.Moved(0.0, "c", "a"))
    shell.feed(ev.Moved(0.0, "b", None))
    shell.feed(ev.PriorityChanged(0.0, "d", Priority.HIGH))
    assert shell.finish_all() == ["busy", "d", "c", "a", "b"]


def test_waiting_jobs_say_their_place_and_why() -> None:
    shell = Shell()
    for job_id in ("busy", "a", "b"):
        shell.submit(job_id)
    shell.later(1.0)
    assert (shell.look("a").place, shell.look("b").place) == (1, 2)
    assert shell.look("a").reason == "waiting for a free worker"
    assert shell.look("b").reason == "waiting: 1 before it"
    shell.feed(ev.HoldChanged(1.0, "lunch"))
    assert shell.look("b").reason == "waiting: lunch"


def test_memory_makes_wait_with_figures_and_small_jobs_may_pass_for_a_while() -> None:
    shell = Shell(PoolPolicy(patience=30.0), size=2)
    shell.feed(ev.ResourcesMeasured(0.0, GB, 16 * GB, 4, 2))
    shell.submit("large", memory_claim=int(1.4 * GB))
    shell.submit("small", memory_claim=100 * MB)
    assert shell.started == ["small"]
    assert shell.look("large").reason == "waiting: needs about 1.4 GB, 860 MB free"
    assert shell.look("large").reason.startswith(WAITS_FOR_MEMORY)
    shell.end("small")
    shell.later(31.0)
    shell.submit("late", memory_claim=100 * MB)
    assert shell.started == ["small"], "a job that waited long enough is not overtaken any more"
    shell.feed(ev.ResourcesMeasured(32.0, 4 * GB, 16 * GB, 4, 2))
    assert shell.started == ["small", "large", "late"]


def test_a_job_larger_than_the_machine_is_refused_with_figures_or_runs_alone() -> None:
    shell = Shell(size=2)
    shell.submit("huge", memory_claim=20 * GB)
    refused = shell.look("huge")
    assert refused.state is JobState.FAILED
    assert refused.error is not None
    assert refused.error.kind == "too-large"
    assert "20.0 GB" in refused.error.message
    shell.submit("other", memory_claim=MB)
    shell.submit("insisted", memory_claim=20 * GB, insist=True)
    assert shell.started == ["other"]
    shell.end("other")
    assert shell.started == ["other", "insisted"]


@pytest.mark.parametrize(
    ("claim", "outstanding", "free", "answer"),
    [(0, 0, 0, "go"), (GB, 0, 2 * GB, "go"), (GB, GB, 2 * GB, "wait"), (GB, 0, GB, "wait"), (9 * GB, 0, GB, "refuse")],
)
def test_admission(claim: int, outstanding: int, free: int, answer: str) -> None:
    assert admit(claim, outstanding, 1, Resources(free, 8 * GB, 4), 64 * MB, False).answer == answer


def test_accounts_report_their_drift() -> None:
    accounts = Accounts()
    accounts.claim("a", 5)
    accounts.claim("b", 7)
    accounts.release("a")
    accounts.release("a")
    assert accounts.totals == Totals(1, 7)
    assert accounts.recompute([("b", 7)]) is None
    assert accounts.recompute([]) == Totals(1, 7)
    assert accounts.totals == Totals()


def test_estimates_learn_quickly_upwards_and_slowly_downwards() -> None:
    book = EstimateBook()
    estimate = WORKER_BASE + 100 * MB
    book.learn("xls", estimate, WORKER_BASE + 300 * MB)
    assert book.corrected("xls", estimate) == WORKER_BASE + 300 * MB
    book.learn("xls", estimate, estimate)
    assert WORKER_BASE + 200 * MB < book.corrected("xls", estimate) < WORKER_BASE + 300 * MB
    assert book.corrected("xlsx", estimate) == estimate
    assert EstimateBook(book.factors).corrected("xls", estimate) == book.corrected("xls", estimate)


def test_small_files_teach_nothing_about_large_ones() -> None:
    book = EstimateBook()
    for _ in range(50):
        book.learn("xls", WORKER_BASE + 40 * MB, WORKER_BASE)
    assert book.corrected("xls", 5 * GB) == 5 * GB
    assert book.corrected("xls", WORKER_BASE) == WORKER_BASE


def test_factors_out_of_bounds_are_brought_back() -> None:
    assert EstimateBook({"xls": 1e9, "ods": 0.0001}).factors == {"xls": 8.0, "ods": 0.25}


def test_rate_limits_hold_back_and_say_so() -> None:
    policy = PoolPolicy(rate_limits=(RateLimit(JobKind.IMPORT, 1, 60.0),))
    shell = Shell(policy, size=3)
    shell.submit("a", rate_key="server")
    shell.submit("b", rate_key="server")
    shell.submit("c", rate_key="another")
    assert shell.started == ["a", "c"]
    assert shell.look("b").reason == "waiting: the rate limit lets 1 import into one server start in 60 s"
    due = shell.machine.next_due()
    assert due is not None
    shell.later(60.0)
    assert shell.started == ["a", "c", "b"]


def test_limits_in_order_ask_then_kill() -> None:
    shell = Shell(PoolPolicy(grace=0.7))
    shell.submit("j", limits=JobLimits(10.0, 12.0, 5.0))
    shell.later(4.0)
    number = next(iter(shell.running))
    shell.feed(ev.ProgressReported(4.0, number, "j", Progress(Phase.LOADING, rows=1)))
    shell.later(5.5)
    assert shell.look("j").state is JobState.CANCELLING
    assert ins.SendCancel(number, "j") in shell.instructions
    assert ins.Kill(number) not in shell.instructions
    shell.later(0.8)
    assert shell.instructions.count(ins.Kill(number)) == 1
    shell.die("j")
    job = shell.look("j")
    assert job.error is not None
    assert (job.state, job.error.kind) == (JobState.FAILED, "timed-out")


def test_the_same_progress_again_is_not_progress() -> None:
    shell = Shell()
    shell.submit("j", limits=JobLimits(None, None, 5.0))
    number = next(iter(shell.running))
    for second in range(1, 6):
        shell.now = float(second)
        shell.feed(ev.ProgressReported(shell.now, number, "j", Progress(Phase.READING)))
        shell.feed(ev.Heartbeat(shell.now, number, 1, 1.0))
    shell.later(1.1)
    assert shell.look("j").state is JobState.CANCELLING


def test_the_database_gets_more_time_for_its_checks() -> None:
    shell = Shell()
    shell.submit("j", limits=JobLimits(None, None, 5.0))
    number = next(iter(shell.running))
    shell.feed(ev.ProgressReported(0.0, number, "j", Progress(Phase.CHECKING)))
    shell.later(40.0)
    assert shell.look("j").state is JobState.RUNNING
    shell.later(11.0)
    assert shell.look("j").state is JobState.CANCELLING


def test_retries_wait_longer_each_time_and_end() -> None:
    shell = Shell(PoolPolicy(retry_delays=(1.0, 4.0)))
    shell.submit("j", retries=2)
    error = ErrorInfo("unreachable", "The server is away.")
    for delay in (1.0, 4.0):
        number, job_id = shell.running.popitem()
        shell.feed(ev.TaskEnded(shell.now, number, job_id, ev.TaskEnd.FAILED, None, error, True))
        assert "The server is away." in shell.look("j").reason
        shell.later(delay - 0.1)
        assert not shell.running
        shell.later(0.2)
        assert shell.running
    number, job_id = shell.running.popitem()
    shell.feed(ev.TaskEnded(shell.now, number, job_id, ev.TaskEnd.FAILED, None, error, True))
    assert shell.look("j").state is JobState.FAILED
    assert shell.look("j").attempts == 3


@pytest.mark.parametrize(
    ("kind", "environment"), [("wrong-password", True), ("damaged", False), ("unreachable", False)]
)
def test_what_will_not_change_is_not_tried_again(kind: str, environment: bool) -> None:
    shell = Shell()
    shell.submit("j", retries=5)
    number, job_id = shell.running.popitem()
    shell.feed(ev.TaskEnded(0.0, number, job_id, ev.TaskEnd.FAILED, None, ErrorInfo(kind, "m"), environment))
    assert shell.look("j").state is JobState.FAILED


def test_a_retried_job_comes_before_those_that_came_later() -> None:
    shell = Shell()
    for job_id in ("victim", "next", "last"):
        shell.submit(job_id)
    shell.die("victim")
    assert shell.started == ["victim", "next"], "while the victim waits for its retry the pool is not idle"
    shell.later(1.0)
    assert shell.finish_all() == ["victim", "next", "victim", "last"]


def test_two_deaths_quarantine_the_job_and_name_the_cause() -> None:
    shell = Shell()
    shell.submit("j")
    shell.die("j")
    assert shell.look("j").state is JobState.WAITING
    shell.later(1.0)
    shell.die("j")
    job = shell.look("j")
    assert job.state is JobState.QUARANTINED
    assert job.error is not None
    assert "signal 9" in job.error.message


def test_a_crash_loop_backs_off() -> None:
    machine = PoolMachine(PoolPolicy(prestart=False, start_delays=(1.0, 5.0), start_failures=9), 1)
    machine.handle(ev.Submitted(0.0, spec("j")))
    machine.handle(ev.WorkerSpawned(0.0, 1, 1))
    out = machine.handle(ev.WorkerDied(0.0, 1, 1))
    assert not [i for i in out if isinstance(i, ins.Spawn)]
    assert [i for i in machine.handle(ev.Tick(1.0)) if isinstance(i, ins.Spawn)] == [ins.Spawn(2, False)]
    machine.handle(ev.WorkerDied(1.0, 2, 1))
    assert not [i for i in machine.handle(ev.Tick(5.9)) if isinstance(i, ins.Spawn)]
    assert [i for i in machine.handle(ev.Tick(6.0)) if isinstance(i, ins.Spawn)] == [ins.Spawn(3, False)]


def test_waiting_jobs_fail_once_starting_is_hopeless_and_say_why_until_then() -> None:
    machine = PoolMachine(PoolPolicy(prestart=False, start_delays=(4.0,), start_failures=3, start_patience=10.0), 1)
    machine.handle(ev.Submitted(0.0, spec("j")))
    for number, at in ((1, 0.0), (2, 4.0), (3, 8.0)):
        machine.handle(ev.Tick(at))
        machine.handle(ev.WorkerDied(at, number, 1))
    job = machine.job_snapshot("j")
    assert job is not None
    assert (job.state, "exit code 1" in job.reason) == (JobState.WAITING, True)
    machine.handle(ev.Tick(12.0))
    machine.handle(ev.WorkerDied(12.0, 4, 1))
    job = machine.job_snapshot("j")
    assert job is not None
    assert job.error is not None
    assert (job.state, job.error.kind) == (JobState.FAILED, "workers-cannot-start")


def test_a_worker_that_got_a_task_proves_that_starting_works() -> None:
    machine = PoolMachine(PoolPolicy(prestart=False, start_delays=(1.0,)), 1)
    machine.handle(ev.ResourcesMeasured(0.0, GB, GB, 1, 1))
    machine.handle(ev.Submitted(0.0, spec("j")))
    machine.handle(ev.WorkerDied(0.0, 1, -9))
    machine.handle(ev.Tick(1.0))
    assert machine.fleet.start_failures == 1
    machine.handle(ev.WorkerReady(1.5, 2))
    machine.handle(ev.SlotsHeld(1.5, 1))
    assert machine.fleet.workers[2].job_id == "j"
    assert machine.fleet.start_failures == 0


def test_workers_that_die_right_after_their_start_back_off_as_well() -> None:
    machine = PoolMachine(PoolPolicy(start_delays=(1.0, 5.0)), 1)
    out = machine.handle(ev.ResourcesMeasured(0.0, GB, GB, 1, 1))
    assert [i.number for i in out if isinstance(i, ins.Spawn) and not i.interactive] == [1]
    machine.handle(ev.WorkerReady(0.3, 1))
    assert not [i for i in machine.handle(ev.WorkerDied(0.4, 1, -11)) if isinstance(i, ins.Spawn)]
    assert machine.next_due() == pytest.approx(1.4)
    out = machine.handle(ev.Tick(1.4))
    assert [i.interactive for i in out if isinstance(i, ins.Spawn)] == [False]
    due = machine.next_due()
    assert due is None or due > 1.4, "nothing is left to do at once"


def test_workers_for_announced_jobs_start_before_the_jobs_come_and_no_more_than_needed() -> None:
    machine = PoolMachine(PoolPolicy(prestart=False, announced=2), 4)
    out = machine.handle(ev.ResourcesMeasured(0.0, GB, GB, 4, 4))
    assert [i for i in out if isinstance(i, ins.Spawn)] == [ins.Spawn(1, False), ins.Spawn(2, False)]
    out = machine.handle(ev.Submitted(0.1, spec("a"))) + machine.handle(ev.Submitted(0.1, spec("b")))
    assert not [i for i in out if isinstance(i, ins.Spawn)]
    out = machine.handle(ev.Submitted(0.2, spec("c")))
    assert [i for i in out if isinstance(i, ins.Spawn)] == [ins.Spawn(3, False)]


def test_a_thousand_waiting_jobs_are_told_their_places_bit_by_bit() -> None:
    shell = Shell()
    for number in range(1000):
        shell.submit(f"j{number}")
    for _ in range(20):
        shell.instructions.clear()
        shell.later(0.6)
        assert sum(isinstance(i, ins.PublishJob) for i in shell.instructions) <= 250


def test_a_slow_pace_and_the_time_left() -> None:
    shell = Shell()
    shell.submit("j")
    number = next(iter(shell.running))
    for second in range(5):
        progress = Progress(Phase.LOADING, rows=1000 * second, fraction=0.1 * second)
        shell.feed(ev.ProgressReported(float(second), number, "j", progress))
    job = shell.look("j")
    assert job.rate == pytest.approx(1000.0)
    assert job.eta == pytest.approx(6.0)


def test_other_rules_hold_at_once() -> None:
    shell = Shell(PoolPolicy(recycle_tasks=0))
    shell.submit("a")
    shell.end("a")
    assert not any(isinstance(i, ins.StopWorker) for i in shell.instructions)
    shell.feed(ev.PolicyChanged(0.0, PoolPolicy(recycle_tasks=2)))
    shell.submit("b")
    shell.end("b")
    assert any(isinstance(i, ins.StopWorker) for i in shell.instructions), "two tasks are enough now"


def test_jobs_that_wait_while_the_pool_goes_slow_say_why() -> None:
    shell = Shell(size=3)
    why = "Lock waits: 3, warning from 1 on, since 14:03; only 1 worker goes on"
    shell.feed(ev.Resized(0.0, 1, reason=why))
    shell.submit("runs")
    shell.submit("waits")
    assert shell.look("waits").reason == f"waiting: {why}"
    assert shell.machine.pool_snapshot(0.0).slow_reason == why
    shell.feed(ev.Resized(0.0, None))
    assert set(shell.running.values()) == {"runs", "waits"}
    assert shell.machine.pool_snapshot(0.0).slow_reason == ""


def looks(kind: JobKind) -> dict[str, object]:
    """What a job needs to be one that answers a person."""
    return {
        "kind": kind,
        "interactive": True,
        "priority": Priority.HIGH if kind is JobKind.PREVIEW else Priority.NORMAL,
    }


def test_a_preview_never_waits_behind_dropped_files() -> None:
    shell = Shell()
    for number in range(40):
        shell.submit(f"i{number}", **looks(JobKind.INSPECT))
    assert shell.started == ["i0"], "one of the two reads files"
    shell.submit("p0", **looks(JobKind.PREVIEW))
    shell.submit("p1", **looks(JobKind.PREVIEW))
    assert shell.started == ["i0", "p0"]
    shell.end("i0")
    assert shell.started == ["i0", "p0", "p1"], "what somebody looks at goes before the next file"
    shell.end("p0")
    shell.end("p1")
    assert shell.started == ["i0", "p0", "p1", "i1"]
