"""What one small file of many costs: beside a bare reading of it, and in a large table beside a small one."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from tests.benchmarks.import_bench import SilentContext, make_workbook
from workers.core.model.options import ImportOptions, Mode
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import ImportRequest, Target

NAME = "append"

_ROWS = 5_000
_LARGE = 2_000_000
_FILES = 12


class _Context(SilentContext):
    """A task's surroundings, which want to know of nothing but failures."""

    def outcome(self, outcome: ImportOutcome) -> None:
        """Stop the benchmark at an import that did not load."""
        if outcome.state is not ImportState.LOADED:
            raise AssertionError(outcome.error)


def run() -> dict[str, Any]:
    """Append the same workbook by turns to a small and to a large table, and read it bare."""
    from tests.fixtures_database import make_server_home
    from workers.database.embedded.server import EmbeddedServer

    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home)
    try:
        target = server.acquire()
        path = folder / "branch.xlsx"
        make_workbook(path, _ROWS)
        for table in ("small", "large"):
            _append(path, table, target)
        _fill(target)
        seconds: dict[str, list[float]] = {"parse": [], "small": [], "large": []}
        for _ in range(_FILES):
            seconds["parse"].append(_timed(lambda: _read(path)))
            for table in ("small", "large"):
                seconds[table].append(_timed(lambda table=table: _append(path, table, target)))  # type: ignore[misc]
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    middle = {what: statistics.median(times) for what, times in seconds.items()}
    return {
        "rows": _ROWS,
        "parse_ms": round(middle["parse"] * 1e3, 1),
        "small_ms": round(middle["small"] * 1e3, 1),
        "large_ms": round(middle["large"] * 1e3, 1),
        "ratio_to_parse": round(middle["small"] / middle["parse"], 2),
        "large_to_small": round(middle["large"] / middle["small"], 2),
    }


def _append(path: Path, table: str, target: Target) -> None:
    from workers.importing.loading.file_import import run_import

    options = ImportOptions(table=table, mode=Mode.APPEND, again=True)
    run_import(ImportRequest(str(uuid.uuid4()), str(path), options, target), _Context())


def _read(path: Path) -> None:
    from workers.importing.reading.opening import open_workbook

    workbook = open_workbook(str(path))
    for _ in workbook.rows(workbook.sheets[0]):
        pass
    workbook.close()


def _fill(target: Target) -> None:
    with psycopg.connect(**target.libpq("bench"), autocommit=True) as connection:
        connection.execute("INSERT INTO large SELECT l.* FROM large l, generate_series(1, %s)", (_LARGE // _ROWS,))
        connection.execute("VACUUM ANALYZE large")


def _timed(call: Callable[[], None]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
