"""Checks of the installation, each with its result and, where something is wrong, how to mend it."""

from __future__ import annotations

import importlib
import os
import shlex
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from app.context.run_context import RunContext
from app.services.embedded_service import embedded_server
from app.services.target_choice import chosen_target
from app.services.worker_pool import CommandPool
from app.setup.qt_libraries import window_obstacle
from workers.core.jobs.pool_events import PoolEvent
from workers.core.jobs.snapshots import JobKind, JobState
from workers.core.jobs.spec import JobSpec
from workers.core.model.errors import SheetferryError
from workers.core.model.tasks import Target
from workers.database.embedded.administration import unreadable_tables
from workers.database.engines import connect_bulk
from workers.database.targets import url_without_password
from workers.pool.executors import Health
from workers.pool.supervisor import new_job_id

_LEAST_FREE = 500 << 20
_LIBRARIES = ("psycopg", "psycopg2", "sqlalchemy", "python_calamine_plus", "openpyxl", "PySide6.QtCore", "pyqtgraph")
_READ_SECONDS = 60.0
_POOL_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Check:
    """One check's result.

    Attributes:
        name: What was looked at.
        ok: Whether it is as it should be.
        detail: What was found.
        hint: How to mend it; None when all is well.
        milliseconds: How long it took.
    """

    name: str
    ok: bool
    detail: str
    hint: str | None = None
    milliseconds: float = 0.0


def examine(context: RunContext, environ: Mapping[str, str]) -> list[Check]:
    """Run every check. One that breaks is itself a finding; the others still run."""
    checks: list[tuple[str, Callable[[], list[Check]]]] = [
        ("Python", _python),
        ("libraries", _libraries),
        ("home folder", lambda: _home(context)),
        ("settings", lambda: _settings(context)),
        ("window", lambda: _window(environ)),
        ("passwords", _keyring),
        ("database", lambda: _database(context)),
        ("worker pool", lambda: _pool(context)),
    ]
    results: list[Check] = []
    for name, check in checks:
        began = time.monotonic()
        try:
            found = check()
        except SheetferryError as error:
            found = [Check(name, False, error.info.message, error.info.hint)]
        except Exception as error:  # noqa: BLE001 - the doctor reports whatever it meets and goes on
            found = [Check(name, False, f"The check itself failed: {error}", "Please report this as a defect.")]
        spent = (time.monotonic() - began) * 1000
        results += [c if c.milliseconds else Check(c.name, c.ok, c.detail, c.hint, spent) for c in found]
    return results


def _python() -> list[Check]:
    version = ".".join(map(str, sys.version_info[:3]))
    built = " (built program)" if getattr(sys, "frozen", False) else ""
    return [Check("Python", sys.version_info >= (3, 11), f"{version}{built}", None)]


def _libraries() -> list[Check]:
    missing = []
    for name in _LIBRARIES:
        try:
            importlib.import_module(name)
        except ImportError as error:
            missing.append(f"{name} ({error})")
    hint = "Delete the folder .venv and start the program again: it sets itself up anew." if missing else None
    return [Check("libraries", not missing, ", ".join(missing) or f"{len(_LIBRARIES)} present", hint)]


def _home(context: RunContext) -> list[Check]:
    with tempfile.TemporaryFile(dir=context.home) as file:
        file.write(b"x")
    free = shutil.disk_usage(context.home).free
    enough = free >= _LEAST_FREE
    hint = None if enough else "Free some space, or set SHEETFERRY_HOME to a folder on another disk."
    return [Check("home folder", enough, f"{context.home}, {free / (1 << 30):.1f} GB free", hint)]


def _settings(context: RunContext) -> list[Check]:
    problems = context.loaded.problems
    aside = f" It was kept as {context.loaded.set_aside}." if context.loaded.set_aside else ""
    return [
        Check(
            "settings",
            not problems,
            " ".join(problems) + aside or "no problems",
            "Set the named values again in the settings page." if problems else None,
        )
    ]


def _window(environ: Mapping[str, str]) -> list[Check]:
    obstacle = window_obstacle(environ)
    return [
        Check(
            "window",
            obstacle is None,
            obstacle or "can be shown",
            obstacle and "Only the window needs it; all other commands work.",
        )
    ]


def _keyring() -> list[Check]:
    import keyring

    backend = keyring.get_keyring()
    usable = getattr(backend, "priority", 0) > 0
    detail = f"kept by {backend.name}" if usable else "no system keyring: passwords are asked for each time"
    return [Check("passwords", True, detail)]


def _database(context: RunContext) -> list[Check]:
    target = chosen_target(context, None)
    server = None
    if target is None:
        server = embedded_server(context)
        target = server.acquire()
    try:
        with connect_bulk(target, "doctor") as connection:
            version = connection.info.parameter_status("server_version")
        detail = f"PostgreSQL {version}, {url_without_password(target)}"
        checks = [Check("database", True, detail)]
        if server is not None:
            status = server.status()
            checks.append(_server_place(status.relocated, str(status.data)))
            checks.append(_readable(target))
            checks += [_kept_data(folder) for folder in status.kept]
        return checks
    finally:
        if server is not None:
            server.release()


def _server_place(relocated: bool, data: str) -> Check:
    why = " (outside the home folder, since the server's account cannot reach that)" if relocated else ""
    return Check("server's data", True, data + why)


def _readable(target: Target) -> Check:
    """Read all tables of the built-in server through, as long as the doctor's patience lasts."""
    damaged = unreadable_tables(target, vital=False, seconds=_READ_SECONDS)
    detail = f"cannot be read: {', '.join(damaged)}" if damaged else "can be read"
    hint = "Take back a backup (`sheetferry server restore FILE`), and check the disk." if damaged else None
    return Check("tables", not damaged, detail, hint)


def _kept_data(folder: Path) -> Check:
    """Told as well, not wrong: data of an earlier PostgreSQL that was carried over."""
    detail = f"{folder} has the data as it was before it was carried over to this PostgreSQL."
    return Check("former data", True, detail, f"When all is well, remove it: {_removal(folder)}")


def _removal(folder: Path) -> str:
    return f'rmdir /s "{folder}"' if sys.platform == "win32" else f"rm -r {shlex.quote(str(folder))}"


def _pool(context: RunContext) -> list[Check]:
    def ignore(event: PoolEvent) -> None:
        """Nothing is followed here."""

    pool = CommandPool(context, ignore)
    with pool:
        supervisor = pool.executors.supervisor
        probe = supervisor.submit(JobSpec(new_job_id(), JobKind.PROBE, "doctor"))
        deadline = time.monotonic() + _POOL_SECONDS
        while not ((job := supervisor.job(probe)) and job.state.ended) and time.monotonic() < deadline:
            time.sleep(0.02)
        ready = job is not None and job.state is JobState.DONE
        checks = [_answer(health) for health in pool.executors.health()]
    if not ready:
        checks.append(Check("workers", False, f"none was ready within {_POOL_SECONDS:g} s", "See the log."))
    return checks


def _answer(health: Health) -> Check:
    hint = None if health.ok else f"See the log; process {os.getpid()} asked."
    return Check(health.name, health.ok, health.detail or "answers", hint, health.milliseconds or 0.001)
