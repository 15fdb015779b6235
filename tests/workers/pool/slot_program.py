"""One instance of the program among others, started by a test: runs marked jobs and ends."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from tests.workers.pool.conftest import FUNCTIONS, FakeLedger
from workers.core.jobs.pool_events import JobChanged, PoolEvent
from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.pool.config import PoolConfig
from workers.pool.supervisor import Supervisor, new_job_id


def main(home: Path, jobs: int, size: int, *, prestart: bool) -> int:
    ends: list[JobState] = []
    done = threading.Event()

    def hear(event: PoolEvent) -> None:
        if isinstance(event, JobChanged) and event.job.state.ended:
            ends.append(event.job.state)
            if len(ends) == jobs:
                done.set()

    config = PoolConfig(home, size=size, policy=PoolPolicy(prestart=prestart), tasks=FUNCTIONS)
    pool = Supervisor(config, listener=hear, settler=FakeLedger())
    thread = threading.Thread(target=pool.run)
    thread.start()
    for _ in range(jobs):
        pool.submit(JobSpec(new_job_id(), JobKind.INSPECT, "job", ("marked", str(home / "book"), 0.05)))
    ended = done.wait(200)
    pool.shutdown(cancel=True, budget=5)
    thread.join(20)
    return 0 if ended and set(ends) == {JobState.DONE} else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), prestart=sys.argv[4] == "window"))
