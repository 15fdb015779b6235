"""What a supervisor is built with."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol, TypeAlias

from workers.core.jobs.connection_budget import ServerConnections
from workers.core.jobs.events import Verdict
from workers.core.jobs.spec import PoolPolicy
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.tasks import BackendStarted, ImportRequest, Target

Profile: TypeAlias = Literal["window", "command"]


@dataclass(frozen=True, slots=True)
class PoolConfig:
    """How one pool is set up.

    Attributes:
        home: Folder for slots and spooled messages; the pool makes its own folders in it.
        profile: ``window`` leaves one core free, ``command`` does not; decides the computed size.
        size: Number of workers wanted by settings, environment or command line; None for the computed one.
        policy: The rules.
        nice: Steps by which workers' priority is lowered.
        worker_memory: Bytes of memory that the system lets a worker have; 0 for no limit.
        share_slots: Whether all instances of this machine together keep to the size.
        tasks: Where the task functions are, ``module:mapping``.
        query_tasks: The same for the lane of queries.
        heartbeat: Seconds between a worker's signs of life.
    """

    home: Path
    profile: Profile = "command"
    size: int | None = None
    policy: PoolPolicy = field(default_factory=PoolPolicy)
    nice: int = 10
    worker_memory: int = 0
    share_slots: bool = True
    tasks: str = "workers.importing.tasks:TASKS"
    query_tasks: str = "workers.querying.tasks:TASKS"
    heartbeat: float = 0.5


class Settlement(Protocol):
    """The database's answer about a transaction whose worker is gone."""

    @property
    def verdict(self) -> Verdict:
        """Whether it was committed."""

    @property
    def outcomes(self) -> tuple[ImportOutcome, ...]:
        """The ledger's receipts of all imports of that transaction when it was."""


class Settler(Protocol):
    """Ends the backend of a dead worker and finds out what became of its transaction: `database.settlement.settle`."""

    def __call__(self, target: Target, started: BackendStarted, /) -> Settlement:
        """Called on an I/O thread; takes a few seconds at most and never raises for an unreachable server."""


class Counter(Protocol):
    """Counts a server's connections: `database.budget.count_connections`."""

    def __call__(self, target: Target, /) -> ServerConnections:
        """Called on an I/O thread.

        Raises:
            SheetferryError: ``too-many-connections`` when none is left to ask by, and others when it cannot be asked.
        """


class OrphanResolver(Protocol):
    """Settles what a dead program may have begun without having kept its server process: `settle_unreported`."""

    def __call__(self, request: ImportRequest, /) -> Settlement:
        """Called on the recovery thread; takes some seconds at most and never raises for an unreachable server."""
