"""Jobs that outlive the program: kept, settled and resumed."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.workers.pool.conftest import FUNCTIONS, PATIENCE, Answer, FakeLedger
from workers.core.jobs.pool_events import ImportEnded, JobChanged, PoolEvent
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.options import ImportOptions, Priority
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import BackendStarted, ImportRequest, Secret, Target
from workers.database.local.store import LocalStore, Surface
from workers.pool.config import PoolConfig
from workers.pool.durable.job_records import to_record
from workers.pool.durable.recovery import Recovery
from workers.pool.durable.service import JobService
from workers.pool.executors import ExecutorManager
from workers.pool.supervisor import new_job_id

TARGET = Target("localhost", 1, "u", "d", Secret("s3cr3t-w0rd"))


def import_spec(path: str = "polite", **more: object) -> JobSpec:
    job_id = new_job_id()
    request = ImportRequest(job_id, path, ImportOptions(), TARGET)
    return JobSpec(job_id, JobKind.IMPORT, path, request, "d on localhost", **more)  # type: ignore[arg-type]


class Program:
    """One run of the program on a home folder."""

    def __init__(self, home: Path, surface: Surface = "window", hold: bool = False) -> None:
        self.ledger = FakeLedger()
        self.events: list[PoolEvent] = []
        self.hears: Callable[[PoolEvent], object] = lambda event: None
        self.secrets_asked: list[ImportRequest] = []
        self.sought: list[ImportRequest] = []
        self.found = Answer("rolled_back")
        self.secrets_fail: SheetferryError | None = None
        self.store = LocalStore(home)
        self.service = JobService(
            self.store,
            surface=surface,
            listener=self._hear,
            settler=self.ledger,
            seeker=self._seek,
            with_secrets=self._with_secrets,
        )
        config = PoolConfig(home, size=1, policy=PoolPolicy(prestart=False), tasks=FUNCTIONS)
        self.executors = ExecutorManager(config, threads=2, listener=self.service.heard, settler=self.ledger)
        self.executors.start()
        if hold:
            self.executors.supervisor.hold()

    def begin(self) -> Recovery:
        return self.service.begin(self.executors.supervisor).result(PATIENCE)

    def _hear(self, event: PoolEvent) -> None:
        self.events.append(event)
        self.hears(event)

    def _seek(self, request: ImportRequest) -> Answer:
        self.sought.append(request)
        return self.found

    def _with_secrets(self, request: ImportRequest) -> ImportRequest:
        self.secrets_asked.append(request)
        if self.secrets_fail is not None:
            raise self.secrets_fail
        return replace(request, target=replace(request.target, password=Secret("s3cr3t-w0rd")))

    def last(self, job_id: str) -> JobSnapshot | None:
        found = [e.job for e in self.events if isinstance(e, JobChanged) and e.job.job_id == job_id]
        return found[-1] if found else None

    def until(self, good: Callable[[], object], seconds: float = PATIENCE) -> None:
        end = time.monotonic() + seconds
        while not good():
            assert time.monotonic() < end, self.events[-3:]
            time.sleep(0.01)

    def end(self, *, keep_waiting: bool = True) -> None:
        assert self.executors.shutdown(cancel=True, budget=PATIENCE, keep_waiting=keep_waiting)
        assert self.service.close(PATIENCE)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    programs: list[Program] = []

    def make(surface: Surface = "window", hold: bool = False) -> Program:
        programs.append(Program(tmp_path, surface, hold))
        return programs[-1]

    yield make
    for program in programs:
        if not program.executors.supervisor.wait_closed(0):
            program.end()


def left_behind(
    home: Path, *specs: JobSpec, surface: Surface = "window", backend: BackendStarted | None = None
) -> None:
    """Leave jobs as a program does that was killed."""
    store = LocalStore(home)
    store.register_instance(surface)
    for spec in specs:
        store.put_job(to_record(spec))
        if backend is not None:
            store.set_state(spec.job_id, JobState.RUNNING, attempts=1)
            store.set_backend(spec.job_id, backend)
    store.close()


def test_waiting_jobs_go_on_in_order_at_the_next_start_with_their_secrets(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    first = start(hold=True)
    first.begin()
    specs = [import_spec(), import_spec(priority=Priority.HIGH), import_spec()]
    for spec in specs:
        first.service.submit(spec)
    first.until(lambda: len(first.executors.supervisor.jobs()) == 3)
    first.service.move(specs[2].job_id, specs[0].job_id)
    first.end()
    assert b"s3cr3t-w0rd" not in b"".join(p.read_bytes() for p in tmp_path.glob("queue.sqlite*"))

    second = start(hold=True)
    assert second.begin() == Recovery(resumed=3)
    second.until(lambda: len(second.executors.supervisor.jobs()) == 3)
    order = [record.job_id for record in second.store.waiting_jobs()]
    assert order == [specs[1].job_id, specs[2].job_id, specs[0].job_id]
    assert len(second.secrets_asked) == 3
    assert all(request.target.password is None for request in second.secrets_asked)


def test_how_a_job_ends_is_kept(start: Callable[..., Program]) -> None:
    program = start()
    program.begin()
    spec = import_spec("no such action")
    program.service.submit(spec)
    program.until(lambda: (job := program.last(spec.job_id)) is not None and job.state.ended)
    program.until(lambda: (record := program.store.job(spec.job_id)) is not None and record.state is JobState.FAILED)
    assert [o.state for o in program.store.outcomes_of(spec.job_id)] == [ImportState.FAILED]


def test_an_import_that_was_committing_is_settled_by_the_ledger(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    backend = BackendStarted("11111111-1111-1111-1111-111111111111", 7, "2026", "9", "sheetferry/import", rest=())
    left_behind(tmp_path, spec, backend=backend, surface="command")
    program = start("command")
    loaded = ImportOutcome(backend.import_id, "f", "s", "public.t", "create", ImportState.LOADED, 4, 4)
    program.ledger.answer = Answer("committed", loaded)
    assert program.begin() == Recovery(settled=1)
    assert program.ledger.asked == [backend]
    assert [e.outcome for e in program.events if isinstance(e, ImportEnded)] == [loaded]
    assert program.store.outcomes_of(spec.job_id) == [loaded]


def test_an_import_that_was_rolled_back_is_done_again_by_the_window_only(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    backend = BackendStarted("11111111-1111-1111-1111-111111111111", 7, "2026", "9", "sheetferry/import")
    mine, command = import_spec(), import_spec()
    left_behind(tmp_path, mine, backend=backend)
    left_behind(tmp_path, command, backend=backend, surface="command")
    program = start("window", hold=True)
    assert program.begin() == Recovery(resumed=1, settled=1)
    ended = program.last(command.job_id)
    assert ended is not None
    assert ended.state is JobState.CANCELLED
    program.until(lambda: [j.job_id for j in program.executors.supervisor.jobs()] == [mine.job_id])


def test_a_command_leaves_a_windows_jobs_alone(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    left_behind(tmp_path, spec)
    program = start("command")
    assert program.begin() == Recovery()
    record = program.store.job(spec.job_id)
    assert record is not None
    assert record.state is JobState.WAITING


def test_a_database_that_does_not_answer_leaves_the_job_unknown_for_the_next_start(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    spec = import_spec()
    backend = BackendStarted("11111111-1111-1111-1111-111111111111", 7, "2026", "9", "sheetferry/import")
    left_behind(tmp_path, spec, backend=backend)
    first = start(hold=True)
    first.ledger.answer = Answer("unknown")
    assert first.begin() == Recovery(open=1)
    first.end()
    second = start(hold=True)
    second.ledger.answer = Answer("rolled_back")
    assert second.begin() == Recovery(resumed=1)


def test_a_password_that_is_gone_is_said(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    left_behind(tmp_path, spec)
    program = start()
    program.secrets_fail = UserError.of("wrong-password", "The password is not known any more.")
    program.begin()
    job = program.last(spec.job_id)
    assert job is not None
    assert (job.state, job.reason) == (JobState.FAILED, "The password is not known any more.")


def test_an_ended_job_can_be_tried_again(start: Callable[..., Program]) -> None:
    program = start()
    program.begin()
    spec = import_spec("no such action")
    program.service.submit(spec)
    program.until(lambda: (job := program.last(spec.job_id)) is not None and job.state.ended)
    ends = len([e for e in program.events if isinstance(e, ImportEnded)])
    assert program.service.retry(spec.job_id)
    program.until(lambda: len([e for e in program.events if isinstance(e, ImportEnded)]) > ends)
    assert not program.service.retry("unknown")


def test_executors_answer_for_their_health_and_end_in_order(tmp_path: Path) -> None:
    closed = threading.Event()
    config = PoolConfig(tmp_path, size=1, policy=PoolPolicy(prestart=False), tasks=FUNCTIONS)
    executors = ExecutorManager(config, threads=1, listener=lambda _: None, settler=FakeLedger())
    executors.start()
    assert [(h.name, h.ok) for h in executors.health(PATIENCE)] == [
        ("supervisor", True),
        ("workers", True),
        ("io threads", True),
    ]
    executors.io.submit(closed.wait, PATIENCE)
    health = {h.name: h for h in executors.health(timeout=0.1)}
    assert not health["io threads"].ok
    assert (executors.io_status().busy, executors.io_status().threads) == (1, 1)
    closed.set()
    assert executors.shutdown()
    assert not {h.name: h for h in executors.health()}["supervisor"].ok


def test_calls_hand_over_answers_and_errors(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    config = PoolConfig(tmp_path, size=1)
    executors = ExecutorManager(config, threads=2, listener=lambda _: None, settler=FakeLedger())
    taken: list[object] = []
    executors.calls.of(lambda: 6 * 7).success(taken.append).start().result(PATIENCE)
    executors.calls.of(lambda: 1 // 0).failure(taken.append).start().exception(PATIENCE)
    executors.calls.of(lambda: 1 // 0).start().exception(PATIENCE)
    executors.shutdown()
    end = time.monotonic() + PATIENCE
    while (len(taken) < 2 or "ZeroDivisionError" not in caplog.text) and time.monotonic() < end:
        time.sleep(0.01)
    assert taken[0] == 42
    assert isinstance(taken[1], ZeroDivisionError)
    assert "ZeroDivisionError" in caplog.text, "an error that nobody takes is logged"


def settled_by_a_command(
    start: Callable[..., Program], home: Path, backend: BackendStarted, answer: Answer
) -> tuple[JobSnapshot, Told]:
    spec = import_spec()
    left_behind(home, spec, backend=backend, surface="command")
    program = start("command")
    program.ledger.answer = answer
    assert program.begin() == Recovery(settled=1)
    job = program.last(spec.job_id)
    assert job is not None
    record = program.store.job(spec.job_id)
    assert record is not None
    assert (record.state, record.backend) == (job.state, None)
    return job, {o.sheet: o.state for o in program.store.outcomes_of(spec.job_id)}


Told = dict[str | None, ImportState]
BACKEND = BackendStarted(
    "11111111-1111-1111-1111-111111111111", 7, "2026", "9", "sheetferry/import", "A", "public.a", rest=()
)
LOADED = ImportOutcome(BACKEND.import_id, "f", "A", "public.a", "create", ImportState.LOADED, 4, 4)


def test_a_dead_commands_import_that_was_committed_is_done(start: Callable[..., Program], tmp_path: Path) -> None:
    job, told = settled_by_a_command(start, tmp_path, BACKEND, Answer("committed", LOADED))
    assert (job.state, told) == (JobState.DONE, {"A": ImportState.LOADED})


def test_a_dead_commands_import_without_ledger_is_done_by_the_transactions_status(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    job, told = settled_by_a_command(start, tmp_path, replace(BACKEND, ledger=False), Answer("committed"))
    assert (job.state, told) == (JobState.DONE, {"A": ImportState.LOADED})


def test_sheets_that_a_dead_command_never_began_are_told(start: Callable[..., Program], tmp_path: Path) -> None:
    backend = replace(BACKEND, rest=("B", "C"))
    job, told = settled_by_a_command(start, tmp_path, backend, Answer("committed", LOADED))
    cancelled = ImportState.CANCELLED
    assert (job.state, told) == (JobState.CANCELLED, {"A": ImportState.LOADED, "B": cancelled, "C": cancelled})
    assert "What had been loaded before stays: public.a." in job.reason


def test_a_dead_commands_import_that_was_rolled_back_is_cancelled(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    job, told = settled_by_a_command(start, tmp_path, BACKEND, Answer("rolled_back"))
    assert (job.state, told) == (JobState.CANCELLED, {"A": ImportState.CANCELLED})


def test_what_was_unknown_is_told_anew_once_the_database_answers(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    left_behind(tmp_path, spec, backend=BACKEND, surface="command")
    first = start("command")
    first.ledger.answer = Answer("unknown")
    assert first.begin() == Recovery(open=1)
    assert [o.state for o in first.store.outcomes_of(spec.job_id)] == [ImportState.UNKNOWN]
    first.end()
    second = start("command")
    second.ledger.answer = Answer("committed", LOADED)
    assert second.begin() == Recovery(settled=1)
    assert second.store.outcomes_of(spec.job_id) == [LOADED]


def test_what_is_unknown_is_settled_while_the_program_runs(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    left_behind(tmp_path, spec, backend=replace(BACKEND, rest=()))
    program = start(hold=True)
    program.ledger.answer = Answer("unknown")
    assert program.begin() == Recovery(open=1)
    program.service.settle_unknown()
    program.until(
        lambda: [e.job.state for e in program.events if isinstance(e, JobChanged)].count(JobState.UNKNOWN) == 2
    )
    program.ledger.answer = Answer("committed", LOADED)
    program.until(lambda: program.service._settling is not None and not program.service._settling.is_alive())
    program.service.settle_unknown()
    program.until(lambda: (job := program.last(spec.job_id)) is not None and job.state is JobState.DONE)
    assert program.store.outcomes_of(spec.job_id) == [LOADED]
    assert not program.service._unknown


def test_an_unknown_import_that_was_rolled_back_goes_on(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    left_behind(tmp_path, spec, backend=BACKEND)
    program = start(hold=True)
    program.ledger.answer = Answer("unknown")
    program.begin()
    program.ledger.answer = Answer("rolled_back")
    program.service.settle_unknown()
    program.until(lambda: (job := program.executors.supervisor.job(spec.job_id)) and job.state is JobState.WAITING)


def test_of_a_job_that_is_not_kept_the_ends_of_its_imports_are(start: Callable[..., Program], tmp_path: Path) -> None:
    program = start(hold=True)
    program.begin()
    spec = import_spec()
    program.service.run(spec)
    program.service.heard(ImportEnded(spec.job_id, LOADED))
    program.until(lambda: [entry.outcome for entry in program.store.history()] == [LOADED])
    assert program.store.job(spec.job_id) is None


def test_a_window_does_not_take_up_again_what_was_cancelled(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    first = start(hold=True)
    first.begin()
    first.service.submit(spec)
    first.until(lambda: first.executors.supervisor.job(spec.job_id) is not None)
    # The disk hears of the wish, the pool does not any more: the program is killed in between.
    first.service._pool.cancel = lambda job_id: None  # type: ignore[method-assign]
    first.service.cancel(spec.job_id)
    first.end()
    second = start(hold=True)
    assert second.begin() == Recovery(settled=1)
    job = second.last(spec.job_id)
    assert job is not None
    assert job.state is JobState.CANCELLED


def test_only_what_is_missing_is_taken_up_again(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    left_behind(tmp_path, spec, backend=replace(BACKEND, rest=("B",)))
    program = start("window", hold=True)
    program.ledger.answer = Answer("committed", LOADED)
    assert program.begin() == Recovery(resumed=1)
    program.until(lambda: program.executors.supervisor.jobs())
    program.until(lambda: program.service._specs)
    assert program.service._specs[spec.job_id].request.done == (BACKEND.import_id,)


def ran_unreported(home: Path, spec: JobSpec, surface: Surface) -> None:
    """Leave a job as a program does that was killed before it could keep what the worker had reported."""
    left_behind(home, spec, surface=surface)
    store = LocalStore(home)
    store.set_state(spec.job_id, JobState.RUNNING, attempts=1)
    store.close()


def test_an_import_whose_transaction_was_not_kept_in_time_is_sought(
    start: Callable[..., Program], tmp_path: Path
) -> None:
    spec, waiting = import_spec(), import_spec()
    ran_unreported(tmp_path, spec, "window")
    left_behind(tmp_path, waiting)
    program = start("window", hold=True)
    program.found = Answer("committed", LOADED)
    assert program.begin() == Recovery(resumed=2)
    assert [request.job_id for request in program.sought] == [spec.job_id]
    assert program.store.outcomes_of(spec.job_id) == [LOADED]
    program.until(lambda: spec.job_id in program.service._specs)
    assert program.service._specs[spec.job_id].request.done == (LOADED.import_id,)


def test_what_cannot_be_sought_yet_is_sought_at_the_next_start(start: Callable[..., Program], tmp_path: Path) -> None:
    spec = import_spec()
    ran_unreported(tmp_path, spec, "command")
    first = start("command")
    first.found = Answer("unknown")
    assert first.begin() == Recovery(open=1)
    job = first.last(spec.job_id)
    assert job is not None
    assert job.state is JobState.UNKNOWN
    first.end()
    second = start("command")
    second.found = Answer("committed", LOADED)
    assert second.begin() == Recovery(settled=1)
    assert LOADED in second.store.outcomes_of(spec.job_id)


def test_thousands_of_files_are_on_the_disk_before_the_pool_has_them_and_in_few_writes(
    start: Callable[..., Program], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill leaves every job that the pool knows of: what is not on the disk yet has not begun."""
    writes: list[float] = []
    missing: list[str] = []
    together = LocalStore.together

    def counted(store: LocalStore) -> AbstractContextManager[object]:
        writes.append(time.monotonic())
        return together(store)

    monkeypatch.setattr(LocalStore, "together", counted)
    program = start(hold=True)
    program.begin()
    disk = sqlite3.connect(tmp_path / "queue.sqlite", check_same_thread=False)

    def look(event: PoolEvent) -> None:
        if isinstance(event, JobChanged):
            found = disk.execute("SELECT count(*) FROM jobs WHERE job_id = ?", (event.job.job_id,)).fetchone()
            missing.extend([event.job.job_id] if found == (0,) else [])

    program.hears = look
    specs = [import_spec() for _ in range(3_000)]
    # The writer is busy until all are there, whatever either thread gets of the machine.
    all_there = threading.Event()
    program.service._writer.put(lambda: all_there.wait(PATIENCE))
    for spec in specs:
        program.service.submit(spec)
    all_there.set()
    program.until(lambda: len(program.executors.supervisor.jobs()) == len(specs))
    assert [record.job_id for record in program.store.waiting_jobs()] == [spec.job_id for spec in specs]
    program.end()
    disk.close()
    assert not missing
    assert len(writes) < len(specs) / 20
