"""One ``sheetferry query``: follows the query to its end, tells each statement, asks what has to be asked."""

from __future__ import annotations

import queue
from collections.abc import Callable

from app import exit_codes
from app.cli.progress_view import ProgressView
from app.services.queries import QueryService, Question
from workers.core.jobs.pool_events import JobChanged, PoolClosed, PoolEvent
from workers.core.jobs.snapshots import JobState
from workers.core.model.errors import ErrorInfo
from workers.core.query.outcome import DecisionWanted, StatementOutcome, StatementState
from workers.core.query.tracking import QuerySnapshot

_BEAT_SECONDS = 0.5


class QueryRun:
    """Follows one query. `heard` is the pool's listener; everything else happens on the caller's thread."""

    def __init__(
        self,
        tell: Callable[[StatementOutcome], None],
        progress: ProgressView,
        ask: Callable[[DecisionWanted], bool],
    ) -> None:
        """Tell outcomes with `tell`, show what goes on with `progress`, and `ask` whether to commit a change."""
        self._tell = tell
        self._progress = progress
        self._ask = ask
        self._events: queue.SimpleQueue[PoolEvent] = queue.SimpleQueue()
        self._told = 0
        self._asked = False

    def heard(self, event: PoolEvent) -> None:
        """Take an event from the pool."""
        self._events.put(event)

    def changed(self, _snapshot: QuerySnapshot) -> None:
        """The service's listener: what there is to know is asked for when it is told."""

    def run(self, service: QueryService, question: Question) -> int:
        """Ask the question and wait for its end. Ctrl-C cancels it and waits until nothing is left of it.

        Returns:
            The exit code: 0 all done, 1 something failed or was cancelled, 3 no database, 130 interrupted.
        """
        query_id = service.ask(question)
        interrupted = False
        while True:
            try:
                if self._take_next(service, query_id):
                    break
            except KeyboardInterrupt:
                interrupted = True
                service.cancel(query_id)
        snapshot = service.query(query_id)
        if snapshot is None:
            return exit_codes.FAILED
        self._tell_outcomes(snapshot, all_of_them=True)
        if interrupted:
            return exit_codes.INTERRUPTED
        return _code_of(snapshot)

    def _take_next(self, service: QueryService, query_id: str) -> bool:
        """Take in one event; True when nothing more will come."""
        try:
            event = self._events.get(timeout=_BEAT_SECONDS)
        except queue.Empty:
            return False
        service.heard(event)
        match event:
            case JobChanged(job) if job.job_id == query_id:
                self._progress.show(job)
                if job.state.ended:
                    return True
            case PoolClosed():
                return True
            case _:
                pass
        snapshot = service.query(query_id)
        if snapshot is not None:
            self._tell_outcomes(snapshot, all_of_them=False)
            if snapshot.decision is not None and not self._asked:
                self._asked = True
                service.decide(query_id, self._ask(snapshot.decision))
        return False

    def _tell_outcomes(self, snapshot: QuerySnapshot, *, all_of_them: bool) -> None:
        """Tell the statements that are over. The last one may still be saved, or rolled back: it waits for the end."""
        ready = snapshot.outcomes if all_of_them else snapshot.outcomes[:-1]
        for outcome in ready[self._told :]:
            self._tell(outcome)
        self._told = max(self._told, len(ready))


def _code_of(snapshot: QuerySnapshot) -> int:
    job = snapshot.job
    if job is None:
        return exit_codes.FAILED
    if job.state is JobState.DONE and all(o.state is StatementState.DONE for o in snapshot.outcomes):
        return exit_codes.FAILED if snapshot.rolled_back else exit_codes.OK
    return exit_codes.exit_code_of(job.error or ErrorInfo("cancelled", job.reason))
