"""``status``: one sample, nothing started, no figure null; a running window's own figures come first."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from rich.console import Console

from app.cli.status_table import print_status, watch_status
from app.services.status_snapshot import collect_status
from workers.core.jobs.usual_times import UsualTimes
from workers.core.model.tasks import Target
from workers.core.settings.resolve import resolve
from workers.core.settings.schema import SettingContext
from workers.monitor.status_file import StatusFile

SETTINGS = resolve({}, {}, {}, SettingContext(cores=4))


def test_without_a_window_the_sizes_are_what_would_be_used(tmp_path: Path) -> None:
    status = collect_status(SETTINGS, tmp_path, target=None, database_url="embedded", pause=lambda _s: None)
    assert status["pool"]["workers"] == 3
    assert status["database"]["pool_size"] == 10
    assert status["database"]["connected"] is False
    counts = [status["pool"][k] for k in ("busy", "idle", "waiting")]
    counts += [status["database"][k] for k in ("checked_out", "overflow")]
    assert counts == [0] * 5
    assert json.loads(json.dumps(status)) == status
    assert list(tmp_path.iterdir()) == [], "nothing is started or written"


@pytest.mark.db
def test_a_running_database_is_looked_at(tmp_path: Path, target: Target) -> None:
    status = collect_status(SETTINGS, tmp_path, target=target, database_url="x", pause=lambda _s: None)
    assert status["database"]["connected"] is True
    assert status["database"]["max_connections"] > 0
    assert status["database"]["by_state"]["active"] >= 1
    assert (status["database"]["checked_out"], status["database"]["pool_size"]) == (0, 10)
    assert status["health"][0]["ok"] is True


def test_an_unreachable_database_is_said_and_is_no_failure(tmp_path: Path) -> None:
    target = Target(str(tmp_path), 5999, "nobody", "nothing")
    status = collect_status(SETTINGS, tmp_path, target=target, database_url="x", pause=lambda _s: None)
    assert status["database"]["connected"] is False
    assert "cannot be reached" in status["health"][0]["detail"]
    out = io.StringIO()
    print_status(status, Console(file=out, width=120))
    assert "not connected" in out.getvalue()


def test_a_running_windows_figures_are_taken_while_they_are_fresh(tmp_path: Path) -> None:
    now = [1000.0]
    file = StatusFile(tmp_path, wall=lambda: now[0])
    assert file.read() is None
    file.write({"pool": {"workers": 3}})
    running = file.read()
    assert running == {"pool": {"workers": 3}}
    assert collect_status(SETTINGS, tmp_path, target=None, running=running) == running
    now[0] += 11
    assert file.read() is None
    now[0] -= 11
    file.path.write_text(file.path.read_text().replace(str(os.getpid()), "999999999"))
    assert file.read() is None, "its process is gone"
    file.path.write_text("{")
    assert file.read() is None
    file.remove()
    file.remove()


def test_watch_shows_again_and_again_until_ctrl_c(tmp_path: Path) -> None:
    taken: list[int] = []

    def take() -> dict[str, object]:
        taken.append(1)
        return collect_status(SETTINGS, tmp_path, target=None, database_url="embedded", pause=lambda _s: None)

    def pause(_seconds: float) -> None:
        if len(taken) == 3:
            raise KeyboardInterrupt

    watch_status(take, Console(file=io.StringIO(), width=120), pause=pause)
    assert len(taken) == 3


def test_a_job_is_over_its_usual_time_only_when_the_usual_is_known() -> None:
    usual = UsualTimes()
    for seconds in (100, 120):
        usual.learn("retail.xlsx", seconds)
    assert usual.overrun("retail.xlsx", 1000) is None
    usual.learn("retail.xlsx", 110)
    assert usual.overrun("retail.xlsx", 220) == 2
    for _ in range(3):
        usual.learn("small.xlsx", 1)
    assert usual.overrun("small.xlsx", 30) == 0.5, "below a minute nothing is long"
