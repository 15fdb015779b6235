"""Surveys of workbooks: sheets chosen, ranges obeyed, types from all rows, traps told, again quickly."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from workers.core.model.errors import UserError
from workers.core.model.options import HeaderChoice, ImportOptions, PgType
from workers.core.model.outcomes import ImportOutcome
from workers.core.model.plans import SheetFacts, SheetInfo, SheetSurvey, TablePlan
from workers.core.model.tasks import BackendStarted, InspectRequest, PreviewRequest, Progress
from workers.importing.survey.inspect import Inspector
from workers.importing.survey.sheets import plan_from_head, select_sheets, survey_rows, survey_sheet
from workers.importing.survey.stream_checks import breaks_plan, tail_check
from workers.importing.survey.view import parse_range
from workers.importing.survey.workbook_cache import WorkbookCache

_SHEET = SheetInfo(0, "Data")
_DAY = dt.datetime(2024, 1, 31)
Row = list[Any]


class QuietContext:
    """A task context that nobody listens to; counts how often it is asked."""

    def __init__(self) -> None:
        self.checks = 0

    def check(self) -> None:
        self.checks += 1

    def progress(self, progress: Progress) -> None:
        """Nobody watches."""

    def backend_started(self, backend: BackendStarted) -> None:
        """No server here."""

    def backend_ended(self, import_id: str) -> None:
        """No server here."""

    def outcome(self, outcome: ImportOutcome) -> None:
        """No import here."""

    def assistant(self, request: Any) -> None:
        """Nobody is there to help."""

    def on_cancel(self, action: Callable[[], None] | None) -> None:
        """Nobody cancels."""


class StreamedWorkbook:
    """A workbook whose rows are made on the way; counts how often a sheet is read."""

    format, reader, date_1904, streams, text_only = "xlsx", "made", False, True, False
    sheets: tuple[SheetInfo, ...] = (_SHEET,)

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self.readings = 0

    def rows(self, sheet: SheetInfo, first_row: int = 1, last_row: int | None = None) -> Any:
        self.readings += 1
        return iter(self._make())

    def facts(self, sheet: SheetInfo) -> SheetFacts:
        return SheetFacts()

    def close(self) -> None:
        """Nothing is open."""


def _survey(rows: Sequence[Row], facts: SheetFacts | None = None, **options: Any) -> SheetSurvey:
    return survey_rows(list(rows), facts or SheetFacts(), _SHEET, ImportOptions(**options))


def _codes(survey: SheetSurvey) -> set[str]:
    return {warning["code"] for warning in survey.to_json()["warnings"]}


def _orders(count: int) -> list[Row]:
    return [[f"C{n}" if n % 50 == 7 else n, n / 7, _DAY, "x"] for n in range(count)]


_HEADER: Row = ["Invoice", "Price", "Day", "Note"]


def test_a_table_is_planned_from_all_rows() -> None:
    survey = _survey([["Report"], [], _HEADER, *_orders(20), ["Total", 5.0]])
    (table,) = survey.tables
    assert (table.header_rows, table.first_row, table.last_row, table.rows) == ((3,), 4, 23, 20)
    assert [c.name for c in table.columns] == ["invoice", "price", "day", "note"]
    assert [c.type for c in table.columns] == [PgType.TEXT, PgType.DOUBLE, PgType.DATE, PgType.TEXT]
    assert table.columns[0].evidence.startswith("19 of 20")
    assert table.complete
    assert {"left-out", "total-row", "mixed-kinds"} <= _codes(survey)


def test_blank_rows_are_counted_and_not_loaded() -> None:
    rows = _orders(9)
    survey = _survey([_HEADER, *rows[:4], [], *rows[4:]])
    assert survey.tables[0].rows == 9
    finding = next(f for f in survey.tables[0].findings if f.code == "blank-rows")
    assert finding.count == 1


def test_a_range_is_one_table_and_nothing_below_is_left_out() -> None:
    survey = _survey([["Report"], _HEADER, *_orders(6), ["Total", 5.0]], cell_range="A2:C9")
    (table,) = survey.tables
    assert (table.header_rows, table.first_row, table.last_row, table.rows) == ((2,), 3, 9, 7)
    assert [c.letter for c in table.columns] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("a5:h200", "A5:H200"), ("$B$2:$A$9", "A2:B9"), ("C3", "C3:C3"), ("B:D", "B1:D1048576")],
)
def test_ranges_are_read_in_every_spelling(text: str, shown: str) -> None:
    assert str(parse_range(text)) == shown


@pytest.mark.parametrize("text", ["Sales", "A0:B2", "A1:ZZZZ9", "1:2", "A1:B9999999"])
def test_what_is_no_range_is_not_taken_for_one(text: str) -> None:
    assert parse_range(text) is None


def test_hidden_rows_and_columns_are_told_or_skipped() -> None:
    facts = SheetFacts(hidden_rows=frozenset({3, 4}), hidden_columns=frozenset({3}))
    rows = [_HEADER, *_orders(8)]
    included = _survey(rows, facts)
    assert included.tables[0].rows == 8
    assert {"hidden-rows", "hidden-columns"} <= _codes(included)
    skipped = _survey(rows, facts, hidden="skip")
    assert skipped.tables[0].rows == 6
    assert [c.letter for c in skipped.tables[0].columns] == ["A", "B", "C"]


def test_chosen_types_are_fixed() -> None:
    survey = _survey([_HEADER, *_orders(60)], type_overrides=(("Invoice", PgType.BIGINT), ("B", PgType.TEXT)))
    invoice, price, *_ = survey.tables[0].columns
    assert (invoice.type, invoice.fixed) == (PgType.BIGINT, True)
    assert (price.type, price.fixed) == (PgType.TEXT, True)
    assert "A9" in invoice.evidence


@pytest.mark.parametrize(("order", "kind"), [("auto", "text"), ("day-first", "date"), ("month-first", "date")])
def test_the_order_of_day_and_month_can_be_said_where_nothing_tells(order: str, kind: str) -> None:
    rows: list[Row] = [["Id", "Day"], [1, "03/04/2024"], [2, "05/06/2024"]]
    survey = _survey(rows, date_order=order)
    column = survey.tables[0].columns[1]
    assert (column.type.value, column.text_form) == (
        kind,
        {"auto": "", "day-first": "date dmy day"}.get(order, "date mdy day"),
    )
    asked = [f.choices for f in survey.tables[0].findings if f.code == "ambiguous-dates"]
    assert asked == ([("text", "day-first", "month-first")] if order == "auto" else [])


def test_a_date_that_tells_its_order_is_believed_before_the_options() -> None:
    rows: list[Row] = [["Id", "Day"], [1, "03/04/2024"], [2, "25/06/2024"]]
    assert _survey(rows, date_order="month-first").tables[0].columns[1].text_form == "date dmy day"


def test_a_chosen_date_type_uses_the_order() -> None:
    rows: list[Row] = [["Id", "Day"], [1, "03/04/2024"], [2, "05/06/2024"]]
    options: dict[str, Any] = {"type_overrides": (("Day", PgType.DATE),)}
    assert "misfits" in _codes(_survey(rows, **options))
    assert "misfits" not in _codes(_survey(rows, **options, date_order="day-first"))


def test_blank_rows_that_the_file_counts_as_used_are_told() -> None:
    rows = [["Id", "Name"], *_orders(5)]
    assert "trailing-blanks" in _codes(_survey(rows, SheetFacts(dimension_rows=1_048_576)))
    assert "trailing-blanks" not in _codes(_survey(rows, SheetFacts(dimension_rows=8)))
    assert "trailing-blanks" not in _codes(_survey(rows, SheetFacts(dimension_rows=1_000), cell_range="A1:B3"))


def test_more_columns_than_a_table_holds_are_refused() -> None:
    with pytest.raises(UserError) as caught:
        _survey([[f"c{n}" for n in range(1_700)], list(range(1_700))])
    assert caught.value.info.kind == "too-wide"


def test_headers_are_looked_at() -> None:
    survey = _survey([["a\u200bb", "a", "a", None], *[[1, 2, 3, 4.5] for _ in range(3)]])
    assert {"invisible-characters", "duplicate-headers", "blank-headers"} <= _codes(survey)
    assert [c.name for c in survey.tables[0].columns] == ["ab", "a", "a_2", "d"]


def test_uncalculated_formulas_and_hidden_sheets_are_told() -> None:
    facts = SheetFacts(uncalculated=("B2",), uncalculated_count=1)
    sheet = SheetInfo(0, "Data", "hidden")
    survey = survey_rows([_HEADER, *_orders(4)], facts, sheet, ImportOptions())
    assert {"uncalculated-formulas", "hidden-sheet"} <= _codes(survey)


def test_dates_from_1904_are_told_where_there_are_dates() -> None:
    survey = survey_rows([_HEADER, *_orders(4)], SheetFacts(), _SHEET, ImportOptions(), date_1904=True)
    assert "date-1904" in _codes(survey)


def test_a_big_plain_sheet_is_read_once() -> None:
    rows = 90_000
    book = StreamedWorkbook(lambda: ([["Report"], _HEADER, *_orders(rows), [], ["* all in euros, see the terms"]]))
    context = QuietContext()
    survey = survey_sheet(book, _SHEET, ImportOptions(), context)
    (table,) = survey.tables
    assert (table.header_rows, table.first_row, table.last_row, table.rows) == ((2,), 3, rows + 2, rows)
    assert [c.type for c in table.columns] == [PgType.TEXT, PgType.DOUBLE, PgType.DATE, PgType.TEXT]
    assert book.readings == 1
    assert context.checks > 0


def test_a_big_sheet_with_more_than_one_table_is_read_again() -> None:
    first = [_HEADER, *_orders(80_000), []]
    book = StreamedWorkbook(lambda: [*first, ["Code", "Meaning"], *[[f"c{n}", f"means {n}"] for n in range(50)]])
    survey = survey_sheet(book, _SHEET, ImportOptions(), QuietContext())
    assert [(t.header_rows, t.rows) for t in survey.tables] == [((1,), 80_000), ((80_003,), 50)]


def test_streaming_and_memory_agree() -> None:
    rows = [_HEADER, *_orders(90_000)]
    rows[70_000] = ["late", "text among numbers", None, None]
    streamed = survey_sheet(StreamedWorkbook(lambda: rows), _SHEET, ImportOptions(), QuietContext())
    assert streamed == _survey(rows)


def _plan(rows: Sequence[Row]) -> TablePlan:
    survey = plan_from_head(rows, SheetFacts(), _SHEET, ImportOptions())
    return survey.tables[-1]


def test_a_plan_from_the_head_leaves_the_end_open() -> None:
    plan = _plan([_HEADER, *_orders(500)])
    assert (plan.complete, plan.last_row, plan.rows) == (False, None, None)
    assert plan.first_row == 2


def test_the_end_of_a_streamed_sheet_is_checked() -> None:
    plan = _plan([_HEADER, *_orders(500)])
    plain = tail_check(plan, _orders(50), 900)
    assert (plain.last_row, plain.findings, plain.broken) == (949, (), False)
    total = tail_check(plan, [*_orders(50), ["Total", 77.5, None, None]], 900)
    assert total.last_row == 949
    assert {finding.code for finding in total.findings} == {"left-out", "total-row"}
    other = tail_check(plan, [*_orders(40), [], ["Code", "Meaning", "Since"], ["a", "b", "c"]], 900)
    assert other.broken


def test_a_gap_breaks_a_plan_only_before_another_header() -> None:
    plan = _plan([_HEADER, *_orders(500)])
    rows = _orders(20)
    assert breaks_plan(plan, rows, 700) is None
    assert breaks_plan(plan, [*rows[:9], [], *rows[9:]], 700) is None
    reason = breaks_plan(plan, [*rows, [], ["Code", "Meaning", "Since"], ["a", "b", "c"]], 700)
    assert reason is not None
    assert "row 721" in reason


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "orders.xlsx"
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        orders = book.add_worksheet("Orders")
        for number, row in enumerate([["Report"], [], _HEADER, *_orders(6_000), [None], ["Total", 5.0]]):
            for column, value in enumerate(row):
                if isinstance(value, dt.datetime):
                    orders.write_datetime(number, column, value, day)
                elif value is not None:
                    orders.write(number, column, value)
        small = book.add_worksheet("2")
        small.add_table(4, 1, 7, 2, {"name": "Rates", "columns": [{"header": "Land"}, {"header": "Rate"}]})
        for number in range(3):
            small.write_row(5 + number, 1, [f"land {number}", "n/a" if number == 1 else number + 0.5])
        hidden = book.add_worksheet("secret")
        hidden.write_row(0, 0, ["k", "v"])
        hidden.write_row(1, 0, ["a", 1])
        hidden.hide()
    return path


def _inspect(inspector: Inspector, path: Path, **options: Any) -> Any:
    return inspector.inspect(InspectRequest("job", str(path), ImportOptions(**options)), QuietContext())


def test_inspecting_a_file(workbook: Path) -> None:
    survey = _inspect(Inspector(WorkbookCache()), workbook)
    assert [sheet.sheet.name for sheet in survey.sheets] == ["Orders", "2"]
    orders, rates = (sheet.tables[0] for sheet in survey.sheets)
    assert (orders.header_rows, orders.rows, orders.last_row) == ((3,), 6_000, 6_003)
    assert (rates.name, str(rates.area)) == ("Rates", "B5:C8")
    assert [c.type for c in rates.columns] == [PgType.TEXT, PgType.DOUBLE]
    assert survey.to_json()["error"] is None


@pytest.mark.parametrize(
    ("wanted", "names"),
    [((), ["Orders", "2"]), (("2",), ["2"]), (("3",), ["secret"]), (("ORDERS",), ["Orders"]), (("all",), None)],
)
def test_sheets_are_chosen_by_name_then_number(
    workbook: Path, wanted: tuple[str, ...], names: list[str] | None
) -> None:
    survey = _inspect(Inspector(WorkbookCache()), workbook, sheets=wanted)
    assert [sheet.sheet.name for sheet in survey.sheets] == (names or ["Orders", "2", "secret"])


def test_an_unknown_sheet_is_answered_with_those_there_are() -> None:
    with pytest.raises(UserError) as caught:
        select_sheets(StreamedWorkbook(list), ImportOptions(sheets=("Nope",)))
    assert caught.value.info.kind == "no-such-sheet"
    assert "'Data'" in (caught.value.info.hint or "")


def test_a_range_may_be_the_name_of_a_table(workbook: Path) -> None:
    inspector = Inspector(WorkbookCache())
    survey = _inspect(inspector, workbook, cell_range="rates")
    assert [(t.header_rows, t.rows) for s in survey.sheets for t in s.tables] == [((5,), 3)]
    with pytest.raises(UserError) as caught:
        _inspect(inspector, workbook, cell_range="nowhere")
    assert caught.value.info.kind == "wrong-range"


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"header": HeaderChoice("rows", 4, 4)},
        {"header": HeaderChoice("none")},
        {"cell_range": "A2:C5000"},
        {"null_tokens": ()},
        {"types": "text"},
        {"fill_down": ("Note",)},
        {"type_overrides": (("Price", PgType.TEXT),)},
    ],
)
def test_inspecting_again_gives_what_a_first_look_gives(workbook: Path, options: dict[str, Any]) -> None:
    kept = Inspector(WorkbookCache())
    _inspect(kept, workbook)
    assert _inspect(kept, workbook, **options) == _inspect(Inspector(WorkbookCache()), workbook, **options)


def test_a_sheet_too_big_to_keep_is_surveyed_all_the_same(workbook: Path) -> None:
    small = Inspector(WorkbookCache(max_cells=1_000))
    assert _inspect(small, workbook) == _inspect(Inspector(WorkbookCache()), workbook)
    assert _inspect(small, workbook) == _inspect(Inspector(WorkbookCache()), workbook)


def test_a_changed_file_is_opened_again(workbook: Path) -> None:
    inspector = Inspector(WorkbookCache())
    before = _inspect(inspector, workbook)
    with xlsxwriter.Workbook(workbook) as book:
        book.add_worksheet("New").write_row(0, 0, ["only", "header"])
    after = _inspect(inspector, workbook)
    assert [sheet.sheet.name for sheet in after.sheets] == ["New"]
    assert after.sha256 != before.sha256


def test_the_preview_shows_what_will_arrive(workbook: Path) -> None:
    inspector = Inspector(WorkbookCache())
    survey = _inspect(inspector, workbook)
    rates = survey.sheets[1].tables[0]
    request = PreviewRequest("job", str(workbook), 1, ((5, 8), (100, 200)), ImportOptions(), rates)
    grid = inspector.preview(request, QuietContext())
    assert grid.rows == (
        (5, (None, "Land", "Rate")),
        (6, (None, "land 0", "0.5")),
        (7, (None, "land 1", None)),
        (8, (None, "land 2", "2.5")),
    )
    assert grid.marks == (("C7", "null-tokens"),)
    assert grid.numeric == (0, 4, 0, 4)
    assert grid.total_rows == 8


@pytest.mark.parametrize("max_cells", [1_000, 1_000_000])
def test_a_preview_marks_what_would_be_rejected(workbook: Path, max_cells: int) -> None:
    inspector = Inspector(WorkbookCache(max_cells=max_cells))
    overrides = (("Invoice", PgType.BIGINT),)
    plan = _inspect(inspector, workbook, type_overrides=overrides).sheets[0].tables[0]
    options = ImportOptions(type_overrides=overrides)
    request = PreviewRequest("job", str(workbook), 0, ((10, 11), (6_001, 6_005)), options, plan)
    grid = inspector.preview(request, QuietContext())
    assert [number for number, _ in grid.rows] == [10, 11, 6_001, 6_002, 6_003, 6_004, 6_005]
    assert ("A11", "reject") in grid.marks
    assert dict(grid.rows)[11][0] == "C7"
    assert dict(grid.rows)[10][2] == "2024-01-31"


def test_a_damaged_sheet_does_not_hide_the_others(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Good", "Bad"):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([["City", "Qty"], ["Berlin", 1], ["Paris", 2], ["Rome", 3]]):
                sheet.write_row(number, 0, row)
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for member in source.namelist():
            content = source.read(member)
            target.writestr(member, content[: len(content) // 2] if member.endswith("sheet2.xml") else content)
    found = Inspector(WorkbookCache()).inspect(InspectRequest("job", str(broken), ImportOptions()), QuietContext())
    good, bad = found.sheets
    assert [table.rows for table in good.tables] == [3]
    assert not bad.tables
    assert [finding.code for finding in bad.findings] == ["unreadable-sheet"]
