"""Whole processes and their children, measured: what somebody at a prompt waits for."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """What a command took.

    Attributes:
        wall: Seconds from its start to its end.
        cpu: Seconds of processors, its children's included, a server's not.
    """

    wall: float
    cpu: float


def spend(command: Sequence[str], environ: Mapping[str, str]) -> Spent:
    """Run a command to its end.

    Raises:
        RuntimeError: with its last words, if it failed.
    """
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=dict(environ), capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{done.stdout[-500:]} {done.stderr[-500:]}")
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def ratios(ours: Sequence[Spent], limit: Sequence[Spent], name: str) -> dict[str, float]:
    """The best of several runs in turns, and how they stand to a limit measured in the same turns."""
    wall, cpu = min(one.wall for one in ours), min(one.cpu for one in ours)
    least, least_cpu = min(one.wall for one in limit), min(one.cpu for one in limit)
    return {
        "seconds": round(wall, 3),
        "cpu_seconds": round(cpu, 3),
        f"{name}_seconds": round(least, 3),
        f"{name}_cpu_seconds": round(least_cpu, 3),
        f"ratio_to_{name}": round(wall / least, 3),
        f"cpu_ratio_to_{name}": round(cpu / least_cpu, 3),
    }
