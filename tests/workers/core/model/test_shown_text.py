"""Text of unknown origin is shown as it is, and what would be obeyed instead of seen is shown as an escape."""

from __future__ import annotations

import json
import os
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.shown_text import json_line, kept, shown, shown_lines

OBEYED = {"Cc", "Cs", "Zl", "Zp"}
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
anything = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Umsatz 2024 – Übersicht.xlsx", "Umsatz 2024 – Übersicht.xlsx"),
        ("销售 👩‍💻 می‌خواهم", "销售 👩‍💻 می‌خواهم"),
        ("\x1b]0;owned\x07a", r"\x1b]0;owned\x07a"),
        ("a\x9b31mb", r"a\x9b31mb"),
        ("a\nERROR all is lost", r"a\nERROR all is lost"),
        ("gpj\u202excod.xlsx", r"gpj\u202excod.xlsx"),
        ("a\U000e0041", r"a\U000e0041"),
        (os.fsdecode(b"caf\xe9.csv") if sys.platform != "win32" else "caf\udce9.csv", r"caf\xe9.csv"),
        ("a\ud83d", r"a\ud83d"),
    ],
)
def test_examples(text: str, seen: str) -> None:
    assert shown(text) == seen


@given(anything)
def test_nothing_that_is_obeyed_gets_through(text: str) -> None:
    for line in (shown(text), *shown_lines(text).split("\n"), json_line({"name": text})):
        assert not OBEYED & set(map(unicodedata.category, line))
        assert not set(DIRECTIONS) & set(line)
        line.encode("utf-8")


@given(anything)
def test_json_gives_the_text_back(text: str) -> None:
    line = json_line({"name": text})
    assert json.loads(line) == {"name": text}
    assert json.loads(line.encode("utf-8").decode("utf-8")) == {"name": text}


@given(anything)
def test_what_is_kept_can_be_written_and_loses_nothing_else(text: str) -> None:
    kept(text).encode("utf-8")
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    assert kept(whole) == whole


def test_only_the_first_line_of_several_begins_at_the_margin() -> None:
    assert shown_lines("a\n2026-01-01 ERROR b\x1b\r\nc\u2028d") == "a\n  2026-01-01 ERROR b\\x1b\n  c\n  d"
