"""CSV and its relatives: encodings, dialects, broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workers.importing.reading.making import all_rows
from workers.core.model.errors import UserError
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.opening import open_workbook
from workers.importing.reading.text.dialect import detect_dialect
from workers.importing.reading.text.encoding import detect_encoding


def rows_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[list[object]]:
    path = tmp_path / "file.csv"
    path.write_bytes(text.encode(encoding))
    return [list(row) for row in all_rows(path)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^"])
def test_delimiters(tmp_path: Path, delimiter: str) -> None:
    lines = [["name", "amount", "when"], ["Ann, B", "1.5", "2024-01-31"], ["Cy", "22", "2024-02-01"]]
    text = "\n".join(delimiter.join(f'"{c}"' if delimiter in c else c for c in line) for line in lines)
    assert rows_of(tmp_path, text) == lines


def test_decimal_commas_do_not_win_over_semicolons(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "a;b\n1,5;2,5\n3,25;4,75\n")[1:] == [["1,5", "2,5"], ["3,25", "4,75"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    rows = rows_of(tmp_path, "name,city\nJürgen,Köln\nÉmile,Orléans\n", encoding)
    assert rows == [["name", "city"], ["Jürgen", "Köln"], ["Émile", "Orléans"]]


def test_cyrillic_without_a_mark(tmp_path: Path) -> None:
    text = "имя,город\nИван Петров,Москва\nМария Смирнова,Санкт-Петербург\nПавел Кузнецов,Новосибирск\n"
    assert rows_of(tmp_path, text, "cp1251")[1] == ["Иван Петров", "Москва"]


def test_a_late_foreign_byte_changes_the_encoding_of_the_whole(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_bytes(b"a,b\n" + b"plain,text\n" * 200_000 + "Käse,1\n".encode("cp1252"))
    workbook = open_workbook(path)
    last = None
    for row in workbook.rows(workbook.sheets[0]):
        last = row
    assert last == ["Käse", "1"]


def test_quotes_newlines_and_doubled_quotes(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, 'a,b\r\n"one\ntwo","say ""hi"""\r\n3,4\r\n')
    assert rows == [["a", "b"], ["one\ntwo", 'say "hi"'], ["3", "4"]]


def test_backslash_escapes_keep_other_backslashes(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, 'a,b\n"say \\"hi\\", now","C:\\dir"\n"x","y"\n"p","q"\n')
    assert rows[1] == ['say "hi", now', "C:\\dir"]


def test_single_quotes(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "'a,1','b'\n'c,2','d'\n'e,3','f'\n") == [["a,1", "b"], ["c,2", "d"], ["e,3", "f"]]


def test_separator_line(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "sep=;\na;b\n1,2;3,4\n") == [["a", "b"], ["1,2", "3,4"]]


def test_preamble_and_footnotes_do_not_fool_the_detection(tmp_path: Path) -> None:
    table = "".join(f"{i};item {i};{i / 4}\n" for i in range(20))
    above = "Report, made by us, for you\nAll figures, unless said otherwise, in EUR\n\n"
    text = f"{above}id;name;price\n{table}\nNote: x, y\n"
    rows = rows_of(tmp_path, text)
    assert rows[3] == ["id", "name", "price"]
    assert rows[4] == ["0", "item 0", "0.0"]
    assert rows[2] == []


def test_prose_is_one_column() -> None:
    text = "This is a letter.\nIt has commas, some, here.\nAnd then it goes on.\nWithout any table.\n"
    assert detect_dialect(text).delimiter == ""


def test_values_in_the_first_line_decide_nothing_alone() -> None:
    assert detect_dialect("time 10:30\n10:31\n10:32\n").delimiter in ("", ":")
    assert detect_dialect("a b,c d\ne f,g h\ni j,k l\n").delimiter == ","


def test_a_stray_quote_is_text_where_quotes_mean_nothing(tmp_path: Path) -> None:
    assert rows_of(tmp_path, 'a,b\n1,2\n3,"open\n5,6\n7,8\n')[2:] == [["3", '"open'], ["5", "6"], ["7", "8"]]


def test_a_quote_that_is_never_closed_fails(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        rows_of(tmp_path, 'a,b\n"1, 2",x\n' * 20_000 + '3,"open\n5,6\n7,8\n')
    assert caught.value.info.kind == "damaged"
    assert "row 40001" in caught.value.info.message


def test_a_cell_beyond_the_limit_fails_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("a,b\n1," + "x" * 5000 + "\n")
    workbook = open_workbook(path, limits=ReadLimits(cell_text=1000))
    with pytest.raises(UserError) as caught:
        list(workbook.rows(workbook.sheets[0]))
    assert (caught.value.info.kind, caught.value.info.cell) == ("too-large", "A2")


def test_nul_bytes_stay_in_the_text(tmp_path: Path) -> None:
    assert rows_of(tmp_path, "a,b\nx\0y,2\n3,4\n")[1] == ["x\0y", "2"]


def test_encoding_has_evidence() -> None:
    assert detect_encoding([b"\xef\xbb\xbfa"]).name == "utf-8-sig"
    assert "mark" in detect_encoding([b"\xff\xfea\0"]).evidence
    assert detect_encoding(["é".encode()[:1], "é".encode()[1:]]).name == "utf-8"


CELL = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0\ufeff", exclude_categories=("Cs", "Cc")), max_size=8
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=3, max_size=6))
def test_quoted_cells_come_back_once_the_dialect_is_known(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = ["sep=;", *(";".join('"' + c.replace('"', '""') + '"' for c in row) for row in rows)]
    path = tmp_path / "quoted.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    workbook = open_workbook(path)
    assert list(workbook.rows(workbook.sheets[0])) == rows
