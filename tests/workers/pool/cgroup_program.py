"""Run inside a limited control group by a test: says what the pool makes of it, as one JSON object."""

from __future__ import annotations

import json
import sys
import threading
from pathlib import Path
from typing import Any

from tests.workers.pool.conftest import FUNCTIONS, FakeLedger
from workers.core.jobs.pool_events import JobChanged, PoolEvent
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import JobSpec, PoolPolicy
from workers.pool.config import PoolConfig
from workers.pool.supervisor import Supervisor, new_job_id
from workers.system.cpu_limits import machine_limits


def main(home: str, claims: list[int]) -> None:
    limits = machine_limits()
    ends: dict[str, Any] = {}
    done = threading.Event()

    def hear(event: PoolEvent) -> None:
        if isinstance(event, JobChanged) and event.job.state.ended:
            ends[event.job.title] = [event.job.state.value, event.job.reason]
            if len(ends) == len(claims):
                done.set()

    config = PoolConfig(Path(home), policy=PoolPolicy(prestart=False), tasks=FUNCTIONS)
    pool = Supervisor(config, listener=hear, settler=FakeLedger())
    thread = threading.Thread(target=pool.run)
    thread.start()
    for claim in claims:
        pool.submit(JobSpec(new_job_id(), JobKind.PREVIEW, str(claim), ("echo",), memory_claim=claim))
    done.wait(200)
    size = pool.snapshot().size  # as it was measured before the first job began
    pool.shutdown(cancel=True, budget=5)
    thread.join(20)
    print(json.dumps({"cores": limits.cores, "memory": limits.memory_limit, "size": size, "ends": ends}))


if __name__ == "__main__":
    main(sys.argv[1], [int(claim) for claim in sys.argv[2:]])
