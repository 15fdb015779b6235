"""Small disks that can be filled; for root on Linux only."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_BLOCK = bytes(1 << 16)


def can_mount() -> bool:
    """Whether this process may make a file system."""
    return sys.platform.startswith("linux") and os.geteuid() == 0


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of that size at `folder`.

    Raises:
        OSError: when it cannot be mounted (a container without the right to).
    """
    folder.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m,mode=711"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        raise OSError(done.stderr.decode("utf-8", "replace").strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)


class Filler:
    """A file that takes all the space there is."""

    def __init__(self, disk: Path) -> None:
        """Not filled yet."""
        self._path = disk / "filler"

    def fill(self) -> None:
        """Take every free block."""
        with contextlib.suppress(OSError), self._path.open("wb", buffering=0) as file:
            while True:
                file.write(_BLOCK)
        with contextlib.suppress(OSError), self._path.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0")

    def free(self) -> None:
        """Give the space back."""
        self._path.unlink(missing_ok=True)
