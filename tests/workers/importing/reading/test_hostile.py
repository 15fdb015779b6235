"""Files that attack, lie or are broken: each ends in a sentence of the right kind, quickly."""

from __future__ import annotations

import random
import subprocess
import sys
import tracemalloc
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
import xlsxwriter

from tests.workers.importing.reading.making import MAIN, all_rows, write_parts, xlsx_parts
from workers.core.model.errors import UserError
from workers.importing.reading.limits import ReadLimits
from workers.importing.reading.opening import open_workbook
from workers.importing.source_file import SourceFile


def read_through(path: Path, limits: ReadLimits | None) -> None:
    workbook = open_workbook(path, limits=limits)
    for sheet in workbook.sheets:
        for _ in workbook.rows(sheet):
            pass


def kind_of(path: Path, limits: ReadLimits | None = None) -> str:
    with pytest.raises(UserError) as caught:
        read_through(path, limits)
    assert caught.value.info.message.endswith(".")
    return caught.value.info.kind


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "no-data"),
        (b"%PDF-1.7 ...", "not-a-workbook"),
        (b"\x89PNG\r\n\x1a\n", "not-a-workbook"),
        (b"ID;PWXL;N;E\n", "not-a-workbook"),
        (bytes(range(256)) * 20, "not-a-workbook"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (b"<?xml version='1.0'?><note/>", "not-a-workbook"),
    ],
)
def test_files_that_are_something_else(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "file.xls"
    path.write_bytes(content)
    assert kind_of(path) == kind


def test_half_copied_workbook(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "whole.xlsx", xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    half = tmp_path / "half.xlsx"
    half.write_bytes(path.read_bytes()[:-300])
    assert kind_of(half) == "damaged"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_entity_bombs_are_refused_in_every_part(tmp_path: Path, part: str) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings="<si><t>x</t></si>")
    parts[part] = '<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>' + str(parts[part])
    assert kind_of(write_parts(tmp_path / "bomb.xlsx", parts)) == "damaged"


def test_zip_bomb(tmp_path: Path) -> None:
    parts = xlsx_parts("")
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/media/big.bin", "w") as big:
            for _ in range(70):
                big.write(bytes(1 << 20))
    assert kind_of(path) == "too-large"


def test_too_many_parts(tmp_path: Path) -> None:
    parts = xlsx_parts("")
    assert kind_of(write_parts(tmp_path / "many.xlsx", parts), ReadLimits(zip_entries=3)) == "too-large"


def test_other_office_files_are_named(tmp_path: Path) -> None:
    assert kind_of(write_parts(tmp_path / "a.xlsx", {"a.txt": "x"})) == "not-a-workbook"
    parts = xlsx_parts("")
    parts["xl/workbook.xml"] = '<document xmlns="urn:other"/>'
    assert kind_of(write_parts(tmp_path / "doc.xlsx", parts)) == "not-a-workbook"


def test_workbook_without_cells_sheets(tmp_path: Path) -> None:
    parts = xlsx_parts("")
    parts["xl/workbook.xml"] = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'
    assert kind_of(write_parts(tmp_path / "none.xlsx", parts)) == "no-data"


def test_lock_file(tmp_path: Path) -> None:
    path = tmp_path / "~$book.xlsx"
    path.write_bytes(b"\x04name" + b" " * 160)
    assert kind_of(path) == "not-a-workbook"


_CHILD = """
import sys
from workers.core.model.errors import UserError
from workers.importing.reading.opening import open_workbook
for path in sys.argv[1:]:
    try:
        workbook = open_workbook(path)
        for sheet in workbook.sheets:
            for _ in workbook.rows(sheet):
                pass
            workbook.facts(sheet)
    except UserError as error:
        assert error.info.message, path
print("all answered")
"""


def test_mutated_workbooks_end_in_a_load_or_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "seed.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for row in range(30):
        sheet.write_row(row, 0, [row, f"text {row}", row / 7])
    book.close()
    members = {i.filename: zipfile.ZipFile(path).read(i) for i in zipfile.ZipFile(path).infolist()}
    chance = random.Random(20)
    files = []
    for number in range(60):
        target = tmp_path / f"m{number}.xlsx"
        if number % 2:
            data = bytearray(path.read_bytes())
            for _ in range(chance.randint(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            target.write_bytes(bytes(data))
        else:
            name = chance.choice(sorted(members))
            data = bytearray(members[name])
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            write_parts(target, {**members, name: bytes(data)})
        files.append(str(target))
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, *files], capture_output=True, text=True, timeout=300, check=False
    )
    assert done.stdout.strip() == "all answered", done.stderr[-2000:]


def test_rows_of_a_good_workbook_beside_them(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "good.xlsx", xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    assert all_rows(path) == [[1]]


@pytest.mark.parametrize("encoding", ["UGF-8", "utf-32", "big5"])
def test_a_part_in_an_encoding_that_is_not_known(tmp_path: Path, encoding: str) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    name = "xl/_rels/workbook.xml.rels"
    text = parts[name]
    assert isinstance(text, str)
    body = text.partition("?>")[2] if text.startswith("<?xml") else text
    parts[name] = f'<?xml version="1.0" encoding="{encoding}"?>{body}'
    assert kind_of(write_parts(tmp_path / "a.xlsx", parts)) == "damaged"


def test_a_member_before_the_files_beginning(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>'))
    content = bytearray(path.read_bytes())
    end = content.rfind(b"PK\x05\x06")
    # The directory is said to begin later than it does ([APPNOTE] 4.3.16): every member moves forward by as much.
    begins = int.from_bytes(content[end + 16 : end + 20], "little")
    content[end + 16 : end + 20] = (begins + 200).to_bytes(4, "little")
    path.write_bytes(content)
    assert kind_of(path) == "damaged"


def test_a_member_without_a_name(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "a.xlsx", xlsx_parts('<row r="1"><c r="A1"><v>7</v></c></row>'))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("extra.bin", b"x")
        package.getinfo("extra.bin").filename = ""
    assert all_rows(path) == [[7]]


class TestTextsWithoutEnd:
    """A text without an end is refused while it is read, not when it is held whole."""

    LIMITS = ReadLimits(cell_text=1 << 14, line_text=1 << 16)
    BIG = 24 << 20
    HELD = 8 << 20

    def held_for(self, path: Path) -> int:
        """Bytes of Python's memory that were taken until the refusal, at the most."""
        tracemalloc.start()
        try:
            assert kind_of(path, self.LIMITS) == "too-large"
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    def test_a_text_file_of_one_line(self, tmp_path: Path) -> None:
        path = tmp_path / "line.csv"
        path.write_bytes(b"a,b\n1,2\n3,4\n" + b"5," * (self.BIG // 2))
        assert self.held_for(path) < self.HELD

    def test_a_page(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_bytes(b"<html><table><tr><td>" + b"x<br>" * (1 << 16) + b"</td></tr></table></html>")
        assert kind_of(path, self.LIMITS) == "too-large"

    def test_an_xml_spreadsheet(self, tmp_path: Path) -> None:
        path = tmp_path / "book.xml"
        head = b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell>'
        tail = b"</Data></Cell></Row></Table></Worksheet></Workbook>"
        path.write_bytes(head + b'<Data Type="String">' + b"x" * self.BIG + tail)
        assert self.held_for(path) < self.HELD

    @pytest.mark.parametrize("inline", [True, False])
    def test_a_workbook(self, tmp_path: Path, inline: bool) -> None:
        text = "x" * self.BIG
        cell = f"<is><t>{text}</t></is>" if inline else "<v>0</v>"
        row = f'<row r="1"><c r="A1" t="{"inlineStr" if inline else "s"}">{cell}</c></row>'
        parts = xlsx_parts(row, strings="" if inline else f"<si><t>{text}</t></si>")
        path = write_parts(tmp_path / "book.xlsx", parts)
        if inline:
            with closing(open_workbook(path, limits=self.LIMITS)) as workbook, pytest.raises(UserError) as caught:
                workbook.facts(workbook.sheets[0])
            assert caught.value.info.kind == "too-large"
        else:
            del text, cell, row, parts
            assert self.held_for(path) < self.HELD

    def test_an_open_document(self, tmp_path: Path) -> None:
        spaces = '<text:s text:c="16000"/>' * 2_000
        content = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
            ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            '<table:table table:name="T"><table:table-row><table:table-cell office:value-type="string">'
            f"<text:p>{spaces}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet>"
            "</office:body></office:document-content>"
        )
        path = write_parts(
            tmp_path / "a.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
        )
        assert self.held_for(path) < self.HELD

    def test_a_format_that_is_read_whole(self, tmp_path: Path) -> None:
        path = tmp_path / "page.html"
        path.write_bytes(b"<html><table><tr><td>x</td></tr></table></html>" + b" " * 100)
        assert kind_of(path, ReadLimits(whole_file=100)) == "too-large"


def test_a_file_of_absurd_size_is_refused_before_it_is_hashed(tmp_path: Path) -> None:
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.truncate(100 << 30)
    pieces: list[None] = []
    with closing(SourceFile(path)) as source, pytest.raises(UserError) as caught:
        source.identify(lambda: pieces.append(None))
    assert (caught.value.info.kind, pieces) == ("too-large", [])
