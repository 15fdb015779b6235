"""OpenDocument, HTML, XML Spreadsheet and locked workbooks."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from tests.workers.importing.reading.making import all_rows, write_parts
from workers.core.model.cells import CellRange, ErrorValue, PaddedNumber
from workers.core.model.errors import UserError
from workers.core.model.tasks import Secret
from workers.importing.reading.opening import open_workbook

_NS = "urn:oasis:names:tc:opendocument:xmlns"
ODS_HEAD = (
    f'xmlns:office="{_NS}:office:1.0" xmlns:table="{_NS}:table:1.0" xmlns:text="{_NS}:text:1.0" '
    f'xmlns:style="{_NS}:style:1.0" xmlns:number="{_NS}:datastyle:1.0"'
)


def ods(path: Path, body: str, styles: str = "") -> Path:
    content = (
        f"<office:document-content {ODS_HEAD}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return write_parts(path / "book.ods", {"content.xml": content})


def cell(kind: str, value: str, text: str = "", more: str = "") -> str:
    name = {"float": "value", "boolean": "boolean-value", "date": "date-value", "time": "time-value"}.get(kind, "value")
    said = f'office:value-type="{kind}" office:{name}="{value}" {more}'
    return f"<table:table-cell {said}><text:p>{text}</text:p></table:table-cell>"


def test_ods_cells(tmp_path: Path) -> None:
    styles = (
        '<number:number-style style:name="N5"><number:number number:min-integer-digits="5" number:decimal-places="0"/>'
        '</number:number-style><style:style style:name="pad" style:data-style-name="N5"/>'
    )
    row = "".join(
        [
            cell("float", "3", "3"),
            cell("float", "2.5", "2,5"),
            cell("boolean", "true", "TRUE"),
            cell("date", "2024-01-31", "x"),
            cell("date", "2024-01-31T14:05:00.123456789", "x"),
            cell("time", "PT255H10M10S", "x"),
            cell("time", "PT10H10M10.1S", "x"),
            cell("float", "420", "00420", 'table:style-name="pad"'),
            cell("float", "0", "#DIV/0!", 'table:formula="of:=1/0"'),
            cell("string", "", 'a<text:s text:c="3"/>b</text:p><text:p>c'),
        ]
    )
    path = ods(tmp_path, f'<table:table table:name="S"><table:table-row>{row}</table:table-row></table:table>', styles)
    (found,) = all_rows(path)
    assert found == [
        3,
        2.5,
        True,
        dt.datetime(2024, 1, 31),
        dt.datetime(2024, 1, 31, 14, 5, 0, 123456),
        dt.timedelta(hours=255, minutes=10, seconds=10),
        dt.time(10, 10, 10, 100000),
        PaddedNumber("00420"),
        ErrorValue("#DIV/0!"),
        "a   b\nc",
    ]
    assert isinstance(found[8], ErrorValue)


def test_ods_codes_are_kept_as_their_style_shows_them(tmp_path: Path) -> None:
    number = '<number:number number:min-integer-digits="{}" number:decimal-places="0">{}</number:number>'
    among = "".join(f'<number:embedded-text number:position="{n}">-</number:embedded-text>' for n in (4, 6))
    styles = "".join(
        f'<number:number-style style:name="N{name}">{body}</number:number-style>'
        f'<style:style style:name="{name}" style:data-style-name="N{name}"/>'
        for name, body in [
            ("ssn", number.format(9, among)),
            ("part", f"<number:text>P</number:text>{number.format(3, '')}"),
            ("unit", f"{number.format(1, '')}<number:text> kg</number:text>"),
            ("end", f"{number.format(2, '')}<number:text> E</number:text>"),
        ]
    )
    cells = "".join(
        cell("float", value, "", f'table:style-name="{style}"')
        for value, style in [("12345678", "ssn"), ("42", "part"), ("42", "unit"), ("7", "end")]
    )
    body = f'<table:table table:name="S"><table:table-row>{cells}</table:table-row></table:table>'
    (found,) = all_rows(ods(tmp_path, body, styles))
    assert found == ["012-34-5678", "P042", 42, "07 E"]
    assert [type(value) for value in found] == [PaddedNumber, PaddedNumber, int, PaddedNumber]


def test_ods_repetitions_are_bounded(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="S"><table:table-row table:number-rows-repeated="2"><table:table-cell '
        'table:number-columns-repeated="3"/>' + cell("float", "1") + "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
    )
    assert all_rows(ods(tmp_path, body)) == [[None, None, None, 1]] * 2


def test_ods_value_repeated_beyond_any_sheet_is_refused(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="S"><table:table-row>'
        + cell("float", "1", more='table:number-columns-repeated="999999999"')
        + "</table:table-row></table:table>"
    )
    with pytest.raises(UserError) as caught:
        all_rows(ods(tmp_path, body))
    assert caught.value.info.kind == "damaged"


def test_ods_facts(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="S"><table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="1" '
        'office:value-type="string"><text:p>group</text:p></table:table-cell><table:covered-table-cell/>'
        '</table:table-row><table:table-row table:visibility="filter">' + cell("float", "1") + "</table:table-row>"
        '</table:table><table:named-expressions><table:named-range table:name="N" '
        'table:cell-range-address="$S.$A$1:.$B$2"/></table:named-expressions>'
    )
    workbook = open_workbook(ods(tmp_path, body))
    facts = workbook.facts(workbook.sheets[0])
    assert facts.merged == (CellRange(1, 0, 1, 1),)
    assert (set(facts.hidden_rows), set(facts.hidden_columns)) == ({2}, {1})
    assert [(d.name, str(d.area)) for d in facts.declared] == [("N", "A1:B2")]


def test_html_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text(
        "<html><head><style>td{}</style></head><body><table><tr><th>Name</th><th colspan=2>Both</th></tr>"
        "<tr><td rowspan=2>J&uuml;rgen</td><td>1</td><td>00420</td></tr><tr><td>a<br>b</td></tr></table></body></html>",
        encoding="utf-8",
    )
    workbook = open_workbook(path)
    assert (workbook.format, workbook.text_only) == ("html", True)
    assert all_rows(path) == [["Name", "Both"], ["Jürgen", "1", "00420"], [None, "a\nb"]]
    assert workbook.facts(workbook.sheets[0]).bold_rows == {1}


def test_html_without_a_table_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "error.xls"
    path.write_text("<html><body>Session expired</body></html>")
    with pytest.raises(UserError) as caught:
        open_workbook(path)
    assert caught.value.info.kind == "not-a-workbook"


def test_xml_spreadsheet_named_xls(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="c"><NumberFormat '
        'ss:Format="000"/></Style></Styles><Worksheet ss:Name="One"><Table><Row ss:Index="2"><Cell>'
        '<Data ss:Type="String">a</Data></Cell>'
        '<Cell ss:Index="4"><Data ss:Type="Number">2</Data></Cell></Row><Row><Cell><Data ss:Type="DateTime">'
        '2024-01-31T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell><Cell>'
        '<Data ss:Type="Error">#N/A</Data></Cell><Cell ss:StyleID="c"><Data ss:Type="Number">7</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>"
    )
    assert all_rows(path) == [
        [],
        ["a", None, None, 2],
        [dt.datetime(2024, 1, 31), True, ErrorValue("#N/A"), PaddedNumber("007")],
    ]


def test_csv_named_xls_is_read_and_named_xlsx_is_refused(tmp_path: Path) -> None:
    for name in ("a.xls", "a.xlsx"):
        (tmp_path / name).write_text("a,b\n1,2\n")
    assert all_rows(tmp_path / "a.xls") == [["a", "b"], ["1", "2"]]
    with pytest.raises(UserError) as caught:
        open_workbook(tmp_path / "a.xlsx")
    assert caught.value.info.kind == "not-a-workbook"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    plain = io.BytesIO()
    book = xlsxwriter.Workbook(plain, {"in_memory": True})
    book.add_worksheet("Secret").write(0, 0, 42)
    book.close()
    path = tmp_path / "locked.xlsx"
    with path.open("wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(plain.getvalue())).encrypt("opensesame", out)
    return path


def test_locked_workbook_needs_its_password(locked: Path) -> None:
    for password in (None, Secret("wrong")):
        with pytest.raises(UserError) as caught:
            open_workbook(locked, password=password)
        assert caught.value.info.kind == "encrypted"
        assert "wrong" not in caught.value.info.message
    workbook = open_workbook(locked, password=Secret("opensesame"))
    assert list(workbook.rows(workbook.sheets[0])) == [[42]]
