"""Many events on the pool's thread become few signals on the UI thread."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from workers.bridges.pool_bridge import PoolBridge
from workers.core.jobs.pool_events import ImportEnded, JobChanged
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.model.outcomes import ImportOutcome, ImportState


def _job(rows: int) -> JobSnapshot:
    return JobSnapshot("j1", JobKind.IMPORT, "a.xlsx", "", JobState.RUNNING, rows=rows)


def test_the_latest_snapshot_of_a_job_wins(qtbot: QtBot) -> None:
    """5,000 changes from another thread arrive as a handful of tuples, the last state among them, on the UI thread."""
    bridge = PoolBridge(beat_ms=5)
    arrived: list[tuple[int, bool]] = []

    def note(jobs: tuple[JobSnapshot, ...]) -> None:
        arrived.append((jobs[0].rows, QThread.currentThread() is bridge.thread()))

    bridge.jobs_changed.connect(note)

    def send() -> None:
        for n in range(1, 5001):
            bridge.heard(JobChanged(_job(n)))

    sender = threading.Thread(target=send)
    sender.start()
    sender.join()
    qtbot.waitUntil(lambda: bool(arrived) and arrived[-1][0] == 5000)
    assert len(arrived) < 50
    assert all(on_ui_thread for _, on_ui_thread in arrived)


def test_no_outcome_is_lost(qtbot: QtBot) -> None:
    """Outcomes are not coalesced: each one arrives, in order."""
    bridge = PoolBridge(beat_ms=5)
    names: list[str] = []
    bridge.imports_ended.connect(lambda ended: names.extend(o.file for _, o in ended))
    for n in range(300):
        bridge.heard(ImportEnded("j1", ImportOutcome(f"{n}", f"f{n}", None, None, "create", ImportState.LOADED)))
    qtbot.waitUntil(lambda: len(names) == 300)
    assert names == [f"f{n}" for n in range(300)]


@pytest.mark.parametrize("count", [1, 3])
def test_it_goes_on_after_a_pause(qtbot: QtBot, count: int) -> None:
    """A change after a silent time wakes it again."""
    bridge = PoolBridge(beat_ms=5)
    for n in range(count):
        with qtbot.waitSignal(bridge.jobs_changed):
            bridge.heard(JobChanged(_job(n)))
