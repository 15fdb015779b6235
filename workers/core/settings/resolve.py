"""Choose each setting's value among the places it may come from: command line, environment, file, default."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from workers.core.model.errors import UserError
from workers.core.model.profile import Profile
from workers.core.model.tasks import Secret
from workers.core.settings.catalogue import CATALOGUE, Catalogue
from workers.core.settings.checks import url_has_password
from workers.core.settings.schema import Setting, SettingContext, SettingKind, SettingValue


class Origin(StrEnum):
    """Where a value comes from, the weakest first."""

    DEFAULT = "default"
    COMPUTED = "computed"
    FILE = "file"
    ENVIRONMENT = "environment"
    COMMAND_LINE = "command-line"

    @property
    def locked(self) -> bool:
        """Whether the settings page cannot change it."""
        return self in {Origin.ENVIRONMENT, Origin.COMMAND_LINE}


@dataclass(frozen=True, slots=True)
class Resolved:
    """One setting with its value.

    Attributes:
        setting: Its declaration.
        value: Its value, of the setting's own type; sensitive text is a `Secret`.
        origin: Where the value comes from.
        source: The variable or option that set it, such as ``DB_POOL_SIZE=12``; empty otherwise. Secrets are masked.
        fallback: What it would be without the file: the default or computed value, for "reset".
    """

    setting: Setting
    value: SettingValue
    origin: Origin
    source: str
    fallback: SettingValue


class Settings:
    """All values of this run. Immutable: a change makes another one by `resolve`."""

    def __init__(self, resolved: Mapping[str, Resolved], context: SettingContext) -> None:
        """Take the resolved settings by key."""
        self._resolved = dict(resolved)
        self.context = context

    def __getitem__(self, key: str) -> Resolved:
        """One setting with value and origin."""
        return self._resolved[key]

    def __iter__(self) -> Iterator[Resolved]:
        """All settings in the catalogue's order."""
        return iter(self._resolved.values())

    def __len__(self) -> int:
        """How many settings there are."""
        return len(self._resolved)

    def value(self, key: str) -> SettingValue:
        """The value of any setting."""
        return self._resolved[key].value

    def integer(self, key: str) -> int:
        """The value of an integer setting."""
        value = self._resolved[key].value
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{key} is no integer")
        return value

    def number(self, key: str) -> float:
        """The value of a number or integer setting."""
        value = self._resolved[key].value
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{key} is no number")
        return float(value)

    def flag(self, key: str) -> bool:
        """The value of a boolean setting."""
        value = self._resolved[key].value
        if not isinstance(value, bool):
            raise TypeError(f"{key} is no boolean")
        return value

    def text(self, key: str) -> str:
        """The value of a text or choice setting; sensitive text shows itself as dots in a repr."""
        value = self._resolved[key].value
        if not isinstance(value, str):
            raise TypeError(f"{key} is no text")
        return value

    @property
    def profile(self) -> Profile:
        """Development or production."""
        return self.context.profile


def resolve(
    file_values: Mapping[str, object],
    environ: Mapping[str, str],
    overrides: Mapping[str, object],
    context: SettingContext,
    catalogue: Catalogue = CATALOGUE,
) -> Settings:
    """Give every setting its value: command line before environment before settings file before default.

    Args:
        file_values: What the settings file holds, by key. Keys that nobody knows are left alone.
        environ: The environment. An empty variable counts as not set.
        overrides: What the command line says, by key.
        context: The machine; its profile gives way to ``SHEETFERRY_ENV``.
        catalogue: The settings there are.

    Raises:
        UserError: kind ``bad-setting`` on the first wrong value, naming where it is, the value, and what is allowed.
    """
    profile = _resolve_one(catalogue["files.profile"], {}, environ, overrides, context)
    context = replace(context, profile="production" if profile.value == "production" else "development")
    found = {s.key: _resolve_one(s, file_values, environ, overrides, context) for s in catalogue.settings}
    return Settings(found, context)


def _resolve_one(
    setting: Setting,
    file_values: Mapping[str, object],
    environ: Mapping[str, str],
    overrides: Mapping[str, object],
    context: SettingContext,
) -> Resolved:
    fallback = setting.default_for(context)
    if overrides.get(setting.key) is not None:
        raw = overrides[setting.key]
        name = setting.option or setting.key
        value = setting.parse(raw, name)
        return Resolved(
            setting, _guard(setting, value), Origin.COMMAND_LINE, _source(setting, name, raw, " "), fallback
        )
    variable = setting.environment
    if variable and environ.get(variable, "").strip():
        raw = environ[variable]
        value = setting.parse(raw, variable)
        return Resolved(
            setting, _guard(setting, value), Origin.ENVIRONMENT, _source(setting, variable, raw, "="), fallback
        )
    if setting.stored and setting.key in file_values:
        value = check_stored(setting, file_values[setting.key])
        return Resolved(setting, _guard(setting, value), Origin.FILE, "", fallback)
    origin = Origin.COMPUTED if setting.computed else Origin.DEFAULT
    return Resolved(setting, fallback, origin, "", fallback)


def check_stored(setting: Setting, raw: object) -> SettingValue:
    """Check a value that is in the settings file or is to be written there.

    Raises:
        UserError: kind ``bad-setting``; also for a database URL with a password, which the file must not hold.
    """
    value = setting.parse(raw, f"{setting.key} in the settings file")
    if setting.key == "database.url" and isinstance(value, str) and url_has_password(value):
        raise UserError.of(
            "bad-setting",
            "The target database in the settings file has a password in it, and passwords are not kept there.",
            "Take it out and save the connection in the window (system keyring), use a PGPASSFILE, or set "
            "SHEETFERRY_DATABASE_URL.",
        )
    return value


def _guard(setting: Setting, value: SettingValue) -> SettingValue:
    return Secret(value) if setting.sensitive and isinstance(value, str) else value


def _source(setting: Setting, name: str, raw: object, joint: str) -> str:
    if setting.kind is SettingKind.TEXT and setting.sensitive:
        return f"{name}{joint}•••"
    return f"{name}{joint}{raw}"
