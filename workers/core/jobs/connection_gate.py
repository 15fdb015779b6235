"""Which job may take a connection to its server now: what jobs hold there, against what was counted there.

Figures are asked for only while somebody waits for an answer: an idle program leaves servers alone. The first job on a
server needs no figures, it finds out by itself whether the server has a connection for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workers.core.jobs.connection_budget import (
    Allowance,
    ConnectionRules,
    allowance,
    mark,
    server_key,
    server_name,
    why_waiting,
)
from workers.core.jobs.events import ConnectionsCounted
from workers.core.jobs.instructions import CountConnections
from workers.core.jobs.records import Job
from workers.core.jobs.spec import JobSpec
from workers.core.model.tasks import Target

_COUNT_EVERY = 2.0
_GOOD_FOR = 5.0
_ANSWER_WITHIN = 20.0
_REFUSED_FIRST, _REFUSED_MOST = 1.0, 15.0


@dataclass(slots=True)
class _Server:
    """One server.

    Attributes:
        held: Connections by job id.
        allowed: What its last answer means for jobs; None before the first one.
        answered_at: When that came.
        asked_at: When the question under way was put, or None.
        marks: Jobs whose sessions may be in the answer to it.
        refusals: How often in a row the server has turned a job away.
        closed_until: Until then no job tries it again.
        waits: Whether a job waits for a connection to it.
    """

    target: Target
    held: dict[str, int] = field(default_factory=dict)
    allowed: Allowance | None = None
    answered_at: float = float("-inf")
    asked_at: float | None = None
    marks: set[str] = field(default_factory=set)
    refusals: int = 0
    closed_until: float = 0.0
    waits: bool = False

    def answer(self, allowed: Allowance, at: float) -> None:
        """Take in what is allowed from now on."""
        self.allowed, self.answered_at, self.asked_at = allowed, at, None

    def no_answer(self, most: int, at: float) -> None:
        """It cannot be asked: what was known before holds on; else jobs may have as many as `most`, our own limit."""
        known = self.allowed is not None and self.allowed.server is not None
        self.answer(self.allowed if known and self.allowed else Allowance(most), at)


class Connections:
    """Decides which jobs may connect. Pure: questions to servers are handed out by `questions`."""

    def __init__(self, rules: ConnectionRules) -> None:
        """Nobody is connected yet."""
        self._rules = rules
        self._servers: dict[str, _Server] = {}

    @property
    def held(self) -> int:
        """Connections that jobs hold, to all servers."""
        return sum(sum(server.held.values()) for server in self._servers.values())

    def use(self, rules: ConnectionRules) -> None:
        """Keep other rules from now on."""
        if rules != self._rules:
            self._rules = rules
            for server in self._servers.values():
                server.answered_at = float("-inf")

    # ---- jobs

    def look_anew(self, at: float) -> None:
        """All waiting jobs are about to be looked at: forget that any of them waits for a connection."""
        for server in self._servers.values():
            server.waits = False
            if server.asked_at is not None and at - server.asked_at >= _ANSWER_WITHIN:
                server.no_answer(self._rules.for_jobs(), at)

    def refusal(self, job: Job, at: float) -> str:
        """Why the job may not connect now; empty when it may."""
        target = _target_of(job.spec)
        if target is None:
            return ""
        server = self._server(target)
        server.target = target
        held = sum(server.held.values())
        allowed = server.allowed if at - server.answered_at <= _GOOD_FOR else None
        if at >= server.closed_until and _fits(job.spec.connections, held, allowed):
            return ""
        server.waits = True
        return why_waiting(server_name(target), allowed, held, self._rules)

    def begins(self, job: Job) -> None:
        """The job runs from now on."""
        target = _target_of(job.spec)
        if target is not None:
            server = self._server(target)
            server.held[job.job_id] = job.spec.connections
            server.marks.add(mark(job.job_id))

    def ends(self, job: Job) -> None:
        """The job has no worker any more; nothing happens if it held no connection."""
        target = _target_of(job.spec)
        if target is not None:
            self._server(target).held.pop(job.job_id, None)

    def connected(self, job: Job) -> None:
        """The server has let the job in."""
        target = _target_of(job.spec)
        if target is not None:
            self._server(target).refusals = 0

    def refused(self, job: Job, at: float) -> None:
        """The server had no connection for the job: nobody tries it for a moment, for longer each time."""
        target = _target_of(job.spec)
        if target is not None:
            server = self._server(target)
            server.closed_until = at + min(_REFUSED_MOST, _REFUSED_FIRST * 2.0**server.refusals)
            server.refusals = min(server.refusals + 1, 10)
            server.answer(Allowance(0), at)

    # ---- servers

    def take(self, event: ConnectionsCounted) -> None:
        """A server has answered, or could not be asked."""
        server = self._servers.get(event.server)
        if server is None:
            return
        if event.figures is not None:
            server.answer(allowance(event.figures, self._rules, server.marks), event.at)
        elif event.full:
            server.answer(Allowance(0), event.at)
        else:
            server.no_answer(self._rules.for_jobs(), event.at)

    def questions(self, at: float) -> list[CountConnections]:
        """Servers to be asked now, because a job waits for the answer."""
        out = []
        for key, server in self._servers.items():
            if server.waits and server.asked_at is None and at - server.answered_at >= _COUNT_EVERY:
                server.asked_at = at
                server.marks = set(map(mark, server.held))
                out.append(CountConnections(key, server.target))
        return out

    def due(self, at: float) -> Iterator[float]:
        """Times after `at` at which a waiting job is to be looked at again."""
        for server in self._servers.values():
            if server.waits:
                asked = server.asked_at
                answer = server.answered_at + _COUNT_EVERY if asked is None else asked + _ANSWER_WITHIN
                yield from (time for time in (answer, server.closed_until) if time > at)

    def _server(self, target: Target) -> _Server:
        return self._servers.setdefault(server_key(target), _Server(target))


def _fits(wanted: int, held: int, allowed: Allowance | None) -> bool:
    """Whether one more job may connect. The first one on a server tries it, unless it is known to be full."""
    if allowed is None:
        return held == 0
    return held + wanted <= allowed.jobs or (held == 0 and allowed.jobs > 0)


def _target_of(spec: JobSpec) -> Target | None:
    """The database that the job connects to."""
    target = getattr(spec.request, "target", None)
    return target if isinstance(target, Target) and spec.connections else None
