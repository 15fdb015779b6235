"""Instances on one machine share the worker slots."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

from tests.workers.pool.conftest import MakePool
from workers.core.jobs.snapshots import JobKind, JobState
from workers.pool.slots import WorkerSlots


def test_together_never_more_than_the_size(tmp_path: Path) -> None:
    window, command = WorkerSlots(tmp_path), WorkerSlots(tmp_path)
    assert window.request(3, 3) == 3
    assert command.request(1, 3) == 0
    assert command.request(1, 4) == 1
    window.release(2)
    assert command.request(2, 4) == 2
    assert command.request(3, 4) == 2
    window.close()
    assert command.request(9, 4) == 4
    command.close()


def test_who_waits_is_seen_by_the_others(tmp_path: Path) -> None:
    window, command = WorkerSlots(tmp_path), WorkerSlots(tmp_path)
    window.request(1, 1)
    assert not window.others_wait()
    command.request(1, 1)
    assert window.others_wait()
    assert not command.others_wait()
    window.release(0)
    assert command.request(1, 1) == 1
    assert not window.others_wait()
    command.close()
    window.close()


def test_two_pools_take_turns(make_pool: MakePool, tmp_path: Path) -> None:
    first = make_pool(home=tmp_path, size=1)
    second = make_pool(home=tmp_path, size=1)
    jobs = [first.submit("polite", 0.25) for _ in range(400)]
    first.until_phase(jobs[0])
    other = second.submit("echo", 1, kind=JobKind.INSPECT)
    assert second.until_ended(other).state is JobState.DONE
    assert any("another Sheetferry" in job.reason for job in second.told(other)), "it has said what it waited for"
    assert not first.told(jobs[-1])[-1].state.ended, "the second pool had to wait for the whole queue of the first"
    assert first.until_ended(jobs[0]).state is JobState.DONE


def test_a_window_and_two_commands_together_never_run_more_than_the_size(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tests.workers.pool.slot_program", str(tmp_path), "12", "2"]
    programs = [subprocess.Popen([*line, surface]) for surface in ("window", "command", "command")]
    try:
        assert [program.wait(240) for program in programs] == [0, 0, 0]
    finally:
        for program in programs:
            program.kill()
            program.wait()
    marks = (tmp_path / "book").read_text(encoding="ascii")
    running = list(itertools.accumulate(1 if mark == "+" else -1 for mark in marks))
    assert (marks.count("+"), running[-1]) == (36, 0)
    assert max(running) == 2, "all together use the size, and no more than it"
