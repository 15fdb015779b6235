"""The shell around the pool's decisions: one permanent thread that owns every worker process.

    callers --inbox + wake-up byte--> Supervisor.run() --event--> PoolMachine (pure)
                                          |      ^                    |
                                 commands |      | reports            | instructions
                                          v      |                    v
                                     worker processes           carried out here

`run` blocks in one wait for all pipes, all process sentinels and the wake-up pipe. Everything it tells goes to the
listener, on its own thread.
"""

from __future__ import annotations

import logging
import sys
import time
import uuid
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing.connection import wait
from typing import Any

from workers.core.jobs import events as ev
from workers.core.jobs import instructions as ins
from workers.core.jobs.admission import EstimateBook
from workers.core.jobs.machine import PoolMachine
from workers.core.jobs.pool_events import BackendChanged, ImportEnded, PoolClosed, PoolEvent, ResultReady
from workers.core.jobs.snapshots import Lane
from workers.core.model.errors import ErrorInfo
from workers.pool.config import Counter, PoolConfig, Settler
from workers.pool.connection_probe import ConnectionProbe
from workers.pool.controls import PoolControls
from workers.pool.durable.spool_folders import claim_spool
from workers.pool.in_doubt import TransactionResolver
from workers.pool.process.birth import NewProcess
from workers.pool.process.channel import Spool
from workers.pool.process.handle import WorkerProcess
from workers.pool.process.messages import (
    AssistantAsked,
    BackendSeen,
    Beat,
    CancelTask,
    ChildReady,
    ChildSetup,
    Decide,
    FromChild,
    NoAssistant,
    OutcomeSeen,
    PartSeen,
    Progressed,
    RunTask,
    StopChild,
    TaskOver,
)
from workers.pool.process.windows_job import KillOnCloseJob
from workers.pool.publisher import EventPublisher
from workers.pool.resources import ResourceMeter
from workers.pool.slots import WorkerSlots

_log = logging.getLogger(__name__)

_TICK = 1.0
_IDLE_TICK = 10.0
_STOP_PATIENCE = 3.0


class Supervisor(PoolControls):
    """The managed pool. `run` belongs to one permanent thread; what any thread may ask is in `PoolControls`."""

    def __init__(
        self,
        config: PoolConfig,
        *,
        listener: Callable[[PoolEvent], None],
        settler: Settler,
        executor: Executor | None = None,
        book: EstimateBook | None = None,
        counter: Counter | None = None,
        early: NewProcess | None = None,
    ) -> None:
        """Prepare; no process is made before `run`.

        Args:
            config: How the pool is set up.
            listener: Called on the supervisor's thread with every event; must not block.
            settler: Finds out what became of the transaction of a dead worker.
            executor: Where settler and counter run; threads of their own without one.
            book: What was learnt about memory estimates.
            counter: Counts the connections of servers; without one only our own limits hold.
            early: A process that was started before the pool, to be its first worker.
        """
        now = time.monotonic()
        self._config = config
        self._own_executor = ThreadPoolExecutor(2, "settle") if executor is None else None
        threads = executor or self._own_executor or ThreadPoolExecutor(1)
        self._desk = TransactionResolver(settler, threads, self._settled)
        self._counting = ConnectionProbe(counter, threads, self._counted)
        self._meter = ResourceMeter(config)
        size = self._meter.measure(now).computed_size
        self._machine = PoolMachine(config.policy, size, epoch=time.time() - now, book=book)
        super().__init__(EventPublisher(self._machine, listener, now))
        self._workers: dict[int, WorkerProcess] = {}
        self._early = early
        self._measured_at = 0.0
        self._slots: dict[Lane, WorkerSlots] = {}
        self._spool: Spool
        self._release_spool: Callable[[], None] = lambda: None
        self._job_object = KillOnCloseJob()

    # ---- the permanent thread

    def run(self) -> None:
        """Run the pool until it was shut down. Blocks; never raises for what workers do.

        Raises:
            OSError: if the pool's folders cannot be made.
        """
        try:
            self._spool, self._release_spool = claim_spool(self._config.home / "spool")
            if self._config.share_slots:
                self._slots = {
                    Lane.IMPORTS: WorkerSlots(self._config.home / "slots"),
                    Lane.QUERIES: WorkerSlots(self._config.home / "query-slots"),
                }
            self._measure(time.monotonic())
            while not self._machine.closed:
                self._turn()
            self._teller.flush(time.monotonic())
        finally:
            self._clean_up()

    def _turn(self) -> None:
        for wish in self._inbox.take():
            event = wish(time.monotonic())
            if event is not None:
                self._feed(event)
        now = time.monotonic()
        if now >= self._measure_due():
            self._measure(now)
        due = self._machine.next_due()
        if due is not None and due <= now:
            self._feed(ev.Tick(now))
        self._watch_overdue(now)
        self._teller.flush(now)
        if not self._machine.closed:
            self._wait(self._patience(now))

    def _measure_due(self) -> float:
        return self._measured_at + (_TICK if self._machine.jobs else _IDLE_TICK)

    def _patience(self, now: float) -> float:
        """Seconds until something has to be done without being asked."""
        times = [self._measure_due(), self._machine.next_due(), self._teller.due(), self._desk.due()]
        times += [w.stop_by for w in self._workers.values()]
        return max(0.0, min(t for t in times if t is not None) - now)

    def _wait(self, timeout: float) -> None:
        """Sleep until a worker speaks or dies, somebody leaves a wish, or the time is over."""
        pipes = {id(w.receiver.pipe): w for w in self._workers.values() if w.listening}
        watched: list[Any] = [self._inbox.reader, *(w.receiver.pipe for w in pipes.values())]
        sentinels: dict[int, WorkerProcess] = {}
        if sys.platform != "win32":
            # Windows waits for at most 63 handles: there the end of the pipe alone tells of a death.
            sentinels = {w.sentinel: w for w in self._workers.values()}
            watched += sentinels
        ready = wait(watched, timeout)
        for item in ready:
            if (worker := pipes.get(id(item))) is not None:
                self._hear(worker)
        for item in ready:
            if isinstance(item, int):
                self._bury(sentinels[item])

    # ---- events in

    def _feed(self, event: ev.Event) -> None:
        """Hand one event to the state machine and carry out the answer, and what that brings about."""
        events = deque([event])
        while events:
            try:
                instructions = self._machine.handle(events.popleft())
            except Exception:  # noqa: BLE001 - a defect in one decision must not end all that runs
                _log.exception("the pool could not take in an event")
                continue
            for instruction in instructions:
                if (follow := self._carry_out(instruction)) is not None:
                    events.append(follow)

    def _hear(self, worker: WorkerProcess) -> None:
        try:
            message = worker.receiver.receive()
        except (EOFError, OSError):
            worker.listening = False
            if sys.platform == "win32":
                self._bury(worker)
            else:
                # The sentinel decides; a process that only closed its pipe is of no use any more.
                worker.stop_by = time.monotonic() + 1.0
            return
        except Exception:  # noqa: BLE001 - one worker's broken message is not the pool's end
            _log.exception("a message of worker %d cannot be understood", worker.number)
            worker.kill()
            return
        self._take(worker.number, message)

    def _take(self, number: int, message: FromChild) -> None:
        at = time.monotonic()
        if isinstance(message, Progressed):
            self._feed(ev.ProgressReported(at, number, message.job_id, message.progress))
        elif isinstance(message, Beat):
            self._feed(ev.Heartbeat(at, number, message.rss, message.cpu_percent, message.peak_rss))
        elif isinstance(message, TaskOver):
            self._feed(ev.Heartbeat(at, number, message.rss, 0.0, message.peak_rss))
            over = message
            self._feed(ev.TaskEnded(at, number, over.job_id, over.end, over.result, over.error, over.environment))
        elif isinstance(message, OutcomeSeen):
            self._feed(ev.OutcomeReported(at, number, message.job_id, message.outcome))
        elif isinstance(message, BackendSeen):
            self._feed(ev.BackendReported(at, number, message.job_id, message.backend))
        elif isinstance(message, PartSeen):
            self._feed(ev.PartReported(at, number, message.job_id, message.part))
        elif isinstance(message, AssistantAsked):
            self._feed(ev.AssistantWanted(at, number, message.job_id, message.request))
        elif isinstance(message, ChildReady):
            self._feed(ev.WorkerReady(at, number))

    def _bury(self, worker: WorkerProcess) -> None:
        if self._workers.pop(worker.number, None) is None:
            return
        for message in worker.remaining():
            self._take(worker.number, message)
        if sys.platform == "win32":
            worker.kill()
        code, words = worker.bury()
        self._feed(ev.WorkerDied(time.monotonic(), worker.number, code, words))

    def _measure(self, now: float) -> None:
        self._measured_at = now
        measured = self._meter.measure(now)
        self._feed(ev.ResourcesMeasured(now, measured.free, measured.total, measured.cores, measured.computed_size))
        for lane, slots in self._slots.items():
            if slots.held and slots.others_wait():
                self._feed(ev.SlotsHeld(now, slots.held, contended=True, lane=lane))
        self._feed(ev.Tick(now))
        self._teller.dirty_pool = True

    def _watch_overdue(self, now: float) -> None:
        for worker in self._workers.values():
            if worker.stop_by is not None and now >= worker.stop_by:
                worker.stop_by = None
                worker.kill()
        for event in self._desk.overdue(now):
            self._feed(event)

    # ---- instructions out

    def _carry_out(self, instruction: ins.Instruction) -> ev.Event | None:
        """Do what the state machine asks; an event when the answer is known at once."""
        at = time.monotonic()
        match instruction:
            case ins.PublishJob(job_id):
                self._teller.job_changed(job_id)
            case ins.PublishPool():
                self._teller.dirty_pool = True
            case ins.PublishOutcome(job_id, outcome):
                self._teller.report(ImportEnded(job_id, outcome))
            case ins.PublishResult(job_id, result):
                self._teller.report(ResultReady(job_id, result))
            case ins.PublishBackend(job_id, backend):
                self._teller.report(BackendChanged(job_id, backend))
            case ins.SendTask():
                return self._send_task(instruction, at)
            case ins.SendCancel(number, job_id):
                self._send(number, CancelTask(job_id))
            case ins.RefuseAssistant(number, job_id):
                self._send(number, NoAssistant(job_id))
            case ins.SendDecision(number, job_id, commit):
                self._send(number, Decide(job_id, commit))
            case ins.Spawn(number, interactive, lane):
                return self._spawn(number, interactive, lane, at)
            case ins.StopWorker(number):
                self._stop_worker(number, at)
            case ins.Kill(number):
                if number in self._workers:
                    self._workers[number].kill()
            case ins.Settle():
                self._desk.ask(instruction, at)
            case ins.RequestSlots(count, lane):
                slots = self._slots.get(lane)
                size = self._machine.lanes[lane].fleet.size
                held = count if slots is None else slots.request(count, size)
                return ev.SlotsHeld(at, held, slots is not None and held < count, lane)
            case ins.ReleaseSlots(keep, lane):
                if lane in self._slots:
                    self._slots[lane].release(keep)
            case ins.CountConnections():
                return self._counting.ask(instruction, at)
            case ins.Report(level, text):
                _log.log(getattr(logging, level.upper()), "%s", text)
            case ins.Close():
                self._teller.report(PoolClosed())
        return None

    def _spawn(self, number: int, interactive: bool, lane: Lane, at: float) -> ev.Event:
        config = self._config
        setup = ChildSetup(
            number=number,
            spool=self._spool.folder,
            log=self._spool.folder / f"w{number}-log.txt",
            nice=config.nice,
            memory_limit=config.worker_memory,
            heartbeat=config.heartbeat,
            tasks=config.tasks if lane is Lane.IMPORTS else config.query_tasks,
        )
        early = None
        if lane is Lane.IMPORTS:
            early, self._early = self._early, None
        try:
            worker = WorkerProcess(setup, self._spool, interactive=interactive, early=early)
        except (OSError, RuntimeError) as error:
            return ev.WorkerDied(at, number, None, f"{type(error).__name__}: {error}")
        self._workers[number] = worker
        self._job_object.add(worker.pid)
        return ev.WorkerSpawned(time.monotonic(), number, worker.pid)

    def _send_task(self, task: ins.SendTask, at: float) -> ev.Event | None:
        try:
            self._workers[task.number].sender.send(RunTask(task.job_id, task.kind, task.request))
        except (BrokenPipeError, ConnectionError):
            # The worker is dying; its sentinel will tell, and the job is treated as that death says.
            self._workers[task.number].kill()
        except Exception as error:  # noqa: BLE001 - a request that does not pickle is the job's failure, not the pool's
            words = f"{type(error).__name__}: {error}"[:300]
            info = ErrorInfo("bug", f"The request could not be handed to a worker ({words}).", detail=words)
            return ev.SendFailed(at, task.number, task.job_id, info)
        return None

    def _send(self, number: int, message: CancelTask | NoAssistant | Decide | StopChild) -> None:
        worker = self._workers.get(number)
        if worker is not None:
            try:
                worker.sender.send(message)
            except OSError:
                worker.kill()

    def _stop_worker(self, number: int, at: float) -> None:
        self._send(number, StopChild())
        if number in self._workers:
            self._workers[number].stop_by = at + _STOP_PATIENCE

    def _settled(self, event: ev.Settled) -> None:
        """Called on an I/O thread with the database's answer."""

        def arrive(at: float) -> ev.Event:
            self._desk.answered(event)
            return replace(event, at=at)

        self._post(arrive, quietly=True)

    def _counted(self, event: ev.ConnectionsCounted) -> None:
        """Called on an I/O thread with a server's answer."""
        self._post(lambda at: replace(event, at=at), quietly=True)

    def _clean_up(self) -> None:
        unread = self._inbox.close()
        if self._early is not None:
            self._early.discard()
            self._early = None
        for worker in self._workers.values():
            worker.kill()
        for worker in list(self._workers.values()):
            worker.bury()
        self._workers.clear()
        for slots in self._slots.values():
            slots.close()
        self._release_spool()
        for wish in unread:
            # A question that is still open, such as a ping, is answered; decisions are not made any more.
            wish(time.monotonic())
        if self._own_executor is not None:
            self._own_executor.shutdown(wait=False)
        self._closed.set()


def new_job_id() -> str:
    """A fresh UUID as text."""
    return str(uuid.uuid4())
