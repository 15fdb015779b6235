"""The pool in a control group of the real kernel: it takes no more cores and memory than the group may have."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from workers.system.cpu_limits import machine_limits

MB = 1 << 20
MEMORY = 700 * MB

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="control groups are Linux's")


def own_group(controller: str) -> Path | None:
    """The folder of this process's own group for a controller, in the old hierarchy or the unified one."""
    for line in Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            folder = Path(f"/sys/fs/cgroup/{controllers}{path}")
            return folder if folder.is_dir() else Path(f"/sys/fs/cgroup/{controllers}")
    return None


@pytest.fixture
def groups() -> Iterator[list[Path]]:
    """New groups below our own with one core and 700 MB; skipped where the system does not let us make them."""
    made: list[Path] = []
    try:
        for controller, name, value in (
            ("cpu", "cpu.cfs_quota_us", "100000"),
            ("memory", "memory.limit_in_bytes", str(MEMORY)),
        ):
            above = own_group(controller)
            if above is None:
                pytest.skip(f"the {controller} controller has no hierarchy of its own here")
            group = above / f"sheetferry-test-{os.getpid()}"
            group.mkdir()
            made.append(group)
            (group / name).write_text(value, encoding="ascii")
        yield made
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    finally:
        for group in made:
            remove(group)


def remove(group: Path) -> None:
    """A group can be removed once the last process in it, such as the resource tracker, is gone."""
    deadline = time.monotonic() + 60
    while True:
        try:
            group.rmdir()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def run_inside(prefix: list[str], groups: list[Path], home: Path, *claims: int) -> dict[str, Any]:
    joined = "; ".join(f"echo $$ > {group}/cgroup.procs" for group in groups) or "true"
    program = [*prefix, sys.executable, "-m", "tests.workers.pool.cgroup_program", str(home), *map(str, claims)]
    done = subprocess.run(
        ["sh", "-c", f'{joined}; exec "$@"', "sh", *program], capture_output=True, text=True, timeout=300, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_group_of_one_core_and_little_memory(groups: list[Path], tmp_path: Path) -> None:
    found = run_inside([], groups, tmp_path, 100 * MB, 2000 * MB)
    assert (found["cores"], found["size"]) == (1, 1)
    assert found["memory"] == MEMORY
    state, reason = found["ends"][str(2000 * MB)]
    assert (state, reason) == ("failed", "It needs about 2.0 GB, and this machine has 636 MB to give.")
    assert found["ends"][str(100 * MB)][0] == "done"


@pytest.mark.skipif(shutil.which("taskset") is None, reason="there is no taskset")
def test_pinned_to_one_core(tmp_path: Path) -> None:
    core = min(os.sched_getaffinity(0))
    found = run_inside(["taskset", "-c", str(core)], [], tmp_path, 100 * MB)
    assert (found["cores"], found["size"]) == (1, 1)
    assert found["memory"] == machine_limits().memory_limit
