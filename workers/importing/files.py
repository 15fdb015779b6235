"""Files as they are: found, described, and each trouble told in its own sentence.

Nothing here runs on the thread of the window: a dead network share may block any call for a long time.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from workers.core.model.errors import SheetferryError, UserError

SPREADSHEET_SUFFIXES = frozenset(
    (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".ots", ".fods", ".csv", ".tsv", ".tab")
)
"""Endings that are taken from a folder. A file named one by one is opened whatever its ending."""

MAX_FILE_SIZE = 4 << 30
"""Bytes of a file that is looked at at all."""

# Windows: FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN and RECALL_ON_DATA_ACCESS mark files that only exist in the cloud.
_CLOUD_ATTRIBUTES = 0x1000 | 0x40000 | 0x400000
_SHARING_VIOLATION = (32, 33)


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """A file's bytes, identified.

    Attributes:
        size: Bytes.
        mtime: Time of the last change, seconds since 1970.
        sha256: Hex digest of the content.
    """

    size: int
    mtime: float
    sha256: str


def too_large_file(size: int, most: int) -> SheetferryError:
    """The sentence for a file of more bytes than are allowed."""
    return UserError.of("too-large", f"The file is {size / 1e9:,.1f} GB; {most / 1e9:,.1f} GB are allowed.")


def open_descriptor(path: str, *, follow: bool = True) -> int:
    """Open a regular file for reading; never blocks on a pipe or a device.

    Args:
        path: The file.
        follow: Whether `path` may be a link.

    Raises:
        UserError: ``not-found``, ``not-a-workbook`` (folder, device, pipe), ``no-permission``, ``in-use``,
            ``cloud-placeholder``.
    """
    try:
        status = os.stat(path, follow_symlinks=follow)
        if stat.S_ISDIR(status.st_mode):
            raise UserError.of("not-a-workbook", f"{base_name(path)} is a folder, not a file.")
        if not stat.S_ISREG(status.st_mode):
            raise UserError.of("not-a-workbook", f"{base_name(path)} is not an ordinary file (a device or a pipe).")
        if is_cloud_placeholder(path, status):
            raise UserError.of(
                "cloud-placeholder",
                f"{base_name(path)} is only in the cloud and not on this computer.",
                "Make it available offline (or open it once), then try again.",
            )
        # Not blocking: between the look above and this call a pipe may have taken the file's place.
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOINHERIT", 0)
        return os.open(path, flags if follow else flags | getattr(os, "O_NOFOLLOW", 0))
    except OSError as error:
        raise explain_os_error(error, path) from error
    except ValueError as error:
        raise UserError.of("not-found", f"{path!r} is not a possible file name.") from error


def is_cloud_placeholder(path: str | Path, status: os.stat_result) -> bool:
    """Whether a file's content is only in the cloud (OneDrive, iCloud)."""
    attributes = getattr(status, "st_file_attributes", 0)
    name = Path(path).name
    return bool(attributes & _CLOUD_ATTRIBUTES) or (name.startswith(".") and name.endswith(".icloud"))


def explain_os_error(error: OSError, path: str) -> SheetferryError:
    """The sentence for a failed file operation."""
    name = base_name(path)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        placeholder = Path(path).with_name(f".{Path(path).name}.icloud")
        if placeholder.exists():
            return UserError.of("cloud-placeholder", f"{name} is only in iCloud.", "Download it first, then try again.")
        return UserError.of("not-found", f"There is no file {path}.", "Check the name and the folder.")
    if getattr(error, "winerror", None) in _SHARING_VIOLATION or error.errno in (errno.EBUSY, errno.ETXTBSY):
        return UserError.of("in-use", f"{name} is open in another program.", "Close it there, then try again.")
    if isinstance(error, PermissionError):
        return UserError.of(
            "no-permission",
            f"{name} may not be read by you.",
            "Ask its owner for the right to read it, or copy it to a folder of yours.",
        )
    if error.errno == errno.ENAMETOOLONG:
        return UserError.of("not-found", f"The name {name[:60]}… is too long to be a file.")
    if error.errno == errno.ELOOP:
        return UserError.of("not-found", f"{name} is a link that leads in a circle.")
    return UserError.of("not-readable", f"{name} cannot be read: {error.strerror or error}.")


def expand_paths(paths: Iterable[str | Path]) -> list[str]:
    """The files behind what a user named or dropped: files as they are, folders searched through, sorted by name.

    Within folders, lock files (``~$…``), hidden files and unknown endings are skipped. Each file comes once. Named
    paths that do not exist stay in the list, so that their import can say so.

    Raises:
        UserError: ``no-data`` when a folder holds no spreadsheet; as `explain_os_error` when it cannot be read.
    """
    seen: set[str] = set()
    found: list[str] = []
    for path in paths:
        candidates = _files_of(str(path)) if os.path.isdir(path) else [str(path)]
        for candidate in candidates:
            key = os.path.normcase(os.path.abspath(candidate))
            if key not in seen:
                seen.add(key)
                found.append(candidate)
    return found


def _files_of(folder: str) -> list[str]:
    try:
        with os.scandir(folder):
            pass
    except OSError as error:
        raise explain_os_error(error, folder) from error
    found = list(_walk(folder))
    if not found:
        raise UserError.of(
            "no-data",
            f"There is no spreadsheet in the folder {folder}.",
            "Hidden files, lock files and other kinds of files are left out; name a file to have it opened anyway.",
        )
    return found


def _walk(folder: str) -> Iterator[str]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if is_wanted(name) and stat.S_ISREG(_mode(os.path.join(here, name))):
                yield os.path.join(here, name)


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except OSError:
        return 0


def is_wanted(name: str) -> bool:
    """Whether a file found in a folder is taken: a spreadsheet by its ending, neither hidden nor a lock file."""
    return not name.startswith((".", "~$", ".~lock.")) and os.path.splitext(name)[1].lower() in SPREADSHEET_SUFFIXES


def base_name(path: str | Path) -> str:
    """The last part of a path."""
    return os.path.basename(str(path)) or str(path)
