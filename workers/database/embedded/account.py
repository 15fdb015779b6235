"""Which account runs the embedded server, and where that account can keep its files.

PostgreSQL refuses to run as root. Started by root (containers, CI), the server runs as an ordinary account, which often
cannot traverse root's home folder: then the cluster and the binaries go to a folder that it can reach.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from dataclasses import dataclass
from pathlib import Path

from workers.core.model.errors import EnvironmentFailure

_CANDIDATES = ("postgres", "nobody")
_SHARED_PARENTS = ("/var/lib", "/usr/local/var", "/opt")


@dataclass(frozen=True, slots=True)
class Account:
    """An operating-system account that the server's processes are started as."""

    name: str
    uid: int
    gid: int


def server_account() -> Account | None:
    """The account to run the server as, or None to run it as ourselves.

    Raises:
        EnvironmentFailure: ``no-account`` when we are root and there is no unprivileged account.
    """
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise EnvironmentFailure.of(
        "no-account",
        "PostgreSQL does not run as root, and there is no account named postgres or nobody to run it as.",
        "Start Sheetferry as an ordinary user, or create an account with: useradd --system postgres",
    )


def can_traverse(folder: Path, account: Account | None) -> bool:
    """Whether `account` may pass through `folder` and everything above it (None: ourselves, always)."""
    if account is None:
        return True
    return all(_may(parent, account, stat.S_IXOTH) for parent in (folder, *folder.parents) if parent.exists())


def can_read(folder: Path, account: Account | None) -> bool:
    """Whether `account` may traverse to `folder` and read it."""
    return can_traverse(folder, account) and (account is None or _may(folder, account, stat.S_IROTH))


def safe_for_root(folder: Path) -> bool:
    """Whether nobody but root can put something else in the place of `folder` or of anything above it.

    Both the path as it is written and the one that its links lead to are looked at. A folder that is everybody's, such
    as ``/tmp``, will do where only the owner of an entry may take that away.
    """
    chains = {*folder.absolute().parents, *folder.resolve().parents}
    for parent in chains:
        try:
            status = parent.stat()
        except OSError:
            continue
        if status.st_uid != 0 or (status.st_mode & 0o022 and not status.st_mode & stat.S_ISVTX):
            return False
    return True


def server_folder(home: Path, account: Account | None) -> Path:
    """Where cluster, socket and log live: under `home`, or in a shared place that `account` can reach.

    Raises:
        EnvironmentFailure: ``no-place`` when there is no such place.
    """
    if can_traverse(home, account) and (account is None or safe_for_root(home / "server")):
        return home / "server"
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    for parent in map(Path, _SHARED_PARENTS):
        if parent.is_dir() and can_traverse(parent, account) and safe_for_root(parent / "sheetferry"):
            return parent / "sheetferry" / name
    raise EnvironmentFailure.of(
        "no-place",
        f"The account that runs the database cannot reach {home}, and there is no other place for its files.",
        "Set SHEETFERRY_HOME to a folder that other accounts can traverse (mode 0711 or 0755 all the way up).",
    )


def make_folder(folder: Path, *, traversable: bool) -> None:
    """Make `folder` and what is missing above it: for us alone, or so that the server's account may pass through.

    The umask has no say in that. Folders that are there stay as they are.

    Raises:
        OSError: when it cannot be made.
    """
    mode = 0o711 if traversable else 0o700
    for path in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        path.mkdir(mode=mode, exist_ok=True)
        path.chmod(mode)


def make_passable(folder: Path) -> None:
    """Let other accounts pass through a folder of ours.

    Raises:
        OSError: when it is not ours.
    """
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o011 != 0o011:
        folder.chmod(mode | 0o011)


def _may(path: Path, account: Account, bit: int) -> bool:
    """Whether `account` has the right whose ``other`` bit is `bit`. Access lists are not looked at."""
    status = path.stat()
    if status.st_uid == account.uid:
        bit <<= 6
    elif status.st_gid == account.gid:
        bit <<= 3
    return bool(status.st_mode & bit)
