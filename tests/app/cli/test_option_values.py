"""What single option values are read as, and which are refused."""

from __future__ import annotations

import argparse

import pytest

from app.cli.arguments import parse
from app.cli.option_values import header_choice, options_from, reject_limit, source_mapping, type_override
from workers.core.model.options import HeaderChoice, Mode, PgType, RejectLimit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("auto", HeaderChoice("auto")),
        ("none", HeaderChoice("none")),
        ("3", HeaderChoice("rows", 3, 3)),
        ("3-4", HeaderChoice("rows", 3, 4)),
    ],
)
def test_headers_are_read(text: str, expected: HeaderChoice) -> None:
    """All four forms of a header are understood."""
    assert header_choice(text) == expected


@pytest.mark.parametrize("text", ["0", "4-3", "x", "-1", "1048577", "", "1-"])
def test_impossible_headers_are_refused(text: str) -> None:
    """A header that no sheet can have is wrong usage, not a guess."""
    with pytest.raises(argparse.ArgumentTypeError):
        header_choice(text)


def test_reject_limits_are_counts_or_shares() -> None:
    """`N` is rows, `P%` a share; a fraction of a row is refused."""
    assert reject_limit("20") == RejectLimit(rows=20)
    assert reject_limit("1.5%") == RejectLimit(percent=1.5)
    for text in ("1.5", "101%", "-1", "many"):
        with pytest.raises(argparse.ArgumentTypeError):
            reject_limit(text)


def test_a_percent_limit_counts_against_the_rows_read() -> None:
    """1% of 200 rows bears two rejects and not three."""
    limit = RejectLimit(percent=1)
    assert not limit.exceeded(2, 200)
    assert limit.exceeded(3, 200)


def test_type_and_mapping_keep_equal_signs_in_headers() -> None:
    """The last equal sign separates, so that a header may hold one."""
    assert type_override("a=b=bigint") == ("a=b", PgType.BIGINT)
    assert source_mapping("x=y=z") == ("x=y", "z")
    with pytest.raises(argparse.ArgumentTypeError):
        type_override("a=varchar")


def test_all_sheets_and_named_sheets() -> None:
    """`all` is a word of its own; names are kept in order."""
    options = options_from(parse(["import", "f.xlsx", "--sheet", "Orders", "--sheet", "all"]))
    assert options.sheets == ("Orders",)
    assert options.all_sheets


def test_upsert_without_a_key_is_wrong_usage() -> None:
    """The mode that matches rows must be told by what."""
    with pytest.raises(ValueError, match="--key"):
        options_from(parse(["import", "f.xlsx", "--mode", "upsert"]))
    options = options_from(parse(["import", "f.xlsx", "--mode", "upsert", "--key", "id"]))
    assert options.mode is Mode.UPSERT
    assert options.keys == ("id",)


def test_unknown_and_abbreviated_options_leave_with_code_2() -> None:
    """Nothing is ignored and nothing is guessed from a beginning."""
    for arguments in (["import", "f.xlsx", "--tab", "t"], ["import", "f.xlsx", "--frobnicate"], ["agent"], ["import"]):
        with pytest.raises(SystemExit) as left:
            parse(arguments)
        assert left.value.code == 2


def test_without_a_command_the_window_opens() -> None:
    """`sheetferry` alone is `sheetferry gui`."""
    assert parse([]).command == "gui"
