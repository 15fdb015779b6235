"""What lies in a watched folder, and moving files out of it. Touches the disk: not for the UI thread.

Others may be able to write to the folder. So everything in it is named below the open folder itself, links are never
followed, and what is moved is known again by its number and not by its name.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from workers.core.model.errors import SheetferryError, UserError
from workers.core.watched_folder import MoveFile, SeenFile, Verdict
from workers.importing.files import is_wanted

# Windows has no such calls; there a junction is told by its name, and who may write is a matter of the folder's rights.
_BELOW = {os.open, os.stat, os.mkdir, os.rename} <= os.supports_dir_fd and os.scandir in os.supports_fd
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder, open where the system allows that.

    Attributes:
        path: Its path, for people and for systems without open folders.
        descriptor: The open folder, or None.
    """

    path: Path
    descriptor: int | None

    def name(self, name: str) -> str:
        """What a file in it is called in calls with its descriptor."""
        return name if self.descriptor is not None else os.fspath(self.path / name)

    def look(self, name: str) -> os.stat_result | None:
        """The status of what is there by that name, a link itself; None when there is nothing."""
        try:
            return os.stat(self.name(name), dir_fd=self.descriptor, follow_symlinks=False)
        except FileNotFoundError:
            return None


@contextmanager
def _opened(path: Path) -> Iterator[_Folder]:
    if not _BELOW:
        yield _Folder(path, None)
        return
    descriptor = os.open(path, _FOLDER)
    try:
        yield _Folder(path, descriptor)
    finally:
        os.close(descriptor)


def list_files(folder: Path) -> tuple[SeenFile, ...]:
    """The spreadsheets that lie in the folder itself; lock files, hidden ones and links are not among them.

    Raises:
        OSError: when the folder cannot be read.
    """
    found: list[SeenFile] = []
    with _opened(folder) as here:
        shared = _others_write(here)
        with os.scandir(here.path if here.descriptor is None else here.descriptor) as entries:
            names = [entry.name for entry in entries if is_wanted(entry.name)]
        for name in names:
            with contextlib.suppress(OSError):  # not readable yet: the next look tells
                status = here.look(name)
                if status is not None and stat.S_ISREG(status.st_mode):
                    found.append(_seen(name, status, alone=shared))
    return tuple(found)


def _seen(name: str, status: os.stat_result, *, alone: bool = False) -> SeenFile:
    return SeenFile(name, status.st_size, status.st_mtime_ns, status.st_ino, status.st_dev, status.st_uid, alone=alone)


def _others_write(folder: _Folder) -> bool:
    """Whether somebody else can put names into the folder."""
    if folder.descriptor is None:
        return False
    status = os.fstat(folder.descriptor)
    return bool(status.st_mode & 0o022) or status.st_uid not in (0, os.geteuid())


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
        UserError: ``not-trusted`` when ``done`` or ``failed`` is a link or belongs to somebody else.
        OSError: when it cannot be moved at present, such as while another program has it open.
    """
    with _opened(folder) as here:
        status = here.look(move.name)
        if status is None or not _is_same(status, imported):
            return True
        with _own_place(here, move.to.value) as place:
            goal = _free_name(place, move.name, now())
            try:
                _rename(here, move.name, place, goal)
            except FileNotFoundError:
                return True
            moved = place.look(goal)
            if moved is None or (moved.st_dev, moved.st_ino) != (status.st_dev, status.st_ino):
                # Another file took the name between the look and the move: it was not imported, so it goes back.
                if here.look(move.name) is None:
                    _rename(place, goal, here, move.name)
                return True
            if move.to is Verdict.FAILED:
                with contextlib.suppress(OSError):  # the file is safe; its reason stands in the log as well
                    _write_new(place, f"{goal}.txt", move.why + "\n")
    return True


def _is_same(status: os.stat_result, imported: SeenFile | None) -> bool:
    if not stat.S_ISREG(status.st_mode):
        return False
    if imported is None:
        return True
    now = _seen(imported.name, status)
    same = (now.size, now.changed) == (imported.size, imported.changed)
    return same and (not imported.number or (now.number, now.device) == (imported.number, imported.device))


@contextmanager
def _own_place(here: _Folder, name: str) -> Iterator[_Folder]:
    """A folder of ours in the watched one, made if need be.

    Raises:
        UserError: ``not-trusted``.
    """
    with contextlib.suppress(FileExistsError):
        os.mkdir(here.name(name), 0o755, dir_fd=here.descriptor)
    path = here.path / name
    if here.descriptor is None:
        if path.is_symlink() or getattr(os.path, "isjunction", lambda _path: False)(path) or not path.is_dir():
            raise _not_ours(path)
        yield _Folder(path, None)
        return
    try:
        descriptor = os.open(name, _FOLDER | _NO_LINK, dir_fd=here.descriptor)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
            raise _not_ours(path) from error
        raise
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            raise _not_ours(path)
        yield _Folder(path, descriptor)
    finally:
        os.close(descriptor)


def _not_ours(path: Path) -> SheetferryError:
    return UserError.of(
        "not-trusted",
        f"{path} is not a folder that belongs to you, so nothing is moved to it.",
        "Rename or remove it; it is made anew.",
    )


def _rename(source: _Folder, name: str, target: _Folder, goal: str) -> None:
    os.rename(source.name(name), target.name(goal), src_dir_fd=source.descriptor, dst_dir_fd=target.descriptor)


def _write_new(place: _Folder, name: str, text: str) -> None:
    """A text under a name that nothing has yet, not even a link."""
    descriptor = os.open(place.name(name), _NEW, 0o644, dir_fd=place.descriptor)
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)


def _free_name(place: _Folder, name: str, now: dt.datetime) -> str:
    """The name itself, else with the time, else with a number: nothing is ever overwritten."""
    goal = name
    stamp = now.strftime("%Y%m%d-%H%M%S")
    number = 1
    while place.look(goal) is not None or place.look(f"{goal}.txt") is not None:
        again = f"-{number}" if number > 1 else ""
        goal = f"{Path(name).stem}-{stamp}{again}{Path(name).suffix}"
        number += 1
    return goal
