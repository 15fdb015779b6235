"""Cores and memory that this process may really use: affinity, then cgroup v2 up to the root, then cgroup v1.

Format of the files read: Linux's ``proc(5)`` for ``/proc/self/cgroup`` and ``mountinfo``, the kernel's cgroup-v1 and
cgroup-v2 documents for the rest.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_V1_UNLIMITED = 1 << 60


@dataclass(frozen=True, slots=True)
class MachineLimits:
    """What may be used.

    Attributes:
        host_cores: Cores of the machine.
        affinity_cores: Cores that this process may run on.
        quota_cores: CPU time that the container may use, in cores; None without a limit.
        memory_limit: Bytes that the container may use; None without a limit.
        memory_used: Bytes that the limiting container uses now, caches that can be dropped not counted; None without.
    """

    host_cores: int
    affinity_cores: int
    quota_cores: float | None = None
    memory_limit: int | None = None
    memory_used: int | None = None

    @property
    def cores(self) -> int:
        """Whole cores to plan with, at least one."""
        if self.quota_cores is None:
            return max(1, self.affinity_cores)
        return max(1, min(self.affinity_cores, math.floor(self.quota_cores + 1e-6)))


@dataclass(frozen=True, slots=True)
class CgroupFiles:
    """Where to read; tests give a tree of their own.

    Attributes:
        memberships: ``/proc/self/cgroup``.
        mounts: ``/proc/self/mountinfo``.
        root: Folder that mount points are taken below.
    """

    memberships: Path = Path("/proc/self/cgroup")
    mounts: Path = Path("/proc/self/mountinfo")
    root: Path = Path("/")


def machine_limits(files: CgroupFiles | None = None) -> MachineLimits:
    """Read all limits. Takes well under a millisecond; a file that cannot be read sets no limit."""
    host = os.cpu_count() or 1
    try:
        affinity = len(os.sched_getaffinity(0)) if sys.platform == "linux" else host
    except OSError:
        affinity = host
    if files is None and sys.platform != "linux":
        return MachineLimits(host, affinity)
    quota, memory = _cgroup_limits(files or CgroupFiles())
    return MachineLimits(host, affinity, quota, *(memory or (None, None)))


def _cgroup_limits(files: CgroupFiles) -> tuple[float | None, tuple[int, int | None] | None]:
    """The smallest CPU quota, and the smallest memory limit with its use."""
    quotas: list[float] = []
    memories: list[tuple[int, int | None]] = []
    paths = _memberships(files)
    for controllers, mount_root, mount_point in _mounts(files):
        for controller in controllers & paths.keys():
            for folder in _chain(files.root, mount_point, mount_root, paths[controller]):
                if controller in ("", "cpu") and (quota := _cpu_quota(folder, controller)):
                    quotas.append(quota)
                if controller in ("", "memory") and (limit := _memory_limit(folder, controller)):
                    memories.append((limit, _memory_used(folder, controller)))
    return min(quotas, default=None), min(memories, key=lambda m: m[0], default=None)


def _memberships(files: CgroupFiles) -> dict[str, str]:
    """Path of this process in each hierarchy by controller; the unified one (v2) has the name ``""``."""
    paths: dict[str, str] = {}
    for line in (_read(files.memberships) or "").splitlines():
        parts = line.split(":", 2)
        if len(parts) == 3:
            for controller in parts[1].split(","):
                paths[controller] = parts[2]
    return paths


def _mounts(files: CgroupFiles) -> Iterator[tuple[set[str], str, str]]:
    """Controllers, root and mount point of every cgroup file system."""
    for line in (_read(files.mounts) or "").splitlines():
        left, found, right = line.partition(" - ")
        fields, kind = left.split(), right.split()
        if not found or len(fields) < 5 or not kind:
            continue
        if kind[0] == "cgroup2":
            yield {""}, fields[3], fields[4]
        elif kind[0] == "cgroup" and len(kind) >= 3:
            yield set(kind[2].split(",")), fields[3], fields[4]


def _chain(root: Path, mount_point: str, mount_root: str, path: str) -> Iterator[Path]:
    """Folders from this process's own group up to the mount point: a limit may stand at any level."""
    if mount_root != "/" and (path == mount_root or path.startswith(f"{mount_root}/")):
        path = path[len(mount_root) :]
    top = root / mount_point.lstrip("/")
    # A path that leads out of the mounted part (another namespace's) leaves just what is mounted.
    parts = [p for p in path.split("/") if p]
    if ".." in parts:
        parts = []
    for depth in range(len(parts), -1, -1):
        yield top.joinpath(*parts[:depth])


def _cpu_quota(folder: Path, controller: str) -> float | None:
    if controller == "":
        fields = (_read(folder / "cpu.max") or "max").split()
        quota, period = (fields[0], fields[1]) if len(fields) == 2 else ("max", "")
    else:
        quota = _read(folder / "cpu.cfs_quota_us") or "-1"
        period = _read(folder / "cpu.cfs_period_us") or ""
    if not quota.isdigit() or not period.isdigit() or int(period) == 0:
        return None
    return int(quota) / int(period) or None


def _memory_limit(folder: Path, controller: str) -> int | None:
    names = ("memory.max", "memory.high") if controller == "" else ("memory.limit_in_bytes",)
    limits = [int(text) for name in names if (text := _read(folder / name)) and text.isdigit()]
    return min((limit for limit in limits if limit < _V1_UNLIMITED), default=None)


def _memory_used(folder: Path, controller: str) -> int | None:
    name = "memory.current" if controller == "" else "memory.usage_in_bytes"
    used = _read(folder / name)
    if not used or not used.isdigit():
        return None
    key = "inactive_file" if controller == "" else "total_inactive_file"
    droppable = 0
    for line in (_read(folder / "memory.stat") or "").splitlines():
        name, _, value = line.partition(" ")
        if name == key and value.isdigit():
            droppable = int(value)
    return max(0, int(used) - droppable)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
