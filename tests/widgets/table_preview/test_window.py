"""The look at a table: what is shown, what is asked for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from widgets.table_preview.head_model import HeadModel
from widgets.table_preview.window import TableWindow
from widgets.theme import Theme
from workers.core.model.table_preview import TableHead

HEAD = TableHead(
    "public", "orders", (("no", "bigint"), ("name", "text")), (("1", "one\ntwo"), ("2", None)), 2_000, comments=("No.",)
)


def test_the_model_holds_its_promises(theme: Theme) -> None:
    model = HeadModel(theme.color("text3"))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show(HEAD)
    assert model.index(0, 1).data() == "one"
    assert model.index(0, 1).data(Qt.ItemDataRole.ToolTipRole) == "one\ntwo"
    assert model.index(1, 1).data() == "NULL"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "no\nbigint"
    assert model.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "No."
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == ""


def test_export_waits_for_rows_and_is_asked_for_by_kind(qtbot: QtBot, theme: Theme) -> None:
    window = TableWindow(theme, "public.orders")
    qtbot.addWidget(window)
    window.show()
    csv, xlsx = (b for b in window.findChildren(QPushButton) if "Export" in b.text())
    assert not csv.isEnabled()
    window.show_head(HEAD)
    assert csv.isEnabled()
    asked: list[str] = []
    window.export_requested.connect(asked.append)
    qtbot.mouseClick(csv, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(xlsx, Qt.MouseButton.LeftButton)
    assert asked == ["csv", "xlsx"]
    window.show_error("Gone.", "It was dropped.")
    assert not xlsx.isEnabled()
