"""The checkout's own virtual environment: whether it is complete, making it, bringing it up to date.

Standard library only. What is promised: two processes that start at once do not disturb each other (a lock held by the
operating system, shared by the installer they start), and a set-up that was killed half-way is thrown away and made
anew at the next call (a mark in the folder from the first step to the last).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import math
import os
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from app.setup.requirement_check import Requirement, installed_all, parse_pins, parse_requirement
from app.setup.setup_errors import explain_installer, last_lines
from workers.core.model.shown_text import shown, shown_lines
from workers.system.file_locks import FileLock

_HASHES = "constraints.hashes"


class ProvisioningError(Exception):
    """Set-up failed; the message is a sentence with the next step."""


class Environment:
    """The environment ``.venv`` of one checkout."""

    def __init__(self, checkout: Path, groups: Sequence[str] = (), *, output: TextIO | None = None) -> None:
        """Take the checkout's folder, the dependency groups wanted, and where to say what is done (stderr)."""
        self.folder = checkout / ".venv"
        self.python = self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        self._checkout = checkout
        self._groups = tuple(groups)
        self._output = output or sys.stderr
        self._stamp = self.folder / "sheetferry-setup.json"
        self._unfinished = self.folder / "sheetferry-setup.unfinished"
        self._log = self.folder / "sheetferry-setup.log"

    def is_inside(self) -> bool:
        """Whether this process runs in the environment."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def is_current(self) -> bool:
        """Whether the environment is complete, for this Python and for the dependencies as declared now."""
        stamp = self._read_stamp()
        return (
            stamp.get("inputs") == self._inputs()
            and stamp.get("python") == _python_identity()
            and set(self._groups) <= set(stamp.get("groups", []))
            and not self._unfinished.exists()
            and self.python.exists()
        )

    def interpreter_has_all(self) -> bool:
        """Whether this interpreter has the dependencies: in the environment itself exactly as pinned."""
        if self.is_inside() and (self._unfinished.exists() or self._stamp.exists()):
            return False
        wanted = [parse_requirement(text) for text in self._declared(self._groups)]
        if self.is_inside():
            pins = parse_pins((self._checkout / "constraints.txt").read_text(encoding="utf-8"))
            wanted = [
                Requirement(item.name, (("==", pins[item.name]),)) for item in wanted if item and item.name in pins
            ]
        return installed_all(wanted)

    def provide(self) -> None:
        """Make the environment complete; does nothing if it is.

        Raises:
            ProvisioningError: if that cannot be done, with the reason and the next step.
        """
        if self.is_current():
            return
        with self._lock() as lock:
            if self.is_current():  # another process did it while this one waited
                return
            self._set_up(lock)

    def _set_up(self, lock: FileLock) -> None:
        started = time.monotonic()
        groups = sorted({*self._groups, *self._read_stamp().get("groups", [])})
        self._say(f"Sheetferry sets itself up in {self.folder} (once; it takes a minute or two)")
        if self._must_be_made_anew():
            self._remove()
            self._create(lock)
        self._stamp.unlink(missing_ok=True)
        self._unfinished.touch()
        self._install(groups, lock)
        self._compile(lock)
        identity = {"inputs": self._inputs(), "python": _python_identity(), "groups": groups}
        _write_atomically(self._stamp, json.dumps(identity))
        self._unfinished.unlink()
        self._say(f"Ready after {time.monotonic() - started:.0f} s")

    def _must_be_made_anew(self) -> bool:
        """Whether what is there is of no use: killed half-way, broken, or of another Python."""
        if self._unfinished.exists() or not self.python.exists():
            return True
        made_by = self._read_stamp().get("python")
        if made_by is not None:
            return bool(made_by != _python_identity())
        question = [str(self.python), "-c", "import sys; print(*sys.version_info[:2])"]
        try:
            answer = subprocess.run(question, capture_output=True, text=True, timeout=60, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            return True
        return answer.split() != [str(part) for part in sys.version_info[:2]]

    def _remove(self) -> None:
        if not self.folder.exists() and not self.folder.is_symlink():
            return
        try:
            if self.folder.is_symlink() or not self.folder.is_dir():
                self.folder.unlink()
            else:
                shutil.rmtree(self.folder)
        except OSError as error:
            raise ProvisioningError(
                f"The old {self.folder} cannot be removed ({error.strerror}). "
                "Close every program that runs from it, delete the folder, and call again."
            ) from error

    def _create(self, lock: FileLock) -> None:
        self.folder.mkdir()
        self._unfinished.touch()
        uv = shutil.which("uv")
        if uv:
            command = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(self.folder)]
        else:
            self._require_venv_modules()
            command = [sys.executable, "-m", "venv", str(self.folder)]
        self._run(command, lock)

    def _require_venv_modules(self) -> None:
        if all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise ProvisioningError(
            "This Python cannot make virtual environments (its modules venv and ensurepip are not installed). "
            f"On Debian and Ubuntu: sudo apt install {package}. Then call again."
        )

    def _install(self, groups: Sequence[str], lock: FileLock) -> None:
        uv = shutil.which("uv")
        if uv:
            command = [uv, "pip", "install", "--python", str(self.python), "--compile-bytecode"]
        else:
            command = [str(self.python), "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
            command += ["--progress-bar", "off"]
        self._run([*command, *self._wanted(groups)], lock)

    def _wanted(self, groups: Sequence[str]) -> list[str]:
        """What the installer is told to install: exactly the files that were pinned, where their hashes are known."""
        hashed = self._hashed(groups)
        if hashed is None:
            return ["--constraint", str(self._checkout / "constraints.txt"), *self._declared(groups)]
        listed = self.folder / "sheetferry-requirements.txt"
        listed.write_text(hashed, encoding="utf-8")
        # The list has what is needed by what is needed: nothing may come in beside it.
        return ["--require-hashes", "--no-deps", "--requirement", str(listed)]

    def _hashed(self, groups: Sequence[str]) -> str | None:
        """The pins with their hashes for the program and these groups; None where not all of them are listed."""
        try:
            text = (self._checkout / _HASHES).read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        sections = dict(section.split("]\n", 1) for section in text.split("# [")[1:])
        wanted = [sections.get(name) for name in ("program", *groups)]
        return None if None in wanted else "".join(filter(None, wanted))

    def _compile(self, lock: FileLock) -> None:
        """Compile our own modules: else each worker does so again where Python may not keep what it compiled."""
        folders = [str(self._checkout / name) for name in ("app", "widgets", "workers", "resources")]
        with contextlib.suppress(ProvisioningError):  # a module that does not compile says so when it is imported
            self._run([str(self.python), "-m", "compileall", "-q", *folders], lock)

    def _run(self, command: list[str], lock: FileLock) -> None:
        """Run one step of the set-up, its output kept in a log and shown shortly on a terminal."""
        with (
            self._log.open("a", encoding="utf-8") as log,
            subprocess.Popen(
                command,
                cwd=self._checkout,
                env=_installer_environ(os.environ),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                pass_fds=lock.descriptors(),
            ) as process,
        ):
            lines = []
            assert process.stdout is not None
            for line in process.stdout:
                log.write(line)
                lines.append(line)
                self._show_step(line)
        self._show_step("")
        if process.returncode:
            raise ProvisioningError(f"{explain_installer(lines)}\n{last_lines(lines)}\nAll of it: {self._log}")

    def _show_step(self, line: str) -> None:
        """Overwrite the terminal's last line with what goes on; nothing where there is no terminal."""
        if not self._output.isatty():
            return
        if not line or line.startswith(("Collecting", "Downloading", "Installing", "Using cached", " + ", "Prepared")):
            width = shutil.get_terminal_size().columns - 1
            self._output.write("\r\x1b[K" + shown(line.strip())[:width])
            self._output.flush()

    @contextlib.contextmanager
    def _lock(self) -> Iterator[FileLock]:
        """Hold the checkout's set-up lock, waiting for whoever holds it."""
        lock = FileLock(self._checkout / ".venv.lock")
        try:
            if not lock.acquire():
                self._say("Another Sheetferry is setting itself up here; waiting for it")
                lock.acquire(math.inf)
        except OSError as error:
            raise ProvisioningError(
                f"Sheetferry cannot set itself up in {self._checkout}: the folder cannot be written to "
                f"({error.strerror}). Copy it to a place of your own, or let its owner call it once."
            ) from error
        with lock:
            try:
                yield lock
            except OSError as error:
                raise ProvisioningError(
                    f"Sheetferry cannot set itself up in {self.folder}: {error.strerror or error}. "
                    "Make room or give the right to write there, and call again."
                ) from error

    def _declared(self, groups: Sequence[str]) -> list[str]:
        project = self._project()
        declared: list[str] = [*project["project"]["dependencies"]]
        for group in groups:
            declared += project["dependency-groups"][group]
        return declared

    def _inputs(self) -> str:
        """A digest of everything that decides what is installed."""
        project = self._project()
        declared = json.dumps([project["project"]["dependencies"], project["dependency-groups"]])
        pins = (self._checkout / "constraints.txt").read_bytes()
        hashes = self._hashed(sorted(project["dependency-groups"])) or ""
        return hashlib.sha256(b"\0".join([declared.encode(), pins, hashes.encode()])).hexdigest()

    def _project(self) -> dict[str, Any]:
        return tomllib.loads((self._checkout / "pyproject.toml").read_text(encoding="utf-8"))

    def _read_stamp(self) -> dict[str, Any]:
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def _say(self, sentence: str) -> None:
        """On stderr: stdout may be read by a program."""
        print(shown_lines(sentence), file=self._output, flush=True)


def _python_identity() -> str:
    """What an environment is made for: another version, build or place of Python needs another environment."""
    return f"{sys.implementation.cache_tag} {sys.version.split()[0]} {sys.base_prefix}"


def _installer_environ(environ: os._Environ[str]) -> dict[str, str]:
    """The environment for the installer, without what would lead it elsewhere than into ours."""
    misleading = {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "VIRTUAL_ENV"}
    kept = {name: value for name, value in environ.items() if name not in misleading}
    return kept | {"PIP_USER": "0", "PIP_ROOT_USER_ACTION": "ignore", "NO_COLOR": "1"}


def _write_atomically(path: Path, text: str) -> None:
    side = path.with_suffix(".new")
    side.write_text(text, encoding="utf-8")
    side.replace(path)
