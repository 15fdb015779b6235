"""A file that is to be read, opened once: what is hashed, looked at and loaded are the bytes of one and the same file.

A path may mean another file a moment later, and others may be able to see to that. So everything is read through one
descriptor, and before a commit is asked whether the file behind it is still as it was when it was hashed.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import stat
import weakref
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from workers.core.model.errors import SheetferryError, UserError
from workers.core.model.prefetch_request import FileStamp
from workers.importing.files import (
    MAX_FILE_SIZE,
    FileIdentity,
    base_name,
    explain_os_error,
    open_descriptor,
    too_large_file,
)

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 1 << 20
_BUFFER = 1 << 16
# The descriptor's own name in /proc opens the same file anew wherever its path leads by now (proc_pid_fd(5)).
# /dev/fd of other systems shares one position between all openings, which a second reader would move.
_NAMED_DESCRIPTORS = Path("/proc/self/fd")


class SourceFile:
    """An open file. Not thread-safe.

    Attributes:
        path: As it was given; only for people, names and endings.
        stamp: By what another opening of it is told to be the same file.
        size: Bytes.
    """

    def __init__(self, path: str | Path, expected: FileStamp | None = None, *, follow: bool = True) -> None:
        """Open it.

        Args:
            path: The file.
            expected: The file that was seen there; another one is refused.
            follow: Whether `path` may be a link.

        Raises:
            UserError: as `open_descriptor`; ``in-use`` when it is not the expected one, ``not-trusted`` when it has
                further names although it must not.
        """
        self.path = str(path)
        self._descriptor = open_descriptor(self.path, follow=follow)
        self._finalizer = weakref.finalize(self, os.close, self._descriptor)
        self._lock = Lock()
        self._sha256 = ""
        status = os.fstat(self._descriptor)
        self.stamp, self.size = FileStamp.of_status(status), status.st_size
        self._changed = status.st_ctime_ns
        try:
            if not stat.S_ISREG(status.st_mode):
                raise UserError.of("not-a-workbook", f"{base_name(path)} is not an ordinary file (a device or a pipe).")
            if expected is not None:
                self._compare(expected, status)
        except BaseException:
            self.close()
            raise

    def _compare(self, expected: FileStamp, status: os.stat_result) -> None:
        if not self.stamp.same_file(expected) or self.stamp.owner != expected.owner:
            raise UserError.of(
                "in-use",
                f"{base_name(self.path)} is not the file any more that was seen there a moment ago.",
                "It is looked at anew; nothing of it was imported.",
            )
        if expected.alone and status.st_nlink > 1:
            raise UserError.of(
                "not-trusted",
                f"{base_name(self.path)} has further names (hard links), and others can write to its folder: it may be"
                " a file that they cannot read themselves.",
                "Copy the file into the folder instead of linking it.",
            )

    @property
    def closed(self) -> bool:
        """Whether it has been closed."""
        return not self._finalizer.alive

    def close(self) -> None:
        """Let the file go; what reads it fails from now on."""
        self._finalizer()

    def stream(self) -> BinaryIO:
        """The file from its beginning, with a position of its own."""
        return cast(BinaryIO, io.BufferedReader(_Reading(self), _BUFFER))

    def name_for_libraries(self) -> str:
        """A path under which a library that wants to open the file itself gets this one.

        Raises:
            UserError: ``in-use`` where the system has no such names and the path leads to another file by now.
        """
        if _NAMED_DESCRIPTORS.is_dir():
            return str(_NAMED_DESCRIPTORS / str(self._descriptor))
        self.check_path()
        return self.path

    def check_path(self) -> None:
        """Ask whether the path still leads to this file.

        Raises:
            UserError: ``in-use``.
        """
        try:
            now = FileStamp.of(self.path)
        except OSError as error:
            raise explain_os_error(error, self.path) from error
        if not now.same_file(self.stamp):
            raise changed_meanwhile(self.path)

    def identify(self, check: Callable[[], None] | None = None) -> FileIdentity:
        """Hash it in pieces.

        Args:
            check: Called between pieces; may raise to stop.

        Raises:
            UserError: ``too-large``, before anything is read; ``in-use`` when it changes meanwhile.
        """
        if self.size > MAX_FILE_SIZE:
            raise too_large_file(self.size, MAX_FILE_SIZE)
        self._sha256 = self._hash(check)
        status = os.fstat(self._descriptor)
        if not FileStamp.of_status(status).same_file(self.stamp):
            raise UserError.of(
                "in-use",
                f"{base_name(self.path)} is being written at this moment.",
                "Wait until it is copied or saved, then try again.",
            )
        return FileIdentity(self.size, status.st_mtime, self._sha256)

    def _hash(self, check: Callable[[], None] | None) -> str:
        digest = hashlib.sha256()
        with self.stream() as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                if check is not None:
                    check()
        return digest.hexdigest()

    def verify(self, check: Callable[[], None] | None = None) -> None:
        """Ask whether the file is still as it was when it was identified.

        A time of change that can be set back is not enough: where the system's own time of change (which nobody sets)
        differs, as after a mere renaming too, the bytes are compared.

        Raises:
            UserError: ``in-use`` when it is not.
        """
        status = os.fstat(self._descriptor)
        if not FileStamp.of_status(status).same_file(self.stamp):
            raise changed_meanwhile(self.path)
        if os.name == "posix" and status.st_ctime_ns != self._changed:
            if self._sha256 and self._hash(check) != self._sha256:
                raise changed_meanwhile(self.path)
            self._changed = status.st_ctime_ns

    def read_at(self, buffer: WriteableBuffer, position: int) -> int:
        """Fill `buffer` from `position` on; gives how many bytes came.

        Raises:
            OSError: when it has been closed: by now its number may be another file's.
        """
        if self.closed:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        try:
            if hasattr(os, "preadv"):
                return os.preadv(self._descriptor, [buffer], position)
            with self._lock:
                os.lseek(self._descriptor, position, os.SEEK_SET)
                data = os.read(self._descriptor, memoryview(buffer).nbytes)
        except OSError as error:
            raise explain_os_error(error, self.path) from error
        memoryview(buffer)[: len(data)] = data
        return len(data)


class _Reading(io.RawIOBase):
    """One reading of a `SourceFile`."""

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._source.size}[whence]
        if start + offset < 0:
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        self._position = start + offset
        return self._position

    def readinto(self, buffer: Any) -> int:
        count = self._source.read_at(buffer, self._position)
        self._position += count
        return count


def changed_meanwhile(path: str) -> SheetferryError:
    """The sentence for a file that is another one, or has other content, than at the beginning."""
    return UserError.of(
        "in-use",
        f"{base_name(path)} was changed while it was read, so nothing of it was taken.",
        "Wait until it is copied or saved, then try again.",
    )
