"""Workbooks of the xlsx family."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workers.importing.reading.making import MAIN, all_rows, trimmed, write_parts, xlsx_parts
from workers.core.model.cells import CellRange, CellValue, ErrorValue, PaddedNumber
from workers.core.model.errors import UserError
from workers.importing.reading.opening import open_workbook

DATE_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy-mm-dd"/><numFmt numFmtId="165" formatCode="00000"/>'
    '<numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/>'
    '<xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
)


def rows_of(path: Path, sheet_data: str, **parts: str) -> list[list[CellValue]]:
    return all_rows(write_parts(path / "book.xlsx", xlsx_parts(sheet_data, **parts)))


def test_every_kind_of_cell_arrives_as_itself(tmp_path: Path) -> None:
    path = tmp_path / "kinds.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Kinds")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    clock = book.add_format({"num_format": "hh:mm"})
    span = book.add_format({"num_format": "[h]:mm"})
    code = book.add_format({"num_format": "00000"})
    sheet.write_number(0, 0, 7)
    sheet.write_number(0, 1, 0.1)
    sheet.write_boolean(0, 2, True)
    sheet.write_string(0, 3, "  outer spaces ")
    sheet.write_number(1, 0, 45000.5, day)
    sheet.write_number(1, 1, 0.25, clock)
    sheet.write_number(1, 2, 1.75, span)
    sheet.write_number(1, 3, 420, code)
    sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
    sheet.write_string(2, 1, "#N/A")
    sheet.write_string(2, 2, "_x0041_")
    book.close()
    rows = all_rows(path)
    assert rows == [
        [7, 0.1, True, "  outer spaces "],
        [dt.datetime(2023, 3, 15, 12), dt.time(6), dt.timedelta(hours=42), PaddedNumber("00420")],
        [ErrorValue("#DIV/0!"), "#N/A", "_x0041_"],
    ]
    assert [type(c) for c in rows[0]] == [int, float, bool, str]
    assert type(rows[1][3]) is PaddedNumber
    assert [type(c) for c in rows[2]] == [ErrorValue, str, str]


def test_an_error_is_told_from_its_text_without_shared_strings_of_that_name(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="str"><v>#N/A</v></c></row>')
    assert [type(cell) for cell in rows[0]] == [ErrorValue, str]


def test_errors_of_an_ordinary_sheet_are_marked_in_the_fast_stream(tmp_path: Path) -> None:
    path = write_parts(tmp_path / "e.xlsx", xlsx_parts('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'))
    workbook = open_workbook(path)
    assert [type(c) for c in next(iter(workbook.rows(workbook.sheets[0])))] == [ErrorValue]
    assert workbook.reader == "python-calamine-plus (stream)"


def test_negative_dates_are_not_taken_for_times(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '<row r="1"><c r="A1" s="1"><v>-1.5</v></c></row>', styles=DATE_STYLES)
    assert rows == [[dt.datetime(1899, 12, 28, 12)]]


def test_absurd_durations_stay_numbers(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '<row r="1"><c r="A1" s="3"><v>1E+18</v></c></row>', styles=DATE_STYLES)
    assert rows == [[10**18]]


def test_the_1904_date_system(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1" s="1"><v>43538</v></c></row>'
    path = write_parts(
        tmp_path / "mac.xlsx", xlsx_parts(data, styles=DATE_STYLES, workbook='<workbookPr date1904="1"/>')
    )
    workbook = open_workbook(path)
    assert workbook.date_1904
    cell = next(iter(workbook.rows(workbook.sheets[0])))[0]
    assert str(cell)[:10] == "2023-03-15"


def test_iso_dates_inline_and_rich_strings(tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        '<row r="1"><c r="A1" t="d"><v>2024-01-31</v></c><c r="B1" t="inlineStr"><is><t>in</t></is></c>'
        '<c r="C1" t="s"><v>0</v></c></row>',
        strings="<si><r><t>ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></si>",
    )
    assert str(rows[0][0])[:10] == "2024-01-31"
    assert rows[0][1:] == ["in", "rich"]


def test_rows_keep_their_numbers(tmp_path: Path) -> None:
    rows = rows_of(tmp_path, '<row r="3"><c r="B3"><v>1</v></c></row><row r="5"><c r="A5"><v>2</v></c></row>')
    assert rows == [[], [], [None, 1], [], [2]]


def test_part_of_a_sheet(tmp_path: Path) -> None:
    data = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 1001))
    path = write_parts(tmp_path / "long.xlsx", xlsx_parts(data))
    workbook = open_workbook(path)
    sheet = workbook.sheets[0]
    assert [trimmed(r) for r in workbook.rows(sheet, 300, 302)] == [[300], [301], [302]]
    assert sum(1 for _ in workbook.rows(sheet)) == 1000


def test_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="D2"><v>2</v></c></row>')
    xml = str(parts["xl/worksheets/sheet1.xml"]).replace("<sheetData>", '<dimension ref="A1"/><sheetData>')
    assert all_rows(write_parts(tmp_path / "d.xlsx", {**parts, "xl/worksheets/sheet1.xml": xml})) == [
        [1],
        [None, None, None, 2],
    ]


def test_a_lone_cell_far_out_does_not_cost_a_million_wide_rows(tmp_path: Path) -> None:
    parts = xlsx_parts('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    xml = str(parts["xl/worksheets/sheet1.xml"]).replace("<sheetData>", '<dimension ref="XFD1048576"/><sheetData>')
    path = write_parts(tmp_path / "far.xlsx", {**parts, "xl/worksheets/sheet1.xml": xml})
    workbook = open_workbook(path)
    count = filled = 0
    for row in workbook.rows(workbook.sheets[0]):
        count += 1
        filled += bool(row)
    assert (count, filled) == (1_048_576, 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_prefixes_and_encodings_that_the_native_library_refuses(tmp_path: Path, encoding: str) -> None:
    parts = xlsx_parts("")
    xml = (
        f'<?xml version="1.0" encoding="{encoding}"?><x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1">'
        '<x:c r="A1"><x:v>5</x:v></x:c><x:c r="B1" t="inlineStr"><x:is><x:t>ü</x:t></x:is></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    parts["xl/worksheets/sheet1.xml"] = xml.encode(encoding)
    assert all_rows(write_parts(tmp_path / "p.xlsx", parts)) == [[5, "ü"]]


def test_a_sheet_that_breaks_off_fails_and_never_ends_short(tmp_path: Path) -> None:
    parts = xlsx_parts("")
    good = "".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 500))
    parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{good}<row r="500"><c r="A5'
    with pytest.raises(UserError) as caught:
        all_rows(write_parts(tmp_path / "b.xlsx", parts))
    assert caught.value.info.kind == "damaged"
    assert "Data" in caught.value.info.message


def test_facts(tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Facts")
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ["a", "b"], bold)
    for row in range(1, 5):
        sheet.write_row(row, 0, [row, row * 2])
    sheet.merge_range("D1:E2", "group")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column("B:B", None, None, {"hidden": True})
    sheet.add_table("G1:H4", {"name": "Sales", "columns": [{"header": "x"}, {"header": "y"}]})
    sheet.write_formula("J1", "=1+1", None, "")
    book.define_name("Block", "=Facts!$A$1:$B$5")
    book.close()
    workbook = open_workbook(path)
    facts = workbook.facts(workbook.sheets[0])
    assert facts.merged == (CellRange(1, 3, 2, 4),)
    assert facts.hidden_rows == {3}
    assert facts.hidden_columns == {1}
    assert {(d.name, str(d.area), d.is_table) for d in facts.declared} == {
        ("Sales", "G1:H4", True),
        ("Block", "A1:B5", False),
    }
    assert facts.uncalculated == ("J1",)
    assert facts.dimension_rows == 5


def test_bold_rows(tmp_path: Path) -> None:
    path = tmp_path / "bold.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    sheet.write_row(0, 0, ["a", "b"], bold)
    sheet.write(1, 0, "c", bold)
    sheet.write(1, 1, "d")
    book.close()
    workbook = open_workbook(path)
    assert workbook.facts(workbook.sheets[0]).bold_rows == {1}


def test_hidden_sheets_are_listed_with_their_visibility_and_charts_are_not(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("One").write(0, 0, 1)
    book.add_chartsheet("Chart").set_chart(_chart(book))
    book.add_worksheet("Two").hide()
    book.add_worksheet("Three").very_hidden()
    book.close()
    workbook = open_workbook(path)
    assert [(s.index, s.name, s.visibility) for s in workbook.sheets] == [
        (0, "One", "visible"),
        (1, "Two", "hidden"),
        (2, "Three", "very-hidden"),
    ]


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=One!$A$1:$A$2"})
    return chart


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False, width=64),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=20),
    st.sampled_from(["#N/A", "_x0041_", " x ", "00420", "1e5"]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=8))
def test_what_is_written_comes_back_equal(tmp_path: Path, rows: list[list[CellValue]]) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, bool):
                sheet.write_boolean(number, column, cell)
            elif isinstance(cell, int | float):
                sheet.write_number(number, column, cell)
            elif isinstance(cell, str):
                sheet.write_string(number, column, cell)
    book.close()
    path = tmp_path / "round.xlsx"
    path.write_bytes(buffer.getvalue())
    back = all_rows(path)
    expected = [trimmed(row) for row in rows]
    while expected and not expected[-1]:
        expected.pop()
    assert [[_number(c) for c in row] for row in back] == [[_number(c) for c in row] for row in expected]


def _number(cell: CellValue) -> CellValue | tuple[str, float]:
    # The writer prints sixteen digits at most, so a float may differ in its last bit.
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return ("number", float(f"{cell:.16G}"))
    return cell


ESCAPED = [
    ("_x000D__x000A_", "\r\n"),
    ("tab_x0009_stop", "tab\tstop"),
    ("_x20AC_ 5", "€ 5"),
    ("_xD83D__xDE00_!", "😀!"),
    ("_x005F_x000D_", "_x000D_"),
    ("_x005F_x20AC_", "_x20AC_"),
    ("_xZZZZ_ _x12_", "_xZZZZ_ _x12_"),
]


@pytest.mark.parametrize("kind", ["s", "inlineStr", "str"])
@pytest.mark.parametrize("styled", [False, True])
@pytest.mark.parametrize(("written", "meant"), ESCAPED)
def test_escapes_are_decoded_in_texts_of_every_kind(
    tmp_path: Path, kind: str, styled: bool, written: str, meant: str
) -> None:
    body = {"s": "<v>0</v>", "inlineStr": f"<is><t>{written}</t></is>", "str": f"<v>{written}</v>"}[kind]
    code = '<c r="B1" s="2"><v>42</v></c>' if styled else ""
    data = f'<row r="1"><c r="A1" t="{kind}">{body}</c>{code}</row>'
    rows = rows_of(tmp_path, data, styles=DATE_STYLES, strings=f"<si><t>{written}</t></si>")
    assert rows == [[meant, "00042"]] if styled else [[meant]]
