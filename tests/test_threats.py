"""Every test that the table of threats names is there, and every threat names one."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "resources" / "guide" / "threats.md").read_text(encoding="utf-8")
ROWS = [line for line in TABLE.splitlines() if line.startswith("| ") and not line.startswith("| what he")]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def names_in(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize(("path", "name"), NAMED.findall(TABLE))
def test_a_named_test_exists(path: str, name: str) -> None:
    assert (ROOT / path).is_file()
    assert name in names_in(path)


def test_every_row_names_a_test() -> None:
    assert len(ROWS) > 20
    for row in ROWS:
        assert NAMED.search(row), row
    for who in ("user of this machine", "user of the database", "sender of files", "on the network", "dependency"):
        assert who in TABLE
