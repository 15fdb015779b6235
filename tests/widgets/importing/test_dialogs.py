"""The options and the matching of columns, edited in their dialogs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.widgets.importing.samples import PATH, plan
from widgets.importing.drafts.match_dialog import MatchDialog
from widgets.importing.drafts.options_dialog import OptionsDialog
from widgets.importing.view_data import TableDraft, TableRef, TargetCheck
from widgets.parts.controls import SelectBox
from widgets.theme import Theme
from workers.core.model.options import ImportOptions, Mode

DRAFT = TableDraft(TableRef(PATH, 0, 0), plan(), ImportOptions(table="orders", mode=Mode.APPEND))
TABLE = (("invoice_no", "text"), ("Quantity", "bigint"), ("price", "double precision"))


def test_options_come_back_as_edited(qtbot: QtBot, theme: Theme) -> None:
    before = ImportOptions(mode=Mode.UPSERT, keys=("a",))
    dialog = OptionsDialog(theme, before, 1)
    qtbot.addWidget(dialog)
    assert dialog.options() == before
    limit = next(f for f in dialog.findChildren(QLineEdit) if f.text() == "0")
    limit.setText("2%")
    keep = next(b for b in dialog.findChildren(QCheckBox) if b.text().startswith("Blank"))
    keep.setChecked(True)
    edited = dialog.options()
    assert (edited.max_rejects.percent, edited.keep_existing, edited.keys) == (2.0, True, ("a",))
    assert not dialog.for_all


def test_a_limit_that_cannot_be_read_keeps_the_dialog_open(qtbot: QtBot, theme: Theme) -> None:
    dialog = OptionsDialog(theme, ImportOptions(), 0)
    qtbot.addWidget(dialog)
    dialog.show()
    next(f for f in dialog.findChildren(QLineEdit) if f.text() == "0").setText("some")
    use = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Use")
    qtbot.mouseClick(use, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()


def test_columns_are_matched_by_name_and_moved_by_hand(qtbot: QtBot, theme: Theme) -> None:
    dialog = MatchDialog(theme, DRAFT, TargetCheck(exists=True, columns=TABLE))
    qtbot.addWidget(dialog)
    assert dialog.names() == {0: "invoice_no", 1: "qty", 2: "price"}
    boxes = dialog.findChildren(SelectBox)
    boxes[1].setCurrentIndex(boxes[1].findData("Quantity"))
    boxes[2].setCurrentIndex(boxes[2].count() - 1)
    assert dialog.names() == {0: "invoice_no", 1: "Quantity", 2: None}


def test_two_columns_for_one_are_refused(qtbot: QtBot, theme: Theme) -> None:
    dialog = MatchDialog(theme, DRAFT, TargetCheck(exists=True, columns=TABLE))
    qtbot.addWidget(dialog)
    use = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Use")
    assert use.isEnabled()
    box = dialog.findChildren(SelectBox)[1]
    box.setCurrentIndex(box.findData("price"))
    box.activated.emit(box.currentIndex())
    assert not use.isEnabled()
