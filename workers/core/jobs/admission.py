"""Whether a waiting job may start: claims on cores and memory against what the machine has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Answer: TypeAlias = Literal["go", "wait", "refuse"]

WORKER_BASE = 60 << 20
"""Bytes that a worker takes that reads and loads, whatever the file."""

WAITS_FOR_MEMORY = "waiting: needs about"
"""How the reason of a job begins that waits for memory."""

_LEARN_FROM = 64 << 20
_LEARN_WEIGHT = 0.3
_LEARN_LOWEST = 0.25
_LEARN_HIGHEST = 8.0


def in_words(size: int) -> str:
    """A number of bytes for people, such as ``1.4 GB``."""
    if size >= 1 << 30:
        return f"{size / (1 << 30):.1f} GB"
    return f"{max(size, 0) / (1 << 20):.0f} MB"


@dataclass(frozen=True, slots=True)
class Resources:
    """What the machine has: bytes free now, bytes at all, cores. Zeros mean not measured yet."""

    free: int = 0
    total: int = 0
    cores: int = 1


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer for one job, and the sentence that says why not."""

    answer: Answer
    reason: str = ""


def admit(claim: int, outstanding: int, running: int, resources: Resources, reserve: int, insist: bool) -> Admission:
    """Decide on one job.

    Args:
        claim: Bytes that it is estimated to need at its peak.
        outstanding: Bytes that running jobs have claimed and not taken yet.
        running: How many jobs run.
        resources: What the machine has.
        reserve: Bytes that always stay free.
        insist: The analyst wants it to run, alone if need be.
    """
    if not claim or not resources.total:
        return Admission("go")
    if insist:
        return Admission("go") if not running else Admission("wait", "waiting: runs alone, when the others have ended")
    usable = resources.total - reserve
    if claim > usable:
        return Admission(
            "refuse", f"It needs about {in_words(claim)}, and this machine has {in_words(max(usable, 0))} to give."
        )
    free = resources.free - outstanding - reserve
    if claim > free:
        return Admission("wait", f"waiting: needs about {in_words(claim)}, {in_words(free)} free")
    return Admission("go")


@dataclass(frozen=True, slots=True)
class Totals:
    """Claims of running jobs: how many (one core each) and how many bytes."""

    cores: int = 0
    memory: int = 0


class Accounts:
    """Running totals of what is claimed, kept in O(1) and checked against the truth now and then."""

    def __init__(self) -> None:
        """Start with nothing claimed."""
        self._totals = Totals()
        self._claims: dict[str, int] = {}

    @property
    def totals(self) -> Totals:
        """What is claimed now."""
        return self._totals

    def claim(self, job_id: str, memory: int) -> None:
        """One more job runs."""
        self._claims[job_id] = memory
        self._totals = Totals(self._totals.cores + 1, self._totals.memory + memory)

    def release(self, job_id: str) -> None:
        """The job runs no more; nothing happens if it had no claim."""
        memory = self._claims.pop(job_id, None)
        if memory is not None:
            self._totals = Totals(self._totals.cores - 1, self._totals.memory - memory)

    def recompute(self, truth: Iterable[tuple[str, int]]) -> Totals | None:
        """Set the totals to the truth, given as ``(job_id, memory)``; returns the drift, or None when there is none."""
        self._claims = dict(truth)
        true = Totals(len(self._claims), sum(self._claims.values()))
        before, self._totals = self._totals, true
        if before == true:
            return None
        return Totals(before.cores - true.cores, before.memory - true.memory)


class EstimateBook:
    """Learns by how much the estimates of a group of files are wrong, from what was measured.

    What every worker takes whatever the file (`WORKER_BASE`) is left out: only the part above it is corrected, and
    only jobs teach whose part above it is large enough to be seen.
    """

    def __init__(self, factors: Mapping[str, float] | None = None) -> None:
        """Start with factors learnt earlier; those out of bounds are brought back into them."""
        self._factors = {key: _bounded(factor) for key, factor in (factors or {}).items()}

    @property
    def factors(self) -> dict[str, float]:
        """The factors, to be kept for the next start."""
        return dict(self._factors)

    def corrected(self, key: str, estimate: int) -> int:
        """The estimate in the light of what was measured for this group."""
        own = estimate - WORKER_BASE
        return estimate if own <= 0 else WORKER_BASE + int(own * self._factors.get(key, 1.0))

    def learn(self, key: str, estimate: int, measured: int) -> None:
        """Take in one measurement. An underestimate counts at once, an overestimate slowly."""
        own = estimate - WORKER_BASE
        if not key or own < _LEARN_FROM or measured <= 0:
            return
        seen = _bounded((measured - WORKER_BASE) / own)
        known = self._factors.get(key, 1.0)
        self._factors[key] = seen if seen > known else known + _LEARN_WEIGHT * (seen - known)


def _bounded(factor: float) -> float:
    return min(max(factor, _LEARN_LOWEST), _LEARN_HIGHEST)
