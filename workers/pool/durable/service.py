"""Jobs that outlive the program: the supervisor together with this workstation's store.

A job is kept before it starts, its state and its server process follow as they change, and its outcomes stay. At the
next start the jobs of a program that is gone are taken over: those that were in a transaction are settled by asking
the database, the window goes on with the others, and a command's jobs have ended with it.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import replace
from pathlib import PurePath

from workers.core.jobs.pool_events import BackendChanged, ImportEnded, JobChanged, PoolEvent
from workers.core.jobs.snapshots import JobSnapshot, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import SheetferryError
from workers.core.model.options import Priority
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import ImportRequest
from workers.database.local.store import LocalStore, Surface
from workers.importing.memory_estimate import estimate_memory
from workers.pool.config import OrphanResolver, Settler
from workers.pool.durable.job_records import cancelled_details, in_force, kept, to_record
from workers.pool.durable.recovery import Recovery, Takeover
from workers.pool.durable.store_writer import StoreWriter
from workers.pool.supervisor import Supervisor

_log = logging.getLogger(__name__)

_REMEMBERED = 2000
_RECOVERY_PATIENCE = 1.0


class JobService:
    """What the window and the commands submit to. Every method may be called from any thread and returns at once.

    Make it first, give `heard` to the supervisor as its listener, then call `begin`.
    """

    def __init__(
        self,
        store: LocalStore | None,
        *,
        surface: Surface,
        listener: Callable[[PoolEvent], None],
        settler: Settler,
        with_secrets: Callable[[ImportRequest], ImportRequest] | None,
        seeker: OrphanResolver | None = None,
        store_failed: Callable[[SheetferryError | None], None] = lambda _: None,
        archive_days: int = 365,
        keep_days: float = math.inf,
    ) -> None:
        """Keep jobs in `store`; without one they live as long as the program.

        Args:
            store: The workstation's store.
            surface: ``window`` resumes what it left waiting, ``command`` does not.
            listener: Gets every event of the pool, and those of recovery.
            settler: Asks the database about a transaction.
            seeker: Asks it about a job of an earlier program of which no transaction is known.
            with_secrets: Puts the passwords back into a kept request; a SheetferryError makes the job fail with it.
                None leaves the jobs of programs that are gone alone: without a database nothing can be settled.
            store_failed: Told, on another thread, when the store cannot be written, and None when it can again.
            archive_days: Jobs that ended so long ago leave the store's lists.
            keep_days: What ended so long ago is forgotten.
        """
        self._store = store
        self._surface: Surface = surface
        self._listener = listener
        self._settler = settler
        self._seeker = seeker
        self._with_secrets = with_secrets
        self._archive_days, self._keep_days = archive_days, keep_days
        self._writer = StoreWriter(store_failed, nullcontext if store is None else store.together)
        self._supervisor: Supervisor | None = None
        self._specs: dict[str, JobSpec] = {}
        self._room = _REMEMBERED
        self._states: dict[str, tuple[JobState, int]] = {}
        self._unknown: set[str] = set()
        self._passing: dict[str, str] = {}
        self._recovery: threading.Thread | None = None
        self._settling: threading.Thread | None = None
        self._closing = threading.Event()

    # ---- life

    def begin(self, supervisor: Supervisor) -> Future[Recovery]:
        """Use this pool, and take over what programs that are gone have left; the future says what that was."""
        self._supervisor = supervisor
        answer: Future[Recovery] = Future()
        self._writer.put(self._register)
        # A thread of its own: a database that does not answer must not hold up what is submitted meanwhile.
        self._recovery = threading.Thread(target=self._recover, args=(answer,), name="recovery", daemon=True)
        self._writer.put(self._recovery.start)
        return answer

    def close(self, timeout: float = 10.0) -> bool:
        """Finish writing; call it after the pool has ended. False when the disk takes too long."""
        self._closing.set()
        for thread in (self._recovery, self._settling):
            if thread is not None and thread.is_alive():
                thread.join(_RECOVERY_PATIENCE)
        if self._store is not None:
            self._writer.put(self._store.close)
        return self._writer.close(timeout)

    def archive_after(self, days: int, forget_after: float = math.inf) -> None:
        """Archive and forget what ended so long ago (in days), now and from now on."""
        self._archive_days, self._keep_days = days, forget_after
        store = self._store
        if store is not None:
            self._writer.put(lambda: store.archive(days, forget_after))

    # ---- what people want

    def submit(self, spec: JobSpec) -> str:
        """Estimate the job's memory, keep it, and put it into the queue; returns its id."""
        self._remember(spec)
        if spec.interactive:
            self._pool.submit(spec)
            return spec.job_id
        waiting = _Waiting(spec)
        # Kept as waiting, so that nothing has to be written when the pool says the same.
        self._states[spec.job_id] = (JobState.WAITING, spec.attempts)
        # A queue that cannot be saved is told; the import itself goes on.
        self._writer.put_write(lambda: self._keep(waiting), lambda: self._pool.submit(waiting.estimated()))
        return spec.job_id

    def cancel(self, job_id: str) -> None:
        """Stop a job wherever it is."""
        spec = self._specs.get(job_id)
        if spec is not None:
            self._write(job_id, lambda store: store.set_details(job_id, cancelled_details(spec)))
        # Behind a submit that is still being written.
        self._writer.put_write(_nothing, lambda: self._pool.cancel(job_id))
        self._pool.cancel(job_id)

    def retry(self, job_id: str) -> bool:
        """Submit an ended job again under its own id; False when it is not known any more or has not ended."""
        spec = self._specs.get(job_id)
        now = self._pool.job(job_id)
        if spec is None or (now is not None and not now.state.ended):
            return False
        if isinstance(spec.request, ImportRequest) and not spec.request.options.ledger and now is not None:
            # Without a ledger nothing but this memory keeps a table from being loaded a second time.
            spec = replace(spec, request=replace(spec.request, done=in_force(now.outcomes)))
        self.submit(replace(spec, deaths=0, attempts=0, submitted=None))
        return True

    def run(self, spec: JobSpec) -> None:
        """Put a job into the queue that is not to be taken up at the next start; only its imports' ends are kept."""
        self._passing[spec.job_id] = spec.target
        while len(self._passing) > _REMEMBERED:
            del self._passing[next(iter(self._passing))]
        self._pool.submit(spec)

    def settle_unknown(self) -> None:
        """Ask the database what became of the jobs whose outcome is unknown; they end, or go on, by its answer."""
        running = self._settling is not None and self._settling.is_alive()
        if running or not self._unknown or self._store is None or self._with_secrets is None:
            return
        self._settling = threading.Thread(target=self._settle, name="settling", daemon=True)
        # Behind the writes that say what is unknown.
        self._writer.put(self._settling.start)

    def keep_log(self, job_id: str, log: str) -> None:
        """Keep what was said on the way of a job that has ended, for the history."""
        store = self._store
        if store is not None:
            # Behind what was written when its imports ended.
            self._writer.put_write(lambda: store.keep_log(job_id, log))

    def set_priority(self, job_id: str, priority: Priority) -> None:
        """Put a waiting job on another level."""
        self._pool.set_priority(job_id, priority)
        self._write(job_id, lambda store: store.set_priority(job_id, priority))

    def move(self, job_id: str, before: str | None) -> None:
        """Put a waiting job before another one, or last."""
        self._pool.move(job_id, before)
        self._write(job_id, lambda store: store.move(job_id, before))

    # ---- what the pool says

    def heard(self, event: PoolEvent) -> None:
        """The supervisor's listener: keeps what has to be kept, then passes the event on."""
        match event:
            case JobChanged(job):
                self._job_changed(job)
            case BackendChanged(job_id, backend):
                self._write(job_id, lambda store: store.set_backend(job_id, backend))
            case ImportEnded(job_id, outcome):
                self._keep_outcome(job_id, outcome)
            case _:
                pass
        self._listener(event)

    def _keep_outcome(self, job_id: str, outcome: ImportOutcome) -> None:
        if outcome.state is ImportState.TRIAL:
            return
        store, passing = self._store, self._passing.get(job_id)
        if store is not None and passing is not None:
            self._writer.put_write(lambda: store.record_outcome(job_id, outcome, target=passing))
            return
        target = self._specs[job_id].target if job_id in self._specs else ""
        self._write(job_id, lambda store: store.record_outcome(job_id, outcome, target=target))

    def _job_changed(self, job: JobSnapshot) -> None:
        known = (job.state, job.attempts)
        if job.job_id not in self._specs or self._states.get(job.job_id) == known:
            return
        self._states[job.job_id] = known
        self._note_unknown(job)
        self._write(job.job_id, lambda store: store.set_state(job.job_id, job.state, job.reason, attempts=job.attempts))
        if job.state.ended:
            self._states.pop(job.job_id, None)

    def _note_unknown(self, job: JobSnapshot) -> None:
        if job.state is JobState.UNKNOWN:
            self._unknown.add(job.job_id)
        else:
            self._unknown.discard(job.job_id)

    # ---- on the writer's thread

    def _keep(self, waiting: _Waiting) -> None:
        spec = waiting.estimated()
        if self._store is not None and kept(spec):
            self._store.put_job(to_record(spec))

    def _register(self) -> None:
        if self._store is not None:
            self._store.register_instance(self._surface)

    # ---- on the recovery thread

    def _recover(self, answer: Future[Recovery]) -> None:
        done = Recovery()
        try:
            if self._store is not None:
                if self._with_secrets is not None:
                    done = self._takeover(self._store, self._with_secrets).all(self._closing.is_set)
                self._store.archive(self._archive_days, self._keep_days)
        except Exception as error:  # noqa: BLE001 - handed to whoever asked, and logged here
            _log.exception("jobs of earlier programs could not be taken over")
            answer.set_exception(error)
        else:
            answer.set_result(done)

    def _takeover(self, store: LocalStore, with_secrets: Callable[[ImportRequest], ImportRequest]) -> Takeover:
        return Takeover(
            store,
            surface=self._surface,
            listener=self._settled,
            settler=self._settler,
            seeker=self._seeker,
            with_secrets=with_secrets,
            resume=self._resume,
            remembered=self._specs.get,
        )

    def _settled(self, event: PoolEvent) -> None:
        if isinstance(event, JobChanged) and event.job.state is not JobState.IN_DOUBT:
            self._note_unknown(event.job)
        self._listener(event)

    # ---- on the settling thread

    def _settle(self) -> None:
        if self._recovery is not None:
            self._recovery.join()
        if self._store is None or self._with_secrets is None:
            return
        try:
            self._takeover(self._store, self._with_secrets).again(tuple(self._unknown), self._closing.is_set)
        except SheetferryError:
            _log.exception("unknown imports could not be settled")

    def _resume(self, spec: JobSpec) -> None:
        self._remember(spec)
        self._pool.submit(spec)

    # ---- helpers

    @property
    def _pool(self) -> Supervisor:
        if self._supervisor is None:
            raise RuntimeError("begin() has to come first")
        return self._supervisor

    def _remember(self, spec: JobSpec) -> None:
        if len(self._specs) >= self._room:
            live = {job.job_id for job in self._pool.jobs()}
            ended = [job_id for job_id in self._specs if job_id not in live and job_id not in self._states]
            for job_id in ended[: len(self._specs) - _REMEMBERED]:
                del self._specs[job_id]
            # Looking through all of them for each of thousands would take longer than keeping them.
            self._room = max(_REMEMBERED, len(self._specs)) * 5 // 4
        self._specs[spec.job_id] = spec

    def _write(self, job_id: str, write: Callable[[LocalStore], object]) -> None:
        spec, store = self._specs.get(job_id), self._store
        if store is not None and spec is not None and kept(spec):
            self._writer.put_write(lambda: write(store))


class _Waiting:
    """A job on its way to the disk. Its file is looked at once, on the writer's thread: a share may be slow."""

    def __init__(self, spec: JobSpec) -> None:
        self._spec = spec

    def estimated(self) -> JobSpec:
        """The job with its claim on memory."""
        spec = self._spec
        if not spec.memory_claim and isinstance(spec.request, ImportRequest):
            path = spec.request.path
            claim = max(map(estimate_memory, (path, *spec.request.more)))
            self._spec = replace(spec, memory_claim=claim, estimate_key=PurePath(path).suffix.lower())
        return self._spec


def _nothing() -> None:
    """No write of its own."""
