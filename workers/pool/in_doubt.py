"""Asking the database, off the supervisor's thread, what became of the transactions of dead workers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor

from workers.core.jobs.events import Settled, Verdict
from workers.core.jobs.instructions import Settle
from workers.core.model.outcomes import ImportOutcome
from workers.pool.config import Settler

_log = logging.getLogger(__name__)

_PATIENCE = 20.0


class TransactionResolver:
    """Keeps track of the questions under way; one without an answer in time counts as unknown."""

    def __init__(self, settler: Settler, executor: Executor, answer: Callable[[Settled], None]) -> None:
        """Ask `settler` on `executor`; `answer` is called there and must be safe to call from any thread."""
        self._settler = settler
        self._executor = executor
        self._answer = answer
        self._open: dict[tuple[str, str], float] = {}

    def ask(self, question: Settle, at: float) -> None:
        """Begin to find out. `answer` brings the event, its time to be set by the receiver."""
        job_id, import_id = question.job_id, question.backend.import_id
        self._open[job_id, import_id] = at + _PATIENCE

        def work() -> None:
            verdict: Verdict = "unknown"
            outcomes: tuple[ImportOutcome, ...] = ()
            try:
                settlement = self._settler(question.target, question.backend)
                verdict, outcomes = settlement.verdict, settlement.outcomes
            except Exception:  # noqa: BLE001 - an answer must come, whatever the database's library raises
                _log.exception("import %s could not be settled", import_id)
            self._answer(Settled(0.0, job_id, import_id, verdict, outcomes))

        try:
            self._executor.submit(work)
        except RuntimeError:
            _log.error("import %s cannot be settled: the I/O threads have ended", import_id)
            self._open[job_id, import_id] = at

    def answered(self, event: Settled) -> None:
        """The answer has arrived."""
        self._open.pop((event.job_id, event.import_id), None)

    def due(self) -> float | None:
        """When the first question is overdue."""
        return min(self._open.values(), default=None)

    def overdue(self, now: float) -> list[Settled]:
        """Answers in place of those that did not come."""
        late = [key for key, by in self._open.items() if now >= by]
        for key in late:
            del self._open[key]
            _log.error("the database gave no answer about import %s", key[1])
        return [Settled(now, job_id, import_id, "unknown") for job_id, import_id in late]
