"""What every test stands on: no screen needed, no settings of the person who runs it, no leftovers in their home."""

from __future__ import annotations

import importlib.util
import os
import sys
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
def home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the whole run a home of its own and take away the caller's settings."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_OURS)]:
            if name != "SHEETFERRY_FROZEN":
                patch.delenv(name)
        patch.setenv("SHEETFERRY_HOME", str(home))
        yield home
