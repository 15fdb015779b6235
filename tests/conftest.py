"""What every test stands on: no screen needed, no settings of the person who runs it, no leftovers in their home."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

_OURS = (
    "SHEETFERRY_",
    "CPU_EXECUTOR_WORKERS",
    "IO_EXECUTOR_WORKERS",
    "DB_POOL_SIZE",
    "DB_MAX_OVERFLOW",
    "DB_POOL_TIMEOUT",
)

# Before Qt is loaded by a plugin or a test.
if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

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
        from workers.database.embedded import EmbeddedServer

        EmbeddedServer(home).stop()
    shutil.rmtree(home, ignore_errors=True)
