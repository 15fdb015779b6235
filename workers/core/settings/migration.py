"""Bring the contents of an older settings file to the present version, step by step, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from workers.core.model.errors import UserError

Values: TypeAlias = dict[str, object]
Step: TypeAlias = Callable[[Values], Values]

STEPS: tuple[Step, ...] = ()
"""Step ``i`` leads from version ``i + 1`` to ``i + 2``; the present version is one more than there are steps."""


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration gave.

    Attributes:
        values: The settings of the present version.
        changed: Whether any step ran.
        newer: Whether the file comes from a later program; its values are taken as they are.
    """

    values: Values
    changed: bool
    newer: bool = False


def present_version(steps: Sequence[Step] = STEPS) -> int:
    """The version that this program writes."""
    return len(steps) + 1


def migrate(values: Mapping[str, object], version: int, steps: Sequence[Step] = STEPS) -> Migrated:
    """Lead values of a version through all later steps.

    Each step works on a copy: when one fails, the values given are untouched and nothing of the others is kept.

    Raises:
        UserError: kind ``bad-settings-file`` when a step fails, or the version makes no sense.
    """
    if version < 1:
        raise UserError.of("bad-settings-file", f"The settings file has version {version}, which never was.")
    if version > present_version(steps):
        return Migrated(dict(values), changed=False, newer=True)
    current = dict(values)
    for number, step in enumerate(steps[version - 1 :], start=version):
        try:
            current = step(dict(current))
        except Exception as error:
            raise UserError.of(
                "bad-settings-file",
                f"The settings of version {number} could not be brought to version {number + 1}.",
                "The file was left as it is; the program goes on with default settings.",
                detail=repr(error),
            ) from error
    return Migrated(current, changed=version < present_version(steps))
