"""What a setting is: declared once, checked everywhere by the same rules.

A `Setting` carries all that the settings page, the command line's help, the documentation, the settings file and the
validation need. The list of all settings is in `settings.catalogue`; how a value is chosen among the places it may come
from is in `settings.resolve`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from workers.core.model.errors import UserError
from workers.core.model.profile import Profile

SettingValue: TypeAlias = bool | int | float | str
"""What a setting may hold. Empty text means "not set" where a setting is optional."""

Surface: TypeAlias = Literal["window", "command"]

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off"}


class SettingKind(StrEnum):
    """How a setting's value is written, checked and edited."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"


class Category(StrEnum):
    """The pages of the settings panel, in their order."""

    WORKERS = "workers"
    DATABASE = "database"
    IMPORT = "import"
    ALERTS = "alerts"
    NOTIFICATIONS = "notifications"
    APPEARANCE = "appearance"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class SettingContext:
    """The machine and the way of running that computed defaults depend on.

    Attributes:
        cores: Usable cores after affinity and container limits.
        profile: Development (a checkout) or production (a packaged build), unless ``SHEETFERRY_ENV`` says otherwise.
        surface: Whether this is the window or a command.
        memory: Usable bytes of memory after container limits; 0 when not known.
        worker_cap: Most worker processes that this system can wait for (60 on Windows).
        home: The folder for settings, queue, logs and server.
    """

    cores: int
    profile: Profile = "development"
    surface: Surface = "window"
    memory: int = 0
    worker_cap: int = 512
    home: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice and how people read it."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set.

    Attributes:
        key: Dotted name, the same in the settings file, in code and in messages.
        kind: How its value is written.
        category: The page it is on.
        group: Heading on that page.
        label: Short name for people.
        help: One or two sentences: what it does and when to change it.
        default: Its value when nothing else gives one; None when it is computed.
        computed: Works the default out from the machine; None for a fixed default.
        formula: How it is computed, in words; empty for a fixed default.
        minimum: Smallest number allowed.
        maximum: Largest number allowed.
        unit: Unit shown after the value, such as ``seconds``.
        choices: Allowed values of a choice.
        environment: Environment variable that sets and locks it.
        option: Command-line option that sets it.
        restart: Whether a change takes effect at the next start only.
        stored: False for what cannot live in the settings file (the folder that the file is in, the profile).
        optional: Whether text may be empty.
        sensitive: Whether the value may hold a secret: masked wherever it is shown or logged.
        check: Further rule: gives a sentence about what is wrong, or None.
    """

    key: str
    kind: SettingKind
    category: Category
    group: str
    label: str
    help: str
    default: SettingValue | None = None
    computed: Callable[[SettingContext], SettingValue] | None = field(default=None, compare=False)
    formula: str = ""
    minimum: float | None = None
    maximum: float | None = None
    unit: str = ""
    choices: tuple[Choice, ...] = ()
    environment: str | None = None
    option: str | None = None
    restart: bool = False
    stored: bool = True
    optional: bool = False
    sensitive: bool = False
    check: Callable[[str], str | None] | None = field(default=None, compare=False)

    def default_for(self, context: SettingContext) -> SettingValue:
        """The value when no place gives one."""
        if self.computed is not None:
            return self.computed(context)
        if self.default is None:
            raise AssertionError(f"setting {self.key} has neither a default nor a computation")
        return self.default

    @property
    def allowed(self) -> str:
        """What is allowed, as the end of the sentence "it must be …"."""
        match self.kind:
            case SettingKind.INTEGER:
                return "a whole number" + self._bounds()
            case SettingKind.NUMBER:
                return "a number" + self._bounds()
            case SettingKind.BOOLEAN:
                return "true or false"
            case SettingKind.CHOICE:
                return "one of " + ", ".join(c.value for c in self.choices)
            case SettingKind.TEXT:
                return "text" if self.optional else "text that is not empty"

    def _bounds(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.minimum is not None and self.maximum is not None:
            return f" from {_plain(self.minimum)} to {_plain(self.maximum)}{unit}"
        if self.minimum is not None:
            return f" of at least {_plain(self.minimum)}{unit}"
        if self.maximum is not None:
            return f" of at most {_plain(self.maximum)}{unit}"
        return unit and f" of{unit}"

    def parse(self, raw: object, name: str | None = None) -> SettingValue:
        """Check a value of any origin and give it its own type.

        Args:
            raw: A value from the settings file or the panel, or text from the environment or the command line.
            name: What the value was called where it came from (a variable, an option); default: the key.

        Raises:
            UserError: kind ``bad-setting``, naming the place, the value and what is allowed.
        """
        value = self._convert(raw)
        if value is None:
            raise self._bad(raw, name, f"it must be {self.allowed}")
        if isinstance(value, str) and self.check is not None and value:
            problem = self.check(value)
            if problem is not None:
                raise self._bad(raw, name, problem)
        return value

    def _bad(self, raw: object, name: str | None, problem: str) -> Exception:
        shown = "•••" if self.sensitive else str(raw)
        place = name or self.key
        return UserError.of(
            "bad-setting",
            f"{place} is “{shown}”, but {problem}.",
            f"Correct {place} ({self.label}: {self.allowed}), or take it away to use the default.",
        )

    def _convert(self, raw: object) -> SettingValue | None:
        match self.kind:
            case SettingKind.BOOLEAN:
                return _boolean(raw)
            case SettingKind.INTEGER:
                return self._in_bounds(_integer(raw))
            case SettingKind.NUMBER:
                return self._in_bounds(_number(raw))
            case SettingKind.CHOICE:
                text = raw.strip() if isinstance(raw, str) else None
                return text if text in {c.value for c in self.choices} else None
            case SettingKind.TEXT:
                if not isinstance(raw, str) or "\0" in raw:
                    return None
                text = raw.strip()
                return text if text or self.optional else None

    def _in_bounds(self, value: float | None) -> float | None:
        if value is None:
            return None
        if self.minimum is not None and value < self.minimum:
            return None
        if self.maximum is not None and value > self.maximum:
            return None
        return value


def _boolean(raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    text = raw.strip().lower() if isinstance(raw, str) else ""
    if text in _TRUE:
        return True
    return False if text in _FALSE else None


def _integer(raw: object) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    text = raw.strip() if isinstance(raw, str) else ""
    # int() would take "1_000" and digits of other scripts: a person who types those has made a slip.
    digits = text[1:] if text[:1] in {"+", "-"} else text
    return int(text) if digits.isascii() and digits.isdigit() else None


def _number(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str) or (isinstance(raw, str) and "_" in raw):
        return None
    try:
        value = float(raw)
    except (ValueError, OverflowError):
        return None
    return value if math.isfinite(value) else None


def _plain(number: float) -> str:
    return f"{number:g}" if abs(number) < 1e6 else f"{number:.0f}"
