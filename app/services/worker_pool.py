"""The pool of a command: made, run on a thread of its own, and always ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING

from app.context.run_context import RunContext
from app.services.pool_connections import command_counter, connection_rules, query_connection_rules
from app.services.target_holder import TargetHolder
from workers.core.jobs.pool_events import PoolEvent
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.spec import PoolPolicy, RateLimit
from workers.core.model.tasks import BackendStarted, ImportRequest, Target
from workers.core.settings.resolve import Origin
from workers.pool.config import PoolConfig, Profile, Settlement
from workers.pool.executors import ExecutorManager
from workers.pool.process.birth import NewProcess

if TYPE_CHECKING:
    from app.services.server_keeper import ServerKeeper
    from workers.pool.durable.service import JobService

_SETTLE_SECONDS = 15.0
_MIB = 1 << 20
_GIB = 1 << 30
_WINDOW_NICE = 10
_LEAST_QUERY = 256 * _MIB


def pool_policy(context: RunContext, profile: Profile, jobs: int = 0, queries: int = 0) -> PoolPolicy:
    """The pool's rules as the settings have them.

    A command starts no more workers than it has `jobs` and `queries`, but these at once; the window keeps those of
    imports ready.
    """
    settings = context.settings
    return PoolPolicy(
        recycle_tasks=settings.integer("workers.recycle_tasks"),
        recycle_rss=settings.integer("workers.recycle_memory") * _MIB,
        worker_memory=_memory_limit(context),
        rate_limits=rate_limits(settings.integer("limits.rate")),
        prestart=profile == "window",
        announced=jobs,
        connections=connection_rules(settings, profile),
        queries=settings.integer("queries.workers"),
        queries_announced=queries,
        query_connections=query_connection_rules(settings),
    )


def rate_limits(imports_a_minute: int) -> tuple[RateLimit, ...]:
    """The limit on starts that the setting means; 0 is none."""
    return (RateLimit(JobKind.IMPORT, imports_a_minute, 60.0),) if imports_a_minute else ()


def pool_config(context: RunContext, profile: Profile, jobs: int = 0, queries: int = 0) -> PoolConfig:
    """How the pool of this run is set up; its size is left to the pool unless somebody chose one."""
    count = context.settings["workers.count"]
    chosen = count.origin not in (Origin.COMPUTED, Origin.DEFAULT)
    return PoolConfig(
        home=context.home,
        profile=profile,
        size=context.settings.integer("workers.count") if chosen else None,
        policy=pool_policy(context, profile, jobs, queries),
        worker_memory=_memory_limit(context),
        # In the window the screen comes first; a command has none, and whoever calls it wants it done.
        nice=_WINDOW_NICE if profile == "window" else 0,
    )


def _memory_limit(context: RunContext) -> int:
    """Most that one worker may take: half of what all together may, so that one file never starves the rest."""
    return round(context.settings.number("workers.memory_limit") * _GIB / 2)


def query_memory(context: RunContext) -> int:
    """What a query over files may take in memory: half of its worker's, for what else the worker needs."""
    return max(_LEAST_QUERY, _memory_limit(context) // 2)


def settle_import(target: Target, backend: BackendStarted) -> Settlement:
    """Ask the database what became of a dead worker's transaction."""
    from workers.database.ledger.resolver import settle

    return settle(target, backend, _SETTLE_SECONDS)


def seek_imports(request: ImportRequest) -> Settlement:
    """Ask the database which imports of a dead program's job were committed."""
    from workers.database.ledger.resolver import settle_unreported

    return settle_unreported(request.target, f"sheetferry/{request.role}", request.possible_ids(), _SETTLE_SECONDS)


class CommandPool:
    """The worker processes of one command, from the ``with`` block's beginning to its end, and its door to them.

    Workers take as long to start as this process takes to load its side of the database. So the block begins with the
    workers, and `door` loads the rest.
    """

    def __init__(
        self,
        context: RunContext,
        listener: Callable[[PoolEvent], None],
        jobs: int = 1,
        early: NewProcess | None = None,
        queries: int = 0,
    ) -> None:
        """Prepare; workers for so many `jobs` and `queries` start with the ``with`` block.

        The first of `jobs` is `early`, if that is there.
        """
        self._context = context
        self._listener = listener
        self._service: JobService | None = None
        self._keeper: ServerKeeper | None = None
        self.executors = ExecutorManager(
            pool_config(context, "command", jobs, queries),
            threads=context.settings.integer("workers.io_threads"),
            listener=self._heard,
            settler=settle_import,
            counter=command_counter(),
            early=early,
        )

    def __enter__(self) -> CommandPool:
        """Start the workers."""
        self.executors.start()
        return self

    @contextmanager
    def door(self, target: Target | None = None) -> Iterator[JobService]:
        """What takes jobs. With the end of the block what still runs is cancelled and rolled back, and the pool ends.

        Args:
            target: The command's database, so that jobs which earlier commands left there can be settled; a command
                without one leaves them to the next that has.
        """
        from workers.database.local.store import LocalStore
        from workers.pool.durable.service import JobService

        holder = TargetHolder()
        if target is not None:
            holder.put(target)
        service = self._service = JobService(
            LocalStore(self._context.home),
            surface="command",
            listener=self._told,
            settler=settle_import,
            seeker=seek_imports,
            with_secrets=None if target is None else holder.with_secrets,
            archive_days=self._context.settings.integer("history.archive_days"),
            keep_days=self._context.settings.integer("history.keep_days"),
        )
        if target is not None and target.embedded:
            self._keeper = self._make_keeper()
        service.begin(self.executors.supervisor)
        try:
            yield service
        finally:
            self.executors.shutdown(cancel=True)
            service.close()
            if self._keeper is not None:
                self._keeper.close()

    def _make_keeper(self) -> ServerKeeper:
        from app.services.embedded_service import embedded_server
        from app.services.server_keeper import ServerKeeper

        return ServerKeeper(embedded_server(self._context), self.executors.supervisor.gate)

    def _told(self, event: PoolEvent) -> None:
        if self._keeper is not None:
            self._keeper.heard(event)
        self._listener(event)

    def _heard(self, event: PoolEvent) -> None:
        (self._listener if self._service is None else self._service.heard)(event)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the pool if it has not ended yet."""
        self.executors.shutdown(cancel=True)
