"""The lanes of one pool: each has a queue, workers and connections of its own, and never waits for another."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from workers.core.jobs.admission import Accounts
from workers.core.jobs.dispatch import Dispatcher
from workers.core.jobs.fleet import Fleet
from workers.core.jobs.records import Job, Worker
from workers.core.jobs.snapshots import Lane, LaneSnapshot, lane_of
from workers.core.jobs.spec import PoolPolicy
from workers.core.jobs.states import WorkerState


@dataclass(frozen=True, slots=True)
class LaneState:
    """One lane.

    Attributes:
        fleet: Its workers.
        dispatch: Its queue, and who of it runs.
    """

    lane: Lane
    fleet: Fleet
    dispatch: Dispatcher

    def snapshot(self) -> LaneSnapshot:
        """The lane as the outside sees it."""
        workers = list(self.fleet.sized())
        return LaneSnapshot(
            size=self.fleet.size,
            busy=self.fleet.busy(),
            idle=sum(1 for worker in workers if worker.state is WorkerState.IDLE),
            waiting=self.dispatch.waiting,
            connections=self.dispatch.connections.held,
        )


class Lanes:
    """All lanes. What they share is the machine's memory and the numbers of their workers."""

    def __init__(self, policy: PoolPolicy, size: int, accounts: Accounts, epoch: float) -> None:
        """Begin without workers; `size` is that of the imports' lane."""
        numbers = itertools.count(1)
        self._lanes: dict[Lane, LaneState] = {}
        for lane, workers in ((Lane.IMPORTS, size), (Lane.QUERIES, policy.queries)):
            rules = policy.of_lane(lane)
            fleet = Fleet(rules, workers, lane=lane, numbers=numbers)
            self._lanes[lane] = LaneState(lane, fleet, Dispatcher(rules, fleet, accounts, epoch, lane=lane))

    def __iter__(self) -> Iterator[LaneState]:
        """Every lane."""
        return iter(self._lanes.values())

    def __getitem__(self, lane: Lane) -> LaneState:
        """The lane of that name."""
        return self._lanes[lane]

    def of(self, job: Job) -> LaneState:
        """The lane that the job runs in."""
        return self._lanes[lane_of(job.spec.kind)]

    def with_worker(self, number: int) -> LaneState:
        """The lane whose worker has this number; that of the imports when nobody has it."""
        return next((state for state in self if number in state.fleet.workers), self._lanes[Lane.IMPORTS])

    def worker(self, number: int) -> Worker | None:
        """The worker of this number; None when there is none."""
        return self.with_worker(number).fleet.workers.get(number)

    def workers(self) -> Iterator[tuple[Lane, Worker]]:
        """Every live worker with its lane."""
        return ((state.lane, worker) for state in self for worker in state.fleet.workers.values())

    def use(self, policy: PoolPolicy) -> None:
        """Keep other rules from now on."""
        for state in self:
            rules = policy.of_lane(state.lane)
            state.fleet.policy = state.dispatch.policy = rules
            state.dispatch.connections.use(rules.connections)
        self._lanes[Lane.QUERIES].fleet.computed_size = policy.queries
