"""A worksheet that is read in columns gives what the exact reader gives, or is left to it."""

from __future__ import annotations

import random
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workers.importing.reading.xlsx.sheet_fuzz import (
    HEAD,
    TAIL,
    Package,
    differs,
    each_row,
    example,
    plain_of,
    sheet,
    source_of,
    told,
)
from workers.importing.reading.xlsx.exact import exact_rows
from workers.importing.reading.xlsx.plain import sheet as plain_sheet
from workers.importing.reading.xlsx.plain.numbers import doubles
from workers.importing.reading.xlsx.plain.words import Chunk


@pytest.mark.parametrize("start", range(0, 2_000, 250))
def test_whole_and_broken_sheets_are_read_as_the_exact_reader_reads_them(start: int) -> None:
    for seed in range(start, start + 250):
        content, date_1904 = example(seed)
        assert differs(content, date_1904=date_1904) is None, seed


def test_well_formed_sheets_of_every_kind_of_cell_are_read_in_columns() -> None:
    shares = []
    for seed in range(200):
        plain = plain_of(source_of(HEAD + sheet(random.Random(seed)) + TAIL))
        told(each_row(plain.blocks()))
        shares.append(plain.shares.share)
    # Numbers that only Python reads and texts with lone halves of characters are left to the exact reader.
    assert sum(shares) / len(shares) > 0.6


@pytest.mark.parametrize("size", [200, 1_000, 5_000])
def test_a_sheet_is_the_same_in_chunks_of_any_size(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_sheet, "CHUNK_BYTES", size)
    monkeypatch.setattr(plain_sheet, "_LONGEST_CHUNK", size)
    for seed in range(60):
        content, date_1904 = example(seed)
        assert differs(content, date_1904=date_1904) is None, seed


def test_a_row_within_a_cell_is_damage() -> None:
    content = HEAD + b'<row r="1"><c r="A1"><row r="2"></row><v>1</v></c></row>' + TAIL
    assert differs(content) is None
    assert "begins within a cell" in (told(exact_rows(source_of(content)))[1] or "")


@pytest.mark.parametrize("piece", [1, 7, 100])
def test_pieces_may_end_anywhere(piece: int) -> None:
    content = HEAD + sheet(random.Random(3)) + TAIL
    source = source_of(content)
    expected = told(exact_rows(source))
    package = source.package
    assert isinstance(package, Package)
    package.piece = piece
    assert told(each_row(plain_of(source).blocks())) == expected


@pytest.mark.parametrize(("first", "last"), [(1, None), (3, None), (2, 5), (5, 5), (1, 1), (400, None)])
def test_only_the_rows_that_are_asked_for(first: int, last: int | None) -> None:
    for seed in range(40):
        source = source_of(HEAD + sheet(random.Random(seed)) + TAIL)
        assert told(each_row(plain_of(source).blocks(first, last))) == told(exact_rows(source, first, last))


_SHOWN = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.floats(-1e6, 1e6).map(lambda number: f"{number:.15g}"),
    st.integers(-(10**19), 10**19).map(str),
    st.decimals(-(10**8), 10**8, places=4).map(str),
    st.from_regex(r"-?[0-9]{0,9}\.?[0-9]{0,17}", fullmatch=True).filter(lambda text: any(map(str.isdigit, text))),
)


@given(st.lists(_SHOWN, min_size=1, max_size=30))
def test_numbers_are_rounded_as_python_rounds_them(texts: list[str]) -> None:
    chunk = Chunk.of(b"".join(b"<v>" + text.encode() + b"</v>" for text in texts))
    starts = np.flatnonzero(chunk.array == ord("v"))[::2] + 2
    stops = starts + np.array(list(map(len, texts)))
    found = doubles(chunk, starts, stops)
    assert found is not None
    assert [struct.pack("d", number) for number in found.tolist()] == [struct.pack("d", float(text)) for text in texts]
