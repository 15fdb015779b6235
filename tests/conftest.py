"""What every test stands on: no screen needed, no settings of the person who runs it, no leftovers in their home.

Nothing here or in a test measures the machine. Whoever waits, waits for what has to come, and gives up after a time
that only a defect can take; what is a promise about time is measured by the benchmarks.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

_OURS = (
    "SHEETFERRY_",
    "CPU_EXECUTOR_WORKERS",
    "IO_EXECUTOR_WORKERS",
    "DB_POOL_SIZE",
    "DB_MAX_OVERFLOW",
    "DB_POOL_TIMEOUT",
)

# Before Qt is loaded by a plugin or a test. Also where there is a screen: what its owner does meanwhile, with the
# keyboard, the clipboard or other windows, must not reach a test. QT_QPA_PLATFORM=xcb shows them.
if sys.platform.startswith("linux"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PATIENCE_MS = 60_000
"""How long a test of the window waits for what has to come, in milliseconds."""

# The same examples every time, so that a change is judged by what it changes; new ones are sought by
# ``python3 -m tests --hypothesis-profile=explore``. No example is judged by the time that it takes.
_UNTIMED: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, database=None, **_UNTIMED)
settings.register_profile("explore", derandomize=False, **_UNTIMED)
settings.load_profile("steady")

if importlib.util.find_spec("tests.fixtures_database"):
    pytest_plugins = ["tests.fixtures_database"]


@pytest.fixture(autouse=True, scope="session")
def home_of_the_tests() -> Iterator[Path]:
    """Give the whole run a home of its own and take away the caller's settings."""
    # Not below pytest's own folder: closed to other accounts, it would send a server of root's to a shared place.
    home = Path(tempfile.mkdtemp(prefix="sheetferry-tests-"))
    home.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_OURS)]:
            if name != "SHEETFERRY_FROZEN":
                patch.delenv(name)
        patch.setenv("SHEETFERRY_HOME", str(home))
        yield home
    if (home / "server").exists():
        from workers.database.embedded.server import EmbeddedServer

        EmbeddedServer(home).stop()
    shutil.rmtree(home, ignore_errors=True)


class PatientBot(QtBot):
    """pytest-qt's bot, whose waiting ends by what is waited for and not by a busy machine."""

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **more: Any) -> Any:
        """Like `QtBot.waitSignal`, with more patience."""
        return super().waitSignal(signal, timeout=timeout, **more)

    def waitUntil(self, callback: Any, *, timeout: int = PATIENCE_MS) -> None:
        """Like `QtBot.waitUntil`, with more patience."""
        super().waitUntil(callback, timeout=timeout)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE_MS) -> Any:
        """Like `QtBot.waitExposed`, with more patience."""
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt, with the patience of this house."""
    return PatientBot(request)
