"""The running window's own status in a file, so that ``status`` can give its figures without starting anything."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from workers.system.private_files import replace_private

FILE_NAME = "status.json"
FRESH_SECONDS = 10.0


class StatusFile:
    """Written every two seconds by the window, on an I/O thread; read by commands."""

    def __init__(self, home: Path, *, wall: Callable[[], float] = time.time) -> None:
        """Use the file in `home`."""
        self.path = home / FILE_NAME
        self._wall = wall

    def write(self, status: dict[str, Any]) -> None:
        """Replace the file as a whole. A full disk is no reason to stop: the file then just gets old."""
        text = json.dumps({"pid": os.getpid(), "written": self._wall(), "status": status})
        with contextlib.suppress(OSError):
            replace_private(self.path, text.encode())

    def read(self) -> dict[str, Any] | None:
        """What a running window wrote a moment ago; None without one, or when its figures are too old."""
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            fresh = abs(self._wall() - float(kept["written"])) <= FRESH_SECONDS
            status, pid = kept["status"], int(kept["pid"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not fresh or not isinstance(status, dict) or not psutil.pid_exists(pid):
            return None
        return status

    def remove(self) -> None:
        """The window is closing."""
        self.path.unlink(missing_ok=True)
