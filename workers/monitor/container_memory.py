"""The memory limit of the container or control group that we run in, and how much of it is used.

Linux only: control groups version 2 (kernel documentation, "Control Group v2", memory interface files), else version 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_UNLIMITED = 1 << 60


@dataclass(frozen=True, slots=True)
class ContainerMemory:
    """Bytes allowed and bytes used that cannot be given back at once."""

    limit: int
    used: int


class ContainerMemoryReader:
    """Finds the folder with the nearest limit once in a while and reads two small files at each call."""

    def __init__(self, root: Path = Path("/sys/fs/cgroup"), own: Path = Path("/proc/self/cgroup")) -> None:
        """Look below `root` for the group that `own` names; both can be given by tests."""
        self._root = root
        self._own = own

    def read(self) -> ContainerMemory | None:
        """The smallest limit on the way up to the root and its use; None when nothing limits us."""
        found = [memory for folder in self._folders() if (memory := _read_folder(folder)) is not None]
        return min(found, key=lambda m: m.limit - m.used, default=None)

    def _folders(self) -> list[Path]:
        try:
            lines = self._own.read_text(encoding="utf-8").splitlines()
        except OSError:
            return []
        for line in lines:
            number, controllers, path = (*line.split(":", 2), "", "")[:3]
            if number == "0" and not controllers and (self._root / "cgroup.controllers").exists():
                return _upwards(self._root, path)
            if "memory" in controllers.split(","):
                return _upwards(self._root / "memory", path)
        return []


def _upwards(root: Path, path: str) -> list[Path]:
    """The group's folder and those above it. Inside a container the path may not exist: then the root counts."""
    folder = root / path.strip("/")
    if ".." in folder.parts or not folder.is_dir():
        return [root]
    return [folder, *(parent for parent in folder.parents if parent == root or root in parent.parents)]


def _read_folder(folder: Path) -> ContainerMemory | None:
    for limit_name, used_name in (
        ("memory.max", "memory.current"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes"),
    ):
        limit, used = _number(folder / limit_name), _number(folder / used_name)
        if limit is not None and used is not None and 0 < limit < _UNLIMITED:
            return ContainerMemory(limit, max(0, used - _cache(folder)))
    return None


def _cache(folder: Path) -> int:
    """Bytes of file cache that the kernel gives back first: they are no shortage."""
    try:
        lines = (folder / "memory.stat").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    for line in lines:
        name, _, value = line.partition(" ")
        if name in {"inactive_file", "total_inactive_file"}:
            return int(value) if value.isdigit() else 0
    return 0


def _number(path: Path) -> int | None:
    try:
        text = path.read_text(encoding="ascii").strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None
