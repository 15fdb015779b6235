"""The notices of everything that a built program holds and that is not ours: what it is, and its licence's text.

``build.spec`` gives what goes into the build, file by file. Each file belongs to an installed distribution (told by its
metadata), to Python, or to a package of the build machine's system. Of each the licence texts are taken from where it
lies; where it brings none along, from ``.ci/licences``. What no text is found for stops the build.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

TEXTS = Path(__file__).parent / "licences"
_IS_TEXT = re.compile(r"(?i)^(licen[cs]e|copying|notice|copyright|authors|third[-_ ]party)|licen[cs]e")
_NO_CODE = {".py", ".pyc", ".pyi", ".so", ".dll", ".dylib", ".html"}

WITHOUT_TEXTS = {
    "pyside6-essentials": ("qt", "LGPL-3", "GPL-3"),
    "shiboken6": ("qt", "LGPL-3", "GPL-3"),
}
"""Distributions that bring no text along, and the texts that stand for them."""

WITHIN = {
    "libpq": "postgresql", "libecpg": "postgresql", "libpgtypes": "postgresql",
    "libssl": "Apache-2.0", "libcrypto": "Apache-2.0",
    "libgssapi_krb5": "krb5", "libk5crypto": "krb5", "libkrb5": "krb5", "libkrb5support": "krb5",
    "libcom_err": "com_err", "libkeyutils": "keyutils", "libldap": "openldap", "liblber": "openldap",
    "libsasl2": "cyrus-sasl", "libselinux": "libselinux", "libpcre": "pcre", "libcrypt": "LGPL-2.1",
    "libgcc_s": "own", "msvcp140": "microsoft-runtime",
    "libgfortran": "own", "libquadmath": "own", "libscipy_openblas64_": "own",
}  # fmt: skip
"""Libraries that wheels carry in a folder of their own: whose text is theirs; ``own`` is in the wheel's own text."""

_RUNTIME = re.compile(r"(?i)^(vcruntime|msvcp|ucrtbase|concrt|api-ms-win-)")


class MissingNotice(Exception):
    """Something in the build has no licence text."""


@dataclass
class Part:
    """One thing of somebody else's.

    Attributes:
        name: Its name and version.
        licence: The licence's short name, where its metadata says one.
        texts: The texts by where they come from.
        within: Libraries of others inside it.
    """

    name: str
    licence: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)


def collect(sources: Iterable[str], ours: Path, generated: Path) -> list[Part]:
    """What the files belong to.

    Args:
        sources: Paths of all files that go into the build.
        ours: The checkout; what lies in it, but not in an environment within it, needs no notice.
        generated: The folder in which the build makes files of its own.

    Raises:
        MissingNotice: with every file and distribution that has no text.
    """
    owners = _owners()
    pythons = tuple({Path(p).resolve() for p in (sysconfig.get_path("stdlib"), sys.base_prefix, sys.base_exec_prefix)})
    parts: dict[str, Part] = {"Python": python_part(), "PyInstaller": _named("pyinstaller")}
    missing: list[str] = []
    for source in sorted({Path(source) for source in sources if source and source != "-"}):
        try:
            key, make = _owner(source, owners, ours, generated, pythons)
            if key and key not in parts:
                parts[key] = make()
            if key and source.parent.name.endswith((".libs", ".dylibs")):
                parts[key].within.add(_library(source))
        except MissingNotice as error:
            missing.append(str(error))
    for part in list(parts.values()):
        missing += [f"{name} within {part.name}" for name in sorted(part.within) if name not in WITHIN]
    if missing:
        raise MissingNotice("no licence text for: " + "; ".join(sorted(set(missing))))
    _require(parts)
    return sorted(parts.values(), key=lambda part: part.name.casefold())


def _require(parts: dict[str, Part]) -> None:
    """The three that the program cannot be without are never missed by a wrong guess of where a file belongs."""
    said = "\n".join(text for part in parts.values() for text in part.texts.values())
    for what, sign in (
        ("Python", "PYTHON SOFTWARE FOUNDATION LICENSE"),
        ("Qt", "The Qt Company"),
        ("PostgreSQL", "PostgreSQL Database Management System"),
    ):
        if sign not in said:
            raise MissingNotice(f"no licence text for {what}")


def _owner(
    source: Path,
    owners: dict[str, Distribution],
    ours: Path,
    generated: Path,
    pythons: tuple[Path, ...],
) -> tuple[str, Callable[[], Part]]:
    """What a file belongs to: a key and how its part is made; an empty key where it needs no notice."""
    # Not resolved first: an environment's files may be links into a cache that several environments share.
    for path in (source.absolute(), source.resolve()):
        owner = owners.get(str(path))
        if owner is not None:
            return owner.metadata["Name"], lambda owner=owner: distribution_part(owner)  # type: ignore[misc]
    path = source.resolve()
    if path.is_relative_to(generated.resolve()):
        return "", lambda: Part("")
    if "site-packages" not in path.parts and path.is_relative_to(ours.resolve()):
        return "", lambda: Part("")
    if _RUNTIME.match(path.name):
        return "runtime", lambda: Part("Microsoft runtime libraries", texts={"": _stored("microsoft-runtime")})
    # Of a system's own Python the prefix is that of the whole system.
    prefixes = [python for python in pythons if python not in (Path("/usr"), Path("/"))]
    if "site-packages" not in path.parts and any(map(path.is_relative_to, prefixes)):
        return "Python", python_part
    package = _system_package(path)
    if package is None:
        raise MissingNotice(str(source))
    return f"system {package}", lambda: system_part(package)


@cache
def _owners() -> dict[str, Distribution]:
    found: dict[str, Distribution] = {}
    for distribution in distributions():
        base = str(distribution.locate_file(""))
        for root in {os.path.abspath(base), os.path.realpath(base)}:
            for file in distribution.files or ():
                found[os.path.normpath(os.path.join(root, str(file)))] = distribution
    return found


def _named(name: str) -> Part:
    return distribution_part(Distribution.from_name(name))


def distribution_part(distribution: Distribution) -> Part:
    """A distribution with the texts that it brings along, or those that stand for it.

    Raises:
        MissingNotice: when there are none.
    """
    meta = distribution.metadata
    name = f"{meta['Name']} {distribution.version}"
    licence = meta.get("License-Expression") or (meta.get("License") or "").split("\n")[0][:80]
    texts: dict[str, str] = {}
    for file in distribution.files or ():
        if (_IS_TEXT.search(file.name) or "licenses" in file.parts) and file.suffix.lower() not in _NO_CODE:
            place = Path(str(distribution.locate_file(file)))
            if place.is_file():
                texts[file.as_posix()] = place.read_text(encoding="utf-8", errors="replace")
    if not texts:
        stand_ins = WITHOUT_TEXTS.get(re.sub(r"[-_.]+", "-", meta["Name"]).lower(), ())
        texts = {stand_in: _stored(stand_in) for stand_in in stand_ins}
    if not any(text.strip() for text in texts.values()):
        raise MissingNotice(f"the distribution {name}")
    return Part(name, licence, texts)


def python_part() -> Part:
    """Python itself.

    Raises:
        MissingNotice: when its licence does not lie beside it.
    """
    places = [
        Path(sysconfig.get_path("stdlib"), "LICENSE.txt"),
        Path(sys.base_prefix, "LICENSE.txt"),
        Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright"),
    ]
    for place in places:
        if place.is_file():
            text = place.read_text(encoding="utf-8", errors="replace")
            return Part(f"Python {sys.version.split()[0]}", "PSF-2.0", {place.name: text})
    raise MissingNotice("Python")


def _system_package(path: Path) -> str | None:
    """The package of the build machine's system that a file belongs to."""
    for asked in dict.fromkeys((str(path), str(path).removeprefix("/usr"), f"/usr{path}")):
        if shutil.which("dpkg-query"):
            answer = _ask("dpkg-query", "-S", asked)
            if answer:
                return answer.split(": ")[0].split(",")[0].split(":")[0]
        elif shutil.which("rpm"):
            answer = _ask("rpm", "-qf", "--qf", "%{NAME}", asked)
            if answer:
                return answer
    return None


def _ask(*command: str) -> str:
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    return ended.stdout.strip() if ended.returncode == 0 else ""


def system_part(package: str) -> Part:
    """A package of the system.

    Raises:
        MissingNotice: when its licence is not installed with it.
    """
    if shutil.which("dpkg-query"):
        version = _ask("dpkg-query", "-W", "-f", "${Version}\n", package).split("\n")[0]
        places = [Path("/usr/share/doc", package, "copyright")]
    else:
        version = _ask("rpm", "-q", "--qf", "%{VERSION}", package)
        places = [Path(line) for line in _ask("rpm", "-q", "--licensefiles", package).splitlines()]
    texts = {place.name: place.read_text(encoding="utf-8", errors="replace") for place in places if place.is_file()}
    if not texts:
        raise MissingNotice(f"the system's package {package}")
    return Part(f"{package} {version} (from the system that the program was built on)", "", texts)


def _library(path: Path) -> str:
    """A library's name without version and hash: ``libssl-1a2b3c4d.so.3`` is ``libssl``."""
    return re.sub(r"(-\d+(-x64|-arm64)?)?(-[0-9a-f]{8,})*(\.so|\.dylib|\.dll|\.\d).*$", "", path.name)


def _stored(name: str) -> str:
    place = TEXTS / f"{name}.txt"
    if not place.is_file():
        raise MissingNotice(name)
    return place.read_text(encoding="utf-8")


def render(parts: Iterable[Part], program: str) -> str:
    """The notices as one text."""
    parts = list(parts)
    lines = [f"Third-party notices of {program}", "", "The program contains:", ""]
    lines += [f"  {part.name}{f' ({part.licence})' if part.licence else ''}" for part in parts]
    shared: dict[str, set[str]] = {}
    for part in parts:
        lines += ["", "=" * 100, part.name, "=" * 100]
        for place, text in part.texts.items():
            lines += ["", *([f"--- {place}", ""] if place else []), text.strip()]
        for name in sorted(part.within):
            shared.setdefault(WITHIN[name], set()).add(name)
    for key, names in sorted(shared.items()):
        if key in {"own", "postgresql"}:
            continue  # the text stands with the wheel that carries them, or with PostgreSQL
        lines += ["", "=" * 100, f"Within wheels: {', '.join(sorted(names))}", "=" * 100, "", _stored(key).strip()]
    lines += ["", "=" * 100, "Texts that others refer to", "=" * 100]
    for name in ("Apache-2.0", "LGPL-2.1", "LGPL-3", "GPL-3"):
        lines += ["", f"--- {name}", "", _stored(name).strip()]
    return "\n".join(lines) + "\n"
