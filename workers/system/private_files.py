"""Folders and files that are ours alone, whatever the umask; and telling those that are not.

Windows gives a user's folders to that user by itself, and its mode bits say nothing: there all is taken for ours.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from pathlib import Path

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def fault_of_folder(folder: Path) -> str:
    """Why a folder is not a real one of ours that nobody else may write, as the rest of a sentence; else nothing.

    Raises:
        OSError: when it cannot be looked at.
    """
    if sys.platform == "win32":
        return ""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        return "is not a folder"
    if status.st_uid != os.geteuid():
        return "belongs to another user"
    return "may be written by others" if status.st_mode & 0o022 else ""


def make_private_folder(folder: Path) -> None:
    """Make a folder and what is missing above it for us alone; the umask has no say. What is there stays as it is.

    Raises:
        OSError: when it cannot be made.
    """
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir(mode=0o700, exist_ok=True)


def make_private_file(path: Path) -> None:
    """Make an empty file that only we can read, or close one of ours to others; it lies in a folder of ours.

    A file that is there is not opened: closing it again would let go of this process's locks on it, SQLite's among
    them.

    Raises:
        OSError: when it can be neither made nor changed.
    """
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if sys.platform != "win32" and stat.S_ISREG(mode := path.lstat().st_mode) and mode & 0o077:
            path.chmod(0o600)


def replace_private(path: Path, content: bytes) -> None:
    """Replace a file as a whole by one that only we can read.

    Raises:
        OSError: when it cannot be written; the former one is there still.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(name)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def read_own(path: Path) -> bytes:
    """The content of a plain file that we made and that nobody else can have written.

    Raises:
        OSError: when it cannot be read; ``EPERM`` when it is a link or somebody else's, or may be written by others.
    """
    descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _AT_ONCE | _BINARY | getattr(os, "O_CLOEXEC", 0))
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        plain = stat.S_ISREG(status.st_mode)
        if sys.platform != "win32":
            plain = plain and status.st_uid == os.geteuid() and not status.st_mode & 0o022 and status.st_nlink == 1
        if not plain:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(path))
        return file.read()
