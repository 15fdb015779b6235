"""The pool of a command: made, run on a thread of its own, and always ended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import TracebackType

from app.run_context import RunContext
from app.target_holder import TargetHolder
from workers.core.jobs_spec import PoolPolicy
from workers.core.pool_events import PoolEvent
from workers.core.settings_resolve import Origin
from workers.core.tasks import BackendStarted, Target
from workers.database.local_store import LocalStore
from workers.database.settlement import settle
from workers.pool.config import PoolConfig, Profile, Settlement
from workers.pool.executors import ExecutorManager
from workers.pool.service import JobService

_SETTLE_SECONDS = 15.0
_MIB = 1 << 20
_GIB = 1 << 30


def pool_policy(context: RunContext) -> PoolPolicy:
    """The pool's rules as the settings have them."""
    settings = context.settings
    return PoolPolicy(
        recycle_tasks=settings.integer("workers.recycle_tasks"),
        recycle_rss=settings.integer("workers.recycle_memory") * _MIB,
        worker_memory=_memory_limit(context),
    )


def pool_config(context: RunContext, profile: Profile) -> PoolConfig:
    """How the pool of this run is set up; its size is left to the pool unless somebody chose one."""
    count = context.settings["workers.count"]
    chosen = count.origin not in (Origin.COMPUTED, Origin.DEFAULT)
    return PoolConfig(
        home=context.home,
        profile=profile,
        size=context.settings.integer("workers.count") if chosen else None,
        # A command starts no more workers than it has files; the window keeps them ready.
        policy=replace(pool_policy(context), prestart=profile == "window"),
        worker_memory=_memory_limit(context),
    )


def _memory_limit(context: RunContext) -> int:
    """Most that one worker may take: half of what all together may, so that one file never starves the rest."""
    return round(context.settings.number("workers.memory_limit") * _GIB / 2)


def settle_import(target: Target, backend: BackendStarted) -> Settlement:
    """Ask the database what became of a dead worker's transaction."""
    return settle(target, backend, _SETTLE_SECONDS)


class CommandPool:
    """The executors and the job service of one command, from the ``with`` block's beginning to its end."""

    def __init__(
        self, context: RunContext, listener: Callable[[PoolEvent], None], target: Target | None = None
    ) -> None:
        """Prepare; workers start with the ``with`` block.

        Args:
            context: The run's surroundings.
            listener: Gets the pool's events.
            target: The command's database, so that jobs which earlier commands left there can be settled; a command
                without one leaves them to the next that has.
        """
        holder = TargetHolder()
        if target is not None:
            holder.put(target)
        self.jobs = JobService(
            LocalStore(context.home),
            surface="command",
            listener=listener,
            settler=settle_import,
            with_secrets=None if target is None else holder.with_secrets,
        )
        self.executors = ExecutorManager(
            pool_config(context, "command"),
            threads=context.settings.integer("workers.io_threads"),
            listener=self.jobs.heard,
            settler=settle_import,
        )

    def __enter__(self) -> JobService:
        """Start the pool."""
        self.executors.start()
        self.jobs.begin(self.executors.supervisor)
        return self.jobs

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the pool: what still runs is cancelled and rolled back."""
        self.executors.shutdown(cancel=True)
        self.jobs.close()
