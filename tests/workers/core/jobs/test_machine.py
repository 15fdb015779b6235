"""Any sequence of events keeps the pool's promises: a simulated world drives the pure state machine."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, precondition, rule

from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.assistants import ASSISTANT_CLAIM
from workers.core.jobs.connection_budget import ServerConnections
from workers.core.jobs.machine import PoolMachine
from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import JobLimits, JobSpec, PoolPolicy, RateLimit
from workers.core.jobs.states import WorkerState
from workers.core.model.errors import ErrorInfo
from workers.core.model.options import ImportOptions, Priority
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import BackendStarted, ImportRequest, Phase, Progress, Target

TARGET = Target("localhost", 1, "u", "d")
GB = 1 << 30
SPEAKS_OF = {
    JobState.FAILED: ImportState.FAILED,
    JobState.QUARANTINED: ImportState.FAILED,
    JobState.CANCELLED: ImportState.CANCELLED,
    JobState.UNKNOWN: ImportState.UNKNOWN,
}
LIVE = {JobState.RUNNING, JobState.CANCELLING}


class World(RuleBasedStateMachine):
    """Processes, pipes and database in a few dictionaries; obeys every instruction and reports like the shell."""

    jobs = Bundle("jobs")

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.alive: dict[int, str | None] = {}
        self.helping: dict[int, str] = {}
        self.stopping: set[int] = set()
        self.killed: set[int] = set()
        self.to_settle: list[ins.Settle] = []
        self.to_count: list[ins.CountConnections] = []
        self.told: dict[str, list[str]] = {}
        self.submitted: list[str] = []
        self.committed: dict[str, set[str]] = {}
        self.slots = 0
        self.foreign_slots = 0
        self.closed = False

    @initialize(prestart=st.booleans(), limited=st.booleans())
    def begin(self, prestart: bool, limited: bool) -> None:
        rates = (RateLimit(JobKind.IMPORT, 2, 5.0),) if limited else ()
        policy = PoolPolicy(prestart=prestart, recycle_tasks=3, rate_limits=rates, aging=10.0)
        self.machine = PoolMachine(policy, 2)
        self.feed(ev.ResourcesMeasured(self.now, 4 * GB, 8 * GB, 4, 2))

    # ---- the shell

    def feed(self, event: ev.Event) -> None:
        queue: list[ev.Event] = [event]
        while queue:
            for instruction in self.machine.handle(queue.pop(0)):
                queue += self.obey(instruction)

    def obey(self, instruction: ins.Instruction) -> list[ev.Event]:
        match instruction:
            case ins.Spawn(number, _):
                assert number not in self.alive
                self.alive[number] = None
                return [ev.WorkerSpawned(self.now, number, 1000 + number)]
            case ins.SendTask(number, job_id, JobKind.ASSIST, _):
                assert number in self.alive
                assert self.alive[number] is None
                assert number not in self.helping
                assert number not in self.stopping
                assert job_id in self.alive.values(), "help for a job that does not run"
                self.helping[number] = job_id
            case ins.SendTask(number, job_id, _, _):
                assert number not in self.helping
                assert number in self.alive
                assert self.alive[number] is None, "two tasks on one worker"
                assert number not in self.stopping
                assert job_id not in self.alive.values(), "one job on two workers"
                self.alive[number] = job_id
            case ins.SendCancel(number, job_id):
                assert job_id in (self.alive[number], self.helping.get(number))
            case ins.RefuseAssistant(number, job_id):
                assert self.alive[number] == job_id
            case ins.StopWorker(number):
                assert self.alive[number] is None
                assert number not in self.helping
                self.stopping.add(number)
            case ins.Kill(number):
                assert number in self.alive
                self.killed.add(number)
            case ins.Settle():
                self.to_settle.append(instruction)
            case ins.CountConnections():
                assert not self.to_count, "one question to a server at a time"
                self.to_count.append(instruction)
            case ins.RequestSlots(count):
                self.slots = min(count, max(self.slots, 4 - self.foreign_slots))
                return [ev.SlotsHeld(self.now, self.slots, self.slots < count)]
            case ins.ReleaseSlots(keep):
                self.slots = min(self.slots, keep)
            case ins.PublishOutcome(job_id, outcome):
                assert outcome.import_id not in self.told[job_id], "an outcome told twice"
                self.told[job_id].append(outcome.import_id)
            case ins.Report("error", text):
                assert "drift" not in text
            case ins.Close():
                self.closed = True
            case _:
                pass
        return []

    def some(self, data: st.DataObject, items: list[Any]) -> Any:
        return data.draw(st.sampled_from(items))

    # ---- what people do

    @rule(
        target=jobs,
        claim=st.sampled_from([0, GB, 3 * GB, 7 * GB, 20 * GB]),
        priority=st.sampled_from(Priority),
        interactive=st.booleans(),
        retries=st.integers(0, 1),
    )
    def submit(self, claim: int, priority: Priority, interactive: bool, retries: int) -> str:
        job_id = f"00000000-0000-0000-0000-{len(self.submitted):012d}"
        kind = JobKind.PREVIEW if interactive else JobKind.IMPORT
        request = ImportRequest(job_id, "f.xlsx", ImportOptions(), TARGET)
        limits = JobLimits(30.0, 36.0, 20.0)
        self.told[job_id] = []
        self.submitted.append(job_id)
        spec = JobSpec(
            job_id, kind, "f", request, "", priority, claim, "xlsx", limits, retries, interactive=interactive
        )
        self.feed(ev.Submitted(self.now, spec))
        return job_id

    @rule(job=jobs)
    def cancel(self, job: str) -> None:
        self.feed(ev.CancelRequested(self.now, job))

    @rule(job=jobs, other=jobs, priority=st.sampled_from(Priority))
    def reorder(self, job: str, other: str, priority: Priority) -> None:
        self.feed(ev.PriorityChanged(self.now, job, priority))
        self.feed(ev.Moved(self.now, job, other))

    @rule(job=jobs)
    def insist(self, job: str) -> None:
        self.feed(ev.Insisted(self.now, job))

    @rule(reason=st.sampled_from(["by hand", None]))
    def hold(self, reason: str | None) -> None:
        self.feed(ev.HoldChanged(self.now, reason))

    @rule(reason=st.sampled_from(["alert", None]))
    def gate(self, reason: str | None) -> None:
        self.feed(ev.GateChanged(self.now, reason))

    @rule(size=st.sampled_from([None, 1, 2, 4]), seconds=st.sampled_from([None, 5.0]))
    def resize(self, size: int | None, seconds: float | None) -> None:
        self.feed(ev.Resized(self.now, size, None if seconds is None else self.now + seconds))

    @rule(free=st.integers(0, 8))
    def memory(self, free: int) -> None:
        self.feed(ev.ResourcesMeasured(self.now, free * GB, 8 * GB, 4, 2))

    @rule(foreign=st.integers(0, 4))
    def other_instances(self, foreign: int) -> None:
        self.foreign_slots = foreign

    @rule(seconds=st.sampled_from([0.05, 0.3, 1.0, 12.0, 61.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds
        self.feed(ev.Tick(self.now))

    # ---- what workers do

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def worker_ready(self, data: st.DataObject) -> None:
        self.feed(ev.WorkerReady(self.now, self.some(data, list(self.alive))))

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def worker_dies(self, data: st.DataObject) -> None:
        self.die(self.some(data, list(self.alive)))

    @precondition(lambda self: self.killed or self.stopping)
    @rule()
    def system_obeys(self) -> None:
        for number in sorted(self.killed | self.stopping):
            self.die(number)

    def die(self, number: int) -> None:
        del self.alive[number]
        self.helping.pop(number, None)
        self.killed.discard(number)
        self.stopping.discard(number)
        self.feed(ev.WorkerDied(self.now, number, -9))

    def busy(self) -> list[tuple[int, str]]:
        return [(number, job) for number, job in self.alive.items() if job is not None]

    @precondition(lambda self: self.busy())
    @rule(data=st.data(), rss=st.integers(1, 500))
    def worker_speaks(self, data: st.DataObject, rss: int) -> None:
        number, job = self.some(data, self.busy())
        self.feed(ev.Heartbeat(self.now, number, rss << 20, 50.0, rss << 20))
        self.feed(ev.ProgressReported(self.now, number, job, Progress(Phase.LOADING, rows=rss)))

    @precondition(lambda self: self.busy())
    @rule(data=st.data(), table=st.integers(0, 2), known=st.booleans())
    def worker_opens_a_transaction(self, data: st.DataObject, table: int, known: bool) -> None:
        number, job = self.some(data, self.busy())
        rest = tuple(f"s{later}" for later in range(table + 1, 3)) if known else None
        backend = BackendStarted(f"{job}/{table}", 1, "2026", "7", "sheetferry/import", f"s{table}", "t", rest=rest)
        self.feed(ev.BackendReported(self.now, number, job, backend))

    @precondition(lambda self: self.busy())
    @rule(data=st.data(), table=st.integers(0, 2), state=st.sampled_from(ImportState))
    def worker_ends_a_table(self, data: st.DataObject, table: int, state: ImportState) -> None:
        number, job = self.some(data, self.busy())
        error = ErrorInfo(self.some(data, ["deadlock", "damaged"]), "m") if state is ImportState.FAILED else None
        outcome = ImportOutcome(f"{job}/{table}", "f", f"s{table}", "t", "create", state, error=error)
        self.feed(ev.OutcomeReported(self.now, number, job, outcome))

    @precondition(lambda self: self.busy())
    @rule(
        data=st.data(),
        end=st.sampled_from(ev.TaskEnd),
        kind=st.sampled_from(["damaged", "deadlock", "unknown-commit", "too-many-connections"]),
    )
    def task_ends(self, data: st.DataObject, end: ev.TaskEnd, kind: str) -> None:
        number, job = self.some(data, self.busy())
        self.alive[number] = None
        error = ErrorInfo(kind, "m") if end is ev.TaskEnd.FAILED else None
        self.feed(ev.TaskEnded(self.now, number, job, end, None, error, environment=kind != "damaged"))

    @precondition(lambda self: self.busy())
    @rule(data=st.data())
    def request_does_not_pickle(self, data: st.DataObject) -> None:
        number, job = self.some(data, self.busy())
        self.alive[number] = None
        self.feed(ev.SendFailed(self.now, number, job, ErrorInfo("bug", "m")))

    @precondition(lambda self: self.busy())
    @rule(data=st.data())
    def worker_wants_help(self, data: st.DataObject) -> None:
        number, job = self.some(data, self.busy())
        self.feed(ev.AssistantWanted(self.now, number, job, "read"))

    @precondition(lambda self: self.helping)
    @rule(data=st.data(), end=st.sampled_from(ev.TaskEnd), rss=st.integers(1, 500))
    def help_ends(self, data: st.DataObject, end: ev.TaskEnd, rss: int) -> None:
        number = self.some(data, list(self.helping))
        job = self.helping.pop(number)
        self.feed(ev.Heartbeat(self.now, number, rss << 20, 50.0, rss << 20))
        self.feed(ev.TaskEnded(self.now, number, job, end))

    @rule(job=jobs)
    def late_message(self, job: str) -> None:
        self.feed(ev.TaskEnded(self.now, 9999, job, ev.TaskEnd.DONE))
        self.feed(ev.Settled(self.now, job, "never asked", "committed"))

    @precondition(lambda self: self.to_settle)
    @rule(data=st.data(), verdict=st.sampled_from(["committed", "rolled_back", "unknown"]), receipt=st.booleans())
    def database_answers(self, data: st.DataObject, verdict: ev.Verdict, receipt: bool) -> None:
        asked = self.some(data, self.to_settle)
        self.to_settle.remove(asked)
        import_id = asked.backend.import_id
        outcome = ImportOutcome(import_id, "f", "s", "t", "create", ImportState.LOADED, 3, 3)
        outcomes = (outcome,) if receipt and verdict == "committed" else ()
        if verdict == "committed":
            self.committed.setdefault(asked.job_id, set()).add(import_id)
        self.feed(ev.Settled(self.now, asked.job_id, import_id, verdict, outcomes))

    @precondition(lambda self: self.to_count)
    @rule(used=st.none() | st.sampled_from([0, 60, 96, 97, 200]), full=st.booleans())
    def server_is_counted(self, used: int | None, full: bool) -> None:
        question = self.to_count.pop()
        figures = None if used is None else ServerConnections(100, 3, 0, used)
        self.feed(ev.ConnectionsCounted(self.now, question.server, figures, full and used is None))

    # ---- what always holds

    @invariant()
    def every_job_is_somewhere_once(self) -> None:
        for job_id in self.submitted:
            assert (job_id in self.machine.jobs) != (job_id in self.machine.ended)
        for job_id, snapshot in self.machine.ended.items():
            assert snapshot.state.ended
            if snapshot.kind is JobKind.IMPORT:
                assert {o.import_id for o in snapshot.outcomes} == set(self.told[job_id])

    @invariant()
    def the_end_of_a_job_says_what_its_imports_say(self) -> None:
        for job_id, snapshot in self.machine.ended.items():
            if snapshot.kind is not JobKind.IMPORT:
                continue
            states = {o.state for o in snapshot.outcomes}
            if snapshot.state is JobState.DONE:
                assert states <= {ImportState.LOADED, ImportState.UNCHANGED}
            else:
                assert SPEAKS_OF[snapshot.state] in states
            loaded = {o.import_id for o in snapshot.outcomes if o.state is ImportState.LOADED}
            assert self.committed.get(job_id, set()) <= loaded, "rows in the database that nobody was told of"

    @invariant()
    def workers_and_jobs_agree(self) -> None:
        fleet = self.machine.fleet
        assert set(fleet.workers) == set(self.alive)
        for number, worker in fleet.workers.items():
            assert worker.job_id == self.alive[number]
            assert worker.assists == self.helping.get(number)
            if worker.job_id is not None:
                assert self.machine.jobs[worker.job_id].state in LIVE
                assert worker.state in (WorkerState.BUSY, WorkerState.CANCELLING)
        for job in self.machine.jobs.values():
            assert (job.state in LIVE) == (job.job_id in self.alive.values())

    @invariant()
    def accounts_are_true(self) -> None:
        running = [j for j in self.machine.jobs.values() if j.state in LIVE and not j.spec.interactive]
        totals = self.machine.accounts.totals
        claimed = sum(j.claim for j in running) + ASSISTANT_CLAIM * len(self.helping)
        assert (totals.cores, totals.memory) == (len(running) + len(self.helping), claimed)
        assert len(running) + len(self.helping) <= max(self.slots, 0)

    @invariant()
    def connections_are_those_of_jobs_that_run(self) -> None:
        running = sum(1 for job in self.machine.jobs.values() if job.state in LIVE)
        assert self.machine.pool_snapshot(self.now).connections == running

    @invariant()
    def snapshots_can_be_made(self) -> None:
        pool = self.machine.pool_snapshot(self.now)
        assert pool.waiting == sum(
            1 for j in self.machine.jobs.values() if j.state is JobState.WAITING and not j.spec.interactive
        )
        for job_id in self.submitted:
            assert self.machine.job_snapshot(job_id) is not None

    def teardown(self) -> None:
        if not hasattr(self, "machine"):
            return
        self.feed(ev.ShutdownRequested(self.now, cancel=True, keep_waiting=False, deadline=self.now + 2.0))
        for _ in range(50):
            if self.closed:
                break
            self.now += 0.5
            self.feed(ev.Tick(self.now))
            self.system_obeys()
            while self.to_settle:
                asked = self.to_settle.pop()
                self.feed(ev.Settled(self.now, asked.job_id, asked.backend.import_id, "rolled_back"))
        assert self.closed
        assert not self.alive
        assert not self.machine.jobs
        assert self.machine.accounts.totals.cores == 0
        assert self.machine.accounts.totals.memory == 0
        assert self.slots == 0


TestWorld = World.TestCase
TestWorld.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
