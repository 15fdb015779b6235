"""Texts that a spreadsheet program would run are told from those that only look odd."""

from __future__ import annotations

import pytest

from workers.core.model.formula_guard import FormulaGuard, FormulaSeeker, is_like_a_formula


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


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"a,b\n1,2\n", False),
        (b"-5,+5\n-1.5,-2e-3\n", False),
        (b"=1,2\n", True),
        (b"a\n1\n=x", True),
        (b'a,b\n1,"@x"\n', True),
        (b"a,-x\n", True),
        (b"a,-", True),
        ("a\n＝1\n".encode(), True),
        ("a\n。b\n".encode(), False),
        (b"a,x=1,x-y\n", False),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_bytes_that_go_by_in_blocks(data: bytes, found: bool, size: int) -> None:
    for padding in (b"", b"abc,-12345.25,def\n" * 200):
        seeker = FormulaSeeker()
        whole = padding + data
        for start in range(0, len(whole), size):
            seeker.look(whole[start : start + size])
        assert seeker.end() is found
