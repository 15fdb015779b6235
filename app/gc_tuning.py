"""What lets the window's thread answer at once although other threads of this process work."""

from __future__ import annotations

import gc
import sys

_SWITCH_SECONDS = 0.001


def prefer_quick_answers() -> None:
    """Call it once the window is built: what is there then is taken to stay until the end.

    A collector that looked through all of it now and then, on whatever thread, would stop the window for a tenth of a
    second each time. And a thread that computes hands over after 1 ms instead of 5.
    """
    gc.freeze()
    sys.setswitchinterval(_SWITCH_SECONDS)
