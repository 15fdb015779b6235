"""Real worker processes: results, errors, deaths, cancels, sizes."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
import uuid
from pathlib import Path

import psutil
import pytest

from tests.workers.pool import task_functions
from tests.workers.pool.conftest import NO_LIMITS, PATIENCE, Answer, MakePool, Pool, workers_of_ours
from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import JobLimits, JobSpec, PoolPolicy
from workers.core.model.errors import EnvironmentFailure
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Target
from workers.pool.supervisor import new_job_id

TARGET = Target("localhost", 1, "nobody", "nothing")


def test_a_result_comes_back_before_the_job_ends(make_pool: MakePool) -> None:
    pool = make_pool()
    job_id = pool.submit("echo", 42, kind=JobKind.INSPECT)
    job = pool.until_ended(job_id)
    assert job.state is JobState.DONE
    assert pool.result(job_id) == 42
    assert job.attempts == 1
    assert pool.ends_told(job_id) == 1


@pytest.mark.parametrize("size", [3_900, 100_000, 5_000_000])
def test_a_result_of_any_size_arrives_whole_and_leaves_no_file(make_pool: MakePool, tmp_path: Path, size: int) -> None:
    pool = make_pool()
    job_id = pool.submit("big", size, kind=JobKind.INSPECT)
    assert pool.until_ended(job_id).state is JobState.DONE
    assert pool.result(job_id) == b"x" * size
    assert not list(tmp_path.glob("spool/*/*.message"))


def test_a_request_larger_than_the_pipe_arrives_whole(make_pool: MakePool) -> None:
    pool = make_pool()
    text = "y" * 300_000
    job_id = pool.submit("echo", text, kind=JobKind.INSPECT)
    pool.until_ended(job_id)
    assert pool.result(job_id) == text


def test_what_does_not_pickle_fails_its_own_job_only(make_pool: MakePool) -> None:
    pool = make_pool(size=1)
    bad_answer = pool.until_ended(pool.submit("unpicklable", kind=JobKind.INSPECT))
    bad_request = pool.until_ended(pool.submit("echo", lambda: None, kind=JobKind.INSPECT))
    good = pool.until_ended(pool.submit("echo", 1, kind=JobKind.INSPECT))
    assert [j.state for j in (bad_answer, bad_request, good)] == [JobState.FAILED, JobState.FAILED, JobState.DONE]
    assert bad_answer.error is not None
    assert bad_answer.error.kind == "bug"
    assert bad_request.error is not None
    assert bad_request.error.kind == "bug"


def test_errors_keep_their_kind_and_the_worker_lives(make_pool: MakePool) -> None:
    pool = make_pool(size=1)
    damaged = pool.until_ended(pool.submit("bad_input"))
    defect = pool.until_ended(pool.submit("defect"))
    left = pool.until_ended(pool.submit("leave"))
    assert damaged.error is not None
    assert (damaged.error.kind, damaged.error.cell) == ("damaged", "B5")
    assert defect.error is not None
    assert defect.error.kind == "bug"
    assert "ZeroDivisionError" in (defect.error.detail or "")
    assert left.state is JobState.FAILED
    pool.until_pool(lambda p: [w.number for w in p.workers] == [1])
    assert [o.state for o in pool.outcomes(damaged.job_id)] == [ImportState.FAILED]


def test_workers_print_nothing_on_our_output(make_pool: MakePool, capfd: pytest.CaptureFixture[str]) -> None:
    pool = make_pool()
    pool.until_ended(pool.submit("chatty"))
    pool.close()
    out, err = capfd.readouterr()
    assert "noise" not in out + err


def test_workers_stay_small_and_polite(make_pool: MakePool) -> None:
    pool = make_pool()
    modules = pool.submit("loaded_modules", kind=JobKind.INSPECT)
    nice = pool.submit("niceness", kind=JobKind.INSPECT)
    pool.until_ended(modules)
    pool.until_ended(nice)
    assert pool.result(modules) == []
    if sys.platform != "win32":
        assert pool.result(nice) >= os.nice(0) + 10 or pool.result(nice) == 19


def test_a_file_that_kills_its_reader_is_quarantined_and_costs_nobody_else(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    book = tmp_path / "over"
    other = pool.submit("until_file", str(book))
    job = pool.until_ended(pool.submit("die"))
    assert job.state is JobState.QUARANTINED
    assert job.attempts == 2
    assert job.error is not None
    assert job.error.kind == "worker-died"
    assert "panicked" in (job.error.detail or "")
    assert [o.error.kind for o in pool.outcomes(job.job_id) if o.error] == ["worker-died"]
    book.touch()
    ended = pool.until_ended(other)
    assert (ended.state, ended.attempts) == (JobState.DONE, 1)


def test_a_job_whose_worker_was_killed_from_outside_is_tried_again(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool()
    job = pool.until_ended(pool.submit("die_once", str(tmp_path / "mark")))
    assert job.state is JobState.DONE
    assert job.attempts == 2


def test_kill_minus_nine_of_a_busy_worker(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(size=1)
    job_id = pool.submit("hang_once", str(tmp_path / "mark"))
    job = pool.until_phase(job_id)
    assert job.worker is not None
    os.kill(job.worker, signal.SIGKILL)
    again = pool.until_ended(job_id)
    assert again.state is JobState.DONE
    assert again.attempts == 2
    assert pool.ends_told(job_id) == 1


def test_a_cancel_of_a_polite_task_keeps_its_worker(make_pool: MakePool) -> None:
    # Nobody is killed for being late here: only the task itself can end the job.
    pool = make_pool(PoolPolicy(prestart=False, grace=600.0), size=1)
    job_id = pool.submit("polite")
    before = pool.until_phase(job_id).worker
    pool.supervisor.cancel(job_id)
    assert pool.until_ended(job_id).state is JobState.CANCELLED
    pool.until_pool(lambda p: [w.pid for w in p.workers] == [before])


@pytest.mark.parametrize("action", ["hang", "silent_wait"])
def test_a_cancel_ends_a_task_that_does_not_listen(make_pool: MakePool, action: str) -> None:
    """How quickly is measured by the benchmark ``cancel``."""
    pool = make_pool(size=1)
    job_id = pool.submit(action)
    pool.until_phase(job_id)
    pool.supervisor.cancel(job_id)
    assert pool.until_ended(job_id).state is JobState.CANCELLED
    assert pool.until_ended(pool.submit("echo", 1)).state is JobState.DONE


def test_a_waiting_job_is_cancelled_while_another_runs(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(size=1)
    book = tmp_path / "over"
    running = pool.submit("until_file", str(book))
    waiting = pool.submit("echo", 1)
    pool.until_phase(running)
    pool.supervisor.cancel(waiting)
    assert pool.until_ended(waiting).state is JobState.CANCELLED
    assert not pool.told(running)[-1].state.ended
    book.touch()
    assert pool.until_ended(running).state is JobState.DONE


def test_soft_limit_asks_hard_limit_kills_standstill_ends(make_pool: MakePool) -> None:
    pool = make_pool(size=3)
    soft = pool.submit("polite", limits=JobLimits(0.3, None, None))
    hard = pool.submit("hang", limits=JobLimits(None, 0.4, None))
    still = pool.submit("hang", limits=JobLimits(None, None, 0.5))
    for job_id in (soft, hard, still):
        job = pool.until_ended(job_id)
        assert job.state is JobState.FAILED
        assert job.error is not None
        assert job.error.kind == "timed-out"
        assert job.attempts == 1


def test_a_worker_that_grows_beyond_its_memory_is_stopped(make_pool: MakePool) -> None:
    pool = make_pool(PoolPolicy(prestart=False, worker_memory=150 << 20))
    job = pool.until_ended(pool.submit("chunk_of_memory", 300 << 20))
    assert job.error is not None
    assert job.error.kind == "too-large"


@pytest.mark.skipif(sys.platform != "linux", reason="the system's own limit is set on Linux only")
def test_a_task_that_asks_for_too_much_memory_fails_by_itself(make_pool: MakePool) -> None:
    pool = make_pool(worker_memory=200 << 20, size=1)
    job = pool.until_ended(pool.submit("chunk_of_memory", 600 << 20))
    assert job.error is not None
    assert job.error.kind == "too-large"
    assert pool.until_ended(pool.submit("echo", 1)).state is JobState.DONE
    pool.until_pool(lambda p: [w.number for w in p.workers] == [1])


def test_an_environment_failure_is_tried_again_and_then_told(make_pool: MakePool) -> None:
    pool = make_pool(PoolPolicy(prestart=False, retry_delays=(0.05, 0.05)))
    job = pool.until_ended(pool.submit("no_server", retries=2))
    assert job.state is JobState.FAILED
    assert job.attempts == 3
    assert job.error is not None
    assert job.error.kind == "unreachable"
    assert len(pool.outcomes(job.job_id)) == 1


class TransactionRequest(tuple[object, ...]):
    """What a task function acts on, with the target that an import has."""

    target = TARGET

    def __new__(cls, action: tuple[object, ...]) -> TransactionRequest:
        return super().__new__(cls, action)


def submit_import(pool: Pool, *action: object) -> str:
    return pool.supervisor.submit(JobSpec(new_job_id(), JobKind.IMPORT, "f.xlsx", TransactionRequest(action)))


def test_a_worker_that_dies_in_its_commit_is_settled_by_the_ledger(make_pool: MakePool) -> None:
    pool = make_pool(PoolPolicy(prestart=False, deaths_allowed=1))
    import_id = str(uuid.uuid4())
    pool.ledger.answer = Answer("rolled_back")
    lost = pool.until_ended(submit_import(pool, "die_in_transaction", import_id))
    assert lost.state is JobState.QUARANTINED
    assert [(o.import_id, o.table, o.state) for o in pool.outcomes(lost.job_id)] == [
        (import_id, "public.t", ImportState.FAILED)
    ]
    pool.ledger.answer = Answer("unknown")
    unknown = pool.until_ended(submit_import(pool, "die_in_transaction", import_id))
    assert unknown.state is JobState.UNKNOWN
    assert [o.state for o in pool.outcomes(unknown.job_id)] == [ImportState.UNKNOWN]
    assert [b.pid for b in pool.ledger.asked] == [4711, 4711]


def test_a_cancel_that_comes_after_the_commit_ends_as_done(make_pool: MakePool) -> None:
    pool = make_pool()
    import_id = str(uuid.uuid4())
    loaded = ImportOutcome(import_id, "f.xlsx", "S", "public.t", "create", ImportState.LOADED, 7, 7)
    pool.ledger.answer = Answer("committed", loaded)
    job_id = submit_import(pool, "hang_in_transaction", import_id)
    pool.until_phase(job_id)
    pool.supervisor.cancel(job_id)
    job = pool.until_ended(job_id)
    assert job.state is JobState.DONE
    assert job.outcomes == (loaded,)


def test_tables_that_were_loaded_before_the_death_stay(make_pool: MakePool) -> None:
    pool = make_pool(PoolPolicy(prestart=False, deaths_allowed=1))
    first, second = str(uuid.uuid4()), str(uuid.uuid4())
    job = pool.until_ended(submit_import(pool, "two_tables_then_die", first, second))
    assert job.state is JobState.QUARANTINED
    assert [(o.import_id, o.state) for o in job.outcomes] == [
        (first, ImportState.LOADED),
        (second, ImportState.FAILED),
    ]


def test_the_pool_grows_at_once_and_shrinking_lets_the_busy_finish(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(PoolPolicy(), size=1)
    pool.until_pool(lambda p: p.idle == 1)
    book = tmp_path / "over"
    jobs = [pool.submit("until_file", str(book)) for _ in range(3)]
    pool.supervisor.resize(3)
    pool.until_pool(lambda p: p.busy == 3)
    pool.supervisor.resize(1)
    assert pool.until_pool(lambda p: p.size == 1).busy == 3
    book.touch()
    assert all(pool.until_ended(j).state is JobState.DONE for j in jobs)
    pool.until_pool(lambda p: len([w for w in p.workers if not w.interactive]) == 1)


def test_a_size_until_a_time_or_a_job_goes_back_by_itself(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(PoolPolicy(), size=1)
    pool.supervisor.resize(2, until=time.time() + 3600)
    pool.until_pool(lambda p: p.size == 2)
    pool.supervisor.resize(2, until=time.time() + 0.3)
    pool.until_pool(lambda p: p.size == 1)
    book = tmp_path / "over"
    job_id = pool.submit("until_file", str(book))
    pool.supervisor.resize(2, until_job=job_id)
    pool.until_pool(lambda p: p.size == 2)
    book.touch()
    pool.until_ended(job_id)
    pool.until_pool(lambda p: p.size == 1)


def test_a_worker_is_recycled_by_hand_and_by_age(make_pool: MakePool) -> None:
    pool = make_pool(PoolPolicy(recycle_tasks=2), size=1)
    calm = pool.until_pool(lambda p: p.idle == 1)
    number = next(w.number for w in calm.workers if not w.interactive)
    pool.supervisor.recycle(number)
    calm = pool.until_pool(lambda p: p.idle == 1 and all(w.number != number for w in p.workers))
    number = next(w.number for w in calm.workers if not w.interactive)
    for _ in range(3):
        pool.until_ended(pool.submit("echo", 1))
    pool.until_pool(lambda p: p.idle == 1 and all(w.number != number for w in p.workers))


def test_a_preview_never_waits_behind_an_import(make_pool: MakePool) -> None:
    pool = make_pool(size=1)
    pool.until_phase(pool.submit("polite"))
    pool.submit("polite")
    preview = pool.until_ended(pool.submit("echo", 1, kind=JobKind.PREVIEW, interactive=True))
    assert preview.state is JobState.DONE
    pool.until_pool(lambda p: any(w.interactive for w in p.workers))


def test_hold_and_gate_say_why(make_pool: MakePool) -> None:
    pool = make_pool()
    pool.supervisor.hold("held by hand")
    job_id = pool.submit("echo", 1)
    pool.until_told(job_id, lambda job: "held by hand" in job.reason)
    pool.supervisor.gate("memory is critical")
    pool.supervisor.release()
    assert pool.until_pool(lambda p: p.hold_reason == "memory is critical").waiting == 1
    pool.supervisor.gate(None)
    assert pool.until_ended(job_id).state is JobState.DONE


def test_workers_that_cannot_start_back_off_and_say_so(make_pool: MakePool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.pool.process.handle.child_main", task_functions.exit_at_birth)
    pool = make_pool(PoolPolicy(prestart=False, start_delays=(0.05,), start_failures=3, start_patience=0.0), size=1)
    job = pool.until_ended(pool.submit("echo", 1))
    assert job.state is JobState.FAILED
    assert job.error is not None
    assert job.error.kind == "workers-cannot-start"
    assert "exit code 11" in job.error.message


def test_shutdown_lets_running_jobs_finish_and_leaves_waiting_ones(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(size=1)
    book = tmp_path / "over"
    running = pool.submit("until_file", str(book))
    waiting = pool.submit("echo", 1)
    pool.until_phase(running)
    pool.supervisor.shutdown(cancel=False, budget=PATIENCE, keep_waiting=True)
    pool.until_heeded()
    book.touch()
    pool.close(cancel=False, budget=PATIENCE, keep_waiting=True)
    assert pool.until_ended(running).state is JobState.DONE
    assert pool.ends_told(waiting) == 0
    with pytest.raises(EnvironmentFailure):
        pool.submit("echo", 1)


def test_shutdown_keeps_its_budget_even_with_a_hanging_task(make_pool: MakePool) -> None:
    pool = make_pool(size=1)
    job_id = pool.submit("hang", limits=JobLimits(None, None, None))
    pool.until_phase(job_id)
    pool.close(cancel=False, budget=0.5)
    assert pool.until_ended(job_id).state is JobState.CANCELLED
    assert not workers_of_ours()


def test_waiting_is_no_turning_round(make_pool: MakePool, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop that does not block turns thousands of times a second; one that does is woken by news only."""
    turns: list[float] = []
    pool = make_pool(PoolPolicy(prestart=False, retry_delays=(3600.0,)), size=1)
    retried = pool.submit("no_server", retries=1)
    pool.until_told(retried, lambda job: "tried again" in job.reason)
    hanging = pool.submit("hang", limits=NO_LIMITS)
    pool.until_phase(hanging)
    pool.supervisor.hold()
    for _ in range(150):
        pool.submit("echo", 1)
    pool.until_pool(lambda p: p.waiting == 151)
    patience = pool.supervisor._patience

    def counted(now: float) -> float:
        turns.append(now)
        return patience(now)

    monkeypatch.setattr(pool.supervisor, "_patience", counted)
    began = time.monotonic()
    threading.Event().wait(2.0)
    assert len(turns) / (time.monotonic() - began) < 120


def test_nothing_leaks_over_many_lives(make_pool: MakePool, tmp_path: Path) -> None:
    def one_life(number: int) -> None:
        pool = make_pool(home=tmp_path, size=1)
        pool.until_ended(pool.submit("echo", number))
        pool.close()

    def open_files() -> int:
        gc.collect()
        return psutil.Process().num_fds() if sys.platform != "win32" else 0

    one_life(0)
    before = open_files()
    for number in range(3):
        one_life(number)
    assert open_files() <= before
