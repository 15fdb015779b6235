"""How fast rows of a workbook arrive in PostgreSQL, beside a bare reading of the same workbook in the same run."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import Any

import xlsxwriter

NAME = "import"
ROWS = 200_000
_WORDS = ("white", "hanging", "heart", "lantern", "cream", "coat", "hanger", "knitted", "union", "flag")

_CHILD = """
import json, resource, sys, time
from tests.benchmarks.import_bench import measure_child
print(json.dumps(measure_child(*sys.argv[1:])))
"""


def run() -> dict[str, Any]:
    """Import one generated sheet, with a second worker and without, and read it bare, three times in turns."""
    from tests.fixtures_database import make_server_home
    from workers.database.embedded.server import EmbeddedServer

    home = make_server_home()
    folder = Path(tempfile.mkdtemp(prefix="sheetferry-bench-"))
    server = EmbeddedServer(home)
    try:
        target = server.acquire()
        path = folder / "orders.xlsx"
        make_workbook(path, ROWS)
        reads, loads, shared = [], [], []
        for _ in range(3):
            reads.append(_measure("read", str(path)))
            loads.append(_measure("import", str(path), _url_parts(target)))
            shared.append(_measure("shared", str(path), _url_parts(target)))
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    read = min(r["seconds"] for r in reads)
    load = min(r["seconds"] for r in loads)
    two = min(r["seconds"] for r in shared)
    return {
        "rows": ROWS,
        "seconds": round(load, 3),
        "rows_per_second": round(ROWS / load),
        "parse_seconds": round(read, 3),
        "ratio_to_parse": round(load / read, 3),
        "cpu_ratio_to_parse": round(min(r["cpu"] for r in loads) / min(r["cpu"] for r in reads), 3),
        "two_workers_seconds": round(two, 3),
        "two_workers_to_one": round(two / load, 3),
        "peak_mb": round(max(r["peak_mb"] for r in loads)),
    }


def make_workbook(path: Path, rows: int) -> None:
    """Order lines such as a shop exports: codes that are numbers or texts, words, dates, prices, gaps."""
    chance = random.Random(7)
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Orders")
        stamp = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, ["Invoice", "Stock", "Description", "Quantity", "Date", "Price", "Customer", "Country"])
        for row in range(1, rows + 1):
            number = 536_365 + row // 20
            sheet.write(row, 0, f"C{number}" if chance.random() < 0.02 else number)
            sheet.write(row, 1, chance.choice(["85123A", "84406B", 22752, 21730]))
            sheet.write_string(row, 2, " ".join(chance.choices(_WORDS, k=4)))
            sheet.write_number(row, 3, chance.choice([1, 2, 3, 6, 12]))
            sheet.write_number(row, 4, 40_513 + row / 5_000, stamp)
            sheet.write_number(row, 5, round(chance.lognormvariate(0.9, 0.9), 2))
            if chance.random() < 0.75:
                sheet.write_number(row, 6, chance.randint(12_346, 18_287))
            sheet.write_string(row, 7, "United Kingdom")


def _url_parts(target: Any) -> str:
    import json

    password = target.password.reveal() if target.password else ""
    return json.dumps([target.host, target.port, target.user, target.dbname, password])


def _measure(what: str, path: str, target: str = "") -> dict[str, float]:
    import json

    done = subprocess.run(
        [sys.executable, "-c", _CHILD, what, path], input=target, capture_output=True, text=True, check=True
    )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure_child(what: str, path: str) -> dict[str, float]:
    """Runs in the measured process: read, import, or import with another one; tell wall, CPU and peak memory."""
    import psutil

    action = _reading(path) if what == "read" else _importing(path, sys.stdin.read(), shared=what == "shared")
    started, cpu = time.perf_counter(), time.process_time()
    action()
    memory = psutil.Process().memory_info()
    peak = getattr(memory, "peak_wset", 0) or _peak() or memory.rss
    return {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu, "peak_mb": peak / 2**20}


def _peak() -> int:
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _reading(path: str) -> Any:
    from workers.importing.reading.opening import open_workbook

    def read() -> None:
        workbook = open_workbook(path)
        for _ in workbook.rows(workbook.sheets[0]):
            pass
        workbook.close()

    return read


def _importing(path: str, parts: str, *, shared: bool) -> Any:
    import json

    from workers.core.model.options import ImportOptions
    from workers.core.model.tasks import ImportRequest, Secret, Target
    from workers.importing.loading.file_import import run_import

    host, port, user, dbname, password = json.loads(parts)
    target = Target(host, port, user, dbname, Secret(password) if password else None)
    job = str(uuid.uuid4())
    options = ImportOptions(table=f"t_{job[:8]}")
    request = ImportRequest(job, path, options, target)
    context = HelpedContext(Path(path).parent) if shared else SilentContext()

    def load() -> None:
        (outcome,) = run_import(request, context)
        if outcome.rows_loaded != ROWS:
            raise RuntimeError(outcome.error)

    return load


class SilentContext:
    """A `TaskContext` that nobody listens to."""

    def check(self) -> None:
        """Never cancelled."""

    def progress(self, progress: Any) -> None:
        """Not shown."""

    def backend_started(self, backend: Any) -> None:
        """Not needed."""

    def backend_ended(self, import_id: str) -> None:
        """Not needed."""

    def outcome(self, outcome: Any) -> None:
        """Taken from the result."""

    def assistant(self, request: Any) -> Any:
        """Nobody is there to help."""
        return None

    def on_cancel(self, action: Any) -> None:
        """Never called."""


class HelpedContext(SilentContext):
    """A `SilentContext` with an idle worker beside it, as in a pool."""

    def __init__(self, folder: Path) -> None:
        """Start the worker and wait until it can be given something to do; the two meet in `folder`."""
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._folder = folder
        context.Process(target=_help, args=(theirs,), daemon=True).start()
        self._pipe.recv()

    def assistant(self, request: Any) -> Any:
        """Have it read ahead."""
        from workers.system.local_link import LinkListener

        listener = LinkListener(self._folder / "listener")
        self._pipe.send(request(listener.meeting))
        return listener


def _help(pipe: Any) -> None:
    from workers.importing.loading.prefetch.reader import run_ahead

    pipe.send("ready")
    run_ahead(pipe.recv(), SilentContext())
