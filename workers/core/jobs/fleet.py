"""Which worker processes there should be: size and its override, starting, retiring, crash-loop back-off."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from workers.core.jobs.instructions import Instruction, Kill, Report, Spawn, StopWorker
from workers.core.jobs.records import Worker
from workers.core.jobs.snapshots import Lane
from workers.core.jobs.spec import PoolPolicy
from workers.core.jobs.states import WorkerState

_PROVED_AFTER = 5.0


class Fleet:
    """All worker processes. Pure: `adjust` gives instructions, other methods take in what happened."""

    def __init__(
        self,
        policy: PoolPolicy,
        size: int,
        *,
        lane: Lane = Lane.IMPORTS,
        numbers: Iterator[int] | None = None,
    ) -> None:
        """Aim at `size` workers of a lane until something else is said; `numbers` gives each worker its own."""
        self.policy = policy
        self._lane = lane
        self._numbers = numbers or itertools.count(1)
        self.computed_size = size
        self.override: int | None = None
        self.override_until: float | None = None
        self.override_job: str | None = None
        self.slow_reason = ""
        self.workers: dict[int, Worker] = {}
        self.start_failures = 0
        self.last_failure = ""
        self.closing = False
        self._start_after = 0.0
        self._announced = policy.announced
        self._failing_since = 0.0

    @property
    def size(self) -> int:
        """How many sized workers are wanted now."""
        return self.override if self.override is not None else self.computed_size

    def sized(self) -> Iterator[Worker]:
        """Every live worker but the interactive one."""
        return (w for w in self.workers.values() if not w.interactive)

    def busy(self) -> int:
        """How many sized workers have a task."""
        return sum(1 for w in self.sized() if w.job_id is not None or w.assists is not None)

    def idle(self, *, interactive: bool) -> Worker | None:
        """An idle worker that may take a task. The one with the lowest number, so that the others can be retired."""
        for worker in self.workers.values():
            if worker.state is WorkerState.IDLE and worker.interactive == interactive and not worker.retire:
                return worker
        return None

    def interactive_busy(self) -> int:
        """How many interactive workers have a task."""
        return sum(1 for w in self.workers.values() if w.interactive and w.job_id is not None)

    def room_for_reading(self) -> bool:
        """Whether an interactive worker may read a dropped file and one is left for what somebody looks at."""
        return self.interactive_busy() < max(1, self.policy.interactive - 1)

    def idle_for(self, file: str) -> Worker | None:
        """An idle interactive worker, the one that has the file open if it is among them."""
        idle = [w for w in self.workers.values() if w.interactive and w.state is WorkerState.IDLE and not w.retire]
        return next((w for w in idle if file and w.file == file), idle[0] if idle else None)

    def override_size(
        self, size: int | None, until: float | None = None, until_job: str | None = None, reason: str = ""
    ) -> None:
        """Take in a wish for another size; None ends the override. A `reason` is one for going slow."""
        self.slow_reason = reason
        self.override = None if size is None else max(1, size)
        self.override_until = until if size is not None else None
        self.override_job = until_job if size is not None else None

    def job_ended(self, job_id: str) -> None:
        """An override that lasts until this job ends is over."""
        if self.override is not None and self.override_job == job_id:
            self.override_size(None)

    def started(self, number: int, pid: int, at: float) -> None:
        """The process exists."""
        worker = self.workers[number]
        worker.pid = pid
        worker.heard = at

    def ready(self, number: int, at: float) -> None:
        """The process takes tasks. That it lives is proved by its first task, or by time."""
        worker = self.workers.get(number)
        if worker is not None and worker.state is WorkerState.STARTING:
            worker.to(WorkerState.IDLE, at)
            worker.heard = at

    def died(self, number: int, at: float, words: str) -> tuple[Worker | None, bool]:
        """The process is gone: the worker, and whether it died by itself before it had done anything."""
        worker = self.workers.pop(number, None)
        if worker is None:
            return None, False
        fresh = worker.state is WorkerState.IDLE and not worker.tasks_done and at - worker.born < _PROVED_AFTER
        at_start = worker.state is WorkerState.STARTING or fresh
        worker.to(WorkerState.DEAD, at)
        if at_start and not self.closing:
            delays = self.policy.start_delays
            self._start_after = at + delays[min(self.start_failures, len(delays) - 1)]
            if not self.start_failures:
                self._failing_since = at
            self.start_failures += 1
            self.last_failure = words
        return worker, at_start

    def hopeless(self, at: float) -> bool:
        """Whether starting workers has failed so often, and for so long, that waiting jobs are to be told."""
        policy = self.policy
        return (
            self.start_failures >= policy.start_failures
            and at - self._failing_since >= policy.start_patience
            and all(worker.state is WorkerState.STARTING for worker in self.workers.values())
        )

    def task_begins(self, worker: Worker, job_id: str, at: float) -> None:
        """The worker gets a task, which proves that starting works: what kills it now is the task's affair."""
        worker.to(WorkerState.BUSY, at)
        worker.job_id = job_id
        self.start_failures = 0

    def assistance_begins(self, worker: Worker, job_id: str, at: float) -> None:
        """The worker is to help the one that runs this job."""
        worker.to(WorkerState.BUSY, at)
        worker.assists = job_id

    def task_over(self, worker: Worker, at: float) -> None:
        """The worker has ended its task: it is idle, and retires when it is old or fat."""
        worker.job_id = worker.assists = None
        worker.tasks_done += 1
        self.start_failures = 0
        worker.to(WorkerState.IDLE, at)
        self.judge(worker)

    def judge(self, worker: Worker) -> None:
        """Mark an idle worker that should be replaced; one that has lived for a while proves that starting works."""
        policy = self.policy
        if worker.heard - worker.born >= _PROVED_AFTER:
            self.start_failures = 0
        if policy.recycle_tasks and worker.tasks_done >= policy.recycle_tasks:
            worker.retire = True
        if policy.recycle_rss and worker.rss > policy.recycle_rss and worker.state is WorkerState.IDLE:
            worker.retire = True

    def adjust(self, at: float, demand: int, interactive_demand: int) -> list[Instruction]:
        """Start and retire workers.

        Args:
            at: Now.
            demand: Sized workers that could be busy at once, those that are busy included.
            interactive_demand: Interactive workers that could be busy at once, those that are busy included.
        """
        if self.override_until is not None and at >= self.override_until:
            self.override_size(None)
        out: list[Instruction] = []
        demand = max(demand, self._announced)
        if self.workers:
            self._announced = 0
        wanted = 0 if self.closing else self.size if self.policy.prestart else min(self.size, demand)
        out += self._shrink(at, self.size if not self.closing else 0)
        if not self.closing and at >= self._start_after:
            self._start_after = 0.0
            staying = sum(1 for w in self.sized() if not w.retire)
            one_try = self.start_failures > 0
            for _ in range(min(1, wanted - staying) if one_try else wanted - staying):
                out.append(self._spawn(at, interactive=False))
            wished = max(interactive_demand, int(self.policy.prestart))
            answering = sum(1 for w in self.workers.values() if w.interactive and not w.retire)
            for _ in range(min(self.policy.interactive, wished) - answering):
                out.append(self._spawn(at, interactive=True))
        return out

    def due(self) -> Iterator[float]:
        """Times at which `adjust` would do something by itself."""
        if self.override_until is not None:
            yield self.override_until
        if self._start_after:
            yield self._start_after

    def kill_all(self, at: float) -> list[Instruction]:
        """The budget of the shutdown is used up."""
        text = f"{len(self.workers)} workers did not end in time and were killed"
        return [Report("warning", text), *(Kill(number) for number in self.workers)]

    def _spawn(self, at: float, *, interactive: bool) -> Spawn:
        number = next(self._numbers)
        self.workers[number] = Worker(number, interactive, born=at, heard=at)
        return Spawn(number, interactive, self._lane)

    def _shrink(self, at: float, size: int) -> list[Instruction]:
        staying = [w for w in self.sized() if not w.retire]
        staying.sort(key=lambda w: (w.job_id is not None, w.state is WorkerState.IDLE, -w.number))
        for worker in staying[: max(0, len(staying) - size)]:
            worker.retire = True
        if self.closing:
            for worker in self.workers.values():
                worker.retire = True
        out: list[Instruction] = []
        for worker in self.workers.values():
            if worker.retire and worker.state in (WorkerState.IDLE, WorkerState.STARTING):
                worker.to(WorkerState.RETIRING, at)
                out.append(StopWorker(worker.number))
        return out
