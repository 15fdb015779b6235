"""The one folder that holds settings, queue, logs and the embedded server."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from workers.core.model.errors import EnvironmentFailure
from workers.system.private_files import fault_of_folder, make_private_folder

VARIABLE = "SHEETFERRY_HOME"


def home_folder(environ: Mapping[str, str]) -> Path:
    """The folder named by ``SHEETFERRY_HOME``, else the platform's user-data folder. Made if missing, for us alone.

    What lies in it is obeyed, so one that somebody else owns or may write is not used, and others are kept out of it.

    Raises:
        EnvironmentFailure: when the folder cannot be made or written to (``home-unusable``), or is not ours alone
            (``home-not-ours``).
    """
    named = environ.get(VARIABLE)
    home = (
        Path(named).expanduser().absolute()
        if named
        else Path(platformdirs.user_data_dir("sheetferry", appauthor=False))
    )
    try:
        make_private_folder(home)
        fault = _closed(home.resolve())
    except OSError as error:
        raise EnvironmentFailure.of(
            "home-unusable",
            f"The folder {home} cannot be used: {error.strerror or error}.",
            f"Set {VARIABLE} to a folder that you may write to.",
        ) from error
    if fault:
        raise EnvironmentFailure.of(
            "home-not-ours",
            f"The folder {home} {fault}, so what lies in it is not trusted.",
            f"Set {VARIABLE} to a folder of your own, or make this one yours alone (chown, chmod go-w).",
        )
    return home


def _closed(home: Path) -> str:
    """Keep others out of the folder; or why it is not to be used."""
    if sys.platform == "win32":
        return ""
    fault = fault_of_folder(home)
    if fault and not (home.lstat().st_uid == os.geteuid() and home.is_dir() and not any(home.iterdir())):
        return fault
    # Started by root, the server runs as another account, which must be able to pass.
    passable = 0o011 if os.geteuid() == 0 else 0
    mode = home.stat().st_mode & 0o7777
    closed = mode & ~0o077 | mode & passable
    if closed != mode:
        home.chmod(closed)
    return ""
