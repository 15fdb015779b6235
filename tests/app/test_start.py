"""What a small import waits for: modules that it does not need are not loaded by either of its processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from app.bootstrap import CHECKOUT
from app.early_worker import start_early
from workers.core.model.tasks import Target
from workers.database.targets import url_with_password

SLOW_IN_COMMAND = {"sqlalchemy", "psycopg", "asyncio", "numpy", "keyring", "PySide6", "rich", "python_calamine_plus"}
SLOW_IN_WORKER = {"sqlalchemy", "psycopg2", "numpy", "keyring", "PySide6", "psutil"}

COMMAND = """
import json, sys
from app.__main__ import run
sys.argv = ["app", *sys.argv[1:]]
code = run()
print(json.dumps([code, sorted(sys.modules)]), file=sys.stderr)
"""
WORKER = """
import json, sys
from workers.pool.process.main_loop import preload_tasks
preload_tasks("workers.importing.tasks:TASKS")
print(json.dumps(sorted(sys.modules)))
"""


def roots(modules: list[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


@pytest.mark.db
def test_the_command_loads_no_large_library_for_an_import(tmp_path: Path, target: Target) -> None:
    path = tmp_path / "orders.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["amount", 1, 2])
    environ = {
        **os.environ,
        "SHEETFERRY_HOME": str(tmp_path / "home"),
        "SHEETFERRY_DATABASE_URL": url_with_password(target),
    }
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND, "import", str(path), "--json", "--quiet"],
        cwd=CHECKOUT, env=environ, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert json.loads(ended.stdout)["state"] == "loaded", ended.stdout
    code, modules = json.loads(ended.stderr.splitlines()[-1])
    assert code == 0
    assert roots(modules) & SLOW_IN_COMMAND == set()
    assert "multiprocessing.resource_tracker" not in modules


def test_a_worker_that_is_ready_has_loaded_what_an_import_needs_and_no_more() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", WORKER], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=False
    )
    modules = json.loads(ended.stdout)
    assert {"psycopg", "workers.importing.loading.file_import"} <= set(modules)
    assert roots(modules) & SLOW_IN_WORKER == set()
    assert "workers.core.jobs.events" not in modules


@pytest.mark.skipif(sys.platform == "win32", reason="workers are born another way there")
@pytest.mark.parametrize("words", [["status"], ["import", "--help"], []])
def test_only_an_import_starts_a_worker_early(words: list[str]) -> None:
    assert start_early(words) is None


@pytest.mark.skipif(sys.platform == "win32", reason="workers are born another way there")
def test_a_worker_that_nobody_takes_over_is_ended() -> None:
    early = start_early(["import", "orders.xlsx"])
    assert early is not None
    early.discard()
    with pytest.raises(ProcessLookupError):
        os.kill(early.pid, 0)


@pytest.mark.skipif(sys.platform == "win32", reason="workers are born another way there")
def test_a_worker_that_is_let_go_ends_by_itself() -> None:
    early = start_early(["import", "orders.xlsx"])
    assert early is not None
    os.close(early.commands)
    assert early.join() == 0
    os.close(early.events)
