"""Starting the process that watches a pinned server; apart from the watcher itself, which needs the server's class."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from workers.database.embedded.binaries import plain_environment

IDLE_SECONDS = 600.0
FROZEN_COMMAND = ("server", "watch")
_PYTHON_VARIABLES = ("PYTHONHOME", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


def watcher_command() -> list[str]:
    """The command whose further arguments are the home folder and the idle seconds.

    A packaged build runs itself with the hidden command ``server watch``; a checkout runs the module.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, *FROZEN_COMMAND]
    return [sys.executable, "-m", "workers.database.embedded.watcher"]


def start_watcher(command: Sequence[str]) -> None:
    """Start it on its own: it outlives us and hears neither our terminal nor our signals."""
    root = Path(__file__).resolve().parents[3]
    path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
    ours = {name: value for name, value in os.environ.items() if name in _PYTHON_VARIABLES}
    environment = {**plain_environment(os.environ), **ours, "PYTHONPATH": path}
    if sys.platform == "win32":
        flags = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=root,
            env=environment, creationflags=flags,
        )  # fmt: skip
    else:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=environment,
            start_new_session=True,
        )
    # It is meant to outlive us: nobody waits for it, and Popen must not complain that nobody did.
    process.returncode = 0
