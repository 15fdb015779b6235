"""The fault table: each line is injected for real, several times at random moments, into real imports.

After every fault the rows in each table have to equal the ledger, nothing may be there by halves, twice or without an
owner, and the next start has to find nothing that still claims to run.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.faulting import faults_of_programs as programs
from tests.faulting import faults_of_servers as servers
from tests.faulting.stage import Stage, Try, stage

NAME = "faults"

_REPEATS = 3
_ROWS = 60_000
_SEED = 6

LINES: dict[str, Callable[[Stage, int], Try]] = {
    "kill -9 of a worker": programs.worker_killed,
    "kill -9 of the command": programs.command_killed,
    "kill -9 of a worker, several sheets": programs.worker_killed_with_sheets,
    "kill -9 of the command, several sheets": programs.command_killed_with_sheets,
    "kill -9 of the window": programs.window_killed,
    "kill -9 of the server": servers.server_killed,
    "kill -9 of the server under a window": servers.server_killed_under_window,
    "server away for a while under a window": servers.server_away_under_window,
    "server stopped": servers.server_stopped,
    "connection cut during COPY": servers.cut_in_copy,
    "connection cut during COMMIT": servers.cut_in_commit,
    "full disk of the server": servers.server_disk_full,
    "full disk of the home folder": servers.home_disk_full,
    "cancelled at any time": programs.cancelled,
    "cancelled in every phase": programs.cancelled_in_every_phase,
    "same file into same table at once": programs.same_file_twice,
    "20 clients at once": programs.twenty_clients,
}


def run(repeats: int | None = None, lines: str | None = None) -> dict[str, Any]:
    """Make every fault `repeats` times (3, or ``SHEETFERRY_FAULT_REPEATS``; 20 for a proof).

    Args:
        repeats: How often each line is tried.
        lines: Words of which each chosen line's name contains one, by commas; all lines without it
            (or ``SHEETFERRY_FAULT_LINES``).
    """
    count = repeats or int(os.environ.get("SHEETFERRY_FAULT_REPEATS", str(_REPEATS)))
    words = (lines or os.environ.get("SHEETFERRY_FAULT_LINES", "")).split(",")
    seed = int(os.environ.get("SHEETFERRY_FAULT_SEED", str(_SEED)))
    began = time.monotonic()
    with stage(_ROWS, seed) as place:
        table = {
            name: _line(name, fault, place, count)
            for name, fault in LINES.items()
            if any(word in name for word in words)
        }
    tried = [line for line in table.values() if "skipped" not in line]
    return {
        "repeats": count,
        "seed": seed,
        "seconds": round(time.monotonic() - began, 1),
        "all_ok": all(line["ok"] == line["tries"] for line in tried),
        "lines": table,
    }


def _line(name: str, fault: Callable[[Stage, int], Try], place: Stage, count: int) -> dict[str, Any]:
    tries = []
    for number in range(count):
        try:
            tries.append(fault(place, number))
        except servers.Skipped as reason:
            return {"tries": 0, "ok": 0, "worst_seconds": None, "skipped": str(reason)}
        except Exception as error:  # noqa: BLE001 - one broken try is a failed try, and the others go on
            tries.append(Try(0.0, [f"{type(error).__name__}: {error}"]))
        last = tries[-1]
        verdict = "ok" if not last.wrong else f"WRONG {last.wrong}"
        print(f"{name} {number + 1}/{count}: {last.seconds:.2f} s, {last.told}: {verdict}", file=sys.stderr, flush=True)
    line: dict[str, Any] = {
        "tries": len(tries),
        "ok": sum(not one.wrong for one in tries),
        "worst_seconds": round(max(one.seconds for one in tries), 2),
    }
    wrong = [text for one in tries for text in one.wrong]
    return {**line, "wrong": wrong} if wrong else line
