"""Whether a start finds everything as the last thorough check left it; loads nothing that the interpreter has not.

The thorough check reads pyproject.toml and digests the pins, with half a dozen modules of the standard library: a tenth
of a small import's time. Sizes and times of the same files say as well that nothing has changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

_PLACE = ".venv/sheetferry-checked"
_ALWAYS = ""
"""The program's own dependencies, as if they were a group."""

_LOOKED_AT = (
    "pyproject.toml",
    "constraints.txt",
    "constraints.hashes",
    ".venv/sheetferry-setup.json",
    ".venv/sheetferry-setup.unfinished",
    ".venv/pyvenv.cfg",
)


def found_as_left(checkout: Path, groups: Sequence[str]) -> bool:
    """Whether the last thorough check was of the same files and the same interpreter, for these groups or more."""
    return {_ALWAYS, *groups} <= _groups_left(checkout)


def leave(checkout: Path, groups: Sequence[str]) -> None:
    """Keep that a thorough check has found all well; where it cannot be kept, the next start checks again."""
    place = checkout / _PLACE
    known = sorted({*groups, *_groups_left(checkout)} - {_ALWAYS})
    side = place.with_suffix(f".{os.getpid()}")
    try:
        side.write_text("\n".join([" ".join(known), _state(checkout)]), encoding="utf-8")
        side.replace(place)
    except OSError:
        return


def _groups_left(checkout: Path) -> set[str]:
    """The groups that were looked for when all was as it is now; nothing at all if anything has changed since."""
    try:
        groups, _, state = (checkout / _PLACE).read_text(encoding="utf-8").partition("\n")
    except (OSError, ValueError):
        return set()
    return {_ALWAYS, *groups.split()} if state == _state(checkout) else set()


def _state(checkout: Path) -> str:
    parts = [sys.implementation.cache_tag, sys.version, sys.base_prefix, sys.prefix]
    for name in _LOOKED_AT:
        try:
            found = os.stat(checkout / name)
        except OSError:
            parts.append(f"{name} missing")
        else:
            parts.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return "\n".join(map(str, parts))
