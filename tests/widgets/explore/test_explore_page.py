"""The Explore page by itself: what is asked, what is shown, what is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from widgets.explore.explore_page import ExplorePage
from widgets.explore.result_model import PAGE, ResultModel
from widgets.explore.view_data import Asked, Draft, HistoryLine, ResultView, RunView, SourceKind, SourceNode, Sources
from widgets.theme import ColorMode, Theme

COLUMNS = (("id", "bigint"), ("name", "text"))


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[ExplorePage]:
    theme = Theme(qapp, ColorMode.LIGHT)
    made = ExplorePage(theme)
    qtbot.addWidget(made)
    made.resize(1300, 850)
    made.open_draft(Draft("d1", "Query 1", "select 1;\nselect :from"))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    theme.deleteLater()


def result(**more: object) -> ResultView:
    given: dict[str, object] = {"result_id": "r", "columns": COLUMNS, "numeric": (True, False), "rows": 3, **more}
    return ResultView(1, "done", **given)  # type: ignore[arg-type]


def asked(page: ExplorePage, qtbot: QtBot, modifiers: Qt.KeyboardModifier) -> Asked:
    editor = page.editor
    assert editor is not None
    with qtbot.waitSignal(page.asked) as caught:
        qtbot.keyClick(editor, Qt.Key.Key_Return, modifiers)
    found = caught.args[0]
    assert isinstance(found, Asked)
    return found


def test_ctrl_enter_runs_the_statement_with_the_cursor(page: ExplorePage, qtbot: QtBot) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    assert asked(page, qtbot, control).text == "select 1"
    assert asked(page, qtbot, control | Qt.KeyboardModifier.ShiftModifier).text == "select 1;\nselect :from"


def test_parameters_have_fields_and_an_empty_one_is_null(page: ExplorePage, qtbot: QtBot) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    assert asked(page, qtbot, both).parameters == (("from", None),)


def test_a_draft_is_told_when_it_is_run_at_the_latest(page: ExplorePage, qtbot: QtBot) -> None:
    assert page.editor is not None
    page.editor.setPlainText("select 2")
    with qtbot.waitSignal(page.draft_changed) as caught:
        asked(page, qtbot, Qt.KeyboardModifier.ControlModifier)
    assert caught.args[0].text == "select 2"


def test_rows_are_asked_for_by_pages_and_null_is_not_empty(page: ExplorePage, qtbot: QtBot) -> None:
    page.set_run(RunView("q", "d1", False, (result(),)))
    model = page.results.grid.rows
    with qtbot.waitSignal(model.page_wanted) as caught:
        assert model.data(model.index(0, 0)) == "…"
    assert caught.args == ["r", 0, PAGE]
    page.results.grid.set_page("r", 0, [("1", "a"), ("2", ""), ("3", None)])
    shown = [model.data(model.index(row, 1)) for row in range(3)]
    assert shown == ["a", "", "NULL"]
    assert [model.value(row, 1)[1] for row in range(3)] == ["a", "", None]


def test_rows_that_come_are_added_and_what_was_read_stays(page: ExplorePage) -> None:
    model = page.results.grid.rows
    page.set_run(RunView("q", "d1", True, (result(rows=PAGE + 1),)))
    page.results.grid.set_page("r", 0, [(str(n), "x") for n in range(PAGE)])
    page.set_run(RunView("q", "d1", True, (result(rows=PAGE * 3),)))
    assert model.rowCount() == PAGE * 3
    assert model.value(5, 0) == (True, "5")


def test_many_pages_do_not_stay_in_memory() -> None:
    from PySide6.QtGui import QColor

    model = ResultModel(QColor("grey"))
    model.show(result(rows=1_000_000))
    for number in range(200):
        model.set_page("r", number * PAGE, [("1", "x")] * PAGE)
    assert len(model._pages) < 100


def test_a_statement_that_failed_says_why_and_where(page: ExplorePage) -> None:
    editor = page.editor
    assert editor is not None
    page._on_run_all()
    view = ResultView(1, "failed", error="Column x does not exist.", hint="Look at the names.", place=7)
    page.set_run(RunView("q", "d1", False, (view,)))
    assert editor.textCursor().position() == 7
    assert page.results.view is view


def test_what_was_changed_waits_for_an_answer(page: ExplorePage, qtbot: QtBot) -> None:
    page.set_run(RunView("q", "d1", True, (), decision=("Statement 1: UPDATE 86",), seconds=120))
    words = {button.text(): button for button in page.banner.findChildren(QPushButton)}
    with qtbot.waitSignal(page.decided) as caught:
        words["Roll back"].click()
    assert caught.args == ["q", False]


def test_esc_cancels_the_run_of_the_tab(page: ExplorePage, qtbot: QtBot) -> None:
    page.set_run(RunView("q", "d1", True))
    with qtbot.waitSignal(page.cancel_requested) as caught:
        qtbot.keyClick(page.editor, Qt.Key.Key_Escape)
    assert caught.args == ["q"]


def test_a_closed_tab_takes_its_query_along(page: ExplorePage, qtbot: QtBot) -> None:
    page.open_draft(Draft("d2", "Query 2"))
    page.set_run(RunView("q2", "d2", True))
    with qtbot.waitSignals([page.cancel_requested, page.draft_closed]):
        page._on_close_current()
    assert page.current_draft_id == "d1"


def test_sources_unfold_once_and_insert_their_quoted_names(page: ExplorePage, qtbot: QtBot) -> None:
    panel = page.sources
    table = SourceNode(SourceKind.TABLE, "table:public\nOrders", "Orders", "12", '"Orders"', opens=True)
    panel.set_sources(Sources((table,), (), ()))
    index = panel._items[table.key].index()
    with qtbot.waitSignal(panel.opened) as caught:
        panel.tree.expand(index)
    assert caught.args == [table.key]
    column = SourceNode(SourceKind.COLUMN, "c", "qty", "bigint")
    panel.set_children(table.key, (column,))
    assert panel.node(panel._items["c"].index()) is column
    editor = page.editor
    assert editor is not None
    panel._on_double(index)
    assert '"Orders"' in editor.toPlainText()


def test_history_is_taken_into_a_new_tab(page: ExplorePage, qtbot: QtBot) -> None:
    line = HistoryLine("select 3", "1 row", "done", "Today", "10:00")
    page.history.set_lines((line,))
    with qtbot.waitSignal(page.draft_wanted) as caught:
        page.history._on_taken(page.history.list.item(1))
    assert caught.args == ["select 3"]
