"""The settings file: load, migrate, save. One TOML file in Sheetferry's folder, always replaced as a whole."""

from __future__ import annotations

import json
import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from workers.core.model.errors import EnvironmentFailure, SheetferryError, UserError
from workers.core.settings.catalogue import CATALOGUE, Catalogue
from workers.core.settings.migration import migrate, present_version
from workers.core.settings.resolve import check_stored
from workers.core.settings.schema import SettingValue

FILE_NAME = "settings.toml"
_HEADING = (
    "# Settings of Sheetferry. Written by the program; may be edited while it is not running.\n"
    "# What is not here has its default. The command line and the environment go before this file.\n"
)


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What was in the settings file.

    Attributes:
        values: Checked values by key, and unknown keys as they were, so that a save keeps them.
        problems: Sentences for the user about what could not be used; empty when all is well.
        set_aside: Where a broken file went, or None.
    """

    values: dict[str, object] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    set_aside: Path | None = None


class SettingsStore:
    """Loads and saves the settings file of one home folder. Call it off the UI thread: it touches the disk."""

    def __init__(
        self,
        home: Path,
        *,
        catalogue: Catalogue = CATALOGUE,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Work on the file in `home`, which need not exist yet."""
        self.path = home / FILE_NAME
        self._catalogue = catalogue
        self._now = now

    def load(self) -> LoadedSettings:
        """Read the file. Never raises for what is in it: a broken file or value is set aside and named.

        Raises:
            EnvironmentFailure: kind ``settings-unreadable`` when the file is there and may not be read.
        """
        try:
            raw = self.path.read_bytes()
        except FileNotFoundError:
            return LoadedSettings()
        except OSError as error:
            raise EnvironmentFailure.of(
                "settings-unreadable",
                f"The settings file {self.path} cannot be read: {error.strerror or error}.",
                "Check its permissions, or choose another folder with SHEETFERRY_HOME.",
            ) from error
        try:
            version, found = _read(raw)
            migrated = migrate(found, version)
        except SheetferryError as error:
            return self._broken(raw, [error.info.message])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            return self._broken(raw, [f"The settings file could not be understood: {error}."])
        values, problems = self._checked(migrated.values)
        if problems:
            return self._broken(raw, problems, values)
        if migrated.changed:
            self._keep_copy(raw, f"v{version}")
            self.save(values)
        notes = ("The settings file was written by a newer version of Sheetferry.",) if migrated.newer else ()
        return LoadedSettings(values, notes)

    def save(self, values: Mapping[str, object]) -> None:
        """Replace the file as a whole: a reader sees the old one or the new one, never half.

        Raises:
            UserError: kind ``bad-setting``; nothing is written then.
            EnvironmentFailure: kind ``settings-not-saved``.
        """
        for key, value in values.items():
            setting = self._catalogue.get(key)
            if setting is not None:
                check_stored(setting, value)
        text = _HEADING + _write(values, present_version())
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.path, text.encode())
        except OSError as error:
            raise EnvironmentFailure.of(
                "settings-not-saved",
                f"The settings could not be saved to {self.path}: {error.strerror or error}.",
                "The change holds until the program ends. Free space or correct the folder's permissions and set it "
                "again.",
            ) from error

    def _checked(self, found: Mapping[str, object]) -> tuple[dict[str, object], list[str]]:
        values: dict[str, object] = {}
        problems = []
        for key, raw in found.items():
            setting = self._catalogue.get(key)
            if setting is None:
                values[key] = raw
                continue
            try:
                values[key] = check_stored(setting, raw)
            except UserError as error:
                problems.append(error.info.message)
        return values, problems

    def _broken(self, raw: bytes, problems: list[str], values: dict[str, object] | None = None) -> LoadedSettings:
        kept = self._keep_copy(raw, "broken")
        where = f"The file as it was is kept as {kept}." if kept else "It could not be copied aside."
        good = values or {}
        left = "Wrong values were replaced by their defaults." if good else "All settings have their defaults."
        if kept is not None:
            self.save(good)
        return LoadedSettings(good, (*problems, f"{left} {where}"), kept)

    def _keep_copy(self, raw: bytes, word: str) -> Path | None:
        stamp = self._now().strftime("%Y%m%d-%H%M%S")
        path = self.path.with_name(f"settings.{word}-{stamp}.toml")
        try:
            _replace(path, raw)
        except OSError:
            return None
        return path


def _read(raw: bytes) -> tuple[int, dict[str, object]]:
    document = tomllib.loads(raw.decode("utf-8-sig"))
    version = document.pop("version", 1)
    if isinstance(version, bool) or not isinstance(version, int):
        raise UserError.of("bad-settings-file", f"The settings file's version is {version!r}, not a number.")
    return version, _flat(document)


def _flat(table: Mapping[str, object], prefix: str = "") -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            flat.update(_flat(value, f"{key}."))
        else:
            flat[key] = value
    return flat


def _write(values: Mapping[str, object], version: int) -> str:
    lines = [f"version = {version}"]
    section = ""
    # Keys without a section first: after a section's heading they would belong to it.
    for head, name, key in sorted((*key.rpartition(".")[::2], key) for key in values):
        if head != section:
            section = head
            lines += ["", f"[{_dotted(head)}]"]
        lines.append(f"{_bare(name)} = {_literal(values[key])}")
    return "\n".join(lines) + "\n"


def _dotted(key: str) -> str:
    return ".".join(_bare(part) for part in key.split("."))


def _bare(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else _quoted(name)


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    return _quoted(str(value))


def _quoted(text: str) -> str:
    # JSON's escapes are TOML's, but for the delete character, which TOML wants escaped too.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _replace(path: Path, content: bytes) -> None:
    """Write beside, flush to disk, rename over. Readable by the owner only: addresses may hold secrets."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)  # the name is a plain string from mkstemp
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def merged(values: Mapping[str, object], key: str, value: SettingValue | None) -> dict[str, object]:
    """The values with one changed, or taken away by None: what the settings page asks for."""
    result = dict(values)
    if value is None:
        result.pop(key, None)
    else:
        result[key] = value
    return result
