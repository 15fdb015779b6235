"""What commands say reaches the terminal as text and as nothing else."""

from __future__ import annotations

import io
import json
import sys

import pytest
from rich.table import Table

from app.cli.arguments import parse
from app.cli.output import complain, note, say, say_json
from app.cli.progress_bars import ProgressBars
from app.cli.status_table import print_status
from app.cli.tables import cell, terminal
from workers.core.jobs.snapshots import JobKind, JobSnapshot, JobState
from workers.core.model.errors import ErrorInfo

EVIL = "\x1b]0;owned\x07\x9b31m\n\u202ecod\udce9[link=file:///etc/passwd]x[/link]"


def harmless(text: str) -> bool:
    return not any(sign in text for sign in "\x1b\x07\x9b\u202e\udce9") and "\\x1b" in text


def test_sentences_and_lines(capfd: pytest.CaptureFixture[str]) -> None:
    say(EVIL)
    note(EVIL)
    complain(ErrorInfo("bad", EVIL, EVIL, sheet=EVIL))
    out, err = capfd.readouterr()
    assert harmless(out)
    assert harmless(err)
    assert (out.count("\n"), err.count("\n")) == (1, 3)


def test_json_stays_one_valid_line(capfd: pytest.CaptureFixture[str]) -> None:
    say_json({"file": EVIL})
    out, _ = capfd.readouterr()
    assert out.count("\n") == 1
    assert json.loads(out) == {"file": EVIL}
    assert not any(sign in out for sign in "\x1b\x07\x9b\u202e\udce9")


def test_a_terminal_of_another_encoding_gets_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    bytes_ = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(bytes_, encoding="ascii"))
    say("Übersicht 销售")
    assert bytes_.getvalue() == b"\\xdcbersicht \\u9500\\u552e\n"


def test_wrong_usage_repeats_arguments_harmlessly(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        parse(["import", "a.xlsx", f"--{EVIL}"])
    assert left.value.code == 2
    assert harmless(capfd.readouterr().err)


def test_tables(capfd: pytest.CaptureFixture[str]) -> None:
    table = Table(box=None)
    table.add_column("File", no_wrap=True, min_width=120)
    table.add_row(cell(EVIL))
    terminal().print(table, width=160)
    out, _ = capfd.readouterr()
    assert harmless(out)
    assert "[link=file:///etc/passwd]" in out


def test_the_status_of_a_worker(capfd: pytest.CaptureFixture[str]) -> None:
    worker = {
        "number": 1, "pid": 7, "state": "busy", "task": EVIL, "cpu_percent": 1.0, "rss": 1, "tasks_done": 0,
        "interactive": False,
    }  # fmt: skip
    status = {
        "machine": {
            "cpu_percent": 1.0, "cpu_count": 2, "memory_available": 1, "memory_limit": 2, "memory_percent": 50.0,
            "disk_percent": None,
        },
        "pool": {
            "workers": 1, "busy": 1, "idle": 0, "waiting": 0, "hold_reason": EVIL, "slow_reason": "",
            "worker_list": [worker],
        },
        "io": {"threads": 1, "busy": 0, "waiting": 0},
        "database": {
            "url_without_password": EVIL, "connected": False, "note": EVIL, "checked_out": 0, "pool_size": 1,
            "max_overflow": 0,
        },
        "alerts": [],
        "health": [{"name": EVIL, "ok": False, "detail": EVIL}],
    }  # fmt: skip
    print_status(status, terminal())
    assert harmless(capfd.readouterr().out)


def test_bars(capfd: pytest.CaptureFixture[str]) -> None:
    job = JobSnapshot("j", JobKind.IMPORT, EVIL, "", JobState.RUNNING, sheet=EVIL, phase="reading")
    bars = ProgressBars()
    bars.show(job)
    # Drawn by hand: the bars of a test have no terminal.
    terminal().print(bars._progress.get_renderable(), width=300)
    assert harmless(capfd.readouterr().out)
