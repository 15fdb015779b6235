"""Which idle workers help a running job: a loader may have one other worker read its sheet for it.

Lending comes last: a worker is lent only while nobody waits for it, and called back as soon as somebody does. A loader
that gets no assistant, or loses it, does everything by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from workers.core.jobs.admission import WORKER_BASE, Accounts
from workers.core.jobs.fleet import Fleet
from workers.core.jobs.instructions import Instruction, Kill, PublishPool, RefuseAssistant, SendCancel, SendTask
from workers.core.jobs.records import Worker
from workers.core.jobs.snapshots import JobKind
from workers.core.jobs.states import WorkerState

ASSISTANT_CLAIM = WORKER_BASE + (48 << 20)
"""Bytes that an assistant needs: the head of a sheet and what waits to be sent."""

_WISH_LASTS = 0.6
_TIME_TO_LEAVE = 5.0


@dataclass(slots=True)
class _Wish:
    number: int
    job_id: str
    request: Any
    until: float


@dataclass(slots=True)
class _Loan:
    job_id: str
    over: bool = False
    leave_by: float | None = None
    killed: bool = False


class Lending:
    """Wishes for assistants, and the assistants at work. Pure: `run` gives instructions."""

    def __init__(self, fleet: Fleet, accounts: Accounts) -> None:
        """Begin without any."""
        self._fleet = fleet
        self._accounts = accounts
        self._wishes: dict[str, _Wish] = {}
        self._loans: dict[int, _Loan] = {}

    @property
    def wished(self) -> int:
        """How many workers are wished for."""
        return len(self._wishes)

    def wish(self, number: int, job_id: str, request: Any, at: float) -> None:
        """The worker that runs the job would like an assistant, which is to be handed `request`."""
        self._wishes[job_id] = _Wish(number, job_id, request, at + _WISH_LASTS)

    def job_over(self, job_id: str) -> None:
        """The job has no worker any more: it needs no assistant either."""
        self._wishes.pop(job_id, None)
        for loan in self._loans.values():
            loan.over = loan.over or loan.job_id == job_id

    def ended(self, number: int) -> None:
        """The assistant is idle again, or gone; nothing happens if the worker was none."""
        if self._loans.pop(number, None) is not None:
            self._accounts.release(_account(number))

    def claims(self) -> Iterator[tuple[str, int]]:
        """What the assistants at work have claimed."""
        return ((_account(number), ASSISTANT_CLAIM) for number in self._loans)

    def due(self) -> Iterator[float]:
        """Times at which `run` would do something by itself."""
        yield from (wish.until for wish in self._wishes.values())
        yield from (loan.leave_by for loan in self._loans.values() if loan.leave_by is not None and not loan.killed)

    def call_back(self, at: float) -> list[Instruction]:
        """A job waits for a worker: have one of the assistants leave, unless one is leaving already."""
        if any(loan.leave_by is not None for loan in self._loans.values()):
            return []
        return next((self._leave(number, loan, at) for number, loan in self._loans.items()), [])

    def run(self, at: float, *, refuse: bool, slots: int, admits: Callable[[int], bool]) -> list[Instruction]:
        """Let those go whose job is over, and answer the wishes.

        Args:
            at: Now.
            refuse: Whether nothing is lent at present.
            slots: Workers that this instance may have busy.
            admits: Whether there is memory for a claim.
        """
        out: list[Instruction] = []
        for number, loan in self._loans.items():
            if loan.leave_by is None:
                out += self._leave(number, loan, at) if loan.over else []
            elif at >= loan.leave_by and not loan.killed:
                loan.killed = True
                out.append(Kill(number))
        for wish in list(self._wishes.values()):
            worker = self._fleet.idle(interactive=False)
            if refuse or at >= wish.until or not self._may_come() or not admits(ASSISTANT_CLAIM):
                del self._wishes[wish.job_id]
                out.append(RefuseAssistant(wish.number, wish.job_id))
            elif worker is not None and self._fleet.busy() < slots:
                out += self._lend(wish, worker, at)
        return out

    def needs_slot(self, slots: int) -> bool:
        """Whether a wish waits for nothing but one more of the machine's worker slots."""
        return bool(self._wishes) and self._fleet.idle(interactive=False) is not None and self._fleet.busy() >= slots

    def _may_come(self) -> bool:
        """Whether a worker is idle, or there may be one more of them shortly."""
        if self._fleet.busy() >= self._fleet.size:
            return False
        starting = any(worker.state is WorkerState.STARTING for worker in self._fleet.sized())
        few = sum(1 for _ in self._fleet.sized()) < self._fleet.size
        return starting or few or self._fleet.idle(interactive=False) is not None

    def _lend(self, wish: _Wish, worker: Worker, at: float) -> list[Instruction]:
        del self._wishes[wish.job_id]
        self._fleet.assistance_begins(worker, wish.job_id, at)
        self._loans[worker.number] = _Loan(wish.job_id)
        self._accounts.claim(_account(worker.number), ASSISTANT_CLAIM)
        return [SendTask(worker.number, wish.job_id, JobKind.ASSIST, wish.request), PublishPool()]

    def _leave(self, number: int, loan: _Loan, at: float) -> list[Instruction]:
        loan.leave_by = at + _TIME_TO_LEAVE
        self._fleet.workers[number].to(WorkerState.CANCELLING, at)
        return [SendCancel(number, loan.job_id)]


def _account(number: int) -> str:
    return f"assistant {number}"
