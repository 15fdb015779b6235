"""Text files with stray bytes, guessed encodings, and cells that say something else than their letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from workers.core.model.cells import CellValue
from workers.core.model.errors import UserError
from workers.core.model.plans import Finding
from workers.importing.reading.opening import open_workbook


def read(tmp_path: Path, data: bytes) -> tuple[list[list[CellValue]], dict[str, Finding]]:
    path = tmp_path / "file.csv"
    path.write_bytes(data)
    workbook = open_workbook(path)
    sheet = workbook.sheets[0]
    rows = [list(row) for row in workbook.rows(sheet)]
    return rows, {finding.code: finding for finding in workbook.facts(sheet).remarks}


_TEXTS = ["José Größe °C", "Łódź żółty", "Москва яблоко", "Αθήνα ψωμί", "東京都 大阪府", "서울 부산", "Noël ça €"]


@pytest.mark.parametrize("text", _TEXTS)
@pytest.mark.parametrize("place", [0, 17, 99])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("stray", [b"Caf\xe9", b"\xff", b"na\xefve \x93soft\x94", b"\xe2\x82"])
def test_a_stray_byte_leaves_the_rest_of_a_utf8_file_as_it_is(
    tmp_path: Path, text: str, place: int, mark: bytes, stray: bytes
) -> None:
    lines = [f"{n},{text},x".encode() for n in range(100)]
    lines[place] = b"%d,%s,%s" % (place, text.encode(), stray)
    rows, told = read(tmp_path, mark + b"id,name,note\r\n" + b"\r\n".join(lines) + b"\r\n")
    assert [row[1] for row in rows[1:]] == [text] * 100
    assert [row[2] for n, row in enumerate(rows[1:]) if n != place] == ["x"] * 99
    assert told["foreign-bytes"].cells == (f"C{place + 2}",)


def test_a_stray_byte_is_read_as_the_letter_that_it_was(tmp_path: Path) -> None:
    body = "".join(f"{n},José Müller\n" for n in range(40)).encode()
    rows, told = read(tmp_path, b"id,name\n" + body + b"40,Caf\xe9\n" + b'41,"two\nlines \xfc"\n')
    assert [row[1] for row in rows[-2:]] == ["Café", "two\nlines ü"]
    assert (told["foreign-bytes"].cells, told["foreign-bytes"].count) == (("B42", "B43"), 2)
    assert "guessed-encoding" not in told


def test_files_put_together_from_two_encodings_keep_both(tmp_path: Path) -> None:
    new = "".join(f"{n},Müller Größe\n" for n in range(30)).encode()
    old = "".join(f"{n},Jürgen Straße\n" for n in range(30)).encode("cp1252")
    rows, told = read(tmp_path, b"id,name\n" + new + old)
    assert {row[1] for row in rows[1:31]} == {"Müller Größe"}
    assert {row[1] for row in rows[31:]} == {"Jürgen Straße"}
    assert told["foreign-bytes"].count == 30


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Café Müller", "cp1252"), ("Łódź źródło", "cp1250"), ("Москва книга", "cp1251"), ("서울 부산", "euc_kr")],
)
def test_a_guessed_encoding_is_said_with_the_cells_that_show_it(tmp_path: Path, text: str, encoding: str) -> None:
    plain = b"".join(b"%d,plain,1\n" % n for n in range(5_000))
    rows, told = read(tmp_path, b"id,name,n\n" + plain + f"x,{text},2\n".encode(encoding))
    assert rows[-1][1] == text
    assert told["guessed-encoding"].cells == ("B5002",)


@pytest.mark.parametrize("encoding", ["ascii", "utf-8", "utf-8-sig", "utf-16"])
def test_what_is_certain_is_not_said(tmp_path: Path, encoding: str) -> None:
    rows, told = read(tmp_path, "id,name\n1,Ann\n2,Bob\n".encode(encoding))
    assert (len(rows), told) == (3, {})


def test_bytes_that_no_encoding_holds_are_named_with_their_row(tmp_path: Path) -> None:
    text = "id,name\n" + '1,"a\nb"\n' * 5_000 + "x,end\n"
    data = bytearray(text.encode("utf-16"))
    data[-6:-4] = b"\x00\xdc"
    path = tmp_path / "wide.csv"
    path.write_bytes(bytes(data))
    workbook = open_workbook(path)
    with pytest.raises(UserError) as caught:
        list(workbook.rows(workbook.sheets[0]))
    assert (caught.value.info.kind, caught.value.info.cell) == ("damaged", "B5002")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_texts_kept_from_excel_as_formulas_arrive_as_texts(tmp_path: Path, encoding: str) -> None:
    text = 'zip,phone,n\n="00123",="+49123",1\n"=""04101""","=""say """"hi""""""",2\n="",=A1,3\n'
    rows, told = read(tmp_path, text.encode(encoding))
    assert rows[1:] == [["00123", "+49123", "1"], ["04101", 'say "hi"', "2"], ["", "=A1", "3"]]
    assert told["text-formulas"].cells == ("A2", "B2", "A3", "B3", "A4")


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_mark_of_databases_for_null_is_blank(tmp_path: Path, delimiter: str) -> None:
    lines = [["id", "note", "qty"], ["1", "\\N", "5"], ["2", "C:\\New", "\\N"], ["3", "x", "7"]]
    rows, told = read(tmp_path, "\n".join(map(delimiter.join, lines)).encode())
    assert rows[1:] == [["1", "", "5"], ["2", "C:\\New", ""], ["3", "x", "7"]]
    assert told["null-marks"].cells == ("B2", "C3")


@pytest.mark.parametrize("end", ["\x1a", "\n\x1a", "\r\n\x1a\x1a\x1a", "\r\x1a\r", "\n\x1a\r\n"])
@pytest.mark.parametrize("encoding", ["ascii", "cp850", "utf-16-le"])
def test_the_end_mark_of_dos_is_no_cell(tmp_path: Path, end: str, encoding: str) -> None:
    rows, _ = read(tmp_path, ("id,name\n1,Ann\n2,Bob\n3,Cy" + end).encode(encoding))
    assert rows == [["id", "name"], ["1", "Ann"], ["2", "Bob"], ["3", "Cy"]]
