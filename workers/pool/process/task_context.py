"""What a running task sees of the pool: the `TaskContext` of a worker process."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workers.core.model.errors import Cancelled
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.prefetch_request import AheadRequest, Meeting
from workers.core.model.tasks import BackendStarted, Progress
from workers.pool.process.messages import AssistantAsked, BackendSeen, FromChild, OutcomeSeen, PartSeen, Progressed
from workers.system.local_link import LinkListener

PROGRESS_INTERVAL = 0.1
"""Seconds between two reports of progress of the same phase."""

_DECISION_BEAT = 0.1

_log = logging.getLogger(__name__)


class ChildContext:
    """Implements `tasks.TaskContext` by messages to the supervisor."""

    def __init__(self, job_id: str, send: Callable[[FromChild], None], place: Path | None = None) -> None:
        """Speak for the job through `send`; doors are made with names that begin with `place`."""
        self.job_id = job_id
        self.last: Progress | None = None
        self._send = send
        self._cancelled = threading.Event()
        self._decided = threading.Event()
        self._commit = False
        self._action: Callable[[], None] | None = None
        self._lock = threading.Lock()
        self._place = place
        self._listener: LinkListener | None = None
        self._sent_at = 0.0
        self._sent: Progress | None = None

    def check(self) -> None:
        """Raise `Cancelled` when the job was cancelled."""
        if self._cancelled.is_set():
            raise Cancelled

    def progress(self, progress: Progress) -> None:
        """Send at most ten reports a second; a new phase or table goes out at once, the latest is never lost."""
        self.last = progress
        now = time.monotonic()
        sent = self._sent
        news = sent is None or (sent.phase, sent.table, sent.sheet) != (progress.phase, progress.table, progress.sheet)
        if news or now - self._sent_at >= PROGRESS_INTERVAL:
            self._sent_at, self._sent = now, progress
            self._send(Progressed(self.job_id, progress))

    def flush(self) -> None:
        """Send the latest report if it was held back for too long; called on the beat of the control thread."""
        last = self.last
        if last is not None and last is not self._sent:
            self._sent_at, self._sent = time.monotonic(), last
            self._send(Progressed(self.job_id, last))

    def backend_started(self, backend: BackendStarted) -> None:
        """Tell the supervisor at once."""
        self._send(BackendSeen(self.job_id, backend))

    def backend_ended(self, import_id: str) -> None:
        """Nothing to send: an import counts as settled once its outcome has arrived."""

    def outcome(self, outcome: ImportOutcome) -> None:
        """Tell the supervisor at once."""
        self._send(OutcomeSeen(self.job_id, outcome))

    def part(self, part: Any) -> None:
        """Tell the supervisor at once, behind the latest progress."""
        self.flush()
        self._send(PartSeen(self.job_id, part))

    def decision(self, seconds: float) -> bool | None:
        """Wait for a decision; None when nobody has decided in that time."""
        until = time.monotonic() + seconds
        while not self._decided.wait(_DECISION_BEAT):
            self.check()
            if time.monotonic() >= until:
                return None
        self.check()
        return self._commit

    def decide(self, commit: bool) -> None:
        """Called from the control thread: somebody has decided."""
        self._commit = commit
        self._decided.set()

    def assistant(self, request: Callable[[Meeting], AheadRequest]) -> LinkListener | None:
        """Open a listener and ask the supervisor to send somebody there."""
        if self._place is None:
            return None
        try:
            listener = self._listener = LinkListener(self._place.with_name(f"{self._place.name}{secrets.token_hex(4)}"))
        except OSError:
            _log.warning("no line to another worker can be had", exc_info=True)
            return None
        self._send(AssistantAsked(self.job_id, request(listener.meeting)))
        return listener

    def no_assistant(self) -> None:
        """Called from the control thread: nobody will come."""
        if self._listener is not None:
            self._listener.give_up()

    def on_cancel(self, action: Callable[[], None] | None) -> None:
        """Remember what to do on a cancel; do it now when the cancel has come already."""
        with self._lock:
            self._action = action
            late = action is not None and self._cancelled.is_set()
        if late:
            self._act()

    def cancel(self) -> None:
        """Called from the control thread: raise the flag, then run the task's own action."""
        self._cancelled.set()
        self._act()

    def _act(self) -> None:
        with self._lock:
            action, self._action = self._action, None
        if action is not None:
            # A thread of its own: asking a dead server to cancel may hang, and the control thread must go on.
            threading.Thread(target=_run_action, args=(action,), name="cancel", daemon=True).start()


def _run_action(action: Callable[[], None]) -> None:
    try:
        action()
    except Exception:  # noqa: BLE001 - whatever happens, the kill that follows is the safety net
        _log.debug("the action on cancel failed", exc_info=True)
