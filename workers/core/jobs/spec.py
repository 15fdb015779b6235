"""What a caller asks of the pool (`JobSpec`) and the rules that the pool keeps (`PoolPolicy`)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from workers.core.jobs.connection_budget import ConnectionRules
from workers.core.jobs.snapshots import JobKind, Lane
from workers.core.model.options import Priority

HARD_FACTOR = 1.2
"""The hard limit is this many times the soft one."""


@dataclass(frozen=True, slots=True)
class JobLimits:
    """How long a job may take, in seconds; None means no limit.

    Attributes:
        soft: After this time the job is asked to stop.
        hard: After this time its worker is killed.
        no_progress: The job is asked to stop when nothing has moved for so long. While the database checks and
            commits, which cannot report progress, ten times as long is allowed.
    """

    soft: float | None = None
    hard: float | None = None
    no_progress: float | None = 60.0

    @classmethod
    def of_timeout(cls, seconds: float | None, no_progress: float | None = 60.0) -> JobLimits:
        """The limits that ``--timeout`` means."""
        hard = None if seconds is None else seconds * HARD_FACTOR
        return cls(seconds, hard, no_progress)


@dataclass(frozen=True, slots=True)
class JobSpec:
    """One job as it is submitted. Frozen and picklable.

    Attributes:
        job_id: UUID as text; unique among live jobs.
        kind: Chooses the task function.
        title: Text for people, such as ``retail.xlsx › Orders``.
        request: What the task function gets, such as an `tasks.ImportRequest`.
        target: Where the rows go, for people.
        priority: Level in the queue.
        memory_claim: Estimated peak of its worker in bytes; 0 when not known.
        estimate_key: Group of files whose estimates learn together, such as ``xlsx``.
        limits: Time limits.
        retries: How often an environment failure may be tried again.
        connections: Connections that it takes while it runs, if its request has a target at all.
        rate_key: Jobs of one kind with the same key share a rate limit, such as the server's name.
        interactive: True to run on the extra worker, past the queue.
        insist: True to run a job that is larger than the machine, alone.
        submitted: Unix time of the first submission when the job is restored, else None.
        attempts: Starts in earlier runs of the program.
        deaths: Workers that it killed in earlier runs of the program.
    """

    job_id: str
    kind: JobKind
    title: str
    request: Any = None
    target: str = ""
    priority: Priority = Priority.NORMAL
    memory_claim: int = 0
    estimate_key: str = ""
    limits: JobLimits = JobLimits()
    retries: int = 2
    rate_key: str = ""
    connections: int = 1
    interactive: bool = False
    insist: bool = False
    submitted: float | None = None
    attempts: int = 0
    deaths: int = 0

    @property
    def trial(self) -> bool:
        """Whether it only says what it would do: everything is rolled back, nothing of it is kept."""
        options = getattr(self.request, "options", None)
        return bool(getattr(self.request, "trial", False) or getattr(options, "dry_run", False))


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `count` starts of one kind of job in any `seconds`, counted apart for each rate key."""

    kind: JobKind
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PoolPolicy:
    """The numbers that the pool's decisions rest on. Times in seconds, memory in bytes.

    Attributes:
        grace: From the wish to cancel to the kill.
        aging: A waiting job moves up one level for each such time.
        patience: A job that waited so long for memory is no longer overtaken by smaller ones.
        deaths_allowed: A job that killed so many workers is quarantined.
        retry_delays: Waiting time before the first, second, … retry; the last one repeats.
        recycle_tasks: A worker retires after so many tasks; 0 for never.
        recycle_rss: An idle worker above this retires; 0 for never.
        worker_memory: A worker above this is killed and its job fails as too large; 0 for no limit.
        memory_reserve: Memory that is always left free.
        start_delays: Waiting time after the first, second, … worker in a row that could not start.
        start_failures: After so many in a row waiting jobs fail …
        start_patience: … but not before it has gone on for so long: a crowded machine kills and starts slowly.
        silent_after: A worker without a sign of life for so long is shown as silent.
        prestart: Whether idle workers are kept up to the size; else workers start on demand.
        announced: Without `prestart`: jobs known to come, whose workers start before the first of them is there.
        interactive: At most so many workers answer people, beside the size; one of them reads no dropped files.
        rate_limits: Rate limits, none by default.
        connections: How many connections we may hold.
        queries: How many queries may run at once.
        queries_announced: Queries known to come, whose workers start before the first of them is there.
        query_connections: How many connections queries may hold.
    """

    grace: float = 0.7
    aging: float = 120.0
    patience: float = 30.0
    deaths_allowed: int = 2
    retry_delays: tuple[float, ...] = (1.0, 4.0, 15.0)
    recycle_tasks: int = 200
    recycle_rss: int = 400 << 20
    worker_memory: int = 0
    memory_reserve: int = 64 << 20
    start_delays: tuple[float, ...] = (0.25, 0.5, 1.0, 2.0, 5.0, 15.0, 30.0)
    start_failures: int = 5
    start_patience: float = 15.0
    silent_after: float = 5.0
    prestart: bool = True
    announced: int = 0
    interactive: int = 2
    rate_limits: tuple[RateLimit, ...] = ()
    connections: ConnectionRules = field(default_factory=ConnectionRules)
    queries: int = 3
    queries_announced: int = 0
    query_connections: ConnectionRules = field(default_factory=ConnectionRules)

    def of_lane(self, lane: Lane) -> PoolPolicy:
        """The rules as a lane keeps them. Query workers start when they are needed, and none is kept ready."""
        if lane is Lane.IMPORTS:
            return self
        return replace(self, prestart=False, announced=self.queries_announced, connections=self.query_connections)
