"""The pool of a command: made, run on a thread of its own, and always ended."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType

from app.run_context import RunContext
from workers.core.jobs_spec import PoolPolicy
from workers.core.pool_events import PoolEvent
from workers.core.settings_resolve import Origin
from workers.core.tasks import BackendStarted, Target
from workers.database.settlement import settle
from workers.pool.config import PoolConfig, Profile, Settlement
from workers.pool.executors import ExecutorManager
from workers.pool.supervisor import Supervisor

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
        policy=pool_policy(context),
        worker_memory=_memory_limit(context),
    )


def _memory_limit(context: RunContext) -> int:
    """Most that one worker may take: half of what all together may, so that one file never starves the rest."""
    return round(context.settings.number("workers.memory_limit") * _GIB / 2)


def settle_import(target: Target, backend: BackendStarted) -> Settlement:
    """Ask the database what became of a dead worker's transaction."""
    return settle(target, backend, _SETTLE_SECONDS)


class CommandPool:
    """The executors of one command, from the ``with`` block's beginning to its end."""

    def __init__(self, context: RunContext, listener: Callable[[PoolEvent], None]) -> None:
        """Prepare; workers start with the ``with`` block."""
        self.executors = ExecutorManager(
            pool_config(context, "command"),
            threads=context.settings.integer("workers.io_threads"),
            listener=listener,
            settler=settle_import,
        )

    def __enter__(self) -> Supervisor:
        """Start the pool."""
        self.executors.start()
        return self.executors.supervisor

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the pool: what still runs is cancelled and rolled back."""
        self.executors.shutdown(cancel=True)
