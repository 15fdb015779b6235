"""Next steps in the window's own words: no option of the command line reaches it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from app.bootstrap import CHECKOUT
from widgets.parts.hints import hint_of
from workers.core.model.errors import ErrorInfo


def texts(call: ast.Call) -> str:
    """Every literal text among the arguments after the kind."""
    parts = (part for argument in call.args[1:] for part in ast.walk(argument))
    return " ".join(p.value for p in parts if isinstance(p, ast.Constant) and isinstance(p.value, str))


def kinds_that_name_options() -> Iterator[str]:
    for path in sorted((CHECKOUT / "workers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            said = texts(node)
            if name in ("of", "ErrorInfo") and (" --" in said or said.startswith("--")):
                yield str(node.args[0].value)


@pytest.mark.parametrize("kind", sorted(set(kinds_that_name_options())))
def test_the_window_names_no_option(kind: str) -> None:
    assert "--" not in hint_of(ErrorInfo(kind, "It failed.", "Try it with --some-option."))
