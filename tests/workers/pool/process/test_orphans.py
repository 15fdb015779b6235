"""When the program is killed, its workers go with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.workers.pool.conftest import PATIENCE

_PROGRAM = """
import sys, threading
from pathlib import Path
from workers.core.jobs.spec import JobSpec
from workers.core.jobs.pool_events import JobChanged, PoolChanged
from workers.core.jobs.snapshots import JobKind
from workers.pool.config import PoolConfig
from workers.pool.supervisor import Supervisor, new_job_id

def main():
    told = threading.Event()
    def hear(event):
        if isinstance(event, JobChanged) and event.job.phase:
            told.set()
    config = PoolConfig(Path(sys.argv[1]), size=2, tasks="tests.workers.pool.task_functions:TASKS")
    pool = Supervisor(config, listener=hear, settler=None)
    threading.Thread(target=pool.run, daemon=True).start()
    pool.submit(JobSpec(new_job_id(), JobKind.IMPORT, "hang", ("hang",)))
    told.wait(120)
    print("running", flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_kill_minus_nine_of_the_parent_leaves_no_child(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(_PROGRAM, encoding="utf-8")
    home = tmp_path / "home"
    environment = {**os.environ, "PYTHONPATH": str(Path.cwd())}
    parent = subprocess.Popen(
        [sys.executable, str(program), str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    with parent:
        assert parent.stdout is not None
        assert parent.stdout.readline().strip() == "running"
        children = psutil.Process(parent.pid).children(recursive=True)
        assert len(children) >= 3
        parent.send_signal(signal.SIGKILL)
        parent.wait(PATIENCE)
        end = time.monotonic() + PATIENCE
        while any(map(_lives, children)):
            assert time.monotonic() < end, "a worker outlived its parent"
            time.sleep(0.02)
    leftovers = list((home / "spool").iterdir())
    assert leftovers, "the killed program could not tidy up"
    _run_once(home)
    assert not list((home / "spool").iterdir())


def _lives(process: psutil.Process) -> bool:
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _run_once(home: Path) -> None:
    """The next start tidies up what the killed one left."""
    from workers.pool.durable.spool_folders import claim_spool

    _, release = claim_spool(home / "spool")
    release()
