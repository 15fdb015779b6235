"""Texts that a spreadsheet program would run are told from those that only look odd."""

from __future__ import annotations

import pytest

from workers.core.model.formula_guard import FormulaGuard, is_like_a_formula


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        '=HYPERLINK("http://x")',
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "-",
        "--",
        "- text",
        "+1=2",
    ],
)
def test_formulas(text: str) -> None:
    assert is_like_a_formula(text)
    guard = FormulaGuard(guards=True)
    assert guard.row([text]) == [f"'{text}"]
    assert guard.found == 1


@pytest.mark.parametrize("value", ["", "a=b", "-5", "+5", "-1,234.50", "-1.5e-3", "-12%", "-.5", -5, None, 1.5])
def test_what_is_no_formula(value: object) -> None:
    assert not is_like_a_formula(value)
    guard = FormulaGuard(guards=True)
    assert guard.row([value]) == [value]
    assert guard.found == 0


def test_without_a_guard_they_are_counted_and_left() -> None:
    guard = FormulaGuard(guards=False)
    assert guard.row(["=1", "a", 2]) == ["=1", "a", 2]
    assert guard.found == 1
