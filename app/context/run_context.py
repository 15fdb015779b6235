"""What every command needs to know before it does anything: home, settings, environment."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.context.home import home_folder
from app.context.logs import use_level
from app.context.settings_store import LoadedSettings, SettingsStore
from workers.core.jobs.worker_sizes import MOST_WORKERS
from workers.core.model.profile import Profile
from workers.core.settings.resolve import Settings, resolve
from workers.core.settings.schema import SettingContext, Surface
from workers.system.cpu_limits import machine_limits


@dataclass(frozen=True, slots=True)
class RunContext:
    """The surroundings of one run.

    Attributes:
        home: The folder for everything that is kept.
        settings: All values with their origins.
        environ: The environment that they were resolved with.
        loaded: What the settings file held, with what was wrong about it.
        overrides: What the command line set, by key.
    """

    home: Path
    settings: Settings
    environ: Mapping[str, str]
    loaded: LoadedSettings
    overrides: Mapping[str, object]


def make_context(environ: Mapping[str, str], surface: Surface, overrides: Mapping[str, object]) -> RunContext:
    """Find the home folder and resolve all settings; the log is written from their level on.

    Raises:
        SheetferryError: a home that cannot be used, or a wrong value (named, with what is allowed).
    """
    home = home_folder(environ)
    loaded = SettingsStore(home).load()
    settings = resolve(loaded.values, environ, overrides, setting_context(home, surface))
    use_level(settings.text("log.level"))
    return RunContext(home, settings, environ, loaded, overrides)


def setting_context(home: Path, surface: Surface) -> SettingContext:
    """The machine as the computed defaults see it."""
    limits = machine_limits()
    profile: Profile = "production" if getattr(sys, "frozen", False) else "development"
    return SettingContext(
        cores=limits.cores,
        profile=profile,
        surface=surface,
        memory=min(psutil.virtual_memory().total, limits.memory_limit or sys.maxsize),
        worker_cap=MOST_WORKERS,
        home=str(home),
    )
