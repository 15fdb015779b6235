"""How many worker processes there are where nobody says otherwise, and at the most."""

from __future__ import annotations

import sys

MOST_WORKERS = 60 if sys.platform == "win32" else 512
"""Windows can wait for 63 handles at once; a few of them are the supervisor's own."""


def computed_workers(cores: int, *, window: bool) -> int:
    """Worker processes for so many cores: the window keeps one core for itself."""
    return min(MOST_WORKERS, max(1, cores - 1 if window else cores))
