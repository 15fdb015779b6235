"""The preview: folds, marks, headers, keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from tests.widgets.importing.samples import grid, plan
from widgets.importing.preview.column_wording import card_of
from widgets.importing.preview.model import CELL_ROLE, GridCell, GridModel, RowKind
from widgets.importing.preview.view import GridView
from widgets.theme import Theme
from workers.core.model.tasks import PreviewGrid


@pytest.fixture
def model() -> GridModel:
    made = GridModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show(plan(), plan().findings, grid())
    return made


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> GridView:
    made = GridView(theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.grid.show(plan(), plan().findings, grid())
    made.cards.set_facts(plan().findings, ("invoice_no",), 1000)
    with qtbot.waitExposed(made):
        made.show()
    return made


def cell(model: GridModel, excel_row: int, column: int) -> GridCell:
    found = model.index(model.grid_row(excel_row), column).data(CELL_ROLE)
    assert isinstance(found, GridCell)
    return found


def test_gaps_become_folds_that_name_what_they_hide(model: GridModel) -> None:
    folds = [model.fold_at(row) for row in model.fold_rows()]
    assert folds == [(12, 87), (89, 409), (411, 900), (902, 1000)]
    assert model.index(model.fold_rows()[0], 0).data() == "76 rows, 12 to 87"
    assert model.grid_row(50) == model.fold_rows()[0]


def test_rows_know_what_they_are(model: GridModel) -> None:
    kinds = [model.row_kind(model.grid_row(row)) for row in (1, 3, 4, 1003, 1004)]
    assert kinds == [RowKind.LEFT_OUT, RowKind.HEADER, RowKind.DATA, RowKind.DATA, RowKind.LEFT_OUT]
    assert model.lone_text(model.grid_row(1)) == 0
    assert model.lone_text(model.grid_row(1004)) == -1


def test_null_and_marks(model: GridModel) -> None:
    assert cell(model, 410, 2).text is None
    assert model.index(model.grid_row(410), 2).data() == "NULL"
    assert cell(model, 88, 1).mark == "danger"
    assert cell(model, 410, 2).mark == "warn"
    assert cell(model, 5, 1).mark == ""
    assert cell(model, 5, 1).numeric


def test_columns_outside_the_table_are_left_out(model: GridModel) -> None:
    wide = PreviewGrid(((4, ("a", "b", "c", "note")),), (0,), (), 10)
    model.show(plan(), (), wide)
    assert cell(model, 4, 3).kind is RowKind.LEFT_OUT
    assert cell(model, 4, 2).kind is RowKind.DATA


def test_opened_fold_shows_its_rows(model: GridModel) -> None:
    model.add(PreviewGrid(tuple((row, (str(row),)) for row in range(12, 88)), total_rows=1004))
    assert model.fold_at(model.grid_row(50)) is None
    assert (12, 87) not in [model.fold_at(row) for row in model.fold_rows()]


def test_full_view_has_a_place_for_every_row_and_asks_for_what_it_lacks(model: GridModel, qtbot: QtBot) -> None:
    model.set_all(True)
    assert model.rowCount() == 1004
    with qtbot.waitSignal(model.rows_needed):
        assert cell(model, 500, 0).kind is RowKind.PENDING
    model.add(PreviewGrid(((500, ("x", "y", "z")),), (0,), (), 1004))
    assert cell(model, 500, 0).text == "x"


def test_million_rows_are_only_places() -> None:
    model = GridModel()
    model.show(plan(), (), PreviewGrid(((4, ("a",)),), (0,), (), 1_048_576))
    model.set_all(True)
    assert model.rowCount() == 1_048_576


def test_readers_hear_letter_name_and_type(model: GridModel) -> None:
    said = model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole)
    assert said == "B, qty, bigint, all but three"


def test_cards_count_what_does_not_arrive() -> None:
    table = plan()
    qty, price = (card_of(table.columns[number], table.findings, 1000, False) for number in (1, 2))
    assert qty.figure == "3 rejects"
    assert qty.severity == "decide"
    assert price.figure == "7 nulls"
    assert price.short == pytest.approx(0.007)


def test_flagged_cells_are_walked_with_f8(view: GridView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.grid.index(0, 0))
    seen = []
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_F8)
        index = view.currentIndex()
        seen.append((view.grid.excel_row(index.row()), index.column()))
    assert seen == [(4, 0), (88, 1), (410, 2), (901, 1), (4, 0)]
    qtbot.keyClick(view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert view.grid.excel_row(view.currentIndex().row()) == 901


def test_h_and_a_double_click_make_a_row_the_header(view: GridView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.grid.index(view.grid.grid_row(5), 0))
    with qtbot.waitSignal(view.header_chosen) as caught:
        qtbot.keyClick(view, Qt.Key.Key_H)
    assert caught.args == [5]
    y = view.rowViewportPosition(view.grid.grid_row(2)) + 5
    with qtbot.waitSignal(view.header_chosen) as caught:
        qtbot.mouseDClick(view.gutter.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, y))
    assert caught.args == [2]


def test_fold_opens_by_click_and_by_return(view: GridView, qtbot: QtBot) -> None:
    row = view.grid.fold_rows()[0]
    at = view.visualRect(view.grid.index(row, 0)).center()
    with qtbot.waitSignal(view.fold_opened) as caught:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == [12, 87]
    view.setCurrentIndex(view.grid.index(row, 0))
    with qtbot.waitSignal(view.fold_opened):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_dragged_block_is_offered_as_range(view: GridView, qtbot: QtBot) -> None:
    first = view.visualRect(view.grid.index(view.grid.grid_row(4), 0)).center()
    last = view.visualRect(view.grid.index(view.grid.grid_row(7), 1)).center()
    heard: list[str] = []
    view.range_selected.connect(heard.append)
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view.viewport(), last)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    if heard[-1] == "":
        pytest.skip("the platform does not send moves while a button is down")
    assert heard[-1] == "A4:B7"


def test_name_is_edited_in_its_card(view: GridView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.grid.index(view.grid.grid_row(5), 1))
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.cards.viewport().findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "qty"
    editor.setText("quantity")
    with qtbot.waitSignal(view.cards.renamed) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert caught.args == [1, "quantity"]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_type_menu_says_why_and_takes_a_choice(view: GridView, qtbot: QtBot) -> None:
    view.setCurrentIndex(view.grid.index(view.grid.grid_row(5), 1))
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = view.cards.findChild(QMenu)
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "all but three"
    chosen = next(action for action in menu.actions() if action.text() == "text")
    with qtbot.waitSignal(view.cards.retyped) as caught:
        chosen.trigger()
    assert caught.args == [1, "text"]
    menu.close()


def test_going_to_a_hidden_cell_asks_for_its_row(view: GridView, qtbot: QtBot) -> None:
    assert view.go_to("B88")
    assert view.grid.excel_row(view.currentIndex().row()) == 88
    with qtbot.waitSignal(view.fold_opened) as caught:
        view.go_to("C500")
    assert caught.args == [500, 500]
    assert not view.go_to("nowhere")


def test_everything_is_painted_without_complaint(view: GridView, theme: Theme) -> None:
    assert not view.grab().isNull()
    view.grid.clear()
    assert not view.grab().isNull()
