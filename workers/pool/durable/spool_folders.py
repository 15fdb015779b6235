"""Each pool's own folder for large messages, and the removal of those whose owners are dead."""

from __future__ import annotations

import errno
import os
import uuid
from collections.abc import Callable
from pathlib import Path

from workers.pool.process.channel import Spool
from workers.system.file_locks import FileLock, is_locked
from workers.system.private_files import fault_of_folder, make_private_folder

_LOCK = "owner.lock"


def claim_spool(parent: Path) -> tuple[Spool, Callable[[], None]]:
    """Make a private folder below `parent`, and remove leftovers of pools that did not end well.

    Returns:
        The spool, and what removes it again.

    Raises:
        OSError: if the folder cannot be made, or others may write to `parent`.
    """
    make_private_folder(parent)
    if fault_of_folder(parent):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(parent))
    spool = Spool(parent / f"{os.getpid()}-{uuid.uuid4().hex[:8]}")
    # Names of folders under construction begin with a dot: cleaners leave them alone until they are locked.
    building = Spool(parent / f".{spool.folder.name}")
    building.create()
    lock = FileLock(building.folder / _LOCK)
    lock.acquire()
    building.folder.rename(spool.folder)
    lock.path = spool.folder / _LOCK
    _remove_orphans(parent)

    def release() -> None:
        lock.release()
        spool.remove()

    return spool, release


def _remove_orphans(parent: Path) -> None:
    for folder in parent.iterdir():
        if folder.is_dir() and not folder.name.startswith(".") and not is_locked(folder / _LOCK):
            Spool(folder).remove()
