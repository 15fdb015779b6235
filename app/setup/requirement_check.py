"""Whether an interpreter has what pyproject.toml declares, by the versions recorded in its packages' metadata.

Covers the forms that our own pyproject.toml uses: ``name[extra]>=1.2,<2; python_version < '3.12'``. A form that it does
not know counts as not satisfied, which only costs a look by the installer.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[[^]]*\])?\s*([^;]*)(?:;(.*))?$")
_SPECIFIER = re.compile(r"\s*(==|>=|<)\s*([0-9][0-9.]*)\s*$")
_MARKER = re.compile(r"""\s*(python_version|python_full_version)\s*(<|>=)\s*['"]([0-9.]+)['"]\s*$""")


@dataclass(frozen=True, slots=True)
class Requirement:
    """A distribution (its name in the normal form) and the limits of its version."""

    name: str
    limits: tuple[tuple[str, str], ...] = ()

    def allows(self, version: str) -> bool:
        """Whether that version is within the limits."""
        return all(_within(version, sign, limit) for sign, limit in self.limits)


def normal_name(name: str) -> str:
    """A distribution's name in the normal form: lower case, words joined by one hyphen."""
    return re.sub(r"[-_.]+", "-", name).lower()


def parse_requirement(text: str) -> Requirement | None:
    """Read one declared dependency; None where its marker excludes this Python.

    Raises:
        ValueError: if it has a form that is not known here.
    """
    match = _REQUIREMENT.match(text)
    if not match:
        raise ValueError(f"not a requirement: {text!r}")
    name, specifiers, marker = match.groups()
    if marker and not _marker_holds(marker):
        return None
    limits = []
    for part in filter(str.strip, specifiers.split(",")):
        limit = _SPECIFIER.match(part)
        if not limit:
            raise ValueError(f"not a version limit: {part!r}")
        limits.append((limit[1], limit[2]))
    return Requirement(normal_name(name), tuple(limits))


def parse_pins(constraints: str) -> dict[str, str]:
    """The pinned version of each distribution for this Python; pins with other markers are left out."""
    pins = {}
    for line in constraints.splitlines():
        pin, _, marker = line.partition(";")
        name, sign, version = pin.strip().partition("==")
        if sign and (not marker or (_MARKER.match(marker) and _marker_holds(marker))):
            pins[normal_name(name)] = version.strip()
    return pins


def installed_all(requirements: Iterable[Requirement | None]) -> bool:
    """Whether this interpreter has a fitting version of each."""
    return all(requirement is None or _installed(requirement) for requirement in requirements)


def _installed(requirement: Requirement) -> bool:
    import importlib.metadata  # slow to load, and not asked in the ordinary case

    try:
        return requirement.allows(importlib.metadata.version(requirement.name))
    except importlib.metadata.PackageNotFoundError:
        return False


def _marker_holds(marker: str) -> bool:
    match = _MARKER.match(marker)
    if not match:
        raise ValueError(f"not a marker: {marker!r}")
    parts = 2 if match[1] == "python_version" else 3
    return _within(".".join(str(part) for part in sys.version_info[:parts]), match[2], match[3])


def _within(version: str, sign: str, limit: str) -> bool:
    if sign == "==":
        return _numbers(version) == _numbers(limit)
    return (_numbers(version) < _numbers(limit)) == (sign == "<")


def _numbers(version: str) -> tuple[int, ...]:
    """The release part for comparing, without trailing zeros: 1.10.0 is (1, 10)."""
    leading = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in leading[0].split(".")] if leading else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
