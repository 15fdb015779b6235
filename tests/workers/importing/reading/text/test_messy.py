"""Messy text files of many kinds come back as the records that they were made of."""

from __future__ import annotations

import pytest

from tests.workers.importing.reading.text.messy import KINDS, divide, is_right, make
from workers.importing.reading.text.dialect import detect_dialect

_FILES = 40
_DOUBTFUL = {"prose": 6, "one column": 1}
"""Sentences may have as many commas as a table, and a column of words may look like several."""


@pytest.mark.parametrize("kind", KINDS)
def test_messy_files_are_divided_as_they_were_put_together(kind: str) -> None:
    wrong = [n for n in range(_FILES) if not is_right(made := make(kind, n), divide(made.text))]
    assert len(wrong) <= _DOUBTFUL.get(kind, 0), wrong


@pytest.mark.parametrize(
    ("text", "delimiter", "quote"),
    [
        ("start\n07:05\n12:30\n23:59\n", "", ""),
        ("07:05\n12:30\n23:59\n", "", ""),
        ("seen at\n2024-01-31 14:05\n2024-02-01 09:10\n2024-02-02 09:10\n", "", ""),
        ("full name\nAnn Lee\nBob Ray\nCy Young\n", "", ""),
        ("amount\n12,5\n13,75\n-1,25\n", "", ""),
        ("$1,200\n$300\n$50\n$1,000,000\n", "", ""),
        ("betrag\n1 200,50\n13,75\n1 000 000,00\n", "", ""),
        ("note\na | b\nplain\nc\nd\nthe end\n", "", ""),
        ('"name"\n"Ann"\n"Bob ""B"""\n"Cy, jr"\n', "", '"'),
        ("x y\n1 2\n3 4\n5 6\n", " ", '"'),
        ("a:b\n1:2\n3:4\n5:6\n", ":", '"'),
        ("root:x:0:0\nbin:x:1:1\ndaemon:x:2:2\n", ":", '"'),
        ("a,b\n1,5\n2,7\n", ",", '"'),
    ],
)
def test_signs_within_values_divide_nothing(text: str, delimiter: str, quote: str) -> None:
    found = detect_dialect(text)
    assert (found.delimiter, found.quote) == (delimiter, quote)


def test_quotation_marks_of_one_column_are_no_part_of_it() -> None:
    assert divide('"name"\n"Ann"\n"Bob ""B"""\n"Cy, jr"\n"two\nlines"\n') == [
        ["name"],
        ["Ann"],
        ['Bob "B"'],
        ["Cy, jr"],
        ["two\nlines"],
    ]
