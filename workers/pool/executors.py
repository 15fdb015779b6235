"""The one owner of everything that runs beside the caller: the worker processes and the I/O threads."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from workers.core.jobs.pool_events import PoolEvent
from workers.pool.calls import Calls
from workers.pool.config import Counter, PoolConfig, Settler
from workers.pool.durable.estimates_file import EstimatesFile
from workers.pool.process.birth import NewProcess
from workers.pool.supervisor import Supervisor

_log = logging.getLogger(__name__)

SHUTDOWN_BUDGET = 30.0
_LAST_SECONDS = 10.0


class Carrier(Protocol):
    """A permanent thread: carries the supervisor's loop until it returns."""

    def start(self) -> None:
        """Begin."""

    def join(self, timeout: float | None = None) -> None:
        """Wait for the end."""


@dataclass(frozen=True, slots=True)
class Health:
    """One executor's answer to the health check.

    Attributes:
        name: ``supervisor``, ``workers``, ``io threads``.
        ok: Whether it answered, and well.
        milliseconds: How long it took.
        detail: What is wrong, or figures.
    """

    name: str
    ok: bool
    milliseconds: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class IoStatus:
    """The I/O threads now: how many there may be, how many are busy, how many calls wait."""

    threads: int
    busy: int
    waiting: int


class CountingThreads(ThreadPoolExecutor):
    """A thread pool that knows how many calls are running and waiting."""

    def __init__(self, threads: int) -> None:
        """Use at most so many threads; they start on demand."""
        super().__init__(threads, thread_name_prefix="io")
        self._count_lock = threading.Lock()
        self._threads_allowed = threads
        self._open_calls = 0

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Like `ThreadPoolExecutor.submit`."""
        with self._count_lock:
            self._open_calls += 1
        try:
            future = super().submit(fn, *args, **kwargs)
        except BaseException:
            self._ended(None)
            raise
        future.add_done_callback(self._ended)
        return future

    def status(self) -> IoStatus:
        """How busy it is."""
        with self._count_lock:
            calls = self._open_calls
        busy = min(calls, self._threads_allowed)
        return IoStatus(self._threads_allowed, busy, calls - busy)

    def _ended(self, _future: object) -> None:
        with self._count_lock:
            self._open_calls -= 1


class ExecutorManager:
    """Creates the pool and the I/O threads once, answers for their health, ends them in order.

    Attributes:
        supervisor: The managed pool.
        io: The I/O threads, for whoever takes a `concurrent.futures.Executor`.
        calls: Builder of short calls on the I/O threads.
    """

    def __init__(
        self,
        config: PoolConfig,
        *,
        threads: int,
        listener: Callable[[PoolEvent], None],
        settler: Settler,
        carrier: Callable[[Callable[[], None]], Carrier] | None = None,
        counter: Counter | None = None,
        early: NewProcess | None = None,
    ) -> None:
        """Prepare; nothing runs before `start`.

        Args:
            config: How the pool is set up.
            threads: Most I/O threads.
            listener: Gets the pool's events, on the supervisor's thread.
            settler: Settles the transactions of dead workers, on an I/O thread.
            carrier: Makes the permanent thread (a QThread in the window); a plain thread without one.
            counter: Counts the connections of servers, on an I/O thread.
            early: A process that was started already, to be the pool's first worker.
        """
        self._threads = CountingThreads(threads)
        self.io: Executor = self._threads
        self.calls = Calls(self.io)
        self._estimates = EstimatesFile(config.home)
        self._book = self._estimates.load()
        self.supervisor = Supervisor(
            config,
            listener=listener,
            settler=settler,
            executor=self.io,
            book=self._book,
            counter=counter,
            early=early,
        )
        make = carrier or _plain_thread
        self._carrier = make(self.supervisor.run)
        self._started = False

    def start(self) -> None:
        """Let the supervisor run."""
        self._started = True
        self._carrier.start()

    def io_status(self) -> IoStatus:
        """How busy the I/O threads are."""
        return self._threads.status()

    def health(self, timeout: float = 2.0) -> list[Health]:
        """Ask every executor; takes at most about twice `timeout` seconds. Not for the UI thread."""
        return [self._supervisor_health(timeout), self._workers_health(), self._threads_health(timeout)]

    def shutdown(self, *, cancel: bool = True, budget: float = SHUTDOWN_BUDGET, keep_waiting: bool = False) -> bool:
        """End the pool, then the I/O threads that it needs to settle what was running.

        Returns:
            False when something did not end in time; worker processes are gone in any case once this process is.
        """
        ended = True
        if self._started:
            self.supervisor.shutdown(cancel=cancel, budget=budget, keep_waiting=keep_waiting)
            ended = self.supervisor.wait_closed(budget + _LAST_SECONDS)
            self._carrier.join(_LAST_SECONDS if ended else 0.1)
        if not ended:
            _log.error("the pool did not end within %.0f s", budget + _LAST_SECONDS)
        if ended:
            self._estimates.save(self._book)
        self._threads.shutdown(wait=False, cancel_futures=True)
        return ended

    def _supervisor_health(self, timeout: float) -> Health:
        began = time.monotonic()
        try:
            self.supervisor.ping().result(timeout)
        except TimeoutError:
            return Health("supervisor", False, _since(began), f"no answer within {timeout:g} s")
        except Exception as error:  # noqa: BLE001 - the health check reports whatever is wrong
            return Health("supervisor", False, _since(began), str(error))
        return Health("supervisor", True, _since(began))

    def _workers_health(self) -> Health:
        began = time.monotonic()
        workers = self.supervisor.snapshot().workers
        silent = [str(w.pid) for w in workers if w.silent]
        if silent:
            return Health("workers", False, _since(began), f"silent: pid {', '.join(silent)}")
        return Health("workers", True, _since(began), f"{len(workers)} alive")

    def _threads_health(self, timeout: float) -> Health:
        began = time.monotonic()
        try:
            self.io.submit(time.monotonic).result(timeout)
        except TimeoutError:
            return Health("io threads", False, _since(began), f"all busy for {timeout:g} s")
        except RuntimeError as error:
            return Health("io threads", False, _since(began), str(error))
        return Health("io threads", True, _since(began))


def _since(began: float) -> float:
    return (time.monotonic() - began) * 1000.0


def _plain_thread(run: Callable[[], None]) -> Carrier:
    return threading.Thread(target=run, name="supervisor", daemon=True)
