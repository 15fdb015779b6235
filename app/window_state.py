"""What the window keeps until the next start: geometry, last page, widths, recent files."""

from __future__ import annotations

import contextlib
from pathlib import Path

from workers.system.private_files import replace_private

FILE_NAME = "window.json"


class WindowState:
    """The state file of one home folder; losing it costs nothing but comfort."""

    def __init__(self, home: Path) -> None:
        """Use the file in `home`."""
        self._path = home / FILE_NAME

    def load(self) -> bytes:
        """What was kept, or nothing."""
        try:
            return self._path.read_bytes()
        except OSError:
            return b""

    def save(self, state: bytes) -> None:
        """Keep it; a disk that refuses is no reason to stop the program from closing."""
        with contextlib.suppress(OSError):
            replace_private(self._path, state)
