"""The local queue and history: in order, shared by programs, there after a kill, and clear when it cannot be."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.model.errors import BugError, EnvironmentFailure, ErrorInfo
from workers.core.model.options import ImportOptions, Priority
from workers.core.model.outcome_json import request_from_json, request_to_json
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import BackendStarted, ImportRequest, Secret, Target
from workers.database.local.store import JobRecord, LocalStore

BACKEND = BackendStarted("i", 4711, "2026-01-02 03:04:05+00", "99", "sheetferry/x")


class Clock:
    """A clock that the test sets."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[LocalStore]:
    opened = LocalStore(tmp_path, clock=clock)
    opened.register_instance("window")
    yield opened
    opened.close()


def record(name: str, priority: Priority = Priority.NORMAL) -> JobRecord:
    target = Target("h", 5432, "ann", "d", Secret("s3cret"))
    request = ImportRequest("3b8f4b1e-0000-4000-8000-000000000001", f"{name}.xlsx", ImportOptions(), target)
    return JobRecord(
        name, JobKind.IMPORT, name, request_to_json(request), "d on h", {"memory_claim": 5}, priority=priority
    )


def outcome(name: str, state: ImportState = ImportState.LOADED, error: ErrorInfo | None = None) -> ImportOutcome:
    return ImportOutcome(name, f"/data/{name}.xlsx", "Orders", "public.Orders", "create", state, error=error)


def waiting(store: LocalStore) -> list[str]:
    return [job.job_id for job in store.waiting_jobs()]


def test_a_job_comes_back_whole_and_without_secrets(store: LocalStore, tmp_path: Path, clock: Clock) -> None:
    store.put_job(record("a"))
    found = store.job("a")
    assert found == dataclasses.replace(record("a"), submitted=clock.now)
    assert request_from_json(found.request).path == "a.xlsx"
    assert all(b"s3cret" not in path.read_bytes() for path in tmp_path.glob("queue*"))
    assert store.job("unknown") is None


def test_waiting_jobs_come_by_level_and_then_by_age(store: LocalStore) -> None:
    store.put_jobs([record("low", Priority.LOW), record("a"), record("b"), record("urgent", Priority.HIGH)])
    store.put_job(record("c"))
    assert waiting(store) == ["urgent", "a", "b", "c", "low"]
    store.set_priority("c", Priority.HIGH)
    assert waiting(store) == ["urgent", "c", "a", "b", "low"]
    store.set_state("a", JobState.RUNNING)
    assert waiting(store) == ["urgent", "c", "b", "low"]


@pytest.mark.parametrize(
    ("moved", "before", "expected"),
    [
        ("c", "a", ["c", "a", "b"]),
        ("a", "c", ["b", "a", "c"]),
        ("a", None, ["b", "c", "a"]),
        ("a", "a", ["b", "c", "a"]),
        ("x", "a", ["a", "b", "c"]),
    ],
)
def test_jobs_are_reordered(store: LocalStore, moved: str, before: str | None, expected: list[str]) -> None:
    store.put_jobs([record("a"), record("b"), record("c")])
    store.move(moved, before)
    assert waiting(store) == expected
    store.put_job(record("d"))
    assert waiting(store) == [*expected, "d"]


def test_moving_between_levels_takes_on_the_level(store: LocalStore) -> None:
    store.put_jobs([record("a"), record("urgent", Priority.HIGH)])
    store.move("a", "urgent")
    assert waiting(store) == ["a", "urgent"]


def test_states_backends_and_ends(store: LocalStore, clock: Clock) -> None:
    store.put_job(record("a"))
    store.set_state("a", JobState.RUNNING, attempts=2)
    store.set_backend("a", BACKEND)
    store.set_deaths("a", 1)
    running = store.job("a")
    assert running is not None
    assert (running.state, running.attempts, running.deaths, running.backend) == (JobState.RUNNING, 2, 1, BACKEND)
    store.set_state("a", JobState.UNKNOWN, "the server is away")
    unknown = store.job("a")
    assert unknown is not None
    assert unknown.backend == BACKEND, "still to be settled"
    store.set_state("a", JobState.DONE)
    done = store.job("a")
    assert done is not None
    assert (done.backend, done.ended) == (None, clock.now)


def test_jobs_of_a_living_program_are_left_alone(store: LocalStore, tmp_path: Path) -> None:
    store.put_job(record("a"))
    other = LocalStore(tmp_path)
    other.register_instance("command")
    assert other.abandoned_jobs() == []
    assert not other.adopt("a")
    assert other.waiting_jobs() == []
    other.close()


def test_jobs_of_a_program_that_has_ended_are_adopted_once(store: LocalStore, tmp_path: Path) -> None:
    gone = LocalStore(tmp_path)
    gone.register_instance("window")
    gone.put_jobs(
        [record("late"), record("early", Priority.HIGH), record("done"), record("unknown"), record("settled")]
    )
    gone.set_state("late", JobState.RUNNING)
    gone.set_backend("late", BACKEND)
    gone.set_state("done", JobState.DONE)
    gone.set_backend("unknown", BACKEND)
    gone.set_state("unknown", JobState.UNKNOWN)
    gone.set_state("settled", JobState.UNKNOWN)
    gone.close()
    assert [job.job_id for job in store.abandoned_jobs()] == ["early", "late", "unknown"]
    rival = LocalStore(tmp_path)
    rival.register_instance("command")
    assert store.adopt("early")
    assert not rival.adopt("early")
    assert not store.adopt("never heard of")
    assert waiting(store) == ["early"]
    rival.close()


def test_a_killed_program_leaves_its_jobs_to_the_next(store: LocalStore, tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from workers.database.local.store import LocalStore, JobRecord\n"
        "from workers.core.jobs.snapshots import JobKind\n"
        "store = LocalStore(Path(sys.argv[1])); store.register_instance('command')\n"
        "store.put_job(JobRecord('x', JobKind.IMPORT, 'x', {})); print('up', flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "up\n"
        assert store.abandoned_jobs() == []
        child.kill()
    (left,) = store.abandoned_jobs()
    assert (left.job_id, left.surface) == ("x", "command")
    assert store.adopt("x")
    assert list((tmp_path / "instances").glob("*.lock")) != []
    assert len(list((tmp_path / "instances").glob("*.lock"))) == 1, "the dead owner's file is tidied away"


def test_several_programs_write_at_once(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def work(name: str) -> None:
        try:
            mine = LocalStore(tmp_path)
            mine.register_instance("command")
            for number in range(10):
                mine.put_job(record(f"{name}-{number}"))
                mine.set_state(f"{name}-{number}", JobState.RUNNING)
            mine.close()
        except BaseException as error:  # noqa: BLE001 - the assertion below shows it
            errors.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with_all = LocalStore(tmp_path)
    assert len(with_all.abandoned_jobs()) == 40
    with_all.close()


def test_history_is_newest_first_and_searched_by_words(store: LocalStore, clock: Clock) -> None:
    for number, name in enumerate(["Übersicht", "sales_50%", "stock"]):
        clock.now += number
        store.record_outcome("j", outcome(name), f"log of {name}", target="d on h")
    store.record_outcome("j", outcome("bad", ImportState.FAILED, ErrorInfo("damaged", "It breaks off in row 7.")))
    assert [entry.outcome.import_id for entry in store.history()] == ["bad", "stock", "sales_50%", "Übersicht"]
    assert [entry.outcome.import_id for entry in store.history(limit=1, offset=1)] == ["stock"]
    assert [entry.outcome.import_id for entry in store.history("ÜBERSICHT orders")] == ["Übersicht"]
    assert [entry.outcome.import_id for entry in store.history("50%")] == ["sales_50%"]
    assert [entry.outcome.import_id for entry in store.history("row 7")] == ["bad"]
    assert store.history("nothing like it") == []
    (entry,) = store.history("stock")
    assert (entry.outcome, entry.log, entry.target, entry.job_id) == (outcome("stock"), "log of stock", "d on h", "j")


def test_a_later_outcome_of_an_import_takes_the_earlier_ones_place(store: LocalStore) -> None:
    store.record_outcome("j", outcome("a", ImportState.UNKNOWN))
    store.record_outcome("j", outcome("a"))
    assert [entry.outcome.state for entry in store.history()] == [ImportState.LOADED]
    assert store.outcomes_of("j") == [outcome("a")]
    assert store.outcomes_of("other") == []


def test_what_ended_long_ago_is_archived(store: LocalStore, clock: Clock) -> None:
    store.put_jobs([record("old"), record("unsettled"), record("waiting")])
    store.set_state("old", JobState.DONE)
    store.set_backend("unsettled", BACKEND)
    store.set_state("unsettled", JobState.UNKNOWN)
    store.record_outcome("old", outcome("old"))
    clock.now += 31 * 86_400
    store.record_outcome("new", outcome("new"))
    assert store.archive(30) == 1
    assert store.archive(30) == 0
    assert store.job("old") is None
    assert store.job("unsettled") is not None
    assert waiting(store) == ["waiting"]
    assert [entry.outcome.import_id for entry in store.history()] == ["new"]
    assert [entry.outcome.import_id for entry in store.history(archived=True)] == ["new", "old"]


def test_what_ended_very_long_ago_is_forgotten_and_its_room_given_back(
    store: LocalStore, clock: Clock, tmp_path: Path
) -> None:
    store.put_jobs([record("waiting")])
    store.record_outcome("waiting", outcome("part of what still waits"))
    for number in range(300):
        store.record_outcome("gone", outcome(f"old {number}"), log="x" * 5000)
    size = (tmp_path / "queue.sqlite").stat().st_size
    clock.now += 700 * 86_400
    store.record_outcome("new", outcome("new"))
    store.archive(30, 800)
    assert len(store.history(archived=True, limit=1000)) == 302, "not old enough"
    clock.now += 101 * 86_400
    store.archive(30, 800)
    left = [entry.outcome.import_id for entry in store.history(archived=True, limit=1000)]
    assert left == ["new", "part of what still waits"]
    store.close()
    assert (tmp_path / "queue.sqlite").stat().st_size < size / 4


def test_a_removed_job_leaves_its_outcomes(store: LocalStore) -> None:
    store.put_job(record("a"))
    store.record_outcome("a", outcome("x"))
    store.remove_job("a")
    assert store.job("a") is None
    assert store.outcomes_of("a") == [outcome("x")]


def test_everything_is_there_after_opening_again(store: LocalStore, tmp_path: Path) -> None:
    store.put_job(record("a"))
    store.record_outcome("a", outcome("x"))
    again = LocalStore(tmp_path)
    assert again.job("a") is not None
    assert again.outcomes_of("a") == [outcome("x")]
    assert again.set_aside is None
    again.close()


@pytest.mark.parametrize("content", [b"this is no database at all" * 50, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_broken_file_is_set_aside_and_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "queue.sqlite").write_bytes(content)
    store = LocalStore(tmp_path)
    assert store.set_aside is not None
    assert store.set_aside.read_bytes() == content
    store.register_instance("window")
    store.put_job(record("a"))
    assert waiting(store) == ["a"]
    store.close()


def test_a_damaged_page_is_found_at_the_start(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    store.register_instance("window")
    store.put_jobs([record(f"job {number}") for number in range(200)])
    store.close()
    path = tmp_path / "queue.sqlite"
    content = bytearray(path.read_bytes())
    content[8192:-4096] = b"\xa5" * (len(content) - 12288)
    path.write_bytes(content)
    again = LocalStore(tmp_path)
    assert again.set_aside is not None
    assert again.abandoned_jobs() == []
    again.close()


def test_writing_without_being_registered_is_a_defect(tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    with pytest.raises(BugError):
        store.put_job(record("a"))
    store.close()


@pytest.mark.skipif(not sys.platform.startswith("linux") or os.geteuid() != 0, reason="needs a small disk of its own")
def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", tmp_path], check=False).returncode:
        pytest.skip("no right to mount")
    try:
        store = LocalStore(tmp_path)
        store.register_instance("window")
        store.put_job(record("kept"))
        big = dataclasses.replace(record("big"), details={"text": "x" * 2_000_000})
        with pytest.raises(EnvironmentFailure) as caught:
            store.put_job(big)
        assert caught.value.info.kind == "disk-full"
        assert waiting(store) == ["kept"]
        store.close()
    finally:
        subprocess.run(["umount", tmp_path], check=True)


def test_a_file_whose_name_is_no_text_is_kept(store: LocalStore) -> None:
    odd = "caf\udce9"
    store.put_job(dataclasses.replace(record("a"), title=odd, request=record(odd).request))
    store.set_state("a", JobState.WAITING, odd)
    store.record_outcome("a", dataclasses.replace(outcome("i"), file=f"/data/{odd}.xlsx"), odd, target=odd)
    found = store.job("a")
    assert found is not None
    assert request_from_json(found.request).path == f"{odd}.xlsx"
    assert (found.title, found.reason) == ("caf\\xe9", "caf\\xe9")
    assert [entry.outcome.file for entry in store.history(odd)] == [f"/data/{odd}.xlsx"]
