"""What lies in a watched folder, and moving files out of it. Touches the disk: not for the UI thread."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import stat
from collections.abc import Callable
from pathlib import Path

from workers.core.watched_folder import MoveFile, SeenFile, Verdict
from workers.importing.files import is_wanted


def list_files(folder: Path) -> tuple[SeenFile, ...]:
    """The spreadsheets that lie in the folder itself; lock files, hidden ones and links are not among them.

    Raises:
        OSError: when the folder cannot be read.
    """
    found: list[SeenFile] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if not is_wanted(entry.name):
                continue
            with contextlib.suppress(OSError):  # gone since, or not readable yet: the next look tells
                status = entry.stat(follow_symlinks=False)
                if stat.S_ISREG(status.st_mode):
                    found.append(SeenFile(entry.name, status.st_size, status.st_mtime_ns))
    return tuple(found)


def move_file(
    folder: Path, move: MoveFile, imported: SeenFile | None, now: Callable[[], dt.datetime] = dt.datetime.now
) -> bool:
    """Move a file to ``done`` or ``failed``, a failed one with a text beside it that says why.

    Args:
        folder: The watched folder.
        move: The file and where it goes.
        imported: The file as it was imported; one that was changed since stays, because it is another one by now.
        now: Local time, for names that are taken already.

    Returns:
        True when it has been moved or is not there (any more) as it was imported.

    Raises:
        OSError: when it cannot be moved at present, such as while another program has it open.
    """
    source = folder / move.name
    try:
        status = source.stat()
    except FileNotFoundError:
        return True
    if imported is not None and (status.st_size, status.st_mtime_ns) != (imported.size, imported.changed):
        return True
    place = folder / move.to.value
    place.mkdir(exist_ok=True)
    goal = _free_name(place, move.name, now())
    try:
        source.rename(goal)
    except FileNotFoundError:
        return True
    if move.to is Verdict.FAILED:
        with contextlib.suppress(OSError):  # the file is safe; its reason stands in the log as well
            goal.with_name(f"{goal.name}.txt").write_text(move.why + "\n", encoding="utf-8")
    return True


def _free_name(place: Path, name: str, now: dt.datetime) -> Path:
    """The name itself, else with the time, else with a number: nothing is ever overwritten."""
    goal = place / name
    stamp = now.strftime("%Y%m%d-%H%M%S")
    number = 1
    while goal.exists() or goal.with_name(f"{goal.name}.txt").exists():
        again = f"-{number}" if number > 1 else ""
        goal = place / f"{Path(name).stem}-{stamp}{again}{Path(name).suffix}"
        number += 1
    return goal
