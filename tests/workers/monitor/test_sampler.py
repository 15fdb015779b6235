"""The sampler and its readers."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future
from pathlib import Path

import psutil
import pytest

from workers.core.jobs.snapshots import PoolSnapshot, WorkerSnapshot
from workers.core.metrics.samples import (
    METRICS,
    DatabaseSample,
    DatabaseState,
    MachineSample,
    OursSample,
    Sample,
    figures,
)
from workers.core.metrics.series import SeriesTable
from workers.core.metrics.series_codec import encode_series
from workers.monitor.database_beat import DatabaseBeat
from workers.monitor.machine_reader import MachineReader
from workers.monitor.process_reader import ProcessReader
from workers.monitor.rates import Rate
from workers.monitor.sampler import Readers, Sampler
from workers.monitor.series_file import SeriesFile
from workers.system.cpu_limits import MachineLimits

MACHINE = MachineSample(50, 4, 4, 1000, 600, 400, 1000, 60)


def ours(_pool: PoolSnapshot | None) -> OursSample:
    return OursSample(cpu_percent=40, rss=100, worker_cpu=(10, 20, 90))


class Waiting:
    """An executor whose answers come when the test says so."""

    def __init__(self) -> None:
        self.futures: list[Future[DatabaseSample]] = []

    def submit(self, _work: object) -> Future[DatabaseSample]:
        self.futures.append(Future())
        return self.futures[-1]


def test_the_loop_samples_until_it_is_stopped_and_survives_a_broken_part(caplog: pytest.LogCaptureFixture) -> None:
    samples: list[Sample] = []
    enough = threading.Event()

    def sink(sample: Sample) -> None:
        samples.append(sample)
        if len(samples) == 3:
            enough.set()
        if len(samples) == 1:
            raise RuntimeError("the sink fails once")

    def broken() -> DatabaseSample:
        raise RuntimeError("no database")

    sampler = Sampler(Readers(lambda: MACHINE, ours, database=broken), sink, interval=0.01)
    thread = threading.Thread(target=sampler.run)
    thread.start()
    assert enough.wait(60)
    sampler.stop()
    thread.join(60)
    assert not thread.is_alive()
    assert all(s.machine is MACHINE and s.database is None for s in samples)
    assert sum("'database'" in record.getMessage() for record in caplog.records) == 1, "said once, not at every beat"


def test_after_a_pause_of_the_machine_no_beats_are_made_up_for() -> None:
    now = [0.0]
    beats: list[float] = []

    def sink(_sample: Sample) -> None:
        beats.append(now[0])
        now[0] += 100 if len(beats) == 2 else 0.5
        if len(beats) == 4:
            sampler.stop()

    sampler = Sampler(Readers(lambda: MACHINE, ours), sink, clock=lambda: now[0])
    sampler.run()
    assert len(beats) == 4


def test_figures_leave_out_what_is_not_known_and_know_every_metric() -> None:
    bare = figures(Sample(0, 0))
    assert bare == {}
    pool = PoolSnapshot(4, 4, 4, busy=3, idle=1, waiting=7)
    database = DatabaseSample(
        DatabaseState.CONNECTED,
        pool_size=8,
        max_overflow=2,
        checked_out=5,
        server_connections=30,
        max_connections=60,
        by_state=(("active", 4), ("idle", 20), ("not visible", 6)),
        longest_transaction=3.5,
        lock_waits=1,
        database_size=10,
    )
    found = figures(Sample(0, 0, MACHINE, ours(None), pool, database, rows_per_second=5, job_overrun=1))
    assert set(found) <= set(METRICS)
    assert (found["pool_used_percent"], found["server_used_percent"], found["db_other"]) == (50, 50, 6)
    assert (found["worker_cpu_min"], found["worker_cpu_median"], found["worker_cpu_max"]) == (10, 20, 90)
    assert found["ours_cpu"] == 10
    lost = figures(Sample(0, 0, database=DatabaseSample(DatabaseState.LOST, server_connections=3)))
    assert "server_connections" not in lost, "a lost database is a gap, not a zero"


def test_the_machine_is_read_and_a_nearer_container_limit_counts(tmp_path: Path) -> None:
    total = psutil.virtual_memory().total
    free = MachineReader(tmp_path, clock=time.monotonic, limits=lambda: MachineLimits(8, 4)).read()
    assert free.memory_limit == total
    assert free.cpu_limit == 4
    assert free.disk_total > 0
    tight = MachineLimits(8, 4, quota_cores=1.5, memory_limit=1000, memory_used=900)
    boxed = MachineReader(tmp_path, clock=time.monotonic, limits=lambda: tight).read()
    assert (boxed.memory_percent, boxed.memory_available, boxed.memory_limit) == (90, 100, 1000)
    assert boxed.cpu_limit == 1.5


def test_a_disk_that_does_not_answer_is_no_figure(tmp_path: Path) -> None:
    sample = MachineReader(tmp_path / "gone", clock=time.monotonic).read()
    assert sample.disk_percent is None


def test_workers_count_by_their_heartbeats_and_dead_ones_as_nothing() -> None:
    alive = WorkerSnapshot(1, 999_999_991, "busy", cpu_percent=70, rss=50_000_000)
    silent = WorkerSnapshot(2, 999_999_992, "busy", cpu_percent=70, rss=50_000_000, heartbeat_age=60)
    helper = WorkerSnapshot(3, 999_999_993, "busy", interactive=True, cpu_percent=5, rss=1)
    sample = ProcessReader(time.monotonic).read(PoolSnapshot(2, 2, 2, workers=(alive, silent, helper)))
    assert sample.rss - sample.own_rss == 50_000_001
    assert sample.worker_cpu == (70, 0.0)


def test_a_silent_worker_is_looked_up_in_the_system() -> None:
    own = psutil.Process().pid
    worker = WorkerSnapshot(1, own, "busy", heartbeat_age=60)
    sample = ProcessReader(time.monotonic).read(PoolSnapshot(1, 1, 1, workers=(worker,)))
    assert sample.rss > sample.own_rss


def test_a_rate_needs_two_values_and_forgets_a_counter_that_was_set_back() -> None:
    rate = Rate()
    assert [rate.of(*at) for at in ((0, 10), (2, 30), (3, 5), (4, 6))] == [None, 10, None, 1]


def test_the_database_is_asked_one_question_at_a_time_and_its_silence_is_said() -> None:
    now, executor = [0.0], Waiting()
    beat = DatabaseBeat(lambda: DatabaseSample(), executor, lambda: now[0])  # type: ignore[arg-type]  # enough of one
    assert beat.latest() is None
    executor.futures[0].set_result(DatabaseSample(DatabaseState.CONNECTED, server_connections=5))
    first = beat.latest()
    assert first is not None
    assert (first.state, first.age) == (DatabaseState.CONNECTED, 0)
    now[0] = 2.5
    beat.latest()
    now[0] = 5.0
    beat.latest()
    assert len(executor.futures) == 2, "never a second question before the answer"
    now[0] = 9.5
    late = beat.latest()
    assert late is not None
    assert (late.state, late.server_connections) == (DatabaseState.LOST, None)
    assert "not answered" in late.note
    executor.futures[1].set_exception(RuntimeError("broken"))
    failed = beat.latest()
    assert failed is not None
    assert failed.state is DatabaseState.LOST


def test_the_history_survives_a_restart_and_damage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    table, file = SeriesTable(METRICS), SeriesFile(tmp_path)
    assert file.load(SeriesTable(METRICS), since=0) == 0
    table.append(10, {"cpu_percent": 5})
    assert file.save(encode_series(table))
    again = SeriesTable(METRICS)
    assert file.load(again, since=0) == 1
    assert list(again.full.column("cpu_percent")) == [5]
    file.path.write_bytes(b"rubbish")
    assert file.load(SeriesTable(METRICS), since=0) == 0
    assert "begin empty" in caplog.text
    assert not SeriesFile(tmp_path / "missing").save(b"x")


def test_the_first_load_that_another_thread_reads_is_measured_not_zero(tmp_path: Path) -> None:
    reader = MachineReader(tmp_path, clock=time.monotonic)
    found: list[float] = []
    stop = time.process_time() + 60

    def read() -> None:
        found.append(reader.read().cpu_percent)

    thread = threading.Thread(target=read)
    thread.start()
    while thread.is_alive() and time.process_time() < stop:  # this loop is the load
        pass
    thread.join()
    assert found[0] > 0
