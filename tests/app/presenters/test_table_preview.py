"""An export of a table says when its texts would be run by a spreadsheet program, and offers the ways out."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.presenters.history import write_list
from app.presenters.table_preview import TableLook, export_path
from app.services.table_export import Exported
from widgets.table_preview.window import TableWindow
from widgets.theme import Theme
from workers.bridges.ui_calls import UiCalls
from workers.core.model.outcomes import ImportOutcome, ImportState
from workers.core.model.tasks import Target


class Window:
    """What a look says."""

    def __init__(self, look: TableWindow) -> None:
        self.said: list[tuple[str, ...]] = []
        look.say = lambda *words: self.said.append(words)  # type: ignore[method-assign]


class Calls:
    """Calls that are noted and not made."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def start(self, call: Any, then: Any, _failure: Any, _owner: QObject) -> None:
        self.made.append((call, then))


def test_the_dialog_offers_excel_and_a_guard_and_the_end_is_said(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = Theme(qapp)
    look = TableWindow(theme, "public.orders")
    qtbot.addWidget(look)
    calls, window = Calls(), Window(look)
    served = TableLook(look, Target("h", 1, "u", "d"), "public", "orders", cast(UiCalls, calls))
    offered: list[str] = []

    def choose(_parent: object, _title: str, _name: str, filters: str) -> tuple[str, str]:
        offered.extend(filters.split(";;"))
        return str(tmp_path / "orders"), offered[1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    look.export_requested.emit("csv")
    assert [kind.rpartition("(")[2] for kind in offered] == ["*.csv)", "*.csv)", "*.xlsx)"]
    call, then = calls.made[-1]
    assert (call.args[-1], call.keywords) == (tmp_path / "orders.csv", {"guarded": True})
    then(Exported(5, formulas=2, guarded=True))
    assert window.said[-1][0] == "ok"
    assert "apostrophe" in window.said[-1][2]

    served.export(tmp_path / "orders.csv")
    call, then = calls.made[-1]
    assert call.keywords == {"guarded": False}
    then(Exported(5, formulas=2))
    assert window.said[-1][0] == "warn"
    assert window.said[-1][2].startswith("2 texts begin like a formula")
    then(Exported(5))
    assert len(window.said[-1]) == 2
    theme.deleteLater()


@pytest.mark.parametrize(
    ("chosen", "wanted", "path"),
    [
        ("/a/t", "CSV (*.csv)", "/a/t.csv"),
        ("/a/t.csv", "Excel (*.xlsx)", "/a/t.xlsx"),
        ("/a/t.xlsx", "CSV (*.csv)", "/a/t.csv"),
        ("/a/t.txt", "CSV (*.csv)", "/a/t.txt"),
    ],
)
def test_the_ending_follows_the_kind(chosen: str, wanted: str, path: str) -> None:
    assert export_path(chosen, wanted) == Path(path)


def test_the_list_of_the_history_runs_nothing(tmp_path: Path) -> None:
    outcome = ImportOutcome("i", "=cmd|x.csv\udce9", "@Sheet", "-t", "create", ImportState.LOADED)
    entry: Any = SimpleNamespace(outcome=outcome, when=dt.datetime(2026, 1, 1), state="loaded")
    write_list(tmp_path / "list.csv", (entry,))
    (_, row) = csv.reader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines())
    assert row[2:5] == ["'=cmd|x.csv\\udce9", "'@Sheet", "'-t"]
