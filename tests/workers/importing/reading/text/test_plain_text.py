"""A text file read in columns gives the rows that the exact reader gives."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.core.model.errors import UserError
from workers.importing.columnar.cell_vector import ArrayBlock
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.text import csv_reader
from workers.importing.reading.text.csv_reader import CsvWorkbook
from workers.importing.reading.text.cutting import Cutter, Refused
from workers.importing.reading.text.dialect import CsvDialect
from workers.importing.source_file import SourceFile

_CELLS = st.one_of(
    st.sampled_from(["", "a", "é b", "1,5", 'x"y', '"', '""', "l\nm", "l\r\nm", ",", ";", "\n", '"a"', "\\N", "東京"]),
    st.text('ab,;"\n\r\t é', max_size=6),
)
_TABLES = st.lists(st.lists(_CELLS, min_size=1, max_size=4), min_size=1, max_size=12)
_RAW = st.text("ab,;\"'\n\r\t é", min_size=1, max_size=40)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    if draw(st.booleans()):
        return draw(_RAW)
    out = io.StringIO(newline="")
    style: Any = csv.QUOTE_ALL if draw(st.booleans()) else csv.QUOTE_MINIMAL
    writer = csv.writer(out, lineterminator=draw(st.sampled_from(["\n", "\r\n", "\r"])), quoting=style)
    writer.writerows(draw(_TABLES))
    text = out.getvalue()
    return text[: draw(st.integers(1, len(text)))] if draw(st.booleans()) else text


def _workbook(path: Path, content: bytes) -> CsvWorkbook:
    path.write_bytes(content)
    return CsvWorkbook(SourceFile(path), "sheet", ReadLimits())


def _bare(rows: list[Any]) -> list[list[str]]:
    """Rows without blank cells at their end: how many there are of them says nothing."""
    bare = []
    for row in rows:
        cells = [cell or "" for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        bare.append(cells)
    return bare


def _outcome(give: Any) -> Any:
    try:
        return _bare(give())
    except UserError as error:
        return error.info.kind, error.info.cell


def _in_blocks(workbook: CsvWorkbook, piece: int, first_row: int = 1, last_row: int | None = None) -> list[Any]:
    plain = workbook.plain_text(workbook.sheets[0])
    assert plain is not None
    rows: list[Any] = []
    for block in replace(plain, piece=piece).blocks(first_row, last_row):
        rows.extend(block.rows() if isinstance(block, ArrayBlock) else block)
    return rows


@given(_texts(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.integers(1, 60), st.integers(1, 4))
def test_the_rows_are_those_of_the_exact_reader(
    tmp_path_factory: pytest.TempPathFactory, text: str, encoding: str, piece: int, first_row: int
) -> None:
    path = tmp_path_factory.mktemp("plain") / "some.csv"
    workbook = _workbook(path, text.encode(encoding))
    workbook.dialect = CsvDialect(",", '"')
    sheet = workbook.sheets[0]
    expected = _outcome(lambda: list(workbook.rows(sheet, first_row)))
    assert _outcome(lambda: _in_blocks(workbook, piece, first_row)) == expected
    if not isinstance(expected, tuple):
        few = _bare(list(workbook.rows(sheet, first_row, first_row + 1)))
        assert _bare(_in_blocks(workbook, piece, first_row, first_row + 1)) == few


def test_a_plain_file_is_read_in_columns_to_its_end(tmp_path: Path) -> None:
    lines = [f'{n},"{n} ""inch"", wide",x' for n in range(3000)]
    workbook = _workbook(tmp_path / "some.csv", "\n".join(lines).encode())
    plain = workbook.plain_text(workbook.sheets[0])
    assert plain is not None
    blocks = list(replace(plain, piece=8000).blocks())
    assert all(isinstance(block, ArrayBlock) for block in blocks)
    assert len(blocks) > 5
    assert sum(map(len, blocks)) == 3000


def test_after_a_piece_that_is_not_plain_columns_go_on(tmp_path: Path) -> None:
    lines = [f"{n},plain" for n in range(500)] + ['500,6" pipe'] + [f"{n},plain" for n in range(501, 1000)]
    workbook = _workbook(tmp_path / "some.csv", "\r\n".join(lines).encode())
    workbook.dialect = CsvDialect(",", '"')
    plain = workbook.plain_text(workbook.sheets[0])
    assert plain is not None
    kinds = [isinstance(block, ArrayBlock) for block in replace(plain, piece=1000).blocks()]
    assert kinds.count(False) == 1
    assert kinds[-1]


def test_a_small_file_needs_no_arrays(tmp_path: Path) -> None:
    small = _workbook(tmp_path / "small.csv", b"a,b\n1,2\n")
    assert small.blocks(small.sheets[0]) is None
    large = _workbook(tmp_path / "large.csv", b"a,b\n" * (csv_reader.BLOCKS_FROM // 4 + 1))
    assert large.blocks(large.sheets[0]) is not None


def test_null_marks_and_equals_are_what_they_are_otherwise(tmp_path: Path) -> None:
    lines = ["a,b", "1,\\N", "\\N,x", '"=""00123""",y', "c:\\New,z"] * 20
    workbook = _workbook(tmp_path / "some.csv", "\n".join(lines).encode())
    expected = _bare(list(workbook.rows(workbook.sheets[0])))
    assert _bare(_in_blocks(workbook, 40)) == expected
    assert ["", "x"] in expected


@given(_RAW, st.booleans())
def test_whole_rows_of_a_piece_read_the_same_alone_and_followed_by_more(text: str, last: bool) -> None:
    try:
        cut = Cutter(",", '"').cut(text.encode(), last=last)
    except Refused:
        return
    if cut is None:
        return
    cells = [
        cut.buffer[start : start + length].tobytes().decode()
        for start, length in zip(cut.starts.tolist(), cut.lengths.tolist(), strict=True)
    ]
    rows = [cells[low:high] for low, high in zip(cut.rows.tolist(), cut.rows.tolist()[1:], strict=False)]
    whole = list(csv.reader(io.StringIO(text if last else text + "more", newline="")))
    assert _bare(rows) == _bare(whole)[: len(rows)]
