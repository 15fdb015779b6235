"""Whose a folder is, and handing files to the server's account without following what that account could plant.

Started by root, the server runs as another account. Whoever has that account owns the data folder and may put links
there, so root never opens, chmods or chowns anything below such a folder: what is handed over lies in a folder of our
own, and is reached by a descriptor that follows no link.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

from workers.core.model.errors import EnvironmentFailure, SheetferryError
from workers.database.embedded.account import Account, safe_for_root
from workers.system.private_files import fault_of_folder

_MOST_BYTES = 1 << 16
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def require_safe_for_root(folder: Path) -> None:
    """Make sure that nobody but root can put something else in the place of a folder.

    Raises:
        EnvironmentFailure: ``not-ours`` with the folder.
    """
    if not safe_for_root(folder):
        raise _not_ours(folder, "lies in a folder that others than root may change")


def require_ours(folder: Path) -> None:
    """Make sure that a folder is a real one, ours, and not to be written by others.

    Raises:
        EnvironmentFailure: ``not-ours`` with the folder.
    """
    fault = fault_of_folder(folder)
    if fault:
        raise _not_ours(folder, fault)


def hand_over(path: Path, account: Account | None, mode: int) -> None:
    """Give a file or folder that lies in a folder of ours to the server's account, with that mode.

    Args:
        path: Never a link; ours or the account's already.
        account: None to keep it.
        mode: Permission bits.

    Raises:
        EnvironmentFailure: ``not-ours`` when it is a link, somebody else's, or known by a second name.
        OSError: when it cannot be opened.
    """
    if sys.platform == "win32":
        return
    owners = {os.geteuid()} | ({account.uid} if account else set())
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _AT_ONCE | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            raise _not_ours(path, "is a link") from error
        raise
    try:
        status = os.fstat(descriptor)
        if status.st_uid not in owners:
            raise _not_ours(path, "belongs to another user")
        if not stat.S_ISDIR(status.st_mode) and (not stat.S_ISREG(status.st_mode) or status.st_nlink != 1):
            raise _not_ours(path, "is not a plain file of its own")
        os.fchmod(descriptor, mode)
        if account is not None:
            os.fchown(descriptor, account.uid, account.gid)
    finally:
        os.close(descriptor)


def read_plain(path: Path) -> str:
    """The beginning of a file that somebody else may have made: never of what a link leads to, never waiting.

    Raises:
        OSError: when it cannot be opened, or is a link or no plain file.
    """
    descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _AT_ONCE | getattr(os, "O_CLOEXEC", 0))
    with open(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return file.read(_MOST_BYTES).decode(errors="replace")


def _not_ours(path: Path, what: str) -> SheetferryError:
    return EnvironmentFailure.of(
        "not-ours",
        f"{path} {what}, so it is not used.",
        "Take it away if you did not make it, or give it to yourself alone (chown, chmod go-w).",
    )
